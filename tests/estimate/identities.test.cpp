// SPDX-License-Identifier: BSL-1.0
// What must hold for every statistic under every design.
#include <baro/estimate/balance.hpp>
#include <baro/estimate/function.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>

#include <doctest/doctest.h>

#include <numeric>
#include <support/positive.hpp>
#include <support/same.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_identities {

using baro::design;
using baro::estimate;
using test::same;
using test::same_values;
using test::sample;
using requests = std::vector<baro::request<double>>;

requests everything(const sample& s) {
  const auto level = [](const std::vector<int>& c) { return baro::categories(c); };
  return {baro::mean_of(s.y),
          baro::ratio_of(s.y, s.x),
          baro::share_of(level(s.answer)),
          baro::balance_of(level(s.answer), {"4", "5"}, {"1"}),
          baro::nps_of(level(s.answer)),
          baro::function_of({s.y, s.x},
                            [](const auto& t) { return log(t[1] / t[0]) * t[1] / t[2]; }),
          baro::total_of(s.y),
          baro::total_of(s.x)};
}
constexpr std::size_t first_total = 10;  // its place: 1 + 1 + 5 + 1 + 1 + 1 entries before

estimate<> estimate_all(const design& d, const sample& s) {
  return baro::tabulate(d, everything(s));
}

/// A design of each kind on the same rows.
std::vector<design> designs(const sample& s) {
  static std::vector<int> third;
  third.resize(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) third[i] = s.answer[i] % 3;
  return {design{baro::weights(s.weight)}, s.stratified(baro::sampling_fraction(.3)),
          s.clustered(),
          s.clustered(baro::sampling_fraction(.2), baro::single_psu::remove,
                      baro::stage(baro::psus(third), baro::sampling_fraction(.5)))};
}

const sample s = sample::of(200, 21);

TEST_SUITE("estimate/identities") {
  TEST_CASE("weights on another scale change totals only") {
    sample scaled = s;
    for (double& w : scaled.weight) w *= 7.3;
    const auto before = designs(s), after = designs(scaled);
    for (std::size_t k = 0; k < before.size(); ++k) {
      const estimate<> a = estimate_all(before[k], s), b = estimate_all(after[k], scaled);
      std::vector<std::size_t> others(first_total);
      std::iota(others.begin(), others.end(), 0U);
      CHECK(same(b.slice(others), a.slice(others), 1e-12));
      for (const std::size_t t : {first_total, first_total + 1}) {
        CHECK(std::abs(b.value(t) / a.value(t) - 7.3) < 1e-12);
        CHECK(std::abs(b.standard_error(t) / a.standard_error(t) - 7.3) < 1e-12);
      }
    }
  }

  TEST_CASE("the order of the rows does not matter") {
    const sample mixed = s.rows(test::dice(4).order(s.size()));
    for (std::size_t k = 0; k < 4; ++k)
      CHECK(
          same(estimate_all(designs(mixed)[k], mixed), estimate_all(designs(s)[k], s), 1e-12));
  }

  TEST_CASE("a row in two halves within its PSU is the same row") {
    std::vector<std::size_t> which(s.size());
    std::iota(which.begin(), which.end(), 0U);
    for (const std::size_t i : {0UL, 57UL, 199UL}) which.push_back(i);
    sample split = s.rows(which);
    for (const std::size_t i : {0UL, 57UL, 199UL, 200UL, 201UL, 202UL}) split.weight[i] /= 2;
    for (const std::size_t k : {2UL, 3UL})
      CHECK(
          same(estimate_all(designs(split)[k], split), estimate_all(designs(s)[k], s), 1e-12));
  }

  TEST_CASE("each row is a unit: as PSUs of their own, or as two halves of one") {
    std::vector<int> own(s.size());
    std::iota(own.begin(), own.end(), 1000);
    const estimate<> rows = estimate_all(s.stratified(), s);
    const design unique{baro::weights(s.weight), baro::strata(s.stratum), baro::psus(own)};
    CHECK(same(estimate_all(unique, s), rows, 1e-14));
    std::vector<std::size_t> twice;
    std::vector<int> owner;
    for (std::size_t i = 0; i < s.size(); ++i)
      for (int half = 0; half < 2; ++half) {
        twice.push_back(i);
        owner.push_back(own[i]);
      }
    sample halves = s.rows(twice);
    for (double& w : halves.weight) w /= 2;
    const design psus{baro::weights(halves.weight), baro::strata(halves.stratum),
                      baro::psus(owner)};
    CHECK(!psus.tree().rows_are_units);
    CHECK(same(estimate_all(psus, halves), rows, 1e-12));
  }

  TEST_CASE("a second stage sampled entirely adds nothing, an endless population all") {
    const std::vector<design> d = designs(s);
    std::vector<int> row(s.size());
    std::iota(row.begin(), row.end(), 0);
    const baro::sampling_fraction f(.2), all(1);
    CHECK(same(estimate_all(s.clustered(f, baro::stage(baro::psus(row), all)), s),
               estimate_all(s.clustered(f), s), 1e-14));
    CHECK(same(estimate_all(s.clustered(baro::population_size(1e13)), s), estimate_all(d[2], s),
               1e-11));
    CHECK(same(estimate_all(s.clustered(baro::sampling_fraction(0)), s), estimate_all(d[2], s),
               1e-15));
  }

  TEST_CASE("a census leaves no doubt") {
    for (const design& d :
         {s.stratified(baro::sampling_fraction(1)), s.clustered(baro::sampling_fraction(1))})
      CHECK(estimate_all(d, s).covariance().isZero(0));
  }

  TEST_CASE("statistics of one pass have the figures they have alone, and joint covariance") {
    for (const design& d : designs(s)) {
      const estimate<> joint = estimate_all(d, s);
      std::size_t at = 0;
      for (const auto& request : everything(s)) {
        const estimate<> alone = baro::tabulate(d, request);
        std::vector<std::size_t> block(alone.size());
        std::iota(block.begin(), block.end(), at);
        at += alone.size();
        CHECK(same(joint.slice(block), alone, 1e-14));
      }
      CHECK(at == joint.size());
      CHECK(test::positive_semidefinite(joint.covariance()));
    }
  }

  TEST_CASE(
      "a respondent of weight 0, first or last, leaves values, PSU variances and df alone") {
    const design plain = s.clustered();
    const estimate<> before = estimate_all(plain, s);
    for (const bool first : {true, false}) {
      std::vector<std::size_t> which(s.size());
      std::iota(which.begin(), which.end(), 0U);
      which.insert(first ? which.begin() : which.end(), 57);
      sample more = s.rows(which);
      const std::size_t at = first ? 0 : s.size();
      more.weight[at] = 0;
      more.y[at] = 1e6;
      more.x[at] = -1e6;
      const estimate<> after = estimate_all(more.clustered(), more);
      CHECK(same(after, before, 1e-9));  // its answers are a far-off centre
      for (std::size_t i = 0; i < after.size(); ++i) {
        REQUIRE(after.entry(i).df == before.entry(i).df);
        REQUIRE(after.entry(i).bases.n == before.entry(i).bases.n);
        REQUIRE(after.entry(i).bases.effective_n == before.entry(i).bases.effective_n);
      }
    }
  }

  TEST_CASE("a respondent of weight 0 who is a unit stands in the stratum, as a PSU would") {
    for (const bool first : {true, false}) {
      std::vector<std::size_t> which(s.size());
      std::iota(which.begin(), which.end(), 0U);
      which.insert(first ? which.begin() : which.end(), 57);
      sample more = s.rows(which);
      more.weight[first ? 0 : s.size()] = 0;
      const estimate<> rows = estimate_all(more.stratified(), more);
      CHECK(!same(rows, estimate_all(s.stratified(), s), 1e-6));
      // PSUs of one respondent each, but for one that is written as two halves.
      std::vector<std::size_t> twice(more.size());
      std::iota(twice.begin(), twice.end(), 0U);
      twice.push_back(5);
      sample halves = more.rows(twice);
      halves.weight[5] /= 2;
      halves.weight.back() /= 2;
      const std::vector<int> own(twice.begin(), twice.end());
      const design psus{baro::weights(halves.weight), baro::strata(halves.stratum),
                        baro::psus(own)};
      CHECK(!psus.tree().rows_are_units);
      const estimate<> units = estimate_all(psus, halves);
      CHECK(same(units, rows, 1e-12));
      for (std::size_t i = 0; i < rows.size(); ++i)
        REQUIRE(units.entry(i).df == rows.entry(i).df);
    }
  }

  TEST_CASE("under every policy a weight of 0 is the same as being outside of the domain") {
    sample some = s;
    some.stratum[0] = 8;  // a stratum of one, one that region 1 leaves with one, one without
    for (std::size_t i = 1; i < 7; ++i) {
      some.stratum[i] = i < 4 ? 9 : 10;
      some.region[i] = i == 1 ? 1 : 2;
    }
    some.region[0] = 1;
    sample zeroed = some;
    std::vector<char> inside;
    for (std::size_t i = 0; i < some.size(); ++i) {
      inside.push_back(some.region[i] == 1);
      if (some.region[i] != 1) zeroed.weight[i] = 0;
    }
    for (const baro::single_psu p : {baro::single_psu::remove, baro::single_psu::average,
                                     baro::single_psu::center, baro::single_psu::certainty})
      for (const bool psus : {true, false}) {
        CAPTURE(baro::name(p));
        CAPTURE(psus);
        const design whole = psus ? some.clustered(p) : some.stratified(p),
                     part = psus ? zeroed.clustered(p) : zeroed.stratified(p);
        const estimate<> domain = baro::tabulate(whole, baro::where(inside), everything(some));
        const estimate<> zeros = estimate_all(part, zeroed);
        CHECK(same(zeros, domain, 1e-12));
        for (std::size_t i = 0; i < zeros.size(); ++i)
          REQUIRE(zeros.entry(i).df == domain.entry(i).df);
      }
  }
}

}  // namespace estimate_identities
