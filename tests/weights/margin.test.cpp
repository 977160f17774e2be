// SPDX-License-Identifier: BSL-1.0
#include <baro/weights/margin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/margin");

namespace weights_margin {

using baro::margin;
using test::nan;

const std::vector<std::string> sex_column{"F", "M", "M"};
const baro::categories sex = baro::categories(sex_column).named("sex");

std::string why(std::vector<baro::level_target> targets) {
  return test::refused<baro::value_error>([&] { margin::counts(sex, targets); });
}

TEST_CASE("a margin keeps its targets as they were given") {
  const margin m = margin::percentages(sex, {{"M", 48}, {"F", 52}});
  CHECK(m.name() == "sex");
  CHECK(m.targets()[0].level == "M");
  CHECK(m.targets()[1].target == 52);
  CHECK(m.size() == 3);
  CHECK_FALSE(m.is_total());
}

TEST_CASE("a total of a number may be 0 or negative") {
  const std::vector<double> y{1, -2, 3};
  CHECK(margin::total(baro::answers(y).named("y"), -4).targets()[0].target == -4);
  CHECK(test::refused<baro::value_error>([&] {
          margin::total(baro::answers(y).named("y"), nan);
        }) == "margin: target of y = nan, must be finite");
}

TEST_CASE("targets that cannot be are refused by name") {
  CHECK(why({}) == "margin: sex has no target");
  CHECK(why({{"F", 0}, {"M", 1}}) ==
        "margin: target of sex='F' = 0, must be above 0 and finite");
  CHECK(why({{"F", -3}, {"M", 1}}) ==
        "margin: target of sex='F' = -3, must be above 0 and finite");
  CHECK(why({{"F", nan}, {"M", 1}}) ==
        "margin: target of sex='F' = nan, must be above 0 and finite");
  CHECK(why({{"F", 1}, {"F", 1}}) == "margin: sex has two targets for 'F'");
}

TEST_CASE("shares sum to 1 and percentages to 100") {
  CHECK(test::refused<baro::value_error>([] {
          margin::shares(sex, {{"F", 0.5}, {"M", 0.4}});
        }) == "margin: targets of sex sum to = 0.9, must be 1");
  CHECK(test::refused<baro::value_error>([] {
          margin::percentages(sex, {{"F", 52}, {"M", 58}});
        }) == "margin: targets of sex sum to = 110, must be 100");
}

TEST_CASE("a cost and standard errors are checked") {
  const margin m = margin::counts(sex, {{"F", 1}, {"M", 2}});
  CHECK(*m.with_cost(10).cost() == 10);
  CHECK(test::refused<baro::value_error>([&] { (void)m.with_cost(0); }) ==
        "margin: cost of sex = 0, must be above 0 and finite");
  CHECK(test::refused<baro::size_error>([&] { (void)m.with_standard_errors({1}); }) ==
        "margin: standard errors of sex has 1 rows, must have 2");
  CHECK(test::refused<baro::value_error>([&] {
          (void)m.with_standard_errors({1, -1});
        }) == "margin: standard errors of sex[1] = -1, must be finite and >= 0");
}

}  // namespace weights_margin

TEST_SUITE_END();
