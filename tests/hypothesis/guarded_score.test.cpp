// SPDX-License-Identifier: BSL-1.0
// The default test of two shares: its formula spelt out, Student's test for large samples, what
// few people and few PSUs take off. How often it rejects: bench/size_shares.cpp.
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/exact.hpp>
#include <baro/hypothesis/guarded_score.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <hypothesis/figures.hpp>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>

TEST_SUITE_BEGIN("hypothesis/guarded_score");

namespace hypothesis_guarded_score {

using baro::comparison_degrees, baro::guarded_score, baro::share_pair;
using test::close;

share_pair<double> pair_of(int x, int n, int y, int m) {
  return baro::detail::pair_of(test::two_samples(x, n, y, m), 0, 1,
                               comparison_degrees::fixed(n + m - 2));
}
double p_value(const share_pair<double>& s) {
  const guarded_score m;
  return baro::detail::two_sided_t(m.df(s), m.statistic(s, 0.0));
}

TEST_CASE("without weights: Student's test after one yes and one no") {
  for (const auto& [x, n, y, m] :
       {std::array{30, 122, 312, 1000}, {1, 30, 10, 1000}, {0, 20, 5, 25}, {17, 40, 9, 41}}) {
    const auto s = pair_of(x, n, y, m);
    // Sums of squares within a, within b, of the added two, and of these around the rest.
    const double a = double(x) / n, b = double(y) / m, all = n + m;
    const double rest = (x + y) / all;
    const double within = n * a * (1 - a) + m * b * (1 - b) + 0.5 +
                          2 * all / (all + 2) * (0.5 - rest) * (0.5 - rest);
    const double t = (a - b) / std::sqrt(within / all * (1.0 / n + 1.0 / m));
    CHECK(close(guarded_score{}.statistic(s, 0.0), t, 1e-12));
    CHECK(close(guarded_score{}.df(s), n + m - 2.0, 1e-12));
  }
}

TEST_CASE("large samples: the pooled t of 8.86 % of 395 and 5.19 % of 405") {
  // Conventions 5: t(798), p .0419679; the yes and the no move it a little.
  const double p = p_value(pair_of(35, 395, 21, 405));
  CHECK(p > 0.0419679);
  CHECK(p < 0.0445);
}

TEST_CASE("small samples are near Barnard's exact test, not at nothing") {
  CHECK(p_value(pair_of(3, 3, 0, 3)) > 0.01);
  for (const auto& [x, n, y, m] :
       {std::array{9, 10, 3, 10}, {7, 12, 1, 17}, {0, 10, 4, 9}, {30, 122, 312, 1000}}) {
    const double exact = baro::exact_p_value<double>(
        {std::size_t(x), std::size_t(n), std::size_t(y), std::size_t(m)},
        baro::exact_test::mid_p);
    CHECK(p_value(pair_of(x, n, y, m)) > 0.4 * exact);
    CHECK(p_value(pair_of(x, n, y, m)) < 2.5 * exact);
  }
}

TEST_CASE("nobody in both is no evidence of anything") {
  const auto s = pair_of(0, 40, 0, 60);
  CHECK(guarded_score{}.statistic(s, 0.0) == 0);
  CHECK(p_value(s) == 1);
  const auto limits = guarded_score{}.limits(s, 2.0);
  CHECK(limits.low < 0);
  CHECK(limits.high > 0);
  CHECK(limits.high < 0.15);
}

TEST_CASE("an effective size above Kish's is believed as far as people speak for it") {
  // A variance of a tenth: with 2 people it is not believed, with 2000 it is.
  for (const int n : {10, 10000}) {
    auto s = pair_of(n / 5, n, n / 5 + n / 10, n);
    const double before = guarded_score{}.statistic(s, 0.0);
    s.a.deff = s.b.deff = 0.1;
    s.a.size *= 10;
    s.b.size *= 10;
    const double ratio = guarded_score{}.statistic(s, 0.0) / before;
    CHECK(ratio > (n == 10 ? 1.0 : 3.0));
    CHECK(ratio < (n == 10 ? 1.5 : 3.3));
  }
}

TEST_CASE("degrees of freedom: few PSUs, unequal weights, and never more than people") {
  const guarded_score m;
  auto s = pair_of(5, 100, 50, 500);
  s.degrees = comparison_degrees::fixed(8);
  s.a.df = s.b.df = 4;
  CHECK(m.df(s) < 8);
  CHECK(m.df(s) > 5);
  auto w = pair_of(5, 100, 50, 500);
  w.a.kish = 40;
  w.a.size = 40;
  w.a.deff = 2.5;
  CHECK(m.df(w) < 60);
  auto published = pair_of(3, 3, 0, 3);
  published.degrees = comparison_degrees::normal();
  CHECK(close(m.df(published), 6, 1e-14));
}

TEST_CASE("the covariance of two domains makes their difference better known") {
  auto s = pair_of(30, 100, 40, 100);
  const double apart = guarded_score{}.statistic(s, 0.0);
  s.variance_ratio = 0.5;
  CHECK(close(guarded_score{}.statistic(s, 0.0), apart * std::sqrt(2.0), 1e-12));
}

TEST_CASE("with two PSUs it is not bolder than the t test of the design by far") {
  // 10 and 20 of 100 in the PSUs of one domain, 14 and 25 in those of the other: ρ is 1, V is
  // .0025 and .003025, the standard error of the difference .005.
  auto s = pair_of(30, 200, 39, 200);
  s.a.size = s.a.p * s.a.q / 0.0025;
  s.b.size = s.b.p * s.b.q / 0.003025;
  s.a.deff = 200 / s.a.size;
  s.b.deff = 200 / s.b.size;
  s.a.df = s.b.df = 1;
  s.variance_ratio = 0.005 * 0.005 / (0.0025 + 0.003025);
  s.degrees = comparison_degrees::fixed(1);
  s.correlation = 1;
  const double of_design = baro::detail::two_sided_t(1.0, -0.045 / 0.005);
  CHECK(p_value(s) > 0.6 * of_design);
}

TEST_CASE("t falls in δ, so that test and interval agree") {
  test::dice dice(7);
  for (int k = 0; k < 300; ++k) {
    const int n = 10 + static_cast<int>(dice.below(200)),
              m = 10 + static_cast<int>(dice.below(60));
    auto s = pair_of(static_cast<int>(dice.below(std::size_t(n) + 1)), n,
                     static_cast<int>(dice.below(std::size_t(m) + 1)), m);
    s.variance_ratio = 0.05 + 1.9 * dice.uniform();
    s.a.kish *= 0.3 + 0.7 * dice.uniform();
    s.a.deff *= 0.5 + 2 * dice.uniform();
    double last = std::numeric_limits<double>::infinity();
    for (int i = 0; i <= 100; ++i) {
      const double t = guarded_score{}.statistic(s, -1 + 0.02 * i);
      CHECK((t <= last || close(t, last, 1e-9)));
      last = t;
    }
  }
}

}  // namespace hypothesis_guarded_score
