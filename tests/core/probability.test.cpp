// SPDX-License-Identifier: BSL-1.0
#include <baro/core/probability.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <support/refused.hpp>
#include <type_traits>

namespace core_probability {

static_assert(baro::probability(.5).value() == .5);
static_assert(!std::is_convertible_v<double, baro::probability>);

TEST_SUITE("core/probability") {
  TEST_CASE("0 and 1 are probabilities, a percentage and NaN are not") {
    const auto make = [](double x) {
      return test::refused<baro::value_error>([x] { baro::probability{x}; });
    };
    CHECK(make(0) == "nothing was refused");
    CHECK(make(1) == "nothing was refused");
    CHECK(make(50) == "probability: value = 50, must be in [0, 1]");
    CHECK(make(-.1) == "probability: value = -0.1, must be in [0, 1]");
    CHECK(make(std::numeric_limits<double>::quiet_NaN()) ==
          "probability: value = nan, must be in [0, 1]");
  }
}

}  // namespace core_probability
