// SPDX-License-Identifier: BSL-1.0
// Pooled waves: the three rules by hand, the files put one below the other, R metafor.
#include <baro/design/design.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/trend/pooled_waves.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("trend/pooled_waves");

namespace trend_pooled_waves {

using baro::pool, baro::pooling, baro::pooling_coefficients, baro::status;
using test::close;

/// Three shares that covary, of 500, 1000 and 1500 people who stand for 40, 41 and 42.
template <class Real = double>
baro::wave_series<Real> three(const std::vector<double>& v = {4e-4, 1e-4, 0, 1e-4, 2e-4, 5e-5,
                                                              0, 5e-5, 3e-4}) {
  typename baro::estimate<Real>::vector y(3);
  y << Real(.25), Real(.3125), Real(.375);
  typename baro::estimate<Real>::matrix c(3, 3);
  for (Eigen::Index i = 0; i < 9; ++i) c(i / 3, i % 3) = Real(v[static_cast<std::size_t>(i)]);
  std::vector<baro::entry<Real>> about(3);
  for (std::size_t t = 0; t < 3; ++t) {
    const Real n(500 * (static_cast<int>(t) + 1));
    about[t].label.wave = std::to_string(2009 + t);
    about[t].label.statistic = baro::statistic::share;
    about[t].label.variable = "fear";
    about[t].bases = {n, n / 4, Real(40 + static_cast<int>(t)), n / 2};
    about[t].df = Real(30 + static_cast<int>(t));
  }
  return {baro::estimate<Real>(y, c, about), {2009, 2010, 2011}};
}

TEST_CASE("coefficients of the three rules, which add up to 1") {
  const auto s = three();
  CHECK(pooling_coefficients(s, {0, 2}, pooling::equal) == std::vector<double>{.5, 0, .5});
  CHECK(pooling_coefficients(s, {0, 2}, pooling::by_n) == std::vector<double>{.25, 0, .75});
  const auto c = pooling_coefficients(s, {0, 1, 2}, pooling::by_population);
  CHECK(close(c[0], 40. / 123, 1e-15));
  CHECK(close(c[1], 41. / 123, 1e-15));
  CHECK(close(c[2], 42. / 123, 1e-15));
}

TEST_CASE("value, variance, name, time and bases by hand") {
  const auto p = pool(three(), {0, 1, 2}, pooling::by_n);
  REQUIRE(p.size() == 1);
  CHECK(close(p.value(0), (500 * .25 + 1000 * .3125 + 1500 * .375) / 3000, 1e-15));
  // c <- c(1,2,3)/6; t(c) %*% V %*% c
  CHECK(close(p.figures().variance(0),
              (4e-4 + 4 * 2e-4 + 9 * 3e-4 + 2 * (2 * 1e-4 + 6 * 5e-5)) / 36, 1e-14));
  CHECK(p.wave(0) == "2009–2011");
  CHECK(p.times()[0] == 2011);
  const auto& about = p.figures().entry(0);
  CHECK(about.label.variable == "fear");
  CHECK(about.bases.n == 3000);
  CHECK(about.bases.count == 750);
  CHECK(about.bases.sum_weights == 123);
  CHECK(close(about.bases.effective_n, 1500.0, 1e-14));
  CHECK(about.df == 30);
  CHECK(pool(three(), {0, 2}, pooling::equal).wave(0) == "2009, 2011");
  CHECK(pool(three(), {1}, pooling::equal).wave(0) == "2010");
  CHECK(pool(three(), {1}, pooling::by_n).value(0) == .3125);
}

TEST_CASE("by_n of independent waves of one variance per person is R's inverse variance") {
  // metafor: rma.uni(c(.25,.3125,.375), vi = .18/c(500,1000,1500), method = "EE"):
  // coef 0.333333333333333, se 0.00774596669241483
  const auto p = pool(three({.18 / 500, 0, 0, 0, .18 / 1000, 0, 0, 0, .18 / 1500}), {0, 1, 2},
                      pooling::by_n);
  CHECK(close(p.value(0), 0.333333333333333, 1e-14));
  CHECK(close(p.standard_error(0), 0.00774596669241483, 1e-14));
  CHECK(p.parts().size() == 3);
}

TEST_CASE("by_population is the mean of the files put one below the other") {
  test::dice d(11);
  std::vector<double> y, w;
  std::vector<double> value;
  std::vector<baro::entry<double>> about;
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(3, 3);
  for (int t = 0; t < 3; ++t) {
    std::vector<double> one, weight;
    for (int i = 0; i < 40 + 30 * t; ++i) {
      one.push_back(5 + t + d.bell());
      weight.push_back(.5 + d.uniform());
    }
    const baro::design design{baro::weights(weight)};
    const auto e = baro::mean(design, one);
    value.push_back(e.value(0));
    v(t, t) = e.variance(0);
    about.push_back(e.entry(0));
    about.back().label.wave = std::to_string(t);
    y.insert(y.end(), one.begin(), one.end());
    w.insert(w.end(), weight.begin(), weight.end());
  }
  const baro::wave_series<double> s(
      baro::estimate<double>(Eigen::Map<Eigen::VectorXd>(value.data(), 3), v, about),
      {0, 1, 2});
  const auto p = pool(s, {0, 1, 2}, pooling::by_population);
  const baro::design stacked{baro::weights(w)};
  const auto all = baro::mean(stacked, y);
  CHECK(close(p.value(0), all.value(0), 1e-13));
  CHECK(close(p.figures().entry(0).bases.effective_n, all.entry(0).bases.effective_n, 1e-12));
  CHECK(p.figures().entry(0).bases.n == all.entry(0).bases.n);
}

TEST_CASE("a wave without a figure, or a break, and no other wave stands in") {
  const auto s = three();
  auto about = s.figures().entries();
  about[1].status = status::empty_domain;
  about[1].bases = {};
  auto y = s.figures().value();
  auto v = s.figures().covariance();
  y(1) = std::numeric_limits<double>::quiet_NaN();
  v.row(1).setConstant(y(1));
  v.col(1).setConstant(y(1));
  const baro::wave_series<double> gap(baro::estimate<double>(y, v, about), {0, 1, 2});
  for (const pooling rule : {pooling::equal, pooling::by_n, pooling::by_population}) {
    const auto p = pool(gap, {0, 1, 2}, rule);
    CHECK(p.figures().entry(0).status == status::empty_domain);
    CHECK(std::isnan(p.value(0)));
    CHECK(std::isnan(p.standard_error(0)));
    CHECK(close(pool(gap, {0, 2}, rule).value(0), pool(s, {0, 2}, rule).value(0), 1e-15));
  }
  const auto broken = pool(s.broken_at({2}), {0, 1, 2}, pooling::equal);
  CHECK(broken.figures().entry(0).status == status::series_break);
  CHECK(std::isnan(broken.value(0)));
  CHECK(pool(s.broken_at({2}), {0, 1}, pooling::equal).figures().entry(0).status == status::ok);
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto a = pool(three(), {0, 1, 2}, pooling::by_population);
  const auto b = pool(three<real>(), {0, 1, 2}, pooling::by_population);
  CHECK(close(a.value(0), static_cast<double>(b.value(0)), 1e-13));
  CHECK(close(a.standard_error(0), static_cast<double>(b.standard_error(0)), 1e-13));
  CHECK(close(a.figures().entry(0).bases.effective_n,
              static_cast<double>(b.figures().entry(0).bases.effective_n), 1e-13));
}

TEST_CASE("rules by name, refusals") {
  CHECK(baro::pooling_by_name("by_population") == pooling::by_population);
  CHECK(!baro::pooling_by_name("by_weight"));
  const auto s = three();
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(pool(s, {}, pooling::equal));
        }) == "pool: no wave, must be one at least");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(pool(s, {0, 3}, pooling::equal));
        }) == "pool: waves[1] = 3, must be the number of a wave, rising");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(pool(s, {1, 1}, pooling::equal));
        }) == "pool: waves[1] = 1, must be the number of a wave, rising");
  auto about = s.figures().entries();
  about[1].bases.sum_weights = 0;
  const baro::wave_series<double> bare(
      baro::estimate<double>(s.figures().value(), s.figures().covariance(), about), {0, 1, 2});
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(pool(bare, {0, 1}, pooling::by_population));
        }) == "pool: sum_weights[1] = 0, must be > 0 to pool by it");
  CHECK(pool(bare, {0, 1}, pooling::by_n).size() == 1);
}

}  // namespace trend_pooled_waves

TEST_SUITE_END();
