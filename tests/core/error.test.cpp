// SPDX-License-Identifier: BSL-1.0
#include <baro/core/error.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <support/refused.hpp>
#include <type_traits>

namespace core_error {

enum class region : std::int8_t { south = -2 };
static_assert(std::is_base_of_v<std::runtime_error, baro::error>);
static_assert(std::is_base_of_v<baro::error, baro::size_error>);
static_assert(!std::is_base_of_v<baro::value_error, baro::size_error>);

TEST_SUITE("core/error") {
  TEST_CASE("a refused element keeps its column, row, value and rule apart") {
    try {
      baro::detail::refuse("rake", "weights", 17, -0.4, "must be >= 0");
    } catch (const baro::value_error& e) {
      CHECK(std::string(e.what()) == "rake: weights[17] = -0.4, must be >= 0");
      CHECK(e.argument == "weights");
      CHECK(e.index == 17);
      CHECK(e.value == "-0.4");
      CHECK(e.rule == "must be >= 0");
    }
  }

  TEST_CASE("a refused number of its own has no row") {
    try {
      baro::detail::refuse("threads", "count", 0, "must be at least 1");
    } catch (const baro::value_error& e) {
      CHECK(std::string(e.what()) == "threads: count = 0, must be at least 1");
      CHECK(e.argument == "count");
      CHECK(e.index == -1);
      CHECK(e.value == "0");
    }
  }

  TEST_CASE("a number is printed as the shortest text that reads back as itself") {
    using baro::detail::text;
    CHECK(text(0.1) == "0.1");
    CHECK(text(1e300) == "1e+300");
    CHECK(text(-2.5F) == "-2.5");
    CHECK(text(std::int8_t{65}) == "65");  // a number, not the letter
    CHECK(text(true) == "1");
    CHECK(text(~std::uint64_t{0}) == "18446744073709551615");
    CHECK(text(region::south) == "-2");
    CHECK(text("North") == "'North'");
    CHECK(text(std::string()) == "''");
  }

  TEST_CASE("a column of the wrong length keeps its name apart") {
    try {
      baro::detail::check_size("design", "psus", 3, 4);
      FAIL("nothing was refused");
    } catch (const baro::size_error& e) {
      CHECK(e.argument == "psus");
      CHECK(e.index == -1);
    }
  }

  TEST_CASE("columns of one length pass, others are refused with both lengths") {
    const auto check = [](std::size_t size) {
      return test::refused<baro::size_error>(
          [size] { baro::detail::check_size("design", "psus", size, 4); });
    };
    CHECK(check(4) == "nothing was refused");
    CHECK(check(3) == "design: psus has 3 rows, must have 4");
  }
}

}  // namespace core_error
