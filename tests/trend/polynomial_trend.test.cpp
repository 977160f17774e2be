// SPDX-License-Identifier: BSL-1.0
// Trends of any degree: R contr.poly and lm with the covariance between the waves, the slope,
// exact polynomials; generalized least squares by MASS::lm.gls.
#include <baro/trend/equal_waves.hpp>
#include <baro/trend/polynomial_trend.hpp>

#include <Eigen/Cholesky>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <trend/made_series.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/polynomial_trend");

namespace trend_polynomial_trend {

using baro::beyond_degree, baro::gls_slope, baro::status, baro::trend_of_degree;
using test::close, test::made_series;

const baro::confidence_level level(0.95);

/// Six waves at unequal distances that rise and fall again.
template <class Real = double>
baro::wave_series<Real> hump(double df = std::numeric_limits<double>::infinity()) {
  return made_series<Real>({.41, .44, .47, .46, .40, .37},
                           test::decaying({.015, .016, .014, .018, .013, .017}, .4),
                           {2009, 2010, 2012, 2013, 2017, 2018}, df);
}

TEST_CASE("the trends of degree 1, 2 and 3 are the last coefficients of lm") {
  // x <- c(2009,2010,2012,2013,2017,2018); y <- c(.41,.44,.47,.46,.40,.37)
  // se <- c(.015,.016,.014,.018,.013,.017); V <- .4^abs(outer(1:6,1:6,"-"))*outer(se,se)
  // X <- model.matrix(f <- lm(y ~ poly(x-2013, d, raw=TRUE))); A <- solve(t(X)%*%X)%*%t(X)
  // b <- coef(f)[d+1]; s <- sqrt((A%*%V%*%t(A))[d+1,d+1]); 2*pnorm(-abs(b/s))
  const auto series = hump();
  const auto one = trend_of_degree(series, 1, level);
  const auto two = trend_of_degree(series, 2, level);
  const auto three = trend_of_degree(series, 3, level);
  CHECK(close(one.value, -0.0060598503740648428, 1e-12));
  CHECK(close(one.standard_error, 0.002191994634427789, 1e-12));
  CHECK(close(one.p_value, 0.0057003633750224054, 1e-11));
  CHECK(close(two.value, -0.0036463347164591947, 1e-11));
  CHECK(close(two.standard_error, 0.00084739659178588184, 1e-11));
  CHECK(close(two.p_value, 1.6851235907001597e-05, 1e-10));
  CHECK(close(three.value, 0.0002139029736986304, 1e-10));
  CHECK(close(three.standard_error, 0.00035530288574345601, 1e-10));
  CHECK(close(three.p_value, 0.54715421046742296, 1e-10));
  CHECK(one.test == "linear");
  CHECK(two.test == "quadratic");
  CHECK(three.test == "cubic");
  CHECK(trend_of_degree(series, 5, level).test == "degree_5");
}

TEST_CASE("what is beyond a degree is the rest of contr.poly") {
  // P <- contr.poly(6, scores = x); C <- t(P)[(d+1):5, , drop = FALSE]
  // w <- t(C%*%y) %*% solve(C%*%V%*%t(C)) %*% (C%*%y); q <- nrow(C); w/q; pchisq(w, q, lower=F)
  const auto series = hump();
  const double f[] = {5.7175659570440329, 5.3200411778215777, 0.20496533580853668,
                      0.17848980338629394, 0.28733290800693834};
  const double p[] = {2.7929004488913276e-05, 0.00027862943800789744, 0.89301396593577742,
                      0.83653258663354357, 0.59193475672671414};
  for (std::size_t d = 0; d < 5; ++d) {
    const auto rest = beyond_degree(series, d);
    CHECK(rest.df1 == static_cast<double>(5 - d));
    CHECK(close(rest.statistic, f[d], 1e-10));
    CHECK(close(rest.p_value, p[d], 1e-10));
  }
}

TEST_CASE("generalized least squares by MASS::lm.gls") {
  // coef(lm.gls(y ~ I(x-2013), W = V, inverse = TRUE))[2];
  // sqrt(solve(t(X)%*%solve(V)%*%X)[2,2])
  const auto g = gls_slope(hump(), level);
  CHECK(close(g.value, -0.0056974049621869895, 1e-11));
  CHECK(close(g.standard_error, 0.0021075979731755598, 1e-12));
  CHECK(close(g.p_value, 0.0068661086188019829, 1e-10));
  // Of all slopes the one of the smallest variance; with equal variances the plain one.
  CHECK(g.standard_error < trend_of_degree(hump(), 1, level).standard_error);
  const auto even =
      made_series({.3, .5, .4, .7}, 4e-4 * Eigen::MatrixXd::Identity(4, 4), {1, 2, 4, 5}, 50);
  CHECK(close(gls_slope(even, level).value, baro::slope(even, level).value, 1e-13));
  CHECK(close(gls_slope(even, level).df, baro::slope(even, level).df, 1e-12));
  // Two waves: nothing to weigh.
  const auto two = made_series({.3, .5}, test::decaying({.01, .03}, .5), {2009, 2011}, 40);
  CHECK(close(gls_slope(two, level).value, .1, 1e-12));
  CHECK(close(gls_slope(two, level).standard_error, baro::slope(two, level).standard_error,
              1e-12));
}

TEST_CASE("degree 1 is the slope, beyond 0 is equality, the last degree is alone beyond") {
  const auto series = hump(60);
  const auto one = trend_of_degree(series, 1, level);
  const auto plain = baro::slope(series, level);
  CHECK(close(one.value, plain.value, 1e-12));
  CHECK(close(one.standard_error, plain.standard_error, 1e-12));
  CHECK(close(one.df, plain.df, 1e-12));
  CHECK(close(one.limits.low, plain.limits.low, 1e-12));
  const auto any = beyond_degree(series, 0);
  const auto equal = baro::equal_waves(series);
  CHECK(close(any.statistic, equal.statistic, 1e-10));
  CHECK(close(any.df2, equal.df2, 1e-10));
  const auto last = trend_of_degree(series, 5, level);
  const auto beyond = beyond_degree(series, 4);
  CHECK(close(beyond.statistic, last.statistic * last.statistic, 1e-9));
  CHECK(close(beyond.p_value, last.p_value, 1e-9));
}

TEST_CASE(
    "a polynomial has its leading coefficient, and nothing beyond, at any number of waves") {
  std::vector<double> x, y, s;
  test::dice d(7);
  for (int t = 0; t < 40; ++t) {
    x.push_back((t == 0 ? 0 : x.back()) + .5 + d.uniform());
    y.push_back(3 - 2 * x.back() + .25 * x.back() * x.back());
    s.push_back(.02 + .01 * d.uniform());
  }
  const auto series = made_series(y, test::decaying(s, .3), x);
  CHECK(close(trend_of_degree(series, 2, level).value, .25, 1e-11));
  CHECK(std::abs(trend_of_degree(series, 3, level).value) < 1e-12);
  CHECK(beyond_degree(series, 2).p_value > 1 - 1e-9);
  CHECK(beyond_degree(series, 1).p_value < 1e-9);
  // The same in another unit of time: per unit to the power of the degree.
  for (double& t : x) t *= 12;
  const auto months = made_series(y, test::decaying(s, .3), x);
  CHECK(close(trend_of_degree(months, 2, level).value, .25 / 144, 1e-11));
  CHECK(close(trend_of_degree(months, 2, level).statistic,
              trend_of_degree(series, 2, level).statistic, 1e-10));
}

TEST_CASE("of waves at any distance the contrasts of all degrees are orthogonal") {
  // Equal variances and no correlation: what is beyond a line is its sum of squares. Sixty
  // waves; ten, then ten more after a long time; each twice as far as the one before.
  test::dice d(19);
  std::vector<std::vector<double>> all(3);
  for (int t = 0; t < 60; ++t) all[0].push_back(t);
  for (int t = 0; t < 20; ++t) all[1].push_back(t < 10 ? t : 990 + t);
  for (int t = 0; t < 20; ++t) all[2].push_back(std::pow(2.0, t));
  for (const auto& x : all) {
    const auto n = static_cast<double>(x.size());
    std::vector<double> y;
    double mean = 0, middle = 0, cross = 0, square = 0, left = 0;
    for (const double place : x) {
      y.push_back(d.bell());
      mean += y.back() / n;
      middle += place / n;
    }
    for (std::size_t t = 0; t < x.size(); ++t) {
      cross += (x[t] - middle) * y[t];
      square += (x[t] - middle) * (x[t] - middle);
    }
    for (std::size_t t = 0; t < x.size(); ++t)
      left += std::pow(y[t] - mean - cross / square * (x[t] - middle), 2);
    const auto size = static_cast<Eigen::Index>(x.size());
    const auto rest =
        beyond_degree(made_series(y, Eigen::MatrixXd::Identity(size, size), x), 1);
    CHECK(close(rest.statistic * rest.df1, left, 1e-12));
  }
}

TEST_CASE("the tests keep to their level") {
  test::dice d(11);
  const std::vector<double> x{1, 2, 4, 5, 9};
  const Eigen::MatrixXd v = test::decaying({.02, .01, .03, .02, .015}, .5);
  const Eigen::MatrixXd root = v.llt().matrixL();
  constexpr int times = 800;
  int quadratic = 0, rest = 0, line = 0;
  for (int k = 0; k < times; ++k) {
    Eigen::VectorXd e(5);
    for (Eigen::Index i = 0; i < 5; ++i) e(i) = d.bell();
    e = root * e;
    std::vector<double> y;
    for (std::size_t t = 0; t < 5; ++t)
      y.push_back(.4 + .01 * x[t] + e(static_cast<Eigen::Index>(t)));
    const auto series = made_series(y, v, x);
    quadratic += trend_of_degree(series, 2, level).p_value < .05;
    rest += beyond_degree(series, 1).p_value < .05;
    line += gls_slope(series, level).limits.contains(.01);
  }
  const double far = 4 * std::sqrt(.05 * .95 / times);  // 4 standard errors
  CHECK(std::abs(quadratic / double(times) - .05) < far);
  CHECK(std::abs(rest / double(times) - .05) < far);
  CHECK(std::abs(line / double(times) - .95) < far);
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto series = hump(60);
  const auto exact = hump<real>(60);
  for (std::size_t d = 1; d < 6; ++d) {
    const auto a = trend_of_degree(series, d, level);
    const auto b = trend_of_degree(exact, d, level);
    CHECK(close(a.standard_error, static_cast<double>(b.standard_error), 1e-12));
    CHECK(std::abs(a.statistic - static_cast<double>(b.statistic)) < 1e-11);
  }
  CHECK(close(beyond_degree(series, 1).statistic,
              static_cast<double>(beyond_degree(exact, 1).statistic), 1e-12));
  CHECK(close(beyond_degree(series, 1).p_value,
              static_cast<double>(beyond_degree(exact, 1).p_value), 1e-11));
  const auto g = gls_slope(series, level);
  const auto h = gls_slope(exact, level);
  CHECK(close(g.value, static_cast<double>(h.value), 1e-12));
  CHECK(close(g.standard_error, static_cast<double>(h.standard_error), 1e-12));
  CHECK(close(g.limits.low, static_cast<double>(h.limits.low), 1e-12));
}

TEST_CASE("a wave without a figure is left out") {
  const Eigen::MatrixXd v = test::decaying({.02, .02, .03, .02, .01}, 0);
  const auto with = made_series({.4, .5, test::nan, .45, .3}, v, {1, 2, 3, 4, 6}, 30);
  const auto without =
      made_series({.4, .5, .45, .3}, test::decaying({.02, .02, .02, .01}, 0), {1, 2, 4, 6}, 30);
  for (std::size_t d = 1; d < 4; ++d)
    CHECK(trend_of_degree(with, d, level).p_value ==
          trend_of_degree(without, d, level).p_value);
  CHECK(beyond_degree(with, 1).p_value == beyond_degree(without, 1).p_value);
  CHECK(gls_slope(with, level).p_value == gls_slope(without, level).p_value);
  CHECK(trend_of_degree(with, 4, level).status == status::empty_domain);
  CHECK(trend_of_degree(without, 4, level).status == status::undefined);
  CHECK(beyond_degree(with, 3).status == status::empty_domain);
  CHECK(beyond_degree(without, 9).status == status::undefined);
  CHECK(beyond_degree(without, static_cast<std::size_t>(-1)).status == status::undefined);
}

TEST_CASE("what cannot be said") {
  const auto series = hump().broken_at({3});
  CHECK(trend_of_degree(series, 2, level).status == status::series_break);
  CHECK(gls_slope(series, level).status == status::series_break);
  CHECK(beyond_degree(series, 1).status == status::series_break);
  CHECK(std::isnan(gls_slope(series, level).value));
  const auto flat = made_series({0, 0, 0}, Eigen::MatrixXd::Zero(3, 3), {1, 2, 3});
  CHECK(trend_of_degree(flat, 1, level).status == status::undefined);
  CHECK(gls_slope(flat, level).status == status::undefined);
  CHECK(beyond_degree(flat, 1).status == status::undefined);
  CHECK(gls_slope(made_series({.2}, Eigen::MatrixXd::Identity(1, 1), {1}), level).status ==
        status::undefined);
  CHECK(trend_of_degree(hump(0), 2, level).status == status::no_degrees);
  CHECK(gls_slope(hump(0), level).status == status::no_degrees);
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(trend_of_degree(series, 0, level));
        }) == "trend_of_degree: degree = 0, must be 1 or more");
}

}  // namespace trend_polynomial_trend

TEST_SUITE_END();
