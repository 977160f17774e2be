// SPDX-License-Identifier: BSL-1.0
#include <baro/core/population_size.hpp>
#include <baro/core/sampling_fraction.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <support/refused.hpp>
#include <type_traits>

namespace core_population_size {

using baro::population_size;
static_assert(population_size(400).value() == 400);
static_assert(!std::is_convertible_v<double, population_size>);
static_assert(!std::is_constructible_v<population_size, baro::sampling_fraction>);

TEST_SUITE("core/population_size") {
  TEST_CASE("a population has at least one unit and is finite; it may be no whole number") {
    const auto make = [](double x) {
      return test::refused<baro::value_error>([x] { population_size{x}; });
    };
    CHECK(make(1) == "nothing was refused");
    CHECK(make(757.5) == "nothing was refused");
    CHECK(make(.305) == "population_size: size = 0.305, must be at least 1 and finite");
    CHECK(make(-400) == "population_size: size = -400, must be at least 1 and finite");
    CHECK(make(std::numeric_limits<double>::infinity()) ==
          "population_size: size = inf, must be at least 1 and finite");
    CHECK(make(std::numeric_limits<double>::quiet_NaN()) ==
          "population_size: size = nan, must be at least 1 and finite");
  }
}

}  // namespace core_population_size
