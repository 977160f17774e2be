// SPDX-License-Identifier: BSL-1.0
#include <baro/design/single_psu.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/total.hpp>

#include <doctest/doctest.h>

#include <support/close.hpp>
#include <vector>

namespace design_single_psu {

using baro::single_psu;
using test::close;
static_assert(name(single_psu::certainty) == "certainty");
static_assert(baro::single_psu_named("average") == single_psu::average);
static_assert(!baro::single_psu_named("adjust"));

// Stratum 1: PSUs a b c, stratum 2: d e. The domain leaves a, d and e: unit totals 10 | 4 8.
const std::vector<int> stratum{1, 1, 1, 2, 2}, psu{1, 2, 3, 1, 2};
const std::vector<double> y{10, 7, 2, 4, 8};
const std::vector<char> domain{1, 0, 0, 1, 1};

/// The variance of the total in the domain. With `twice`, each row is two halves, so that PSUs
/// are more than rows.
double variance(single_psu policy, bool twice) {
  std::vector<int> h, a;
  std::vector<double> v, w;
  std::vector<char> in;
  for (std::size_t i = 0; i < y.size(); ++i)
    for (int half = 0; half < (twice ? 2 : 1); ++half) {
      h.push_back(stratum[i]);
      a.push_back(psu[i]);
      v.push_back(y[i]);
      w.push_back(twice ? .5 : 1);
      in.push_back(domain[i]);
    }
  const baro::design d{baro::weights(w), baro::strata(h), baro::psus(a), policy};
  return baro::total(d, v, baro::where(in)).variance(0);
}

TEST_SUITE("design/single_psu") {
  TEST_CASE("a stratum left with one PSU in the domain adds what the policy says") {
    for (const bool twice : {false, true}) {
      CAPTURE(twice);
      // Zeros where the domain has nobody: 3/2 (10² − 10²/3) = 100, and 2 (2² + 2²) = 16.
      CHECK(close(variance(single_psu::error, twice), 116.0, 1e-14));
      CHECK(close(variance(single_psu::remove, twice), 116.0, 1e-14));
      CHECK(close(variance(single_psu::certainty, twice), 116.0, 1e-14));
      // 3/2 (10 − 22/5)² for the PSU alone, against the mean of all five totals.
      CHECK(close(variance(single_psu::center, twice), 1.5 * 5.6 * 5.6 + 16, 1e-14));
      CHECK(close(variance(single_psu::average, twice), 16.0 * 2, 1e-14));
    }
  }

  TEST_CASE("strata without anybody in the domain do not count as strata to average over") {
    const std::vector<int> h{1, 2, 2, 3, 3};
    const std::vector<char> in{1, 1, 1, 0, 0};
    const baro::design d{baro::strata(h), single_psu::average};
    // Stratum 2 adds 2 (2.5² + 2.5²) = 25, stratum 1 as much, stratum 3 nothing.
    CHECK(close(baro::total(d, y, baro::where(in)).variance(0), 50.0, 1e-14));
  }

  TEST_CASE("a sampling fraction reduces what a single PSU adds; a census adds nothing") {
    const std::vector<int> h{1, 2, 2, 2, 2};
    const std::vector<double> f{.5, .2, .2, .2, .2}, all{1, .2, .2, .2, .2};
    const baro::design half{baro::strata(h), baro::sampling_fractions(f), single_psu::center};
    const baro::design census{baro::strata(h), baro::sampling_fractions(all),
                              single_psu::center};
    const baro::design refused{baro::strata(h), baro::sampling_fractions(all)};
    const double rest = baro::total(refused, y).variance(0);
    const double beside = 10 - 31.0 / 5;  // the total of the one unit, less the mean of all
    CHECK(close(rest, .8 * 4 / 3 * (133 - 21.0 * 21 / 4), 1e-14));
    CHECK(close(baro::total(half, y).variance(0), .5 * beside * beside + rest, 1e-14));
    CHECK(close(baro::total(census, y).variance(0), rest, 1e-14));
  }

  TEST_CASE("a single unit of a later stage follows the policy within its own unit") {
    // Schools 1 and 2 (f = 1/2); school 1 has one class, school 2 has two.
    const std::vector<int> school{1, 2, 2}, pupil{1, 2, 3};
    const std::vector<double> score{3, 1, 6};
    const auto v = [&](single_psu policy) {
      const baro::design d{baro::psus(school), baro::sampling_fraction(.5),
                           baro::stage(baro::psus(pupil)), policy};
      return baro::total(d, score).variance(0);
    };
    const double first = .5 * 2 * (2 * 2 + 2 * 2);           // totals 3 and 7
    const double second = .5 * 2 * (2.5 * 2.5 + 2.5 * 2.5);  // pupils 1 and 6 of school 2
    CHECK(close(v(single_psu::remove), first + second, 1e-14));
    CHECK(close(v(single_psu::certainty), first + second, 1e-14));
    CHECK(close(v(single_psu::center), first + second, 1e-14));  // it is its own mean
    CHECK(close(v(single_psu::average), first + 2 * second, 1e-14));
  }

  TEST_CASE("where every stratum is single there is a value and nothing to average") {
    const std::vector<int> h{1, 2, 3, 4, 5};
    for (const single_psu p : {single_psu::remove, single_psu::average}) {
      const baro::estimate<> e = baro::mean(baro::design{baro::strata(h), p}, y);
      CHECK(e.value(0) == 6.2);
      CHECK(e.variance(0) != e.variance(0));
      CHECK(e.entry(0).status == baro::status::no_degrees);
    }
    const baro::estimate<> e =
        baro::mean(baro::design{baro::strata(h), single_psu::certainty}, y);
    CHECK(e.variance(0) == 0);
    CHECK(e.entry(0).status == baro::status::no_degrees);
  }

  TEST_CASE("every policy is found by its name") {
    for (const single_psu p : {single_psu::error, single_psu::remove, single_psu::average,
                               single_psu::center, single_psu::certainty})
      CHECK(baro::single_psu_named(name(p)) == p);
  }
}

}  // namespace design_single_psu
