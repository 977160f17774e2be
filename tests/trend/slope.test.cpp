// SPDX-License-Identifier: BSL-1.0
// The straight line through waves at any distance.
#include <baro/trend/slope.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <support/close.hpp>
#include <trend/made_series.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/slope");

namespace trend_slope {

using baro::slope, baro::status;
using test::close, test::decaying, test::made_series;

const baro::confidence_level level{.95};
const double nan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("least squares per unit of time") {
  // R> coef(lm(c(.31, .35, .42, .40) ~ c(2009, 2011, 2013, 2016)))[2] = 0.01383177570093477
  const auto v = decaying({.02, .03, .02, .025}, .3);
  const auto b =
      slope(made_series({.31, .35, .42, .40}, v, {2009, 2011, 2013, 2016}, 50), level);
  CHECK(close(b.value, .01383177570093477, 1e-12));
  // By the contrast written out: x̄ = 2012.25, Σ (x − x̄)² = 26.75.
  const Eigen::Vector4d c = Eigen::Vector4d(-3.25, -1.25, .75, 3.75) / 26.75;
  CHECK(close(b.standard_error, std::sqrt(c.dot(v * c)), 1e-12));
  CHECK(close(b.statistic, b.value / b.standard_error, 1e-14));
  CHECK(close(b.df, 50.0, 1e-12));
}

TEST_CASE("two waves: the change per unit of time; a wave without a figure is left out") {
  const auto v = decaying({.02, .03, .02}, .3);
  const auto b = slope(made_series({.31, nan, .41}, v, {2009, 2011, 2013}, 50), level);
  CHECK(close(b.value, .025, 1e-12));
  CHECK(close(b.standard_error, std::sqrt(2 * .0004 - 2 * .09 * .0004) / 4, 1e-12));
}

TEST_CASE("answers far from 0 and years by the thousand leave the slope its digits") {
  const auto v = decaying({.02, .03, .02, .025}, .3);
  const auto near = slope(made_series({.25, .5, .75, .5}, v, {0, 2, 4, 7}), level);
  const auto far = slope(
      made_series({1e9 + .25, 1e9 + .5, 1e9 + .75, 1e9 + .5}, v, {2009, 2011, 2013, 2016}),
      level);
  CHECK(close(far.value, near.value, 1e-13));
  CHECK(slope(made_series({7, 7, 7, 7}, v, {2009, 2011, 2013, 2016}), level).value == 0);
}

TEST_CASE("degrees are those of the waves that take part") {
  auto series = made_series({3, 4, 5}, decaying({.5, .4, .6}, .3), {1, 2, 3}, 17);
  auto entries = series.figures().entries();
  entries[2].df = 1;
  const baro::wave_series<double> few(
      baro::estimate<double>(series.figures().value(), series.figures().covariance(), entries),
      series.times());
  CHECK(close(baro::contrast<double>(few, {-1, 1, 0}, level).df, 17.0, 1e-12));
  CHECK(close(baro::contrast<double>(few, {-1, 0, 1}, level).df, 1.0, 1e-12));
}

TEST_CASE("nothing to say") {
  const auto v = decaying({.02, .03, .02}, .3);
  CHECK(slope(made_series({.31, nan, nan}, v, {1, 2, 3}), level).status ==
        status::empty_domain);
  CHECK(slope(made_series({.31}, decaying({.1}, 0), {1}), level).status == status::undefined);
  CHECK(slope(made_series({1, 2, 3}, v, {1, 2, 3}).broken_at({1}), level).status ==
        status::series_break);
}

}  // namespace trend_slope

TEST_SUITE_END();
