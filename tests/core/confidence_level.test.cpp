// SPDX-License-Identifier: BSL-1.0
#include <baro/core/confidence_level.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <support/refused.hpp>
#include <type_traits>

namespace core_confidence_level {

using baro::confidence_level;
static_assert(confidence_level(.9).value() == .9);
static_assert(!std::is_convertible_v<double, confidence_level>);
static_assert(!std::is_default_constructible_v<confidence_level>);

TEST_SUITE("core/confidence_level") {
  TEST_CASE("what a level leaves outside is one minus the level") {
    CHECK(confidence_level(.75).alpha() == .25);
    CHECK(confidence_level(baro::default_level).value() == .95);
  }

  TEST_CASE("a quantile, a percentage, a certainty and NaN are no levels") {
    const auto make = [](double x) {
      return test::refused<baro::value_error>([x] { confidence_level{x}; });
    };
    CHECK(make(1.96) == "confidence_level: level = 1.96, must be in (0, 1)");
    CHECK(make(95) == "confidence_level: level = 95, must be in (0, 1)");
    CHECK(make(0) == "confidence_level: level = 0, must be in (0, 1)");
    CHECK(make(1) == "confidence_level: level = 1, must be in (0, 1)");
    CHECK(make(-.5) == "confidence_level: level = -0.5, must be in (0, 1)");
    CHECK(make(std::numeric_limits<double>::quiet_NaN()) ==
          "confidence_level: level = nan, must be in (0, 1)");
    CHECK(make(1 - 1e-16) == "nothing was refused");
  }
}

}  // namespace core_confidence_level
