// SPDX-License-Identifier: BSL-1.0
// Linear functions of waves tested: Hotelling's test of a full panel, Welch's degrees, R.
#include <baro/trend/contrast.hpp>

#include <Eigen/LU>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <trend/made_series.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/contrast");

namespace trend_contrast {

using baro::all_zero, baro::comparison_degrees, baro::confidence_level, baro::contrast,
    baro::status;
using boost::multiprecision::cpp_bin_float_50;
using test::close, test::decaying, test::made_series, test::refused;

const confidence_level level{.95};
const double nan = std::numeric_limits<double>::quiet_NaN();

Eigen::MatrixXd differences(Eigen::Index waves) {
  Eigen::MatrixXd c = Eigen::MatrixXd::Zero(waves - 1, waves);
  for (Eigen::Index r = 0; r + 1 < waves; ++r) {
    c(r, r) = -1;
    c(r, r + 1) = 1;
  }
  return c;
}

TEST_CASE("one part: the t of n − 1 degrees, and Hotelling's T²") {
  // R> x <- cbind(c(5,7,4,6,8,5), c(6,7,6,7,9,5), c(7,9,5,8,8,7)); n <- 6
  // R> d <- cbind(x[,2]-x[,1], x[,3]-x[,2]); m <- colMeans(d)
  // R> T2 <- n * m %*% solve(var(d)) %*% m; F <- T2*(n-2)/(2*(n-1)); pf(F, 2, n-2, lower=FALSE)
  // T2 = 49.1304347826087, F = 19.6521739130435, p = 0.00853212044967016
  const double x[6][3] = {{5, 6, 7}, {7, 7, 9}, {4, 6, 5}, {6, 7, 8}, {8, 9, 8}, {5, 5, 7}};
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (const auto& row : x)
    for (int t = 0; t < 3; ++t) mean(t) += row[t] / 6;
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(3, 3);
  for (const auto& row : x)
    for (int t = 0; t < 3; ++t)
      for (int s = 0; s < 3; ++s) v(t, s) += (row[t] - mean(t)) * (row[s] - mean(s)) / 30;
  const auto series = made_series({mean(0), mean(1), mean(2)}, v, {1, 2, 3}, 5);
  const auto f = all_zero(series, differences(3));
  CHECK(f.df1 == 2);
  CHECK(close(f.df2, 4.0, 1e-12));
  CHECK(close(f.statistic, 19.652173913043487, 1e-12));
  CHECK(close(f.p_value, .008532120449670156, 1e-12));
  const auto t = contrast<double>(series, {-1, 0, 1}, level);
  // R> t.test(x[,3], x[,1], paired = TRUE)
  CHECK(close(t.statistic, 4.391550328268400, 1e-12));
  CHECK(close(t.df, 5.0, 1e-12));
  CHECK(close(t.p_value, .007077597925498277, 1e-12));
  CHECK(close(t.limits.low, .621979149678821508, 1e-12));
}

TEST_CASE("independent waves: Satterthwaite's degrees of one row, and in between of several") {
  auto series = made_series({3, 4, 7}, decaying({.5, .8, 1.1}, 0), {1, 2, 3});
  auto parts = series.parts();
  parts[0].df = 10;
  parts[1].df = 25;
  parts[2].df = 7;
  series = {series.figures(), series.times(), parts};
  const auto t = contrast<double>(series, {-1, 1, 0}, level);
  CHECK(close(t.df, .89 * .89 / (.25 * .25 / 10 + .64 * .64 / 25), 1e-13));
  CHECK(close(t.standard_error, std::sqrt(.89), 1e-14));
  // By the definition, with (C V Cᵀ)⁻¹ written out.
  const auto f = all_zero(series, differences(3));
  Eigen::Matrix2d m, part[3];
  m << .25 + .64, -.64, -.64, .64 + 1.21;
  part[0] << .25, 0, 0, 0;
  part[1] << .64, -.64, -.64, .64;
  part[2] << 0, 0, 0, 1.21;
  double sum = 0;
  const double df[] = {10, 25, 7};
  for (int p = 0; p < 3; ++p) {
    const Eigen::Matrix2d a = part[p] * m.inverse();
    sum += ((a * a).trace() + a.trace() * a.trace()) / df[p];
  }
  const double nu = 6 / sum;
  CHECK(close(f.df2, nu - 1, 1e-12));
  const Eigen::Vector2d y(1, 3);
  CHECK(close(f.statistic, y.dot(m.inverse() * y) * (nu - 1) / (2 * nu), 1e-12));
  // The law named.
  CHECK(std::isinf(all_zero(series, differences(3), comparison_degrees::normal()).df2));
  CHECK(contrast<double>(series, {-1, 1, 0}, level, comparison_degrees::fixed(9)).df == 9);
}

TEST_CASE("one row is the square of its t, and any two rows of the same space say the same") {
  const auto series =
      made_series({3, 4, 7, 5}, decaying({.5, .8, 1.1, .7}, .4), {1, 2, 3, 5}, 20);
  const auto t = contrast<double>(series, {-1, 0, 0, 1}, level);
  Eigen::MatrixXd c(1, 4);
  c << -1, 0, 0, 1;
  const auto f = all_zero(series, c);
  CHECK(close(f.statistic, t.statistic * t.statistic, 1e-12));
  CHECK(close(f.p_value, t.p_value, 1e-10));
  Eigen::Matrix3d turn;
  turn << 1, 2, 0, 0, 3, 1, 1, 0, 1e-6;
  const auto a = all_zero<double>(series, differences(4));
  const auto b = all_zero<double>(series, Eigen::MatrixXd(turn * differences(4)));
  CHECK(close(b.statistic, a.statistic, 1e-9));
  CHECK(close(b.df2, a.df2, 1e-9));
}

TEST_CASE("size under the null with few degrees") {
  // Four waves of a full panel of 8 people: Hotelling's test is exact.
  test::dice d(2);
  int rejected = 0;
  const int draws = 2000;
  for (int k = 0; k < draws; ++k) {
    Eigen::MatrixXd x(8, 4);
    for (Eigen::Index i = 0; i < 8; ++i) {
      const double own = d.bell();
      for (Eigen::Index t = 0; t < 4; ++t) x(i, t) = own + d.bell();
    }
    const Eigen::RowVectorXd mean = x.colwise().mean();
    const Eigen::MatrixXd r = x.rowwise() - mean;
    const auto series = made_series({mean(0), mean(1), mean(2), mean(3)},
                                    r.transpose() * r / 56, {1, 2, 3, 4}, 7);
    rejected += all_zero<double>(series, differences(4)).p_value < .05 ? 1 : 0;
  }
  CHECK(std::abs(rejected / double(draws) - .05) < .013);
}

TEST_CASE("a status where nothing can be said") {
  const auto v = decaying({.1, .2, .3}, 0);
  const auto series = made_series({1, nan, 3}, v, {1, 2, 3}, 5);
  CHECK(contrast<double>(series, {-1, 1, 0}, level).status == status::empty_domain);
  CHECK(contrast<double>(series, {-1, 0, 1}, level).status == status::ok);
  CHECK(all_zero<double>(series, differences(3)).status == status::empty_domain);
  const auto still = made_series({1, 1, 1}, Eigen::MatrixXd::Zero(3, 3), {1, 2, 3}, 5);
  CHECK(contrast<double>(still, {-1, 1, 0}, level).status == status::undefined);
  CHECK(all_zero<double>(still, differences(3)).status == status::undefined);
  const auto few = made_series({1, 2, 3}, decaying({.1, .2, .3}, .5), {1, 2, 3}, 1);
  CHECK(all_zero<double>(few, differences(3)).status == status::no_degrees);
  CHECK(contrast<double>(made_series({1, 2, 3}, v, {1, 2, 3}, 0), {-1, 1, 0}, level).status ==
        status::no_degrees);
  CHECK(contrast<double>(series.broken_at({2}), {-1, 0, 1}, level).status ==
        status::series_break);
  // Linearly dependent rows.
  Eigen::MatrixXd twice(2, 3);
  twice << -1, 1, 0, -2, 2, 0;
  CHECK(all_zero<double>(few, twice).status == status::undefined);
}

TEST_CASE("rounding is not a variance, and less than nothing is none") {
  const double v = .345 * .345;
  for (const double twist : {1 - 2e-16, 1.0, 1 + 4e-16}) {
    Eigen::MatrixXd m(2, 2);
    m << v, v * twist, v * twist, v;
    const auto series = made_series({1, 2}, m, {1, 2}, 9);
    CHECK(contrast<double>(series, {-1, 1}, level).status == status::undefined);
    CHECK(all_zero<double>(series, differences(2)).status == status::undefined);
  }
  Eigen::MatrixXd m(2, 2);
  m << v, 1.2 * v, 1.2 * v, v;
  const auto c = contrast<double>(made_series({1, 2}, m, {1, 2}, 9), {-1, 1}, level);
  CHECK(c.status == status::undefined);
  CHECK(std::isnan(c.standard_error));
}

TEST_CASE("a figure of one respondent is not known exactly") {
  auto e = made_series({1, 2, 3}, decaying({.1, 0, .3}, 0), {1, 2, 3}, 5).figures();
  auto entries = e.entries();
  entries[1].df = 0;
  entries[1].status = status::no_degrees;
  const baro::wave_series<double> series(
      baro::estimate<double>(e.value(), e.covariance(), entries), {1, 2, 3});
  CHECK(series.has(1));
  CHECK_FALSE(series.is_told(1));
  const auto c = contrast<double>(series, {-1, 1, 0}, level);
  CHECK(c.status == status::no_degrees);
  CHECK(c.value == 1);
  CHECK(std::isnan(c.standard_error));
  CHECK(all_zero<double>(series, differences(3)).status == status::no_degrees);
  CHECK(contrast<double>(series, {-1, 0, 1}, level).status == status::ok);
}

TEST_CASE("the same template in 50 digits, at any size") {
  for (const double size : {1e-6, 1.0, 1e8}) {
    const std::vector<double> y{3 * size, 4 * size, 7 * size};
    const Eigen::MatrixXd v = decaying({.5 * size, .8 * size, 1.1 * size}, .6);
    const auto found = all_zero<double>(made_series(y, v, {1, 2, 3}, 9), differences(3));
    const auto exact =
        all_zero<cpp_bin_float_50>(made_series<cpp_bin_float_50>(y, v, {1, 2, 3}, 9),
                                   differences(3).cast<cpp_bin_float_50>());
    CHECK(close(found.statistic, static_cast<double>(exact.statistic), 1e-12));
    CHECK(close(found.p_value, static_cast<double>(exact.p_value), 1e-12));
    const auto one = contrast<double>(made_series(y, v, {1, 2, 3}, 9), {-1, .5, .5}, level);
    const auto fifty = contrast<cpp_bin_float_50>(
        made_series<cpp_bin_float_50>(y, v, {1, 2, 3}, 9), {-1, .5, .5}, level);
    CHECK(close(one.p_value, static_cast<double>(fifty.p_value), 1e-12));
    CHECK(close(one.limits.low, static_cast<double>(fifty.limits.low), 1e-12));
  }
}

TEST_CASE("what cannot be is refused") {
  const auto series = made_series({1, 2}, decaying({.1, .2}, 0), {1, 2}, 5);
  CHECK(refused<baro::size_error>([&] {
          static_cast<void>(contrast<double>(series, {1}, level));
        }) == "contrast: coefficients has 1 rows, must have 2");
  CHECK(refused<baro::value_error>([&] {
          static_cast<void>(contrast<double>(series, {0, 0}, level));
        }) == "contrast: coefficients are all 0, one must not be");
  CHECK(refused<baro::value_error>([&] {
          static_cast<void>(contrast<double>(series, {1, nan}, level));
        }) == "contrast: coefficients[1] = nan, must be finite");
}

}  // namespace trend_contrast

TEST_SUITE_END();
