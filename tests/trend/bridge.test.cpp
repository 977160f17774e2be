// SPDX-License-Identifier: BSL-1.0
// Breaks and the way across: difference and variance by hand, a bridge wave that is a wave of
// the series, coverage by simulation.
#include <baro/trend/bridge.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/slope.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <hypothesis/figures.hpp>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <support/same.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/bridge");

namespace trend_bridge {

using baro::bridge, baro::bridged, baro::change, baro::measured_bridge, baro::plain_t;
using baro::status;
using test::close;
const baro::confidence_level level(0.95);
const double inf = std::numeric_limits<double>::infinity();

template <class Real = double>
baro::wave_series<Real> waves(const std::vector<double>& y, const Eigen::MatrixXd& v,
                              double df = inf) {
  typename baro::estimate<Real>::vector x(static_cast<Eigen::Index>(y.size()));
  std::vector<baro::entry<Real>> about(y.size());
  std::vector<double> times;
  for (std::size_t t = 0; t < y.size(); ++t) {
    x(static_cast<Eigen::Index>(t)) = Real(y[t]);
    about[t].label.wave = std::to_string(2009 + t);
    about[t].df = Real(df);
    times.push_back(2009 + static_cast<double>(t));
  }
  return {baro::estimate<Real>(x, v.template cast<Real>(), about), times};
}

/// Four waves of a panel, the last two measured in a new way.
template <class Real = double>
baro::wave_series<Real> broken(double df = inf) {
  Eigen::MatrixXd v(4, 4);
  v << 4, 1, .5, 0, 1, 3, .8, .2, .5, .8, 2, .6, 0, .2, .6, 5;
  return waves<Real>({30, 32, 41, 40}, v, df).broken_at({2});
}

TEST_CASE("without a bridge the change has the status series_break, with one it has a number") {
  const auto s = broken();
  const auto none = change(s, 1, 2, level);
  CHECK(none.status == status::series_break);
  CHECK(std::isnan(none.difference));
  CHECK(std::isnan(none.p_value));
  const auto across = bridged(s, 2, bridge<>{.shift = 6, .standard_error = 1.5});
  CHECK(across.breaks().empty());
  const auto c = change(across, 1, 2, level);
  CHECK(c.status == status::ok);
  CHECK(close(c.difference, 3.0, 1e-15));
  CHECK(close(c.standard_error, std::sqrt(3 + 2 - 1.6 + 2.25), 1e-14));
  // 2 * pnorm(-3/sqrt(5.65)) = 0.206909392443987
  CHECK(close(c.p_value, 0.206909392443987, 1e-11));
  CHECK(close(across.standard_error(3), std::sqrt(7.25), 1e-14));
  CHECK(across.value(1) == 32);
  CHECK(across.standard_error(1) == s.standard_error(1));
}

TEST_CASE("within the new way nothing changes, nor within the old") {
  const auto s = broken(25);
  const auto across = bridged(s, 2, bridge<>{.shift = 6, .standard_error = 1.5, .df = 40});
  for (const std::size_t t : {0u, 2u}) {
    const auto before = change(s, t, t + 1, level), after = change(across, t, t + 1, level);
    CHECK(close(after.difference, before.difference, 1e-13));
    CHECK(close(after.standard_error, before.standard_error, 1e-13));
    CHECK(close(after.p_value, before.p_value, 1e-12));
    CHECK(close(after.df, before.df, 1e-12));
  }
}

TEST_CASE("the slope carries the bridge once, with its degrees of freedom") {
  const auto s = broken(25);
  const auto across = bridged(s, 2, bridge<>{.shift = 6, .standard_error = 1.5, .df = 40});
  CHECK(slope(s, level).status == status::series_break);
  // c <- c(-3,-1,1,3)/10; b's part (1+3)/10 times 1.5
  const double own = (9 * 4 + 3 + 2 + 9 * 5 + 2 * (3 - 1.5 - .8 - .6 + 1.8)) / 100;
  const double carried = .16 * 2.25;
  const auto found = slope(across, level);
  CHECK(close(found.value, (-3 * 30 - 32 + 35 + 3 * 34) / 10., 1e-13));
  CHECK(close(found.standard_error, std::sqrt(own + carried), 1e-13));
  CHECK(close(found.df,
              (own + carried) * (own + carried) / (own * own / 25 + carried * carried / 40),
              1e-12));
}

TEST_CASE("a bridge of two figures: a split sample, the same people") {
  const auto split = test::two_samples(240, 600, 300, 600);
  const auto b = measured_bridge(split, {.new_way = 1, .old_way = 0});
  CHECK(b.status == status::ok);
  CHECK(close(b.shift, .1, 1e-13));
  CHECK(close(b.standard_error, std::sqrt(.24 / 599 + .25 / 599), 1e-13));
  CHECK(b.df == 599);
  // t.test's df: (v1+v2)^2 / ((v1^2+v2^2)/599)
  CHECK(close(measured_bridge(split, {.new_way = 1, .old_way = 0},
                              baro::comparison_degrees::satterthwaite())
                  .df,
              599 * .49 * .49 / (.24 * .24 + .25 * .25), 1e-12));
  Eigen::Matrix2d v;
  v << .24 / 599, .2 / 599, .2 / 599, .25 / 599;
  const baro::estimate<double> same(split.value(), v, split.entries());
  CHECK(close(measured_bridge(same, {.new_way = 1, .old_way = 0}).standard_error,
              std::sqrt(.09 / 599), 1e-12));
  CHECK(close(measured_bridge(same, {.new_way = 0, .old_way = 1}).shift, -.1, 1e-13));
}

TEST_CASE("a bridge wave that is a wave of the series: the sign of its covariance") {
  // The third wave was split: its figure is the new way's 41 with V = 2; the old way gave 37
  // with V = 3. Bridged it is the figure of the old way.
  const Eigen::Vector4d v(4, 3, 2, 5);
  const auto s = waves({30, 32, 41, 40}, v.asDiagonal(), 20).broken_at({2});
  const bridge<> b{4, std::sqrt(5.0), 30, {0, 0, 2, 0}};
  const auto across = bridged(s, 2, b);
  CHECK(close(across.value(2), 37.0, 1e-15));
  CHECK(close(across.figures().variance(2), 3.0, 1e-13));
  CHECK(close(change(across, 1, 2, level).standard_error, std::sqrt(6.0), 1e-13));
  // 40 − 4: the variance of y_3 − (new − old)
  CHECK(close(across.figures().variance(3), 5 + 5.0, 1e-13));
  CHECK(close(across.figures().covariance(2, 3), 3.0, 1e-13));
  CHECK(close(change(across, 2, 3, level).standard_error, std::sqrt(7.0), 1e-13));
  // The last wave of the old way was split: its figure is the old way's 32 with V = 3, the new
  // way gave 36 with V = 2. The change to the next wave is 41 − 36.
  const bridge<> last{4, std::sqrt(5.0), 30, {0, -3, 0, 0}};
  const auto c = change(bridged(s, 2, last), 1, 2, level);
  CHECK(close(c.difference, 5.0, 1e-14));
  CHECK(close(c.standard_error, std::sqrt(2 + 2.0), 1e-13));
  // Parts still add up to the covariance, and the linked ones share the least degrees.
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(4, 4);
  for (const auto& part : across.parts())
    for (std::size_t i = 0; i < part.waves.size(); ++i)
      for (std::size_t j = 0; j < part.waves.size(); ++j)
        sum(static_cast<Eigen::Index>(part.waves[i]),
            static_cast<Eigen::Index>(part.waves[j])) +=
            part.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  CHECK((sum - across.figures().covariance()).cwiseAbs().maxCoeff() < 1e-13);
  REQUIRE(across.parts().size() == 4);
  CHECK(across.parts()[3].df == 20);
  CHECK(across.parts()[3].waves == std::vector<std::size_t>{2, 3});
}

TEST_CASE("several breaks in turn, in any order") {
  const Eigen::VectorXd v = Eigen::VectorXd::Constant(5, 2);
  const auto s = waves({10, 11, 15, 16, 30}, v.asDiagonal()).broken_at({2, 4});
  const bridge<> one{.shift = 3, .standard_error = 1}, two{.shift = 12, .standard_error = 2};
  const auto half = bridged(s, 2, one);
  CHECK(half.breaks() == std::vector<std::size_t>{4});
  CHECK(change(half, 0, 3, level).status == status::ok);
  CHECK(change(half, 3, 4, level).status == status::series_break);
  const auto a = bridged(half, 4, two), b = bridged(bridged(s, 4, two), 2, one);
  CHECK(test::same(a.figures(), b.figures(), 1e-14));
  CHECK(close(a.value(4), 15.0, 1e-15));
  CHECK(close(change(a, 0, 4, level).standard_error, std::sqrt(4 + 1 + 4.0), 1e-14));
  CHECK(close(change(a, 3, 4, level).standard_error, std::sqrt(4 + 4.0), 1e-14));
  CHECK(close(change(a, 1, 2, level).standard_error, std::sqrt(4 + 1.0), 1e-14));
}

TEST_CASE("a shifted share is compared by t") {
  auto e = baro::concatenate(test::two_samples(30, 400, 44, 400),
                             test::two_samples(2, 400, 50, 400));
  const auto s = baro::wave_series<double>(e, {1, 2, 3, 4}).broken_at({2});
  const auto across = bridged(s, 2, bridge<>{.shift = .02, .standard_error = .01});
  CHECK(change(across, 0, 1, level).test == "guarded_score");
  CHECK(change(across, 1, 2, level).test == "design_t");
  CHECK(across.value(2) < 0);
  CHECK(change(across, 1, 2, level).status == status::ok);
}

TEST_CASE("interval of a change across a break: covers in nineteen of twenty draws") {
  test::dice d(8);
  constexpr int times = 4000;
  int covered = 0, naive = 0;
  const Eigen::Vector4d v(1, 1, 1, 1);
  for (int k = 0; k < times; ++k) {
    // Truth: 5 in all waves, the new way adds 2; the third wave was split, both halves with
    // variance 1; the bridge is made of it.
    const double old_half = 5 + d.bell(), new_half = 7 + d.bell();
    const auto s = waves({5 + d.bell(), 5 + d.bell(), new_half, 7 + d.bell()}, v.asDiagonal())
                       .broken_at({2});
    bridge<> b{.shift = new_half - old_half, .standard_error = std::sqrt(2.0)};
    b.covariance = {0, 0, 1, 0};
    covered += change(bridged(s, 2, b), 1, 2, level).limits.contains(0) &&
               change(bridged(s, 2, b), 1, 2, level).status == status::ok;
    b = {.shift = 2 + 1.5 * d.bell(), .standard_error = 1.5};
    naive += change(bridged(s, 2, b), 0, 3, level).limits.contains(0);
  }
  const double slack = 4 * std::sqrt(.05 * .95 / times);
  CHECK(std::abs(covered / double(times) - .95) < slack);
  CHECK(std::abs(naive / double(times) - .95) < slack);
}

TEST_CASE("a bridge without a figure lifts nothing, a wave without one stays so") {
  auto e = test::two_samples(240, 600, 300, 600);
  auto about = e.entries();
  about[1].status = status::empty_domain;
  const auto none = measured_bridge(baro::estimate<double>(e.value(), e.covariance(), about),
                                    {.new_way = 1, .old_way = 0});
  CHECK(none.status == status::empty_domain);
  CHECK(change(bridged(broken(), 2, none), 1, 2, level).status == status::series_break);
  about[1].status = status::ok;
  about[1].df = 0;
  const auto poor = measured_bridge(baro::estimate<double>(e.value(), e.covariance(), about),
                                    {.new_way = 1, .old_way = 0});
  CHECK(poor.status == status::no_degrees);
  const auto across = change(bridged(broken(), 2, poor), 1, 2, level);
  CHECK(across.status == status::no_degrees);
  CHECK(close(across.difference, 8.9, 1e-13));
  const auto s = broken();
  auto y = s.figures().value();
  auto v = s.figures().covariance();
  auto entries = s.figures().entries();
  entries[2].status = status::empty_domain;
  y(2) = std::numeric_limits<double>::quiet_NaN();
  v.row(2).setConstant(y(2));
  v.col(2).setConstant(y(2));
  const auto gap = bridged(baro::wave_series<double>({y, v, entries}, s.times()).broken_at({2}),
                           2, bridge<>{.shift = 6, .standard_error = 1.5});
  CHECK(change(gap, 1, 2, level).status == status::empty_domain);
  CHECK(std::isnan(gap.value(2)));
  CHECK(change(gap, 1, 3, level).status == status::ok);
  CHECK(close(change(gap, 1, 3, level).standard_error, std::sqrt(3 + 5 - .4 + 2.25), 1e-13));
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto a =
      change(bridged(broken(25), 2, bridge<>{6, 1.5, 40, {.1, -.2, .3, .4}}), 1, 2, level);
  const auto b = change(
      bridged(broken<real>(25), 2,
              bridge<real>{
                  real(6), real(1.5), real(40), {real(.1), real(-.2), real(.3), real(.4)}}),
      1, 2, level);
  CHECK(close(a.difference, static_cast<double>(b.difference), 1e-13));
  CHECK(close(a.standard_error, static_cast<double>(b.standard_error), 1e-13));
  CHECK(close(a.df, static_cast<double>(b.df), 1e-12));
  CHECK(close(a.p_value, static_cast<double>(b.p_value), 1e-12));
}

TEST_CASE("refusals") {
  const auto s = broken();
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(bridged(s, 1, bridge<>{.shift = 1, .standard_error = 1}));
        }) == "bridged: first_of_new_way = 1, must be a break of the series");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(bridged(s, 2, bridge<>{.shift = 1, .standard_error = -1}));
        }) == "bridged: standard_error = -1, must be finite and >= 0");
  CHECK_THROWS_AS(
      static_cast<void>(bridged(s, 2, bridge<>{.shift = std::nan(""), .standard_error = 1})),
      baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(bridged(s, 2, bridge<>{1, 1, -1})), baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(bridged(s, 2, bridge<>{1, 1, inf, {0, 1}})),
                  baro::size_error);
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(bridged(s, 2, bridge<>{1, 1, inf, {0, 0, 2, 0}}));
        }) ==
        "bridged: covariance[2] = 2, must not be beyond the product of the two standard "
        "errors");
  const auto two = test::two_samples(1, 10, 2, 10);
  CHECK_THROWS_AS(static_cast<void>(measured_bridge(two, {.new_way = 0, .old_way = 0})),
                  baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(measured_bridge(two, {.new_way = 2, .old_way = 0})),
                  baro::value_error);
}

}  // namespace trend_bridge

TEST_SUITE_END();
