// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/statistic_request.hpp>
#include <baro/estimate/tally.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <support/nan.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_statistic_request {

using test::nan;

double provisional_center(const std::vector<double>& y) {
  return baro::detail::provisional_center(y);
}

TEST_SUITE("estimate/statistic_request") {
  TEST_CASE("the provisional centre is near the first answers, whatever is missing") {
    CHECK(provisional_center(std::vector<double>{1e9, 1e9 + 2}) == 1e9 + 1);
    CHECK(provisional_center(std::vector<double>{nan, 4, nan, 6}) == 5);
    const std::vector<int> coded{99, 4, 6};
    CHECK(baro::detail::provisional_center(baro::answers(coded, {.dont_know = {99}})) == 5);
    std::vector<double> late(1000, nan);
    late.insert(late.end(), 300, 8.0);
    late.insert(late.end(), 300, 1e6);
    CHECK(provisional_center(late) == 8);
  }

  TEST_CASE("without a finite answer the centre is 0") {
    CHECK(provisional_center(std::vector<double>{}) == 0);
    CHECK(provisional_center(std::vector<double>{nan, nan}) == 0);
    CHECK(provisional_center(std::vector<double>{std::numeric_limits<double>::infinity()}) ==
          0);
  }

  TEST_CASE("the mean of one respondent has no variance to compare with") {
    CHECK(std::isnan(baro::detail::srs_of_mean(2.0, 1.0)));
    CHECK(std::isnan(baro::detail::srs_of_mean(0.0, 0.0)));
    CHECK(baro::detail::srs_of_mean(6.0, 4.0) == 2);
  }

  TEST_CASE("a request names what it asks, and a list of them asks for all") {
    const test::sample s = test::sample::of(60, 81);
    const auto age = baro::mean_of(baro::answers(s.y).named("age"));
    CHECK(age.kind == baro::statistic::mean);
    CHECK(age.name == "age");
    CHECK(age.shape.centers.size() == 1);
    const auto vote = baro::share_of(baro::categories(s.answer).named("vote"));
    CHECK(vote.shape.columns == 5);
    const std::vector<baro::request<double>> both{age, vote};
    const baro::estimate<> e = baro::tabulate(s.clustered(), both);
    REQUIRE(e.size() == 6);
    CHECK(e.entry(0).label.variable == "age");
    CHECK(e.entry(5).label.variable == "vote");
  }
}

}  // namespace estimate_statistic_request
