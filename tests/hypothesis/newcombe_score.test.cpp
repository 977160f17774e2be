// SPDX-License-Identifier: BSL-1.0
// Newcombe's method 10 as a test: his table II, and the interval of two figures.
#include <baro/hypothesis/newcombe_score.hpp>
#include <baro/interval/newcombe.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <hypothesis/figures.hpp>
#include <support/close.hpp>

TEST_SUITE_BEGIN("hypothesis/newcombe_score");

namespace hypothesis_newcombe_score {

using baro::comparison_degrees, baro::newcombe_score;
using test::close;

struct row {
  int x, n, y, m;
  double low, high;
};

TEST_CASE("Newcombe (1998), table II, method 10, and the interval of two separate figures") {
  for (const row& r : {row{56, 70, 48, 80, 0.0524, 0.3339},
                       {9, 10, 3, 10, 0.1705, 0.8090},
                       {0, 10, 0, 20, -0.1611, 0.2775},
                       {10, 10, 0, 20, 0.6791, 1}}) {
    const auto e = test::two_published(r.x, r.n, r.y, r.m);
    const auto s = baro::detail::pair_of(e, 0, 1, comparison_degrees::design());
    const auto limits = newcombe_score{}.limits(s, baro::detail::normal_quantile_above(0.025));
    CHECK(std::abs(limits.low - r.low) < 0.00005);
    CHECK(std::abs(limits.high - r.high) < 0.00005);
    const auto apart = baro::newcombe(e.figure(0), e.figure(1), baro::confidence_level(0.95));
    CHECK(close(limits.low, apart.low, 1e-13));
    CHECK(close(limits.high, apart.high, 1e-13));
  }
}

TEST_CASE("t of a difference is the one whose limit it is") {
  auto s = baro::detail::pair_of(test::two_samples(30, 122, 312, 1000), 0, 1,
                                 comparison_degrees::design());
  s.variance_ratio = 0.3;
  for (const double t : {0.5, 2.0, 5.0}) {
    const auto limits = newcombe_score{}.limits(s, t);
    CHECK(close(newcombe_score{}.statistic(s, limits.low), t, 1e-12));
    CHECK(close(newcombe_score{}.statistic(s, limits.high), -t, 1e-12));
  }
  CHECK(newcombe_score{}.statistic(s, s.a.p - s.b.p) == 0);
}

TEST_CASE("the covariance makes the interval shorter") {
  auto s = baro::detail::pair_of(test::two_samples(30, 122, 312, 1000), 0, 1,
                                 comparison_degrees::design());
  const auto apart = newcombe_score{}.limits(s, 2.0);
  s.variance_ratio = 0.5;
  const auto together = newcombe_score{}.limits(s, 2.0);
  CHECK(together.low > apart.low);
  CHECK(together.high < apart.high);
}

}  // namespace hypothesis_newcombe_score
