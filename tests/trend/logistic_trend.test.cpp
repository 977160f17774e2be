// SPDX-License-Identifier: BSL-1.0
// The logistic trend: R svyglm with waves as strata, glm with a sandwich, the ratio of odds of
// two waves, derivatives, separation.
#include <baro/trend/logistic_trend.hpp>

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
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("trend/logistic_trend");

namespace trend_logistic_trend {

using baro::logistic_trend, baro::status, baro::wave_weighting;
using test::close, test::made_series;

const baro::confidence_level level(0.95);

/// The same with sums of weights.
template <class Real>
baro::wave_series<Real> weighing(const baro::wave_series<Real>& from,
                                 const std::vector<double>& sums) {
  auto about = from.figures().entries();
  for (std::size_t t = 0; t < sums.size(); ++t) about[t].bases.sum_weights = Real(sums[t]);
  return {baro::estimate<Real>(from.figures().value(), from.figures().covariance(),
                               std::move(about)),
          from.times()};
}

const std::vector<double> yes{120, 150, 141, 260}, asked{400, 420, 350, 500};
const std::vector<double> years{2011, 2012, 2014, 2017};

/// Four simple random samples, V = p q / (n − 1), correlated r^|i − j|.
template <class Real = double>
baro::wave_series<Real> counted(double r = 0,
                                double df = std::numeric_limits<double>::infinity()) {
  std::vector<double> p, s;
  for (std::size_t t = 0; t < yes.size(); ++t) {
    p.push_back(yes[t] / asked[t]);
    s.push_back(std::sqrt(p[t] * (1 - p[t]) / (asked[t] - 1)));
  }
  return made_series<Real>(p, test::decaying(s, r), years, df);
}

TEST_CASE("svyglm where waves are strata with equal weights") {
  // d <- data.frame(x = rep(x, n), h = rep(1:4, n), w = rep(w, n),
  //                 y = unlist(lapply(1:4, function(i) rep(1:0, c(a[i], n[i] - a[i])))))
  // g <- svyglm(y ~ I(x-2014), design = svydesign(ids = ~1, strata = ~h, weights = ~w, data =
  // d),
  //             family = quasibinomial(), control = glm.control(epsilon = 1e-15, maxit = 100))
  // coef(g)[2]; sqrt(diag(vcov(g)))[2]; fitted(g)   with w <- 1/n, then w <- c(2, 1.5, 3, 1)
  const auto even = logistic_trend(counted(), level);
  CHECK(close(even.log_odds.value, 0.14648819224356915, 1e-9));
  CHECK(close(even.log_odds.standard_error, 0.021092482949371483, 1e-9));
  const double line[] = {0.30938761084356425, 0.34152725677202067, 0.41010792178808297,
                         0.51897721059634017};
  for (std::size_t t = 0; t < 4; ++t) CHECK(close(even.line[t], line[t], 1e-9));
  const auto file = logistic_trend(weighing(counted(), {800, 630, 1050, 500}), level,
                                   wave_weighting::sum_weights);
  CHECK(close(file.log_odds.value, 0.14698752471623133, 1e-9));
  CHECK(close(file.log_odds.standard_error, 0.021986223397814912, 1e-9));
  // Without strata svyglm adds the variance of the sums of weights times the lack of fit:
  // 0.0219702714925 there, smaller here for n / (n − 1), and not ours.
  CHECK_FALSE(close(file.log_odds.standard_error, 0.021970271492884996, 1e-4));
}

TEST_CASE("glm on counts, with a sandwich of correlated waves") {
  // V <- .4^abs(outer(1:4,1:4,"-"))*outer(se,se); g <- glm(cbind(a,n-a) ~ I(x-2014), binomial)
  // X <- model.matrix(g); pi <- fitted(g); A <- t(X)%*%(n*pi*(1-pi)*X)
  // B <- t(n*X)%*%V%*%(n*X); S <- solve(A)%*%B%*%solve(A); b <- coef(g)[2]; s <- sqrt(S[2,2])
  // 2*pnorm(-abs(b/s)); exp(b); exp(b + c(-1, 1)*qnorm(.975)*s)
  const auto g =
      logistic_trend(weighing(counted(.4), asked), level, wave_weighting::sum_weights);
  CHECK(close(g.log_odds.value, 0.14641021318710831, 1e-10));
  CHECK(close(g.log_odds.standard_error, 0.021307947580231874, 1e-10));
  CHECK(close(g.log_odds.p_value, 6.3684095129498098e-12, 1e-8));
  CHECK(close(g.odds_ratio, 1.1576709825640334, 1e-10));
  CHECK(close(g.odds_limits.low, 1.1103190465463515, 1e-10));
  CHECK(close(g.odds_limits.high, 1.2070423434052353, 1e-10));
  CHECK(g.log_odds.test == "logistic");
}

TEST_CASE("two waves are their ratio of odds, to the power of one unit of time") {
  const auto two = made_series({.3, .45}, test::decaying({.02, .03}, .5), {2011, 2015}, 80);
  const auto t = logistic_trend(two, level);
  const auto r = baro::odds_ratio(two.figures(), 1, 0, level);
  CHECK(close(4 * t.log_odds.value, std::log(r.difference), 1e-12));
  CHECK(close(t.log_odds.statistic, r.statistic, 1e-12));
  CHECK(close(std::pow(t.odds_ratio, 4), r.difference, 1e-12));
  CHECK(close(t.line[0], .3, 1e-12));
  CHECK(close(t.line[1], .45, 1e-12));
  // Weights do not matter to a line through all points.
  const auto file = logistic_trend(weighing(two, {1, 9}), level, wave_weighting::sum_weights);
  CHECK(close(file.log_odds.value, t.log_odds.value, 1e-12));
  CHECK(close(file.log_odds.standard_error, t.log_odds.standard_error, 1e-12));
}

TEST_CASE("shares on a line give the line, and no for yes its mirror image") {
  std::vector<double> p, q;
  const std::vector<double> x{1, 2, 3.5, 9};
  for (const double t : x) {
    p.push_back(1 / (1 + std::exp(4 - 1.5 * t)));
    q.push_back(1 - p.back());
  }
  const Eigen::MatrixXd v = test::decaying({.01, .02, .02, .001}, .3);
  const auto t = logistic_trend(made_series(p, v, x), level);
  CHECK(close(t.log_odds.value, 1.5, 1e-11));
  for (std::size_t k = 0; k < 4; ++k) CHECK(close(t.line[k], p[k], 1e-11));
  const auto m = logistic_trend(made_series(q, v, x), level);
  CHECK(close(m.log_odds.value, -1.5, 1e-11));
  CHECK(close(m.log_odds.standard_error, t.log_odds.standard_error, 1e-11));
  CHECK(close(m.odds_limits.low, 1 / t.odds_limits.high, 1e-10));
}

TEST_CASE("the standard error is that of the derivatives by the shares") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto series = weighing(counted<real>(.4), {3, 1, 2, 5});
  Eigen::Matrix<real, Eigen::Dynamic, 1> slope(4);
  for (std::size_t t = 0; t < 4; ++t) {
    real b[2];
    for (int side = 0; side < 2; ++side) {
      auto y = series.figures().value();
      y(static_cast<Eigen::Index>(t)) += side == 0 ? -1e-15 : 1e-15;
      const baro::wave_series<real> moved(
          baro::estimate<real>(y, series.figures().covariance(), series.figures().entries()),
          series.times());
      b[side] = logistic_trend(moved, level, wave_weighting::sum_weights).log_odds.value;
    }
    slope(static_cast<Eigen::Index>(t)) = (b[1] - b[0]) / 2e-15;
  }
  const real v = slope.dot(series.figures().covariance() * slope);
  const auto t = logistic_trend(series, level, wave_weighting::sum_weights);
  CHECK(close(static_cast<double>(t.log_odds.standard_error), std::sqrt(static_cast<double>(v)),
              1e-12));
}

TEST_CASE("95 of 100 intervals hold the slope, of overlapping waves too") {
  test::dice d(23);
  const std::vector<double> x{1, 2, 4, 5, 9};
  const Eigen::MatrixXd v = test::decaying({.02, .01, .02, .02, .015}, .5);
  const Eigen::MatrixXd root = v.llt().matrixL();
  constexpr int times = 800;
  int held = 0;
  for (int k = 0; k < times; ++k) {
    Eigen::VectorXd e(5);
    for (Eigen::Index i = 0; i < 5; ++i) e(i) = d.bell();
    e = root * e;
    std::vector<double> y;
    for (std::size_t t = 0; t < 5; ++t)
      y.push_back(1 / (1 + std::exp(1 - .1 * x[t])) + e(static_cast<Eigen::Index>(t)));
    held += logistic_trend(made_series(y, v, x), level).log_odds.limits.contains(.1);
  }
  CHECK(std::abs(held / double(times) - .95) < 4 * std::sqrt(.05 * .95 / times));
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto a = logistic_trend(counted(.4, 60), level);
  const auto b = logistic_trend(counted<real>(.4, 60), level);
  CHECK(close(a.log_odds.value, static_cast<double>(b.log_odds.value), 1e-12));
  CHECK(
      close(a.log_odds.standard_error, static_cast<double>(b.log_odds.standard_error), 1e-12));
  CHECK(close(a.log_odds.df, static_cast<double>(b.log_odds.df), 1e-12));
  CHECK(close(a.odds_limits.low, static_cast<double>(b.odds_limits.low), 1e-12));
  CHECK(close(a.odds_limits.high, static_cast<double>(b.odds_limits.high), 1e-12));
  CHECK(close(a.line[2], static_cast<double>(b.line[2]), 1e-12));
}

TEST_CASE("separation has no slope, a share between 0 and 1 can save it") {
  const Eigen::MatrixXd v = 1e-4 * Eigen::MatrixXd::Identity(4, 4);
  for (const auto& p : {std::vector<double>{0, 0, 0, 0},
                        {1, 1, 1, 1},
                        {0, 0, 1, 1},
                        {1, 1, 0, 0},
                        {0, 0, .4, 1},
                        {1, .2, 0, 0},
                        {.3, 0, 0, 0},
                        {0, 0, 0, 1}}) {
    const auto t = logistic_trend(made_series(p, v, {1, 2, 3, 4}), level);
    CHECK(t.log_odds.status == status::undefined);
    CHECK(std::isnan(t.log_odds.value));
    CHECK(std::isnan(t.odds_ratio));
    CHECK(std::isnan(t.odds_limits.low));
    CHECK(t.odds_limits.status == status::undefined);
    CHECK(std::isnan(t.line[0]));
  }
  for (const auto& p : {std::vector<double>{0, 1, 0, 1},
                        {1, 0, 0, 1},
                        {.01, 0, 0, .01},
                        {0, .4, .6, 1},
                        {0, 0, 1e-9, .999},
                        {0, 1e-5, 1 - 1e-5, 1}}) {
    const auto t = logistic_trend(made_series(p, v, {1, 2, 3, 4}), level);
    CHECK(t.log_odds.status == status::ok);
    double apart = 0, moment = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      apart += p[k] - t.line[k];
      moment += (static_cast<double>(k) - 1.5) * (p[k] - t.line[k]);
    }
    CHECK(std::abs(apart) < 1e-12);
    CHECK(std::abs(moment) < 1e-12);
  }
}

TEST_CASE("a wave far from all others does not lead Newton's method astray") {
  const std::vector<double> x{271.858, 283.565, 288.695, 300.779,
                              302.441, 311.969, 337.374, 583.514};
  const std::vector<double> p{0, .0931095, .050186, .00702382, 0, .0559875, .00489576, .865065};
  const auto t =
      logistic_trend(made_series(p, 1e-4 * Eigen::MatrixXd::Identity(8, 8), x), level);
  REQUIRE(t.log_odds.status == status::ok);
  double apart = 0, moment = 0;
  for (std::size_t k = 0; k < 8; ++k) {
    apart += p[k] - t.line[k];
    moment += (x[k] - 400) / 100 * (p[k] - t.line[k]);
  }
  CHECK(std::abs(apart) < 1e-12);
  CHECK(std::abs(moment) < 1e-12);
}

TEST_CASE("a wave without a figure is left out, and has its share on the line") {
  const auto with =
      logistic_trend(made_series({.4, .5, test::nan, .45},
                                 test::decaying({.02, .02, .03, .02}, 0), {1, 2, 3, 4}, 30),
                     level);
  const auto without = logistic_trend(
      made_series({.4, .5, .45}, test::decaying({.02, .02, .02}, 0), {1, 2, 4}, 30), level);
  CHECK(with.log_odds.p_value == without.log_odds.p_value);
  CHECK(with.line[3] == without.line[2]);
  CHECK(with.line[2] > with.line[1]);
  CHECK(with.line[2] < with.line[3]);
}

TEST_CASE("what cannot be said, and what is refused") {
  const auto one = made_series({.4, test::nan}, Eigen::MatrixXd::Identity(2, 2), {1, 2});
  CHECK(logistic_trend(one, level).log_odds.status == status::empty_domain);
  const auto broken = logistic_trend(counted().broken_at({2}), level);
  CHECK(broken.log_odds.status == status::series_break);
  CHECK(std::isnan(broken.line[0]));
  CHECK(logistic_trend(counted(), level, wave_weighting::sum_weights).log_odds.status ==
        status::no_base);
  const auto none = logistic_trend(counted(0, 0), level);
  CHECK(none.log_odds.status == status::no_degrees);
  CHECK(std::isnan(none.odds_limits.low));
  CHECK(none.odds_ratio > 1);
  const auto fixed = made_series({.4, .5, .6}, Eigen::MatrixXd::Zero(3, 3), {1, 2, 3});
  CHECK(logistic_trend(fixed, level).log_odds.status == status::undefined);
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(logistic_trend(
              made_series({.4, 5}, Eigen::MatrixXd::Identity(2, 2), {1, 2}), level));
        }) == "logistic_trend: figures[1] = 5, must be a share, in [0, 1]");
  CHECK(baro::wave_weighting_by_name("sum_weights") == wave_weighting::sum_weights);
  CHECK(baro::wave_weighting_by_name("equal") == wave_weighting::equal);
  CHECK_FALSE(baro::wave_weighting_by_name("Equal").has_value());
}

}  // namespace trend_logistic_trend

TEST_SUITE_END();
