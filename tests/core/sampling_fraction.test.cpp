// SPDX-License-Identifier: BSL-1.0
#include <baro/core/population_size.hpp>
#include <baro/core/sampling_fraction.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <support/refused.hpp>
#include <type_traits>

namespace core_sampling_fraction {

using baro::sampling_fraction;
static_assert(sampling_fraction(.25).value() == .25);
static_assert(!std::is_convertible_v<double, sampling_fraction>);
static_assert(!std::is_constructible_v<sampling_fraction, baro::population_size>);

TEST_SUITE("core/sampling_fraction") {
  TEST_CASE("a fraction goes from nobody to everybody, never beyond") {
    const auto make = [](double x) {
      return test::refused<baro::value_error>([x] { sampling_fraction{x}; });
    };
    CHECK(make(0) == "nothing was refused");
    CHECK(make(1) == "nothing was refused");
    CHECK(make(400) == "sampling_fraction: fraction = 400, must be in [0, 1]");
    CHECK(make(-1e-9) == "sampling_fraction: fraction = -1e-09, must be in [0, 1]");
    CHECK(make(std::numeric_limits<double>::quiet_NaN()) ==
          "sampling_fraction: fraction = nan, must be in [0, 1]");
  }
}

}  // namespace core_sampling_fraction
