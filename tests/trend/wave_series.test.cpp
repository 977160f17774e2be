// SPDX-License-Identifier: BSL-1.0
// One figure over waves: its parts, places in time, breaks, linear functions.
#include <baro/trend/wave_series.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <trend/made_series.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/wave_series");

namespace trend_wave_series {

using baro::combine, baro::label, baro::status, baro::wave_series, baro::wave_times;
using test::close, test::decaying, test::made_series, test::refused;

const double nan = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("names that are numbers are places in time, others are counted") {
  CHECK(wave_times({"2009", "2011", "2013"}) == std::vector<double>{2009, 2011, 2013});
  CHECK(wave_times({"2011.25", "2011.5"}) == std::vector<double>{2011.25, 2011.5});
  CHECK(wave_times({"spring", "autumn"}) == std::vector<double>{1, 2});
  CHECK(wave_times({"2013", "2011"}) == std::vector<double>{1, 2});  // they do not rise
  CHECK(wave_times({"1", "2b", "3"}) == std::vector<double>{1, 2, 3});
  CHECK(wave_times({"-2", "-0.5", "3"}) == std::vector<double>{-2, -.5, 3});
  CHECK(wave_times({"9,5", "10,5", "13,5"}) == std::vector<double>{9.5, 10.5, 13.5});
  CHECK(wave_times({"1e3", "2e3"}) == std::vector<double>{1000, 2000});
  for (const char* text : {"", "-", "1.2.3", "2011b", "wave 7"})
    CHECK(wave_times({text, "99999"}) == std::vector<double>{1, 2});
  CHECK(wave_times({"1", "nan"}) == std::vector<double>{1, 2});
}

TEST_CASE("without parts: each wave alone, or all together where they are correlated") {
  const auto apart = made_series({1, 2, nan}, decaying({.1, .2, .3}, 0), {1, 2, 3}, 12);
  REQUIRE(apart.parts().size() == 2);
  CHECK(apart.parts()[1].waves == std::vector<std::size_t>{1});
  CHECK(close(apart.parts()[1].covariance(0, 0), .04, 1e-15));
  CHECK(apart.parts()[1].df == 12);
  CHECK_FALSE(apart.has(2));
  const auto linked = made_series({1, nan, 2}, decaying({.1, .2, .3}, .5), {1, 2, 3}, 12);
  REQUIRE(linked.parts().size() == 1);
  CHECK(linked.parts()[0].waves == std::vector<std::size_t>{0, 2});
  CHECK(close(linked.parts()[0].covariance(0, 1), .1 * .3 * .25, 1e-15));
}

TEST_CASE("linear functions carry covariance, parts, bases and status") {
  const auto v = decaying({.1, .2, .3}, .5);
  const auto series = made_series({1, 2, 4}, v, {2009, 2011, 2014}, 30);
  Eigen::MatrixXd a(2, 3);
  a << .5, .5, 0, 0, -1, 1;
  const auto out = combine(series, a, {label{}, label{}}, {1, 2});
  CHECK(close(out.value(0), 1.5, 1e-15));
  CHECK(close(out.value(1), 2.0, 1e-15));
  const Eigen::MatrixXd expected = a * v * a.transpose();
  CHECK((out.figures().covariance() - expected).norm() < 1e-15);
  REQUIRE(out.parts().size() == 1);
  CHECK((out.parts()[0].covariance - expected).norm() < 1e-15);
  CHECK(out.figures().entry(0).df == 30);
  const auto part =
      combine(made_series({1, nan, 4}, v, {1, 2, 3}), a, {label{}, label{}}, {1, 2});
  CHECK(part.figures().entry(0).status == status::empty_domain);
  CHECK(std::isnan(part.value(0)));
  CHECK(std::isnan(part.standard_error(1)));
}

TEST_CASE("a break is crossed unless all of a way of measuring cancels out") {
  const auto series =
      made_series({1, 2, 4, 5}, decaying({.1, .2, .3, .1}, 0), {1, 2, 3, 4}).broken_at({2});
  CHECK(series.segment(1) == 0);
  CHECK(series.segment(2) == 1);
  Eigen::MatrixXd a(4, 4);
  a << -1, 0, 1, 0,  // across
      -1, 1, 0, 0,   // within
      -1, 1, -1, 1,  // two changes, each within its own
      .25, .25, .25, .25;
  const auto out = combine(series, a, std::vector<label>(4), {1, 2, 3, 4});
  CHECK(out.figures().entry(0).status == status::series_break);
  CHECK(out.figures().entry(1).status == status::ok);
  CHECK(out.figures().entry(2).status == status::ok);
  CHECK(out.figures().entry(3).status == status::series_break);
}

TEST_CASE("what cannot be is refused") {
  const auto v = decaying({.1, .2}, 0);
  CHECK(refused<baro::value_error>([&] {
          static_cast<void>(made_series({1, 2}, v, {2, 2}));
        }) == "wave_series: times[1] = 2, must rise from wave to wave");
  CHECK(refused<baro::size_error>([&] {
          static_cast<void>(made_series({1, 2}, v, {2}));
        }) == "wave_series: times has 1 rows, must have 2");
  CHECK(refused<baro::value_error>([&] {
          wave_series<double>(baro::estimate<double>(), {});
        }) == "wave_series: no wave, must be one at least");
  const auto series = made_series({1, 2}, v, {1, 2});
  CHECK(refused<baro::value_error>([&] { static_cast<void>(series.index_of("2011")); }) ==
        "wave_series: no wave '2011', must be one of '1', '2'");
  CHECK(refused<baro::value_error>([&] { static_cast<void>(series.broken_at({0})); }) ==
        "broken_at: firsts[0] = 0, must be the number of a wave after the first, rising");
  Eigen::MatrixXd a = Eigen::MatrixXd::Identity(2, 2);
  a(1, 0) = nan;
  CHECK(refused<baro::value_error>([&] {
          static_cast<void>(combine(series, a, std::vector<label>(2), {1, 2}));
        }) == "combine: a[1] = nan, must be finite");
}

}  // namespace trend_wave_series

TEST_SUITE_END();
