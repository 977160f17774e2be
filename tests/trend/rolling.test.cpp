// SPDX-License-Identifier: BSL-1.0
// Rolling means: the covariance of windows that overlap by hand, what a change of theirs tests,
// simulation.
#include <baro/trend/change.hpp>
#include <baro/trend/rolling.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/rolling");

namespace trend_rolling {

using baro::change_of_rolling, baro::pooling, baro::rolling, baro::status;
using test::close;
const baro::confidence_level level(0.95);

/// Means of independent waves from 2009 on, bases rising by 100.
template <class Real = double>
baro::wave_series<Real> waves(const std::vector<double>& y, const std::vector<double>& v,
                              double df = std::numeric_limits<double>::infinity()) {
  const auto k = static_cast<Eigen::Index>(y.size());
  typename baro::estimate<Real>::vector x(k);
  typename baro::estimate<Real>::matrix c = baro::estimate<Real>::matrix::Zero(k, k);
  std::vector<baro::entry<Real>> about(y.size());
  std::vector<double> times;
  for (std::size_t t = 0; t < y.size(); ++t) {
    const auto i = static_cast<Eigen::Index>(t);
    x(i) = Real(y[t]);
    c(i, i) = Real(v[t]);
    about[t].label.wave = std::to_string(2009 + t);
    const Real n(1000 + 100 * static_cast<int>(t));
    about[t].bases = {n, Real(0), n, n};
    about[t].df = Real(df);
    times.push_back(2009 + static_cast<double>(t));
  }
  return {baro::estimate<Real>(x, c, about), times};
}

TEST_CASE("of equal variances the correlation is (k - 1)/k, and so on down to 0") {
  for (const std::size_t k : {2u, 3u, 4u}) {
    const auto r =
        rolling(waves(std::vector<double>(8, .5), std::vector<double>(8, .00025)), k);
    REQUIRE(r.size() == 9 - k);
    for (std::size_t i = 0; i < r.size(); ++i)
      for (std::size_t j = 0; j < r.size(); ++j) {
        const std::size_t apart = i > j ? i - j : j - i;
        const double shared = apart < k ? static_cast<double>(k - apart) : 0;
        CHECK(close(r.figures().covariance(i, j), shared * .00025 / static_cast<double>(k * k),
                    1e-13));
      }
  }
}

TEST_CASE("names, times, values and bases of windows") {
  const auto s = waves({1, 2, 4, 8, 16}, {1, 2, 3, 4, 5});
  const auto r = rolling(s, 3);
  CHECK(r.wave(0) == "2009–2011");
  CHECK(r.wave(2) == "2011–2013");
  CHECK(r.times() == std::vector<double>{2011, 2012, 2013});
  CHECK(close(r.value(0), 7. / 3, 1e-15));
  CHECK(close(r.value(2), 28. / 3, 1e-15));
  CHECK(close(r.figures().covariance(0, 1), (2. + 3) / 9, 1e-15));
  CHECK(r.figures().entry(0).bases.n == 3300);
  CHECK(close(rolling(s, 2, pooling::by_n).value(0), (1000. + 2200) / 2100, 1e-15));
  CHECK(rolling(s, 1).figures().value() == s.figures().value());
  CHECK(rolling(s, 1).wave(1) == "2010");
  CHECK(rolling(s, 5).size() == 1);
}

TEST_CASE("a change of rolling means has the standard error .00745, not .0129") {
  // sqrt(2 * .00025)/3 = 0.00745355992499930; as independent: sqrt(2 * .00025/3) = .012909944
  const auto s = waves({.5, .48, .51, .53, .55}, std::vector<double>(5, .00025));
  const auto c = change_of_rolling(s, 3, 3, level);
  CHECK(close(c.found.standard_error, 0.00745355992499930, 1e-13));
  CHECK(c.hypothesis == "wave 2012 = wave 2009");
  CHECK(c.from == 0);
  CHECK(c.to == 3);
  // It is the change of the rolling series, and t and p of the change of the two waves.
  const auto r = baro::change(rolling(s, 3), 0, 1, level, baro::plain_t{});
  CHECK(close(c.found.value, r.difference, 1e-12));
  CHECK(close(c.found.standard_error, r.standard_error, 1e-12));
  const auto two = baro::change(s, 0, 3, level, baro::plain_t{});
  CHECK(close(c.found.statistic, two.statistic, 1e-12));
  CHECK(close(c.found.p_value, two.p_value, 1e-12));
  CHECK(close(c.found.limits.low, two.limits.low / 3, 1e-12));
  // 2 * pnorm(-(.03/sqrt(.0005))) = 0.179712494879
  CHECK(close(c.found.p_value, 0.179712494879, 1e-10));
}

TEST_CASE("a drawn panel: the covariance of windows is that of the draws") {
  test::dice d(3);
  constexpr int times = 4000;
  Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
  baro::wave_series<double> s = waves(std::vector<double>(5, 0), std::vector<double>(5, 1));
  Eigen::MatrixXd v = Eigen::MatrixXd::Identity(5, 5);
  for (Eigen::Index t = 0; t + 1 < 5; ++t) v(t, t + 1) = v(t + 1, t) = .5;  // moving sums
  for (int k = 0; k < times; ++k) {
    Eigen::VectorXd u(6), y(5);
    for (Eigen::Index i = 0; i < 6; ++i) u(i) = d.bell();
    for (Eigen::Index i = 0; i < 5; ++i) y(i) = (u(i) + u(i + 1)) / std::sqrt(2.0);
    s = {baro::estimate<double>(y, v, s.figures().entries()), s.times()};
    const Eigen::Vector3d r = rolling(s, 3).figures().value();
    sum += r * r.transpose() / times;
  }
  const Eigen::MatrixXd said = rolling(s, 3).figures().covariance();
  for (Eigen::Index i = 0; i < 3; ++i)
    for (Eigen::Index j = 0; j < 3; ++j)  // 4.5 standard errors
      CHECK(std::abs(sum(i, j) - said(i, j)) < 4.5 * said(0, 0) * std::sqrt(2.0 / times));
}

TEST_CASE("breaks: windows across have no figure, windows on its sides are not compared") {
  const auto s = waves({1, 2, 3, 4, 5, 6}, std::vector<double>(6, .1)).broken_at({3});
  const auto r = rolling(s, 2);
  CHECK(r.figures().entry(1).status == status::ok);
  CHECK(r.figures().entry(2).status == status::series_break);
  CHECK(std::isnan(r.value(2)));
  CHECK(baro::change(r, 0, 1, level).status == status::ok);
  CHECK(baro::change(r, 1, 3, level).status == status::series_break);
  CHECK(baro::change(r, 3, 4, level).status == status::ok);
  CHECK(change_of_rolling(s, 2, 3, level).found.status == status::series_break);
  CHECK(change_of_rolling(s, 2, 5, level).found.status == status::ok);
  CHECK(rolling(s, 5).size() == 2);
  // A break within the first window: only that window is without a figure.
  const auto early = rolling(s.broken_at({1}), 2);
  CHECK(early.figures().entry(0).status == status::series_break);
  CHECK(early.breaks().empty());
  CHECK(baro::change(early, 1, 2, level).status == status::ok);
}

TEST_CASE("a wave without a figure takes its windows with it") {
  auto s = waves({1, 2, 3, 4, 5}, std::vector<double>(5, .1));
  auto about = s.figures().entries();
  about[2].status = status::empty_domain;
  auto y = s.figures().value();
  auto v = s.figures().covariance();
  y(2) = v(2, 2) = std::numeric_limits<double>::quiet_NaN();
  s = {baro::estimate<double>(y, v, about), s.times()};
  const auto r = rolling(s, 2);
  CHECK(r.figures().entry(0).status == status::ok);
  CHECK(r.figures().entry(1).status == status::empty_domain);
  CHECK(r.figures().entry(2).status == status::empty_domain);
  CHECK(close(r.value(3), 4.5, 1e-15));
  CHECK(change_of_rolling(s, 3, 3, level).found.status == status::ok);
  CHECK(change_of_rolling(s, 2, 4, level).found.status == status::empty_domain);
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const std::vector<double> y{.5, .48, .51, .53}, v{.0003, .0002, .00025, .0004};
  const auto a = change_of_rolling(waves(y, v, 20), 3, 3, level);
  const auto b = change_of_rolling(waves<real>(y, v, 20), 3, 3, level);
  CHECK(close(a.found.statistic, static_cast<double>(b.found.statistic), 1e-12));
  CHECK(close(a.found.df, static_cast<double>(b.found.df), 1e-12));
  CHECK(close(a.found.limits.high, static_cast<double>(b.found.limits.high), 1e-12));
  const auto r = rolling(waves(y, v), 3, pooling::by_n);
  const auto q = rolling(waves<real>(y, v), 3, pooling::by_n);
  CHECK(close(r.figures().covariance(0, 1), static_cast<double>(q.figures().covariance(0, 1)),
              1e-12));
}

TEST_CASE("refusals") {
  const auto s = waves({1, 2, 3}, {1, 1, 1});
  CHECK(test::refused<baro::value_error>([&] { static_cast<void>(rolling(s, 0)); }) ==
        "rolling: k = 0, must be from 1 to the number of waves");
  CHECK_THROWS_AS(static_cast<void>(rolling(s, 4)), baro::value_error);
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(change_of_rolling(s, 2, 1, level));
        }) == "change_of_rolling: t = 1, must be the number of a wave, k at least");
  CHECK_THROWS_AS(static_cast<void>(change_of_rolling(s, 2, 3, level)), baro::value_error);
}

}  // namespace trend_rolling

TEST_SUITE_END();
