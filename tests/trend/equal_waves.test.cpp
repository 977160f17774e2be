// SPDX-License-Identifier: BSL-1.0
// Are all waves equal? With two the change; R's Wald test; a wave left out; status.
#include <baro/trend/change.hpp>
#include <baro/trend/equal_waves.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <support/close.hpp>
#include <trend/made_series.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/equal_waves");

namespace trend_equal_waves {

using baro::comparison_degrees, baro::equal_waves, baro::status;
using test::close, test::decaying, test::made_series;

const double nan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("two waves: the square of the t of their change") {
  const auto series = made_series({3, 4}, decaying({.5, .4}, .3), {1, 2}, 17);
  const auto f = equal_waves(series);
  const auto c = baro::change(series, 0, 1, baro::confidence_level(.95), baro::plain_t{});
  CHECK(f.df1 == 1);
  CHECK(close(f.df2, 17.0, 1e-12));
  CHECK(close(f.statistic, c.statistic * c.statistic, 1e-12));
  CHECK(close(f.p_value, c.p_value, 1e-11));
}

TEST_CASE("normal: the χ² of independent figures about their weighted mean") {
  const std::vector<double> y{3, 4, 7, 5}, s{.5, .8, 1.1, .7};
  const auto f =
      equal_waves(made_series(y, decaying(s, 0), {1, 2, 3, 4}), comparison_degrees::normal());
  double all = 0, mean = 0, square = 0;
  for (std::size_t t = 0; t < 4; ++t) {
    all += 1 / (s[t] * s[t]);
    mean += y[t] / (s[t] * s[t]);
  }
  mean /= all;
  for (std::size_t t = 0; t < 4; ++t) square += std::pow((y[t] - mean) / s[t], 2);
  CHECK(f.df1 == 3);
  CHECK(close(f.statistic, square / 3, 1e-12));
}

TEST_CASE("a wave without a figure is left out") {
  const auto with = made_series({3, nan, 4}, decaying({.5, .1, .4}, .3), {1, 2, 3}, 17);
  const auto f = equal_waves(with);
  CHECK(f.df1 == 1);
  CHECK(close(f.statistic, 1 / (.25 + .16 - 2 * .5 * .4 * .09), 1e-12));
}

TEST_CASE("two waves whose difference does not vary, but for rounding") {
  Eigen::MatrixXd v = decaying({.345, .345, .345}, .3);
  v(1, 2) = v(2, 1) = v(1, 1) * (1 - 4e-16);
  v(0, 2) = v(2, 0) = v(0, 1) * (1 + 2e-16);
  CHECK(equal_waves(made_series({3, 4, 5}, v, {1, 2, 3}, 17)).status == status::undefined);
}

TEST_CASE("nothing to say") {
  CHECK(equal_waves(made_series({3}, decaying({.5}, 0), {1})).status == status::undefined);
  CHECK(equal_waves(made_series({3, nan}, decaying({.5, .5}, 0), {1, 2})).status ==
        status::empty_domain);
  CHECK(equal_waves(made_series({0, 0}, Eigen::MatrixXd::Zero(2, 2), {1, 2}, 5)).status ==
        status::undefined);
  CHECK(equal_waves(made_series({3, 4}, decaying({.5, .5}, 0), {1, 2}).broken_at({1})).status ==
        status::series_break);
}

}  // namespace trend_equal_waves

TEST_SUITE_END();
