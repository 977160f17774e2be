// SPDX-License-Identifier: BSL-1.0
// House effects: R metafor, a table that adds up by construction, coverage by simulation.
#include <baro/trend/change.hpp>
#include <baro/trend/house_effects.hpp>

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

TEST_SUITE_BEGIN("trend/house_effects");

namespace trend_house_effects {

using baro::house_effects, baro::house_reading, baro::house_scale, baro::status;
using test::close;
const baro::confidence_level level(0.95);
const double inf = std::numeric_limits<double>::infinity();
const std::vector<std::string> houses{"A", "B", "C"};
const std::vector<house_reading> readings{{0, 0}, {0, 1}, {1, 0}, {1, 1},
                                          {1, 2}, {2, 1}, {2, 2}, {3, 2}};

template <class Real = double>
baro::estimate<Real> figures(const std::vector<double>& y, const Eigen::MatrixXd& v,
                             double df = inf) {
  typename baro::estimate<Real>::vector x(static_cast<Eigen::Index>(y.size()));
  std::vector<baro::entry<Real>> about(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    x(static_cast<Eigen::Index>(i)) = Real(y[i]);
    about[i].label.statistic = baro::statistic::share;
    about[i].label.wave = "w" + std::to_string(i < readings.size() ? readings[i].wave : 0);
    about[i].df = Real(df);
    about[i].bases = {Real(100), Real(40), Real(10), Real(80)};
  }
  return {x, v.template cast<Real>(), about};
}

Eigen::MatrixXd covariance(bool linked = true) {
  Eigen::VectorXd d(8);
  d << 2, 3, 1.5, 2.5, 4, 2, 3, 1;
  Eigen::MatrixXd v = d.asDiagonal();
  if (linked) {
    v(0, 2) = v(2, 0) = .5;
    v(1, 3) = v(3, 1) = .7;
    v(4, 6) = v(6, 4) = -.4;
  }
  return v;
}

const std::vector<double> y{40, 43, 41, 44, 47, 45, 39, 44};

template <class Real = double>
baro::house_levels<Real> fitted(house_scale scale, bool linked = true, double df = inf) {
  return house_effects(figures<Real>(y, covariance(linked), df), readings, houses, {1, 2, 3, 4},
                       scale, level);
}

TEST_CASE("levels, effects and tests of R metafor, effects that add up to 0") {
  // X <- model.matrix(~0 + wave + C(house, contr.sum))
  // rma.mv(y, V, mods = X, intercept = FALSE, method = "FE"): coef, se, QE
  const auto f = fitted(house_scale::sum_to_zero());
  REQUIRE(f.status == status::ok);
  const std::vector<double> xi{41.94226327944573, 43.46189376443418, 41.40646651270210,
                               43.81524249422634},
      se{1.182939411170490, 0.914275346819771, 1.217916459758627, 1.433864054849904},
      delta{-2.254041570438787, 2.069284064665126, 0.184757505773661},
      delta_se{1.031826112782956, 0.861234232591355, 1.027602125236518};
  for (std::size_t t = 0; t < 4; ++t) {
    CHECK(close(f.waves.value(t), xi[t], 1e-12));
    CHECK(close(f.waves.standard_error(t), se[t], 1e-12));
  }
  for (std::size_t h = 0; h < 3; ++h) {
    CHECK(close(f.effects.value(h), delta[h], 1e-12));
    CHECK(close(f.effects.standard_error(h), delta_se[h], 1e-12));
    CHECK(f.effects.entry(h).label.level == houses[h]);
    CHECK(close(f.tests[h].statistic, delta[h] / delta_se[h], 1e-12));
  }
  CHECK(std::abs(f.effects.value().sum()) < 1e-13);
  CHECK(close(f.lack_of_fit.statistic * f.lack_of_fit.df1, 6.8591224018475687, 1e-11));
  CHECK(f.lack_of_fit.df1 == 2);
  CHECK(close(f.lack_of_fit.p_value, 0.0324011552510215, 1e-11));
  // t(b) %*% solve(vcov, b) of the two contrasts; pchisq(., 2, lower = FALSE)
  CHECK(close(f.equal_houses.statistic * f.equal_houses.df1, 7.4389185507065925, 1e-11));
  CHECK(close(f.equal_houses.p_value, 0.0242470752928332, 1e-11));
  CHECK(f.waves.wave(2) == "w2");
  CHECK(f.waves.times()[3] == 4);
  CHECK(f.waves.figures().entry(1).bases.n == 300);
  CHECK(f.waves.figures().entry(1).label.statistic == baro::statistic::function);
}

TEST_CASE("an anchor, by R, moves the scale and nothing else") {
  // mods = ~0 + wave + relevel(house, ref = "1")
  const auto a = fitted(house_scale::anchor(1)), s = fitted(house_scale::sum_to_zero());
  CHECK(close(a.waves.value(0), 44.01154734411085, 1e-12));
  CHECK(close(a.waves.value(3), 45.88452655889144, 1e-12));
  CHECK(close(a.waves.standard_error(1), 1.29123294761993, 1e-12));
  CHECK(close(a.effects.value(0), -4.32332563510391, 1e-12));
  CHECK(close(a.effects.standard_error(2), 1.59082240848401, 1e-12));
  CHECK(a.effects.value(1) == 0);
  CHECK(a.effects.standard_error(1) == 0);
  CHECK(a.tests[1].status == status::undefined);
  CHECK(close(a.lack_of_fit.statistic, s.lack_of_fit.statistic, 1e-11));
  CHECK(close(a.equal_houses.statistic, s.equal_houses.statistic, 1e-11));
  const auto x = baro::change(a.waves, 0, 3, level), z = baro::change(s.waves, 0, 3, level);
  CHECK(close(x.difference, z.difference, 1e-11));
  CHECK(close(x.standard_error, z.standard_error, 1e-11));
}

TEST_CASE("independent figures keep their own degrees of freedom") {
  const auto f = fitted(house_scale::sum_to_zero(), false, 30);
  // The same in R with diag(diag(V)): wave0 41.69665809768638, se 1.236755021014728, QE 7.49614
  CHECK(close(f.waves.value(0), 41.69665809768638, 1e-12));
  CHECK(close(f.waves.standard_error(0), 1.236755021014728, 1e-12));
  CHECK(f.waves.parts().size() == 8);
  CHECK(f.tests[0].df > 30);
  CHECK(close(fitted(house_scale::sum_to_zero(), true, 30).tests[0].df, 30.0, 1e-12));
  CHECK(f.waves.figures().entry(0).df == 30);
}

TEST_CASE("what adds up is found exactly, and fits") {
  const std::vector<double> xi{10, 12, 9, 30}, delta{-3, 1, 2};
  std::vector<double> sums;
  for (const auto& r : readings) sums.push_back(xi[r.wave] + delta[r.house]);
  const auto f = house_effects(figures(sums, covariance()), readings, houses, {1, 2, 3, 4},
                               house_scale::sum_to_zero(), level);
  for (std::size_t t = 0; t < 4; ++t) CHECK(close(f.waves.value(t), xi[t], 1e-12));
  for (std::size_t h = 0; h < 3; ++h) CHECK(close(f.effects.value(h), delta[h], 1e-12));
  CHECK(f.lack_of_fit.statistic < 1e-20);
}

TEST_CASE("covers the true levels and effects, and fits in nineteen of twenty draws") {
  test::dice d(21);
  constexpr int times = 600;
  int wave = 0, effect = 0, fit = 0;
  for (int k = 0; k < times; ++k) {
    std::vector<double> drawn;
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const auto at = static_cast<Eigen::Index>(i);
      const double delta = readings[i].house == 0 ? -1 : readings[i].house == 1 ? 3 : -2;
      drawn.push_back(50 + 2.0 * static_cast<double>(readings[i].wave) + delta +
                      std::sqrt(covariance(false)(at, at)) * d.bell());
    }
    const auto f = house_effects(figures(drawn, covariance(false)), readings, houses,
                                 {1, 2, 3, 4}, house_scale::sum_to_zero(), level);
    wave += baro::change(f.waves, 0, 3, level).limits.contains(6);
    effect += f.tests[2].limits.contains(-2);
    fit += f.lack_of_fit.p_value > .05;
  }
  const double slack = 4 * std::sqrt(.05 * .95 / times);
  CHECK(std::abs(wave / double(times) - .95) < slack);
  CHECK(std::abs(effect / double(times) - .95) < slack);
  CHECK(std::abs(fit / double(times) - .95) < slack);
}

baro::estimate<double> without(const std::vector<std::size_t>& lost) {
  auto e = figures(y, covariance());
  auto about = e.entries();
  auto value = e.value();
  auto v = e.covariance();
  for (const std::size_t i : lost) {
    const auto at = static_cast<Eigen::Index>(i);
    about[i].status = status::empty_domain;
    value(at) = std::nan("");
    v.row(at).setConstant(value(at));
    v.col(at).setConstant(value(at));
  }
  return {value, v, about};
}

TEST_CASE("figures without a value are left out") {
  const auto lost = house_effects(without({4, 7}), readings, houses, {1, 2, 3, 4},
                                  house_scale::sum_to_zero(), level);
  REQUIRE(lost.status == status::ok);
  CHECK(lost.waves.figures().entry(3).status == status::empty_domain);
  CHECK(std::isnan(lost.waves.value(3)));
  CHECK(baro::change(lost.waves, 0, 3, level).status == status::empty_domain);
  CHECK(lost.waves.figures().entry(1).bases.n == 200);
  // Those that are left, by themselves.
  const std::vector<std::size_t> left{0, 1, 2, 3, 5, 6};
  std::vector<house_reading> of;
  for (const std::size_t i : left) of.push_back(readings[i]);
  const auto alone = house_effects(figures(y, covariance()).slice(left), of, houses, {1, 2, 3},
                                   house_scale::sum_to_zero(), level);
  for (std::size_t t = 0; t < 3; ++t)
    CHECK(close(lost.waves.value(t), alone.waves.value(t), 1e-12));
  CHECK(close(lost.lack_of_fit.statistic, alone.lack_of_fit.statistic, 1e-11));
  CHECK(lost.lack_of_fit.df1 == 1);
  // All of one house: its effect has their status, the others go on without it.
  const auto two = house_effects(without({4, 6, 7}), readings, houses, {1, 2, 3, 4},
                                 house_scale::sum_to_zero(), level);
  CHECK(two.status == status::ok);
  CHECK(two.effects.entry(2).status == status::empty_domain);
  CHECK(two.tests[2].status == status::empty_domain);
  CHECK(close(two.effects.value(0), -two.effects.value(1), 1e-12));
  CHECK(two.equal_houses.df1 == 1);
  CHECK(house_effects(without({4, 6, 7}), readings, houses, {1, 2, 3, 4},
                      house_scale::anchor(2), level)
            .status == status::undefined);
  // What is left falls apart.
  const auto apart = house_effects(without({4, 5}), readings, houses, {1, 2, 3, 4},
                                   house_scale::sum_to_zero(), level);
  CHECK(apart.status == status::undefined);
  CHECK(std::isnan(apart.waves.value(0)));
  CHECK(std::isnan(apart.effects.value(0)));
  CHECK(apart.tests[0].status == status::undefined);
  CHECK(std::isnan(apart.lack_of_fit.p_value));
  const auto none = house_effects(without({0, 1, 2, 3, 4, 5, 6, 7}), readings, houses,
                                  {1, 2, 3, 4}, house_scale::sum_to_zero(), level);
  CHECK(none.status == status::undefined);
  CHECK(none.waves.figures().entry(0).status == status::undefined);
  CHECK(std::isnan(none.effects.value(2)));
  // Nothing varies.
  CHECK(house_effects(figures(y, Eigen::MatrixXd::Zero(8, 8)), readings, houses, {1, 2, 3, 4},
                      house_scale::sum_to_zero(), level)
            .status == status::undefined);
}

TEST_CASE("one house, one wave") {
  const auto f =
      house_effects(figures({3, 5}, Eigen::Vector2d(1, 2).asDiagonal()), {{0, 0}, {1, 0}},
                    {"A"}, {1, 2}, house_scale::sum_to_zero(), level);
  CHECK(f.status == status::ok);
  CHECK(f.waves.value(1) == 5);
  CHECK(f.effects.value(0) == 0);
  CHECK(f.equal_houses.status == status::undefined);
  CHECK(f.lack_of_fit.status == status::undefined);
  // Two figures of one house in one wave: the mean by 1/V, and the fit is their test.
  const auto g = house_effects(figures({3, 6}, Eigen::Vector2d(1, 2).asDiagonal()),
                               {{0, 0}, {0, 0}}, {"A"}, {1}, house_scale::sum_to_zero(), level);
  CHECK(close(g.waves.value(0), 4.0, 1e-14));
  CHECK(close(g.lack_of_fit.statistic, 3.0, 1e-13));
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto a = fitted(house_scale::sum_to_zero(), false, 12);
  const auto b = fitted<real>(house_scale::sum_to_zero(), false, 12);
  CHECK(close(a.waves.value(2), static_cast<double>(b.waves.value(2)), 1e-12));
  CHECK(close(a.effects.value(2), static_cast<double>(b.effects.value(2)), 1e-12));
  CHECK(close(a.tests[1].p_value, static_cast<double>(b.tests[1].p_value), 1e-12));
  CHECK(close(a.equal_houses.p_value, static_cast<double>(b.equal_houses.p_value), 1e-12));
  CHECK(close(a.lack_of_fit.p_value, static_cast<double>(b.lack_of_fit.p_value), 1e-12));
}

TEST_CASE("refusals") {
  const auto e = figures({1, 2, 3, 4}, Eigen::MatrixXd::Identity(4, 4));
  const auto refused = [&](const std::vector<house_reading>& r,
                           house_scale scale = house_scale::sum_to_zero()) {
    return test::refused<baro::value_error>([&] {
      static_cast<void>(house_effects(e, r, houses, {1, 2}, scale, level));
    });
  };
  CHECK(refused({{0, 0}, {0, 1}, {1, 2}, {1, 2}}) ==
        "house_effects: houses 'A' and 'C' have no wave in common, nor by way of others: must "
        "be linked for their effects to be told apart");
  CHECK(refused({{0, 0}, {0, 1}, {1, 3}, {1, 2}}) ==
        "house_effects: house[2] = 3, must be the number of a house");
  CHECK(refused({{0, 0}, {0, 1}, {2, 1}, {1, 2}}) ==
        "house_effects: wave[2] = 2, must be the number of a wave");
  CHECK(refused({{0, 0}, {0, 1}, {0, 2}, {0, 0}}) ==
        "house_effects: wave = 1, must have a figure of some house");
  CHECK(refused({{0, 0}, {0, 1}, {1, 0}, {1, 1}}) ==
        "house_effects: houses[2] = 'C', must have a figure in some wave");
  CHECK(refused({{0, 0}, {0, 1}, {1, 1}, {1, 2}}, house_scale::anchor(3)) ==
        "house_effects: anchor = 3, must be the number of a house");
  CHECK_THROWS_AS(static_cast<void>(house_effects(e, {{0, 0}}, houses, {1, 2},
                                                  house_scale::sum_to_zero(), level)),
                  baro::size_error);
}

}  // namespace trend_house_effects

TEST_SUITE_END();
