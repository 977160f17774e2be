// SPDX-License-Identifier: BSL-1.0
// Seasons: R lm with contr.sum and the covariance of the waves, exact seasons, one year alone,
// the series adjusted.
#include <baro/trend/change.hpp>
#include <baro/trend/seasonal.hpp>

#include <Eigen/Cholesky>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <trend/made_series.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/seasonal");

namespace trend_seasonal {

using baro::seasonal, baro::status;
using test::close, test::made_series;
using seasons = std::vector<std::size_t>;

const baro::confidence_level level(0.95);

/// Ten quarters, one of them left out.
const seasons quarters{0, 1, 2, 3, 0, 1, 3, 0, 1, 2};
template <class Real = double>
baro::wave_series<Real> quarterly(double df = std::numeric_limits<double>::infinity()) {
  return made_series<Real>(
      {.41, .38, .45, .50, .44, .39, .53, .46, .42, .49},
      test::decaying({.015, .016, .014, .018, .013, .017, .015, .014, .016, .015}, .4),
      {0, 1, 2, 3, 4, 5, 7, 8, 9, 10}, df);
}

TEST_CASE("lm with contr.sum") {
  // f <- lm(y ~ x + C(factor(s), contr.sum)); X <- model.matrix(f); A <- solve(t(X)%*%X)%*%t(X)
  // b <- coef(f); S <- A%*%V%*%t(A); L <- rbind(diag(3), -1); L%*%b[3:5]; L%*%S[3:5,3:5]%*%t(L)
  // w <- t(b[3:5])%*%solve(S[3:5,3:5])%*%b[3:5]; w/3; pchisq(w, 3, lower.tail = FALSE)
  const auto t = seasonal(quarterly(), quarters, level);
  CHECK(t.status == status::ok);
  CHECK(close(t.slope.value, 0.0055769230769230843, 1e-12));
  CHECK(close(t.slope.standard_error, 0.0019726166192717788, 1e-12));
  const double effect[] = {-0.012339743589743596, -0.057916666666666665, 0.0098397435897435853,
                           0.060416666666666674};
  const double error[] = {0.0064764243824295556, 0.0064765243456656593, 0.0081043791898653735,
                          0.0083017294449878182};
  const double p[] = {0.056736828675444932, 3.8027897386027448e-19, 0.22469932545736362,
                      3.3981096507540931e-13};
  REQUIRE(t.effects.size() == 4);
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(close(t.effects[k].value, effect[k], 1e-11));
    CHECK(close(t.effects[k].standard_error, error[k], 1e-12));
    CHECK(close(t.effects[k].p_value, p[k], 1e-9));
  }
  CHECK(close(t.covariance(0, 1), -3.1386467692307615e-06, 1e-10));
  CHECK(close(t.covariance(1, 3), -2.4626354799999999e-05, 1e-10));
  CHECK(t.seasonality.df1 == 3);
  CHECK(close(t.seasonality.statistic, 31.536827386730767, 1e-11));
  CHECK(close(t.seasonality.p_value, 2.2388459395411836e-20, 1e-9));
}

TEST_CASE("the series adjusted, with its covariance") {
  // G <- L%*%A[3:5, ]; K <- diag(10) - G[s+1, ]; K%*%y; K%*%V%*%t(K)
  const auto series = quarterly();
  const auto t = seasonal(series, quarters, level);
  REQUIRE(t.adjusted.size() == 10);
  CHECK(close(t.adjusted.value(0), 0.42233974358974363, 1e-12));
  CHECK(close(t.adjusted.value(9), 0.48016025641025639, 1e-12));
  CHECK(close(t.adjusted.standard_error(0), 0.014459100614005819, 1e-12));
  CHECK(close(t.adjusted.standard_error(9), 0.013279735320261466, 1e-12));
  CHECK(close(t.adjusted.figures().covariance(0, 1), 0.00012329055142564101, 1e-10));
  CHECK(t.adjusted.wave(3) == "4");
  CHECK(t.adjusted.times() == series.times());
  // A year later the season is the same, so is the change; its slope is net of the season.
  const auto before = baro::change(series, 0, 4, level, baro::plain_t{});
  const auto after = baro::change(t.adjusted, 0, 4, level, baro::plain_t{});
  CHECK(close(after.difference, before.difference, 1e-12));
  CHECK(close(after.standard_error, before.standard_error, 1e-12));
  CHECK(baro::change(t.adjusted, 0, 1, level).test == after.test);  // by t, no test of shares
  // Adjusted once, nothing of the season is left.
  const auto again = seasonal(t.adjusted, quarters, level);
  CHECK(close(again.slope.value, t.slope.value, 1e-11));
  for (const auto& e : again.effects) CHECK(std::abs(e.value) < 1e-15);
}

TEST_CASE("seasons and a line are found where there is nothing else") {
  std::vector<double> y, x;
  seasons s;
  const double effect[] = {2, -3, 1};
  for (int t = 0; t < 11; ++t) {
    if (t == 4) continue;
    x.push_back(2009 + t / 3.0);
    s.push_back(static_cast<std::size_t>(t % 3));
    y.push_back(40 + 1.5 * (x.back() - 2009) + effect[t % 3]);
  }
  const auto t =
      seasonal(made_series(y, test::decaying(std::vector<double>(10, 1), .5), x, 30), s, level);
  CHECK(close(t.slope.value, 1.5, 1e-11));
  double sum = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(close(t.effects[k].value, effect[k], 1e-11));
    sum += t.effects[k].value;
  }
  CHECK(std::abs(sum) < 1e-12);
  CHECK((t.covariance.rowwise().sum().cwiseAbs().array() < 1e-14).all());
  // The tests do not depend on which season is left out.
  const seasons turned = [&] {
    seasons out = s;
    for (std::size_t& k : out) k = (k + 1) % 3;
    return out;
  }();
  const auto u = seasonal(made_series(y, test::decaying(std::vector<double>(10, 1), .5), x, 30),
                          turned, level);
  CHECK(close(u.seasonality.statistic, t.seasonality.statistic, 1e-11));
  CHECK(close(u.seasonality.df2, t.seasonality.df2, 1e-11));
  CHECK(close(u.effects[1].p_value, t.effects[0].p_value, 1e-10));
}

TEST_CASE("two seasons: the test of no season is that of an effect") {
  const auto t =
      seasonal(made_series({.3, .4, .35, .5}, test::decaying({.02, .01, .02, .03}, .2),
                           {1, 2, 3, 4}, 25),
               {0, 1, 0, 1}, level);
  CHECK(close(t.seasonality.statistic, t.effects[0].statistic * t.effects[0].statistic, 1e-11));
  CHECK(close(t.seasonality.p_value, t.effects[1].p_value, 1e-11));
  CHECK(close(t.effects[0].value, -t.effects[1].value, 1e-12));
}

TEST_CASE("no season is found in five of a hundred series without one") {
  test::dice d(41);
  const Eigen::MatrixXd v = quarterly().figures().covariance();
  const Eigen::MatrixXd root = v.llt().matrixL();
  constexpr int times = 600;
  int found = 0, held = 0;
  for (int k = 0; k < times; ++k) {
    Eigen::VectorXd e(10);
    for (Eigen::Index i = 0; i < 10; ++i) e(i) = d.bell();
    e = root * e;
    std::vector<double> y;
    for (std::size_t t = 0; t < 10; ++t)
      y.push_back(.4 + .01 * quarterly().times()[t] + e(static_cast<Eigen::Index>(t)));
    const auto t = seasonal(made_series(y, v, quarterly().times()), quarters, level);
    found += t.seasonality.p_value < .05;
    held += t.slope.limits.contains(.01);
  }
  const double far = 4 * std::sqrt(.05 * .95 / times);  // 4 standard errors
  CHECK(std::abs(found / double(times) - .05) < far);
  CHECK(std::abs(held / double(times) - .95) < far);
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto a = seasonal(quarterly(60), quarters, level);
  const auto b = seasonal(quarterly<real>(60), quarters, level);
  CHECK(close(a.slope.value, static_cast<double>(b.slope.value), 1e-12));
  CHECK(close(a.slope.limits.high, static_cast<double>(b.slope.limits.high), 1e-12));
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(close(a.effects[k].value, static_cast<double>(b.effects[k].value), 1e-12));
    CHECK(close(a.effects[k].df, static_cast<double>(b.effects[k].df), 1e-12));
  }
  CHECK(close(a.seasonality.statistic, static_cast<double>(b.seasonality.statistic), 1e-12));
  CHECK(close(a.seasonality.p_value, static_cast<double>(b.seasonality.p_value), 1e-11));
  CHECK(close(a.adjusted.standard_error(3), static_cast<double>(b.adjusted.standard_error(3)),
              1e-12));
}

TEST_CASE("a wave without a figure is left out, and stays without one when adjusted") {
  auto y = std::vector<double>{.41, .38, .45, .50, test::nan, .39, .53, .46};
  const seasons s{0, 1, 0, 1, 0, 1, 1, 0};
  const std::vector<double> e{.02, .02, .02, .01, .03, .02, .02, .015};
  const auto with =
      seasonal(made_series(y, test::decaying(e, 0), {1, 2, 3, 4, 5, 6, 7, 8}, 30), s, level);
  const auto without =
      seasonal(made_series({.41, .38, .45, .50, .39, .53, .46},
                           test::decaying({.02, .02, .02, .01, .02, .02, .015}, 0),
                           {1, 2, 3, 4, 6, 7, 8}, 30),
               {0, 1, 0, 1, 1, 1, 0}, level);
  CHECK(with.slope.p_value == without.slope.p_value);
  CHECK(with.seasonality.p_value == without.seasonality.p_value);
  CHECK(with.adjusted.value(7) == without.adjusted.value(6));
  CHECK_FALSE(with.adjusted.has(4));
  CHECK(with.adjusted.figures().entry(4).status == status::empty_domain);
  CHECK(std::isnan(with.adjusted.value(4)));
}

TEST_CASE("what cannot be said, and what is refused") {
  // One year: each season once, so a rise cannot be told from a season.
  const auto year =
      made_series({.3, .4, .5, .4}, 1e-4 * Eigen::MatrixXd::Identity(4, 4), {1, 2, 3, 4});
  for (const auto& s : {seasons{0, 1, 2, 3}, seasons{0, 2, 0, 2}, seasons{11, 0, 0, 1}}) {
    const auto t = seasonal(year, s, level);
    CHECK(t.status == status::undefined);
    CHECK(t.slope.status == status::undefined);
    CHECK(t.seasonality.status == status::undefined);
    CHECK(std::isnan(t.slope.value));
    CHECK(t.effects.empty());
    CHECK(t.adjusted.size() == 0);
  }
  CHECK(seasonal(year, {0, 1, 2, 0}, level).status == status::ok);
  const auto broken = seasonal(quarterly().broken_at({5}), quarters, level);
  CHECK(broken.status == status::series_break);
  CHECK(broken.slope.limits.status == status::series_break);
  const auto gap =
      made_series({.3, .4, .5, test::nan}, Eigen::MatrixXd::Identity(4, 4), {1, 2, 3, 4});
  CHECK(seasonal(gap, {0, 0, 0, 1}, level).status == status::empty_domain);
  CHECK(seasonal(baro::wave_series<double>(), {}, level).status == status::undefined);
  const auto none = seasonal(quarterly(0), quarters, level);
  CHECK(none.status == status::ok);
  CHECK(none.slope.status == status::no_degrees);
  CHECK(none.seasonality.status == status::no_degrees);
  const auto message = [&](const seasons& s) {
    return test::refused<baro::error>([&] { static_cast<void>(seasonal(year, s, level)); });
  };
  CHECK(message({0, 0, 0, 0}) == "seasonal: seasons = 0, must not be the only season");
  CHECK(message({0, 1, 366, 0}) == "seasonal: seasons[2] = 366, must be at most 365");
  CHECK_THROWS_AS(static_cast<void>(seasonal(year, {0, 1}, level)), baro::size_error);
}

}  // namespace trend_seasonal

TEST_SUITE_END();
