// SPDX-License-Identifier: BSL-1.0
// Changes between waves: the tests of two figures with their covariance, which pairs, families.
#include <baro/hypothesis/newcombe_score.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/contrast.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <trend/made_series.hpp>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("trend/change");

namespace trend_change {

using baro::adjust_changes, baro::adjustment, baro::change, baro::change_set, baro::changes,
    baro::comparison_degrees, baro::confidence_level, baro::plain_t, baro::relative_change,
    baro::status;
using test::close, test::decaying, test::made_series, test::refused;

const confidence_level level{.95};
const double nan = std::numeric_limits<double>::quiet_NaN();

/// Shares of waves of 500 people each.
baro::wave_series<double> shares(const std::vector<double>& p, double r, double df = 499) {
  std::vector<double> s, times;
  for (const double x : p) {
    s.push_back(std::sqrt(x * (1 - x) / 499));
    times.push_back(static_cast<double>(times.size() + 1));
  }
  auto series = made_series(p, decaying(s, r), times, df);
  auto entries = series.figures().entries();
  for (std::size_t t = 0; t < p.size(); ++t) {
    entries[t].bases = {500, 500 * p[t], 500, 500};
    entries[t].deff = 1;
  }
  return {baro::estimate<double>(series.figures().value(), series.figures().covariance(),
                                 std::move(entries)),
          series.times(), series.parts()};
}

TEST_CASE("shares by guarded_score, anything by plain t, both with the covariance") {
  const auto series = shares({.31, .35, .42}, .5);
  const auto e = series.figures();
  const auto usual = change(series, 0, 1, level);
  const auto same = baro::share_difference(e, 1, 0, level, baro::guarded_score{},
                                           comparison_degrees::fixed(499));
  CHECK(usual.test == "guarded_score");
  CHECK(close(usual.difference, .04, 1e-13));  // later − earlier
  CHECK(close(usual.p_value, same.p_value, 1e-10));
  CHECK(close(usual.limits.low, same.limits.low, 1e-10));
  const auto plain = change(series, 0, 1, level, plain_t{});
  CHECK(close(plain.statistic, plain.difference / plain.standard_error, 1e-14));
  CHECK(close(plain.standard_error,
              std::sqrt(e.variance(0) + e.variance(1) - 2 * e.covariance(0, 1)), 1e-14));
  CHECK(plain.p_value != usual.p_value);
  CHECK(change(series, 0, 1, level, baro::newcombe_score{}).test ==
        std::string(baro::newcombe_score{}.name()));
  // Back from later to earlier is the same with the other sign.
  CHECK(close(change(series, 1, 0, level, plain_t{}).statistic, -plain.statistic, 1e-14));
}

TEST_CASE("degrees are those of the contrast, whatever the parts") {
  auto series = shares({.31, .35, .42}, .5, 40);
  const Eigen::MatrixXd v = series.figures().covariance();
  std::vector<baro::presence_part<double>> parts(3);
  parts[0] = {{0, 1, 2}, .6 * v, 12, {15, 12, 30}};
  parts[1] = {{0, 2}, .2 * Eigen::MatrixXd{{v(0, 0), v(0, 2)}, {v(2, 0), v(2, 2)}}, 7, {}};
  parts[2] = {{1}, .4 * v.block(1, 1, 1, 1), 9, {}};
  series = {series.figures(), series.times(), parts};
  for (const auto& [from, to] : {std::pair{0, 1}, {0, 2}, {2, 1}}) {
    std::vector<double> c(3, 0);
    c[static_cast<std::size_t>(from)] = -1;
    c[static_cast<std::size_t>(to)] = 1;
    const auto found = change(series, static_cast<std::size_t>(from),
                              static_cast<std::size_t>(to), level, plain_t{});
    CHECK(close(found.df, baro::contrast(series, c, level).df, 1e-12));
  }
}

TEST_CASE("relative changes on the scale of logarithms") {
  const auto series = shares({.31, .35}, .5);
  const auto c = relative_change(series, 0, 1, level);
  CHECK(close(c.difference, .35 / .31, 1e-14));
  CHECK(close(c.limits.low * c.limits.high, c.difference * c.difference, 1e-12));
}

TEST_CASE("each against the one before, against one, against the same month of last year") {
  using pairs = std::vector<std::pair<std::size_t, std::size_t>>;
  const auto v = decaying({.1, .1, .1, .1}, 0);
  const auto series = made_series({1, 2, 3, 4}, v, {2009, 2010, 2011, 2012});
  CHECK(change_set::previous().of(series) == pairs{{0, 1}, {1, 2}, {2, 3}});
  CHECK(change_set::reference(2).of(series) == pairs{{2, 0}, {2, 1}, {2, 3}});
  CHECK(change_set::period(2).of(series) == pairs{{0, 2}, {1, 3}});
  // A wave that did not ask is stepped over, and said of.
  const auto gap = made_series({1, nan, 3, 4}, v, {1, 2, 3, 4});
  CHECK(change_set::previous().of(gap) == pairs{{0, 1}, {0, 2}, {2, 3}});
  const auto found = changes(gap, level, change_set::previous(), plain_t{});
  CHECK(found[0].found.status == status::empty_domain);
  CHECK(found[1].found.status == status::ok);
  // Months by their number: those of a year before.
  const auto months = made_series({1, 2, 3, 4}, v, {1, 2, 13, 15});
  CHECK(change_set::period(12).of(months) == pairs{{0, 2}});
}

TEST_CASE("changes that are one family") {
  auto found = changes(shares({.31, .35, .42, .43}, .2), level);
  std::vector<double> p;
  for (const auto& c : found) {
    CHECK(c.p_adjusted == c.found.p_value);
    p.push_back(c.found.p_value);
  }
  adjust_changes(found, adjustment::holm);
  const auto q = baro::adjusted(p, adjustment::holm);
  for (std::size_t i = 0; i < q.size(); ++i) CHECK(found[i].p_adjusted == q[i]);
}

TEST_CASE("the family by its largest t asks less than Bonferroni") {
  const auto series = shares({.31, .35, .42, .43}, .6);
  auto found = changes(series, level, change_set::previous(), plain_t{});
  adjust_changes(found, series);
  const auto tests = baro::max_t<double>(series.figures(),
                                         std::vector<baro::entry_pair>{{1, 0}, {2, 1}, {3, 2}});
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(close(found[i].p_adjusted, tests[i].adjusted_p, 1e-12));
    CHECK(found[i].p_adjusted <= 3 * found[i].found.p_value);
    CHECK(found[i].p_adjusted >= found[i].found.p_value);
  }
}

TEST_CASE("a break in the series is not crossed") {
  const auto series = shares({.31, .35, .42}, .5).broken_at({2});
  CHECK(change(series, 0, 1, level).status == status::ok);
  for (const auto& c : {change(series, 1, 2, level), change(series, 1, 2, level, plain_t{}),
                        relative_change(series, 1, 2, level)}) {
    CHECK(c.status == status::series_break);
    CHECK(c.value_a == .42);
    CHECK(std::isnan(c.difference));
    CHECK(std::isnan(c.p_value));
    CHECK(std::isnan(c.limits.low));
  }
}

TEST_CASE("what cannot be is refused") {
  const auto series = shares({.31, .35}, 0);
  CHECK(refused<baro::value_error>([&] { static_cast<void>(change(series, 0, 2, level)); }) ==
        "change: wave = 2, must be the number of a wave");
  CHECK(refused<baro::value_error>([&] { static_cast<void>(change_set::period(0)); }) ==
        "change_set: period = 0, must be > 0");
  CHECK(refused<baro::value_error>([&] {
          static_cast<void>(changes(series, level, change_set::reference(5)));
        }) == "change_set: reference = 5, must be the number of a wave");
}

}  // namespace trend_change

TEST_SUITE_END();
