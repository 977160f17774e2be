// SPDX-License-Identifier: BSL-1.0
#include <baro/design/degrees_of_freedom.hpp>
#include <baro/estimate/mean.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string_view>
#include <support/refused.hpp>
#include <type_traits>
#include <vector>

namespace design_degrees_of_freedom {

using df = baro::degrees_of_freedom;
static_assert(df().kind() == df::rule::domain);
static_assert(df::fixed(12.5).value() == 12.5);
static_assert(!std::is_constructible_v<df, double>);

// Stratum 1: PSUs 1 2 3; stratum 2: PSUs 1 2; stratum 3: PSUs 1 2. The domain holds PSUs 1 and
// 2 of stratum 1 and PSU 1 of stratum 2; PSU 2 of stratum 3 weighs nothing.
const std::vector<int> stratum{1, 1, 1, 1, 2, 2, 3, 3}, psu{1, 1, 2, 3, 1, 2, 1, 2};
const std::vector<double> weight{1, 1, 1, 1, 1, 1, 1, 0}, y{1, 2, 3, 4, 5, 6, 7, 8};
const std::vector<char> domain{1, 1, 1, 0, 1, 0, 0, 0}, all(8, 1);

double count(df policy, const std::vector<char>& in) {
  const baro::design d{baro::weights(weight), baro::strata(stratum), baro::psus(psu), policy};
  return baro::mean(d, y, baro::where(in)).entry(0).df;
}

TEST_SUITE("design/degrees_of_freedom") {
  TEST_CASE("each rule counts the PSUs and strata its name says") {
    CHECK(count(df::domain(), domain) == 3 - 2);
    CHECK(count(df::touched_strata(), domain) == (3 + 2) - 2);
    CHECK(count(df::full_design(), domain) == 7 - 3);
    CHECK(count(df::normal(), domain) == std::numeric_limits<double>::infinity());
    CHECK(count(df::fixed(12.5), domain) == 12.5);
  }

  TEST_CASE("a PSU of weight 0 does not count by the default rule") {
    CHECK(count(df::domain(), all) == 6 - 3);
  }

  TEST_CASE("where each respondent is a unit, respondents are counted") {
    const auto rows = [](df policy) {
      const baro::design d{baro::weights(weight), baro::strata(stratum), policy};
      return baro::mean(d, y, baro::where(domain)).entry(0).df;
    };
    CHECK(rows(df::domain()) == 4 - 2);
    CHECK(rows(df::touched_strata()) == (4 + 2) - 2);
    CHECK(rows(df::full_design()) == 8 - 3);
  }

  TEST_CASE("a missing answer takes its PSU out of the count by the default rule only") {
    std::vector<double> answered = y;
    answered[3] = std::numeric_limits<double>::quiet_NaN();
    const auto with = [&](df policy) {
      const baro::design d{baro::weights(weight), baro::strata(stratum), baro::psus(psu),
                           policy};
      return baro::mean(d, answered).entry(0).df;
    };
    CHECK(with(df::domain()) == 5 - 3);
    CHECK(with(df::full_design()) == 7 - 3);
  }

  TEST_CASE("a fixed number must be positive") {
    const auto fixed = [](double x) {
      return test::refused<baro::value_error>([x] { df::fixed(x); });
    };
    CHECK(fixed(0) == "degrees_of_freedom: fixed = 0, must be > 0");
    CHECK(fixed(-1) == "degrees_of_freedom: fixed = -1, must be > 0");
    CHECK(fixed(std::nan("")) == "degrees_of_freedom: fixed = nan, must be > 0");
  }

  TEST_CASE("every rule has a name of its own") {
    const std::set<std::string_view> names{name(df::domain()), name(df::touched_strata()),
                                           name(df::full_design()), name(df::normal()),
                                           name(df::fixed(2))};
    CHECK(names == std::set<std::string_view>{"domain", "touched_strata", "full_design",
                                              "normal", "fixed"});
  }
}

}  // namespace design_degrees_of_freedom
