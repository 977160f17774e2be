// SPDX-License-Identifier: BSL-1.0
// What Holm finds in a family: formulas for two and three, simulation with `adjusted`, the
// guarantees.
#include <baro/hypothesis/adjust.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/plan/expected_means.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/holm_power.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("plan/holm_power");

namespace plan_holm_power {

using baro::comparison_plan, baro::expected_shares, baro::family_size, baro::group_sizes,
    baro::holm_power, baro::power;
using test::close;

const expected_shares rise{.a = .5, .b = .55};

comparison_plan family_of(std::int64_t m) { return {.family = family_size(m)}; }

/// The power of one comparison at α/k.
double at(std::int64_t k, const group_sizes& n) { return power(rise, n, family_of(k)).power; }

TEST_CASE("a family of one is a test") {
  const auto h = holm_power(rise, {1000, 1200}, family_of(1));
  const double p = power(rise, {1000, 1200}).power;
  CHECK(close(h.each, p, 1e-15));
  CHECK(close(h.any, p, 1e-15));
  CHECK(close(h.all, p, 1e-15));
  CHECK(h.false_alarm == 0);
}

TEST_CASE("two comparisons, written out") {
  const group_sizes n{900, 1200};
  const double half = at(2, n), whole = at(1, n);
  // One at α/2, the other then at α.
  const auto both = holm_power(rise, n, family_of(2));
  CHECK(close(both.all, whole * whole - (whole - half) * (whole - half), 1e-14));
  CHECK(close(both.any, 1 - (1 - half) * (1 - half), 1e-14));
  CHECK(close(both.each, half + (1 - half) * half * (whole - half) / (1 - half), 1e-14));
  // One that differs: found at α/2, or at α after a false alarm.
  const auto one = holm_power(rise, n, family_of(2), family_size(1));
  CHECK(close(one.each, half + .025 * (whole - half), 1e-14));
  CHECK(one.any == one.each);
  CHECK(one.all == one.each);
  CHECK(close(one.false_alarm, .025 + half * .025, 1e-13));
}

TEST_CASE("three comparisons, every order of p-values added up") {
  const group_sizes n{700, 800};
  // Chances of a p-value in (0, α/3], (α/3, α/2], (α/2, α], (α, 1].
  const double cut[] = {at(3, n), at(2, n), at(1, n), 1};
  const double null_cut[] = {.05 / 3, .025, .05, 1};
  double each = 0, any = 0, all = 0, alarm = 0;
  for (int i = 0; i < 64; ++i) {
    const int bin[] = {i % 4, i / 4 % 4, i / 16};
    double chance = 1;
    for (int c = 0; c < 3; ++c) {
      const double* of = c < 2 ? cut : null_cut;  // the third does not differ
      chance *= of[bin[c]] - (bin[c] > 0 ? of[bin[c] - 1] : 0);
    }
    int last = -1;  // what lies in bins up to `last` is rejected
    for (int k = 0; k < 3; ++k) {
      int below = 0;
      for (const int b : bin) below += b <= k;
      if (below < k + 1) break;
      last = k;
    }
    const bool x = bin[0] <= last, y = bin[1] <= last;
    each += chance * (x + y) / 2;
    any += chance * (x || y);
    all += chance * (x && y);
    alarm += chance * (bin[2] <= last);
  }
  const auto h = holm_power(rise, n, family_of(3), family_size(2));
  CHECK(close(h.each, each, 1e-13));
  CHECK(close(h.any, any, 1e-13));
  CHECK(close(h.all, all, 1e-13));
  CHECK(close(h.false_alarm, alarm, 1e-12));
}

TEST_CASE("simulated with `adjusted`") {
  constexpr int draws = 4000;
  constexpr std::size_t m = 6, real = 4;
  test::dice d(7);
  const baro::expected_means e{.difference = 1};
  const group_sizes n{14, 17};
  const double shift = 1 / std::sqrt(1. / 14 + 1. / 17);
  double each = 0, any = 0, all = 0, alarm = 0;
  std::vector<double> p(m);
  for (int i = 0; i < draws; ++i) {
    for (std::size_t c = 0; c < m; ++c) {
      const double z = d.bell() + (c < real ? shift : 0);
      p[c] = 2 * baro::detail::normal_tail(std::abs(z));
    }
    const auto q = baro::adjusted(p, baro::adjustment::holm);
    std::size_t found = 0, wrong = 0;
    for (std::size_t c = 0; c < m; ++c)
      if (q[c] <= .05) ++(c < real ? found : wrong);
    each += double(found) / real / draws;
    any += double(found > 0) / draws;
    all += double(found == real) / draws;
    alarm += double(wrong > 0) / draws;
  }
  const auto h = holm_power(e, n, family_of(m), family_size(real));
  const auto within = [](double seen, double said) {
    return std::abs(seen - said) <= 4 * std::sqrt(said * (1 - said) / draws);
  };
  CAPTURE(h.each);
  CAPTURE(h.all);
  CHECK(within(each, h.each));
  CHECK(within(any, h.any));
  CHECK(within(all, h.all));
  CHECK(within(alarm, h.false_alarm));
}

TEST_CASE("the guarantees: at least the first step, at most α false alarms") {
  for (const std::int64_t m : {2, 5, 10, 40})
    for (const double n : {50., 500., 3000.}) {
      const auto sizes = group_sizes::each(n);
      const double first = at(m, sizes);
      double last = 0;
      for (std::int64_t r = 1; r <= m; r += m / 2) {
        const auto h = holm_power(rise, sizes, family_of(m), family_size(r));
        CHECK(h.each >= first);
        CHECK(h.each >= last * (1 - 1e-12));  // the more differ, the easier each
        CHECK(h.all <= h.each * (1 + 1e-12));
        CHECK(h.any >= h.each * (1 - 1e-12));
        CHECK(h.false_alarm <= .05);
        // All: no more are missed than the misses at the first step add up to.
        CHECK(h.all >= 1 - double(r) * (1 - first) - 1e-12);
        last = h.each;
      }
    }
  // None that differs is α at most, and nearly, when they are independent: 1 − (1 − α/m)^m.
  const auto h = holm_power(expected_shares{.a = .5, .b = .5 + 1e-12}, {500, 500},
                            {.family = family_size(8), .wrong = baro::wrong_side::counted});
  CHECK(close(h.any, 1 - std::pow(1 - .05 / 8, 8), 1e-9));
}

TEST_CASE("a hundred comparisons") {
  const auto h = holm_power(rise, {2000, 2000}, family_of(100), family_size(50));
  CHECK(h.each > at(100, {2000, 2000}));
  CHECK(h.each < at(51, {2000, 2000}) + .2);
  CHECK(h.false_alarm <= .05);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const auto h = holm_power(rise, {900, 1200}, family_of(10), family_size(6));
  const auto x = holm_power<real>(rise, {900, 1200}, family_of(10), family_size(6));
  CHECK(close(h.each, static_cast<double>(x.each), 1e-13));
  CHECK(close(h.any, static_cast<double>(x.any), 1e-13));
  CHECK(close(h.all, static_cast<double>(x.all), 1e-12));
  CHECK(close(h.false_alarm, static_cast<double>(x.false_alarm), 1e-13));
}

TEST_CASE("what cannot be asked is refused") {
  const auto refused = [](std::int64_t m, std::int64_t r) {
    return test::refused<baro::value_error>([&] {
      static_cast<void>(holm_power(rise, {900, 1200}, family_of(m), family_size(r)));
    });
  };
  CHECK(refused(101, 1) ==
        "holm_power: family = 101, must be at most 100 where Holm's steps are followed");
  CHECK(refused(10, 11) == "holm_power: differing = 11, must be at most the family");
}

}  // namespace plan_holm_power

TEST_SUITE_END();
