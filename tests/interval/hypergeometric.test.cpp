// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/clopper_pearson.hpp>
#include <baro/interval/hypergeometric.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <support/refused.hpp>

namespace interval_hypergeometric {

using namespace test;

using baro::hypergeometric, baro::population_size, baro::status;

baro::confidence_interval<double> of(int k, int n, double size) {
  return interval(sampled(k, n), at95, hypergeometric{population_size(size)});
}

/// C(n, k), 0 outside the triangle.
double ways(int n, int k) {
  if (k < 0 || k > n) return 0;
  double c = 1;
  for (int i = 0; i < k; ++i) c = c * (n - i) / (i + 1);
  return c;
}

TEST_SUITE("interval/hypergeometric") {
  TEST_CASE("the limits are those that R's phyper gives, in people") {
    struct {
      int k, n, size;
      double low, high, low90, high90;
    } const table[] = {{31, 122, 400, 77, 130, 80, 126},
                       {30, 122, 400, 74, 127, 77, 122},
                       {0, 20, 100, 0, 15, 0, 12},
                       {1, 29, 500, 1, 86, 1, 75},
                       {122, 122, 400, 390, 400, 392, 400},
                       {3, 10, 25, 3, 14, 3, 13},
                       {915, 1000, 20000, 17929, 18622, 17990, 18575}};
    for (const auto& row : table) {
      CAPTURE(row.k);
      const auto c = of(row.k, row.n, row.size);
      CHECK(close(c.low * row.size, row.low, 1e-14));
      CHECK(close(c.high * row.size, row.high, 1e-14));
      const auto d = interval(sampled(row.k, row.n), baro::confidence_level(.9),
                              hypergeometric{population_size(row.size)});
      CHECK(close(d.low * row.size, row.low90, 1e-14));
      CHECK(close(d.high * row.size, row.high90, 1e-14));
    }
  }

  TEST_CASE("in every sample of every population up to 12 it is the tail count by count") {
    for (int size = 2; size <= 12; ++size)
      for (int n = 2; n <= size; ++n)
        for (int k = 0; k <= n; ++k) {
          CAPTURE(size);
          CAPTURE(n);
          CAPTURE(k);
          int low = size, high = 0;
          for (int holders = k; holders <= size - n + k; ++holders) {
            double at_most = 0, at_least = 0;
            for (int x = 0; x <= n; ++x) {
              const double p = ways(holders, x) * ways(size - holders, n - x) / ways(size, n);
              if (x <= k) at_most += p;
              if (x >= k) at_least += p;
            }
            if (at_least > .025) low = std::min(low, holders);
            if (at_most > .025) high = std::max(high, holders);
          }
          const auto c = of(k, n, size);
          CHECK(close(c.low, double(low) / size, 1e-14));
          CHECK(close(c.high, double(high) / size, 1e-14));
        }
  }

  TEST_CASE("it covers every share of a population of 60 at least as often as it says") {
    const int size = 60, n = 17;
    for (int holders = 0; holders <= size; ++holders) {
      double covered = 0;
      for (int k = 0; k <= n; ++k)
        if (of(k, n, size).contains(double(holders) / size))
          covered += ways(holders, k) * ways(size - holders, n - k) / ways(size, n);
      CHECK(covered >= .95);
    }
  }

  TEST_CASE("a census leaves one point, one person of four leaves what one person can") {
    CHECK(of(3, 10, 10).low == .3);
    CHECK(of(3, 10, 10).width() == 0);
    auto one = sampled(1, 1);
    one.df = std::numeric_limits<double>::infinity();
    const auto c = interval(one, at95, hypergeometric{population_size(4)});
    CHECK(c.low == .25);
    CHECK(c.high == 1);
  }

  TEST_CASE("a very large population gives Clopper and Pearson's limits") {
    for (const int k : {0, 1, 17, 40}) {
      const auto c = of(k, 40, 1e9);
      const auto d = interval(sampled(k, 40), at95, baro::clopper_pearson{});
      CHECK(std::abs(c.low - d.low) < 1e-7);
      CHECK(std::abs(c.high - d.high) < 1e-7);
    }
  }

  TEST_CASE("122 of 400 know more than 122 of many") {
    CHECK(of(31, 122, 400).width() < .85 * of(31, 122, 1e7).width());
    CHECK(assumption_text(of(31, 122, 400)) == "simple random sample of 122");
  }

  TEST_CASE("a printed share that is no whole count is taken at both whole counts around it") {
    auto f = sampled(31, 122);
    f.value = .25;  // 30.5 people
    const auto c = interval(f, at95, hypergeometric{population_size(400)});
    CHECK(c.low == of(30, 122, 400).low);
    CHECK(c.high == of(31, 122, 400).high);
  }

  TEST_CASE("a variance with the finite population in it gives the same limits") {
    auto f = sampled(31, 122);
    f.deff = 1 - 122. / 400;
    CHECK(interval(f, at95, hypergeometric{population_size(400)}).low == of(31, 122, 400).low);
  }

  TEST_CASE("populations and figures it cannot mean are refused in words") {
    const auto say = [](const baro::figure<double>& f, double size) {
      return refused<baro::value_error>(
          [&] { (void)interval(f, at95, hypergeometric{population_size(size)}); });
    };
    auto f = sampled(31, 122);
    CHECK(say(f, 121) ==
          "hypergeometric: population_size = 121, must be at least the base of 122");
    CHECK(say(f, 400.5) ==
          "hypergeometric: population_size = 400.5, must be a whole number up to 1e12");
    CHECK(say(f, 2e12) ==
          "hypergeometric: population_size = 2e+12, must be a whole number up to 1e12");
    f.bases.effective_n = 80;
    CHECK(say(f, 400) ==
          "hypergeometric: effective_n = 80, must be the base of 122: no weights");
    f = sampled(31, 122);
    f.deff = 1.4;
    CHECK(say(f, 400) ==
          "hypergeometric: deff = 1.4, must be 1, or 1 - n/N: a simple random sample");
    f.statistic = baro::statistic::total;
    CHECK(say(f, 400) == "hypergeometric: statistic = 'total', must be 'share'");
    f = sampled(31, 122);
    f.bases = {};
    CHECK(interval(f, at95, hypergeometric{population_size(400)}).status == status::no_base);
    f.df = 0;
    CHECK(interval(f, at95, hypergeometric{population_size(400)}).status == status::no_degrees);
  }
}

}  // namespace interval_hypergeometric
