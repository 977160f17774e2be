// SPDX-License-Identifier: BSL-1.0
// The result of a test of a table, and the names of the tests.
#include <baro/hypothesis/test_result.hpp>

#include <doctest/doctest.h>

#include <cmath>

TEST_SUITE_BEGIN("hypothesis/test_result");

namespace hypothesis_test_result {

TEST_CASE("every test is found by its name, and nothing by another") {
  for (int t = 0; t <= static_cast<int>(baro::independence_test::pearson); ++t) {
    const auto test = static_cast<baro::independence_test>(t);
    CHECK(baro::independence_test_by_name(name(test)) == test);
  }
  CHECK(!baro::independence_test_by_name("rao"));
  CHECK(name(baro::independence_test::rao_scott_first_order) == "rao_scott_first_order");
}

TEST_CASE("what was not computed is not a number") {
  const baro::test_result<> none;
  CHECK(std::isnan(none.statistic));
  CHECK(std::isnan(none.df1));
  CHECK(std::isnan(none.df2));
  CHECK(std::isnan(none.p_value));
}

}  // namespace hypothesis_test_result
