// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/estimate.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <support/refused.hpp>
#include <vector>

namespace estimate_estimate {

using baro::estimate;
using vector = estimate<>::vector;
using matrix = estimate<>::matrix;
using entries = std::vector<baro::entry<>>;

estimate<> two(double first) {
  entries e(2);
  e[0].label.variable = "a";
  e[1].label.variable = "b";
  e[1].label.statistic = baro::statistic::share;
  e[1].df = 12;
  e[1].deff = 1.5;
  e[1].bases = {100, 40, 90, 80};
  e[1].status = baro::status::no_degrees;
  matrix v(2, 2);
  v << 4, 1, 1, 9;
  return {vector{{first, 7}}, v, e};
}

template <class F>
std::string refused(F f) {
  return test::refused<baro::error>(f);
}

TEST_SUITE("estimate/estimate") {
  TEST_CASE("an entry is read one by one, with its standard error") {
    const estimate<> e = two(5);
    CHECK(e.size() == 2);
    CHECK(!e.empty());
    CHECK(e.value(0) == 5);
    CHECK(e.variance(1) == 9);
    CHECK(e.standard_error(1) == 3);
    CHECK(e.covariance(0, 1) == 1);
    CHECK(e.entry(0).label.variable == "a");
    CHECK(estimate<>().empty());
  }

  TEST_CASE("a figure is found by its level, and by its domain where there are several") {
    entries all(4);
    for (std::size_t i = 0; i < 4; ++i) {
      all[i].label.variable = "member";
      all[i].label.level = i < 2 ? "no" : "yes";
      all[i].label.domain = {i % 2 == 0 ? "North" : "South"};
    }
    const estimate<> e(vector{{1, 2, 3, 4}}, matrix::Identity(4, 4), all);
    const estimate<> one = e.slice(std::array<std::size_t, 2>{0, 2});
    CHECK(one.figure_of("yes").value == 3);
    CHECK(one.index_of("no") == 0);
    CHECK(e.figure_of("yes", {"South"}).value == 4);
    CHECK(refused([&] { (void)one.figure_of("maybe"); }) ==
          "estimate: no entry 'maybe', must be one of member 'no' in 'North', member 'yes' in "
          "'North'");
    CHECK(refused([&] { (void)e.figure_of("yes"); }) ==
          "estimate: 2 entries 'yes', must be one; name its domain, or ask for its number in "
          "member 'no' in 'North', member 'no' in 'South', member 'yes' in 'North', member "
          "'yes' in 'South'");
    CHECK(refused([&] {
            (void)e.figure_of("yes", {"East"});
          }).starts_with("estimate: no entry 'yes' in 'East', must be one of "));
    CHECK(refused([] { (void)estimate<>().figure_of("yes"); }) ==
          "estimate: no entry 'yes', must be one of none");
  }

  TEST_CASE("what is taken from an estimate that goes, stays") {
    const auto& value = two(1).value();
    const auto& covariance = two(1).covariance();
    const auto& all = two(1).entries();
    const auto& second = two(1).entry(1);
    CHECK(value == two(1).value());
    CHECK(covariance == two(1).covariance());
    CHECK(all.front().label.variable == "a");
    CHECK(second.label.variable == "b");
  }

  TEST_CASE("a figure is what an interval method needs, whole") {
    const baro::figure<> f = two(5).figure(1);
    CHECK(f.value == 7);
    CHECK(f.standard_error == 3);
    CHECK(f.df == 12);
    CHECK(f.deff == 1.5);
    CHECK(f.bases.count == 40);
    CHECK(f.bases.effective_n == 80);
    CHECK(f.statistic == baro::statistic::share);
    CHECK(f.status == baro::status::no_degrees);
  }

  TEST_CASE("an entry of which nothing was said is normal and has no design effect") {
    const baro::entry<> e;
    CHECK(e.df == std::numeric_limits<double>::infinity());
    CHECK(std::isnan(e.deff));
    CHECK(std::isnan(e.deff_without));
    CHECK(e.status == baro::status::ok);
  }

  TEST_CASE("a slice keeps the order asked for, and the covariance between what it keeps") {
    const estimate<> e = concatenate(two(5), two(6));
    const estimate<> s = e.slice(std::array<std::size_t, 3>{3, 0, 2});
    CHECK(s.value(0) == 7);
    CHECK(s.value(2) == 6);
    CHECK(s.covariance(0, 2) == 1);
    CHECK(s.covariance(0, 1) == 0);
    CHECK(s.variance(0) == 9);
    CHECK(s.entry(0).label.variable == "b");
    CHECK(s.entry(1).label.variable == "a");
    CHECK(e.slice({}).empty());
  }

  TEST_CASE("estimates one after the other are independent") {
    const estimate<> e = concatenate(two(5), two(6));
    REQUIRE(e.size() == 4);
    CHECK(e.value(2) == 6);
    CHECK(e.covariance(2, 3) == 1);
    CHECK(e.covariance().topRightCorner(2, 2).isZero(0));
    CHECK(concatenate(estimate<>(), two(5)).size() == 2);
  }

  TEST_CASE("parts of different sizes are refused, and so is an entry that is not there") {
    const vector v{{1, 2}};
    const matrix m = matrix::Identity(2, 2);
    CHECK(refused([&] { estimate<>(v, matrix::Identity(3, 2), entries(2)); }) ==
          "estimate: covariance (rows) has 3 rows, must have 2");
    CHECK(refused([&] { estimate<>(v, matrix::Identity(2, 1), entries(2)); }) ==
          "estimate: covariance (columns) has 1 rows, must have 2");
    CHECK(refused([&] { estimate<>(v, m, entries(1)); }) ==
          "estimate: entries has 1 rows, must have 2");
    const std::string beyond = "estimate: entry = 2, must be below the 2 entries";
    CHECK(refused([] { static_cast<void>(two(1).value(2)); }) == beyond);
    CHECK(refused([] { static_cast<void>(two(1).covariance(0, 2)); }) == beyond);
    CHECK(refused([] { static_cast<void>(two(1).entry(2)); }) == beyond);
    CHECK(refused([] { static_cast<void>(two(1).figure(2)); }) == beyond);
    CHECK(refused([] { static_cast<void>(two(1).slice(std::array<std::size_t, 1>{2})); }) ==
          beyond);
  }
}

}  // namespace estimate_estimate
