// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/function.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/total.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <support/same.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_function {

using baro::function;
using test::close;
using test::nan;
using test::same;
const test::sample s = test::sample::of(150, 71);
using columns = std::vector<baro::answers>;

TEST_SUITE("estimate/function") {
  TEST_CASE("the lambda of a mean, a ratio, a total is the mean, the ratio, the total") {
    for (const baro::design& d : {s.clustered(), s.stratified(baro::sampling_fraction(.4))}) {
      const baro::by regions(s.region);
      CHECK(same(function(
                     d, {s.y}, [](const auto& t) { return t[1] / t[0]; }, regions),
                 baro::mean(d, s.y, regions), 1e-12));
      CHECK(same(function(
                     d, {s.y, s.x}, [](const auto& t) { return t[1] / t[2]; }, regions),
                 baro::ratio(d, s.y, s.x, regions), 1e-12));
      CHECK(same(function(
                     d, {s.y}, [](const auto& t) { return t[1]; }, regions),
                 baro::total(d, s.y, regions), 1e-12));
      CHECK(same(function(
                     d, {s.y}, [](const auto& t) { return t[0]; }, regions),
                 baro::population_total(d, regions), 1e-12));
    }
  }

  TEST_CASE("a list of functions comes with its joint covariance") {
    const baro::design d = s.clustered();
    const baro::estimate<> e = function(d, {s.y, s.x}, [](const auto& t) {
      return std::array{t[1] / t[0], t[1] / t[2]};
    });
    const baro::estimate<> both =
        baro::tabulate(d, baro::mean_of(s.y), baro::ratio_of(s.y, s.x));
    CHECK(same(e, both, 1e-12));
    CHECK(e.entry(0).label.level == "1");
    CHECK(e.entry(1).label.level == "2");
  }

  TEST_CASE("a total that was not asked for is refused, and the list knows its length") {
    const std::vector<double> y{1, 2, 3};
    const baro::design three{baro::rows(3)};
    CHECK(test::refused<baro::value_error>([&] {
            (void)function(three, {y}, [](const auto& t) { return t[2] / t[0]; });
          }) == "function: t[2], must be below 2 (the sum of the weights and 1 column)");
    CHECK(test::refused<baro::value_error>([&] {
            (void)function(three, {y, y}, [](const auto& t) { return t[3]; });
          }) == "function: t[3], must be below 3 (the sum of the weights and 2 columns)");
    const auto last = function(three, {y}, [](const auto& t) {
      auto sum = t[0] - t[0];
      for (const auto& x : t) sum += x;
      return sum * (t.size() == 2 ? 1.0 : 0.0);
    });
    CHECK(close(last.value(0), 9, 1e-14));
  }

  TEST_CASE("a geometric mean has the delta method's variance") {
    std::vector<double> logs;
    for (const double y : s.y) logs.push_back(std::log(y));
    const baro::design d = s.stratified();
    const baro::estimate<> e = baro::tabulate(
        d,
        baro::function_of(
            columns{logs}, [](const auto& t) { return exp(t[1] / t[0]); }, "geometric mean"));
    const baro::estimate<> m = baro::mean(d, logs);
    CHECK(close(e.value(0), std::exp(m.value(0)), 1e-14));
    CHECK(close(e.standard_error(0), std::exp(m.value(0)) * m.standard_error(0), 1e-12));
    CHECK(e.entry(0).label.statistic == baro::statistic::function);
    CHECK(e.entry(0).label.variable == "geometric mean");
    CHECK(e.entry(0).label.level.empty());
  }

  TEST_CASE("a variance and a correlation of the population can be written") {
    const baro::design d{baro::rows(4)};
    const std::vector<double> y{1, 2, 3, 6}, x{2, 1, 4, 5}, yy{1, 4, 9, 36}, xx{4, 1, 16, 25},
        xy{2, 2, 12, 30};
    const baro::estimate<> e = function(d, {y, x, yy, xx, xy}, [](const auto& t) {
      const auto cov = t[5] / t[0] - t[1] / t[0] * (t[2] / t[0]);
      const auto vy = t[3] / t[0] - t[1] / t[0] * (t[1] / t[0]);
      const auto vx = t[4] / t[0] - t[2] / t[0] * (t[2] / t[0]);
      return std::array{vy, cov / sqrt(vy * vx)};
    });
    CHECK(close(e.value(0), 3.5, 1e-14));
    CHECK(close(e.value(1), 2.5 / std::sqrt(3.5 * 2.5), 1e-14));
    // The linearised variance of Σ (y − ȳ)²/n is that of the mean of (y − ȳ)²: 4 1 0 9.
    CHECK(close(e.variance(0), (.25 + 6.25 + 12.25 + 30.25) / 3 / 4, 1e-12));
  }

  TEST_CASE("the design effect compares with the same function of a simple random sample") {
    const baro::design d{baro::rows(s.size())};
    const baro::estimate<> e =
        function(d, {s.y, s.x}, [](const auto& t) { return log(t[1] / t[2]); });
    CHECK(close(e.entry(0).deff, 1.0, 1e-10));
    const baro::estimate<> r = baro::ratio(s.clustered(), s.y, s.x);
    const baro::estimate<> l =
        function(s.clustered(), {s.y, s.x}, [](const auto& t) { return log(t[1] / t[2]); });
    CHECK(close(l.entry(0).deff, r.entry(0).deff, 1e-10));
  }

  TEST_CASE("a row counts when it answered all the questions") {
    const std::vector<double> a{1, nan, 3, 4}, b{2, 2, nan, 6};
    const baro::estimate<> e = function(baro::design{baro::rows(4)}, {a, b},
                                        [](const auto& t) { return t[1] + t[2]; });
    CHECK(e.value(0) == 5 + 8);
    CHECK(e.entry(0).bases.n == 2);
  }

  TEST_CASE("where it, or its slope, is not finite there is no value, and others keep theirs") {
    const std::vector<double> y{0, 0, 4, 5};
    const std::vector<int> group{1, 1, 2, 2};
    const baro::estimate<> e = function(
        baro::design{baro::rows(4)}, {y},
        [](const auto& t) {
          return std::array{log(t[1]), sqrt(t[1]), t[1]};
        },
        baro::by(group));
    REQUIRE(e.size() == 6);
    for (const std::size_t i : {0UL, 2UL}) {  // log 0, and the slope of √ at 0
      CHECK(e.entry(i).status == baro::status::undefined);
      CHECK(std::isnan(e.value(i)));
      CHECK(std::isnan(e.variance(i)));
    }
    for (const std::size_t i : {1UL, 3UL, 4UL, 5UL}) {
      CHECK(e.entry(i).status == baro::status::ok);
      CHECK(e.variance(i) == e.variance(i));
    }
    CHECK(close(e.value(1), std::log(9.0), 1e-15));
  }

  TEST_CASE("a difference of totals near 1e9 keeps its digits") {
    const std::vector<double> a{1e9 + 1, 1e9 + 2, 1e9 + 4}, b{1e9, 1e9, 1e9 + 1};
    const baro::estimate<> e = function(baro::design{baro::rows(3)}, {a, b},
                                        [](const auto& t) { return (t[1] - t[2]) / t[0]; });
    CHECK(close(e.value(0), 2.0, 1e-13));
    CHECK(close(e.variance(0), 1.0 / 3, 1e-13));
  }
}

}  // namespace estimate_function
