// SPDX-License-Identifier: BSL-1.0
// The trend of counts: Fleiss' and Agresti's tables by R prop.trend.test, two groups, levels.
#include <baro/trend/cochran_armitage.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/cochran_armitage");

namespace trend_cochran_armitage {

using baro::cochran_armitage, baro::status, baro::trend_direction;
using test::close;
using counts = std::vector<baro::yes_count>;

const counts smokers{{83, 86}, {90, 93}, {129, 136}, {70, 82}};
const counts malformed{{48, 17114}, {38, 14502}, {5, 793}, {1, 127}, {1, 38}};
const std::vector<double> drinks{0, .5, 1.5, 4, 7};

TEST_CASE("smokers of four hospitals, Fleiss") {
  // prop.trend.test(a <- c(83,90,129,70), n <- c(86,93,136,82));
  // x <- prop.test(a, n)$statistic - .Last.value$statistic; pchisq(x, 2, lower.tail = FALSE)
  // coef(lm(I(a/n) ~ I(1:4), weights = n))[2]
  const auto t = cochran_armitage(smokers);
  CHECK(close(t.trend.statistic, 8.2249222851977102, 1e-12));
  CHECK(close(t.trend.p_value, 0.004131897477641487, 1e-11));
  CHECK(t.trend.df1 == 1);
  CHECK(close(t.z, -std::sqrt(8.2249222851977102), 1e-12));
  CHECK(close(t.slope, -0.033415626412601429, 1e-12));
  CHECK(t.direction == trend_direction::falling);
  CHECK(close(t.departure.statistic, 4.375489011929929, 1e-10));
  CHECK(close(t.departure.p_value, 0.11216946106483044, 1e-10));
  CHECK(t.departure.df1 == 2);
}

TEST_CASE("malformations by drinks a day, Agresti") {
  // prop.trend.test(c(48,38,5,1,1), c(17114,14502,793,127,38), c(0,.5,1.5,4,7))
  const auto t = cochran_armitage(malformed, drinks);
  CHECK(close(t.trend.statistic, 6.5701339447055398, 1e-11));
  CHECK(close(t.trend.p_value, 0.010370414572997545, 1e-11));
  CHECK(close(t.slope, 0.0016711937403287704, 1e-11));
  CHECK(t.direction == trend_direction::rising);
  CHECK(close(t.departure.statistic, 5.5119208645530007, 1e-10));
  // Scores far from 0 and in no order, as years are.
  const auto years =
      cochran_armitage(malformed, std::vector<double>{2019, 2011, 2012, 2013, 2015});
  CHECK(close(years.trend.statistic, 0.00032486462952816642, 1e-8));
  CHECK(close(years.slope, 1.3444973880039841e-06, 1e-8));
}

TEST_CASE("homogeneity is the trend and the departure from it") {
  for (const auto& groups : {smokers, malformed}) {
    const auto t = cochran_armitage(groups);
    const auto all = baro::homogeneity(groups);
    CHECK(close(t.trend.statistic + t.departure.statistic, all.statistic, 1e-11));
    CHECK(t.trend.df1 + t.departure.df1 == all.df1);
  }
}

TEST_CASE("two groups are the test of two shares, whatever the scores") {
  const counts two{{30, 122}, {312, 1000}};
  const auto t = cochran_armitage(two, std::vector<double>{-3, 40});
  CHECK(close(t.trend.statistic, baro::homogeneity(two).statistic, 1e-12));
  CHECK(close(t.slope, (.312 - 30 / 122.) / 43, 1e-12));
  CHECK(t.departure.status == status::undefined);
  CHECK(std::isnan(t.departure.statistic));
}

TEST_CASE("a scale for the scores changes the slope alone; no for yes changes the sign") {
  const auto t = cochran_armitage(malformed, drinks);
  std::vector<double> other;
  for (const double x : drinks) other.push_back(100 - 7 * x);
  const auto u = cochran_armitage(malformed, other);
  CHECK(close(u.z, -t.z, 1e-11));
  CHECK(close(u.slope, -t.slope / 7, 1e-11));
  CHECK(close(u.departure.p_value, t.departure.p_value, 1e-11));
  counts healthy;
  for (const auto& g : malformed) healthy.push_back({g.n - g.yes, g.n});
  const auto v = cochran_armitage(healthy, drinks);
  CHECK(close(v.z, -t.z, 1e-11));
  CHECK(v.direction == trend_direction::falling);
}

TEST_CASE("level shares have no direction") {
  const auto t = cochran_armitage(counts{{10, 20}, {20, 40}, {5, 10}});
  CHECK(t.z == 0);
  CHECK(t.direction == trend_direction::none);
  CHECK(t.trend.p_value == 1);
  CHECK(t.departure.p_value == 1);
  CHECK(name(t.direction) == "none");
  CHECK(name(trend_direction::rising) == "rising");
  CHECK(name(trend_direction::falling) == "falling");
}

TEST_CASE("five in a hundred samples without a trend have one") {
  test::dice d(3);
  constexpr int times = 1500;
  int trends = 0, departures = 0;
  for (int k = 0; k < times; ++k) {
    counts groups{{0, 80}, {0, 120}, {0, 60}, {0, 100}};
    for (auto& g : groups)
      for (std::size_t i = 0; i < g.n; ++i) g.yes += d.uniform() < .3;
    const auto t = cochran_armitage(groups);
    trends += t.trend.p_value < .05;
    departures += t.departure.p_value < .05;
  }
  const double far = 4 * std::sqrt(.05 * .95 / times);  // 4 standard errors
  CHECK(std::abs(trends / double(times) - .05) < far);
  CHECK(std::abs(departures / double(times) - .05) < far);
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto t = cochran_armitage(malformed, drinks);
  const auto x = cochran_armitage<real>(malformed, drinks);
  CHECK(close(t.z, static_cast<double>(x.z), 1e-12));
  CHECK(close(t.slope, static_cast<double>(x.slope), 1e-12));
  CHECK(close(t.trend.p_value, static_cast<double>(x.trend.p_value), 1e-12));
  CHECK(close(t.departure.p_value, static_cast<double>(x.departure.p_value), 1e-12));
}

TEST_CASE("everybody or nobody") {
  for (const auto& groups : {counts{{0, 5}, {0, 7}, {0, 9}}, counts{{5, 5}, {7, 7}, {9, 9}}}) {
    const auto t = cochran_armitage(groups);
    CHECK(t.trend.status == status::undefined);
    CHECK(t.departure.status == status::undefined);
    CHECK(std::isnan(t.trend.p_value));
    CHECK(std::isnan(t.z));
    CHECK(std::isnan(t.slope));
  }
}

TEST_CASE("refusals") {
  const auto message = [](const counts& groups, const std::vector<double>& scores) {
    return test::refused<baro::error>(
        [&] { static_cast<void>(cochran_armitage(groups, scores)); });
  };
  CHECK(message({{1, 2}}, {1}) == "cochran_armitage: groups = 1, must be two or more");
  CHECK(message({{1, 2}, {0, 0}}, {1, 2}) == "cochran_armitage: n[1] = 0, must be above 0");
  CHECK(message({{1, 2}, {3, 2}}, {1, 2}) == "cochran_armitage: yes[1] = 3, must be at most n");
  CHECK(message({{1, 2}, {1, 2}}, {1, test::nan}) ==
        "cochran_armitage: scores[1] = nan, must be finite");
  CHECK(message({{1, 2}, {1, 2}}, {4, 4}) ==
        "cochran_armitage: scores = 4, must not all be the same");
  CHECK_THROWS_AS(static_cast<void>(cochran_armitage(smokers, drinks)), baro::size_error);
}

}  // namespace trend_cochran_armitage

TEST_SUITE_END();
