// SPDX-License-Identifier: BSL-1.0
// Joins of a piecewise linear trend: all places tried in R, exact bends, straight series, a
// clear bend.
#include <baro/trend/joinpoint.hpp>
#include <baro/trend/polynomial_trend.hpp>

#include <Eigen/Cholesky>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <trend/made_series.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/joinpoint");

namespace trend_joinpoint {

using baro::joinpoint, baro::status;
using test::close, test::made_series;
using waves = std::vector<std::size_t>;

const baro::confidence_level level(0.95);

/// Eleven waves at unequal distances that rise, then fall.
template <class Real = double>
baro::wave_series<Real> roof(double df = std::numeric_limits<double>::infinity()) {
  return made_series<Real>(
      {.30, .325, .37, .375, .42, .46, .44, .405, .37, .345, .31},
      test::decaying({.015, .016, .014, .018, .013, .017, .015, .014, .016, .015, .013}, .4),
      {2001, 2002, 2004, 2005, 2007, 2008, 2010, 2011, 2013, 2014, 2016}, df);
}

TEST_CASE("all places tried in R, one join chosen") {
  // V <- .4^abs(outer(1:11,1:11,"-"))*outer(se,se); W <- solve(V)
  // H <- function(tau) cbind(1, x-2008, sapply(tau, function(t) pmax(0, x-x[t])))
  // S <- solve(t(X)%*%W%*%X); b <- S%*%t(X)%*%W%*%y; e <- y-X%*%b; chi <- t(e)%*%W%*%e
  // minimum over Filter(function(v) all(diff(v) >= 3), combn(3:9, k, simplify = FALSE))
  const auto t = joinpoint(roof(), level, {.most = 3});
  REQUIRE(t.candidates.size() == 4);
  const waves joins[] = {{}, {5}, {5, 8}, {2, 5, 8}};
  const double chi[] = {88.652321204989704, 4.2267807255632901, 3.9920025156760719,
                        3.9915103649584185};
  const double criterion[] = {93.448111750586449, 13.818361816756774, 18.379374152466298,
                              23.174672547345384};
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(t.candidates[k].joins == joins[k]);
    CHECK(close(t.candidates[k].chi_squared, chi[k], 1e-10));
    CHECK(close(t.candidates[k].criterion, criterion[k], 1e-11));
  }
  CHECK(t.chosen.joins == waves{5});
  CHECK(t.status == status::ok);
  // L <- rbind(c(0,1,0), c(0,1,1)); L%*%b; sqrt(diag(L%*%S%*%t(L))); pchisq(chi, 8, lower = F)
  REQUIRE(t.slopes.size() == 2);
  CHECK(close(t.slopes[0].value, 0.022223211162265596, 1e-11));
  CHECK(close(t.slopes[1].value, -0.017779231799540891, 1e-11));
  CHECK(close(t.slopes[0].standard_error, 0.0026988160986590837, 1e-11));
  CHECK(close(t.slopes[1].standard_error, 0.0022544221914448655, 1e-11));
  CHECK(close(t.covariance(0, 1), -3.2939491014013903e-06, 1e-10));
  CHECK(close(t.covariance(0, 0), std::pow(0.0026988160986590837, 2), 1e-11));
  REQUIRE(t.changes.size() == 1);
  CHECK(close(t.changes[0].value, -0.040002442961806488, 1e-11));
  CHECK(close(t.changes[0].standard_error, 0.0043536106801668993, 1e-11));
  CHECK(close(t.changes[0].p_value, 3.9896054668936804e-20, 1e-8));
  CHECK(close(t.fit.p_value, 0.83610469180681912, 1e-10));
  CHECK(t.fit.df1 == 8);
  CHECK(close(t.line[0], 0.29955618175457344, 1e-11));
  CHECK(close(t.line[5], 0.4551186598904326, 1e-11));
  CHECK(close(t.line[10], 0.31288480549410541, 1e-11));
}

TEST_CASE("two joins where they are, and three") {
  // Slopes 1, −2, ½, 3 that change at the waves 3, 7 and 11.
  std::vector<double> x, y;
  for (int t = 0; t < 16; ++t) {
    x.push_back(t + (t % 3 == 0 ? .25 : 0));
    const auto from = [&](int wave) {
      return t > wave ? x.back() - x[static_cast<std::size_t>(wave)] : 0.0;
    };
    y.push_back(5 + x.back() - 3 * from(3) + 2.5 * from(7) + 2.5 * from(11));
  }
  const Eigen::MatrixXd v = test::decaying(std::vector<double>(16, .1), .3);
  const auto series = made_series(y, v, x);
  const auto t = joinpoint(series, level, {.most = 4});
  CHECK(t.chosen.joins == waves{3, 7, 11});
  REQUIRE(t.slopes.size() == 4);
  const double slope[] = {1, -2, .5, 3};
  for (std::size_t j = 0; j < 4; ++j) CHECK(close(t.slopes[j].value, slope[j], 1e-10));
  CHECK(close(t.changes[0].value, -3, 1e-10));
  CHECK(close(t.changes[2].value, 2.5, 1e-10));
  CHECK(t.chosen.chi_squared < 1e-15);
  CHECK(t.fit.df1 == 11);
  for (std::size_t k = 0; k < 16; ++k) CHECK(close(t.line[k], y[k], 1e-10));
  CHECK(joinpoint(series, level, {.most = 2}).chosen.joins.size() == 2);
  CHECK(joinpoint(series, level).candidates.size() == 3);  // 2 at most, unless told
}

TEST_CASE("no join is the line of generalized least squares, its χ² the lack of fit") {
  const auto t = joinpoint(roof(40), level, {.most = 0});
  const auto g = baro::gls_slope(roof(40), level);
  REQUIRE(t.slopes.size() == 1);
  CHECK(close(t.slopes[0].value, g.value, 1e-9));
  CHECK(close(t.slopes[0].standard_error, g.standard_error, 1e-12));
  CHECK(close(t.slopes[0].df, g.df, 1e-12));
  CHECK(t.changes.empty());
  const auto rest = baro::beyond_degree(roof(), 1);
  CHECK(close(t.chosen.chi_squared, 9 * rest.statistic, 1e-10));
  CHECK(close(t.fit.p_value, rest.p_value, 1e-9));
}

TEST_CASE("as many joins as there are waves for") {
  for (std::size_t n = 2; n < 12; ++n) {
    std::vector<double> x, y;
    for (std::size_t t = 0; t < n; ++t) {
      x.push_back(static_cast<double>(t));
      y.push_back(std::sin(2.0 * static_cast<double>(t)));
    }
    const auto size = static_cast<Eigen::Index>(n);
    const auto t =
        joinpoint(made_series(y, 1e-4 * Eigen::MatrixXd::Identity(size, size), x), level);
    CHECK(t.candidates.size() == std::min<std::size_t>(2, (n - 2) / 3) + 1);
    CHECK(t.slopes.size() == t.chosen.joins.size() + 1);
    for (const auto& c : t.candidates)
      for (std::size_t j = 0; j < c.joins.size(); ++j) {
        CHECK(c.joins[j] >= 2);
        CHECK(c.joins[j] + 2 < n);
        if (j > 0) CHECK(c.joins[j] - c.joins[j - 1] >= 3);
      }
  }
}

TEST_CASE("straight series have no join, a clear bend is found at its place") {
  test::dice d(37);
  std::vector<double> s;
  for (int t = 0; t < 9; ++t) s.push_back(.01 + .002 * (t % 4));
  const std::vector<double> x{1, 2, 3, 5, 6, 7, 9, 10, 11};
  const Eigen::MatrixXd v = test::decaying(s, .4);
  const Eigen::MatrixXd root = v.llt().matrixL();
  constexpr int times = 250;
  int straight = 0, found = 0;
  for (int k = 0; k < times; ++k) {
    Eigen::VectorXd e(9);
    for (Eigen::Index i = 0; i < 9; ++i) e(i) = d.bell();
    e = root * e;
    std::vector<double> line, bent;
    for (std::size_t t = 0; t < 9; ++t) {
      line.push_back(.3 + .01 * x[t] + e(static_cast<Eigen::Index>(t)));
      bent.push_back(line.back() - .06 * std::max(0.0, x[t] - 6));
    }
    straight += joinpoint(made_series(line, v, x), level).chosen.joins.empty();
    found += joinpoint(made_series(bent, v, x), level).chosen.joins == waves{4};
  }
  CHECK(straight >= .85 * times);
  CHECK(found >= .85 * times);
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto a = joinpoint(roof(60), level);
  const auto b = joinpoint(roof<real>(60), level);
  REQUIRE(a.chosen.joins == b.chosen.joins);
  REQUIRE(a.changes.size() == 1);
  CHECK(close(a.chosen.chi_squared, static_cast<double>(b.chosen.chi_squared), 1e-11));
  CHECK(close(a.changes[0].value, static_cast<double>(b.changes[0].value), 1e-12));
  for (std::size_t j = 0; j < 2; ++j) {
    CHECK(close(a.slopes[j].value, static_cast<double>(b.slopes[j].value), 1e-12));
    CHECK(close(a.slopes[j].standard_error, static_cast<double>(b.slopes[j].standard_error),
                1e-12));
    CHECK(close(a.slopes[j].df, static_cast<double>(b.slopes[j].df), 1e-12));
    CHECK(close(a.slopes[j].limits.low, static_cast<double>(b.slopes[j].limits.low), 1e-12));
  }
}

TEST_CASE("another unit of time or of the figures changes nothing but the unit") {
  const auto a = joinpoint(roof(60), level);
  auto y = roof(60).figures().value();
  std::vector<double> months = roof(60).times();
  for (double& m : months) m = 12 * (m - 2000);
  const baro::wave_series<double> other(
      baro::estimate<double>(100 * y.array() + 1e4, 1e4 * roof(60).figures().covariance(),
                             roof(60).figures().entries()),
      months);
  const auto b = joinpoint(other, level);
  REQUIRE(a.chosen.joins == b.chosen.joins);
  REQUIRE(a.slopes.size() == 2);
  CHECK(close(b.slopes[1].value, 100. / 12 * a.slopes[1].value, 1e-8));
  CHECK(close(b.slopes[1].standard_error, 100. / 12 * a.slopes[1].standard_error, 1e-11));
  CHECK(close(b.chosen.chi_squared, a.chosen.chi_squared, 1e-8));
}

TEST_CASE("a wave without a figure is left out, and has its figure on the trend") {
  auto y = std::vector<double>{1, 2, 3, test::nan, 5, 4, 3, 2, 1};
  const Eigen::MatrixXd v = .01 * Eigen::MatrixXd::Identity(9, 9);
  const auto t = joinpoint(made_series(y, v, {1, 2, 3, 4, 5, 6, 7, 8, 9}), level);
  REQUIRE(t.chosen.joins == waves{4});
  CHECK(close(t.slopes[0].value, 1, 1e-11));
  CHECK(close(t.slopes[1].value, -1, 1e-11));
  CHECK(close(t.line[3], 4, 1e-11));
  CHECK(t.fit.df1 == 5);
}

TEST_CASE("what cannot be said, and what is refused") {
  const auto one =
      joinpoint(made_series({.4, test::nan}, Eigen::MatrixXd::Identity(2, 2), {1, 2}), level);
  CHECK(one.status == status::empty_domain);
  CHECK(one.fit.status == status::empty_domain);
  CHECK(one.slopes.empty());
  CHECK(std::isnan(one.line[0]));
  CHECK(joinpoint(roof().broken_at({4}), level).status == status::series_break);
  CHECK(joinpoint(made_series({1, 2, 3, 4}, Eigen::MatrixXd::Ones(4, 4), {1, 2, 3, 4}), level)
            .status == status::undefined);
  const auto two =
      joinpoint(made_series({1, 2}, Eigen::MatrixXd::Identity(2, 2), {1, 2}), level);
  CHECK(close(two.slopes[0].value, 1, 1e-13));
  CHECK(two.fit.status == status::undefined);
  const auto none = joinpoint(roof(0), level);
  CHECK(none.status == status::ok);
  CHECK(none.slopes[0].status == status::no_degrees);
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(joinpoint(roof(), level, {.most = 5}));
        }) == "joinpoint: most = 5, must be at most 4");
}

}  // namespace trend_joinpoint

TEST_SUITE_END();
