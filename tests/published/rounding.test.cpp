// SPDX-License-Identifier: BSL-1.0
#include <baro/published/rounding.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <initializer_list>

namespace published_rounding {

using baro::count_range;
using baro::edge;
using baro::rounding;
using baro::rounds_to;
using baro::share_range;

TEST_SUITE("published/rounding") {
  TEST_CASE("45 % of 1000 is 446 to 454 by default, 445 to 454 half up, 445 to 455 unknown") {
    CHECK(rounds_to(45, 100).counts(1000) == count_range{446, 454});
    CHECK(rounds_to(45, 100, rounding::half_up).counts(1000) == count_range{445, 454});
    CHECK(rounds_to(45, 100, rounding::unknown).counts(1000) == count_range{445, 455});
    CHECK(rounds_to(44, 100).counts(1000) == count_range{435, 445});
    CHECK(rounds_to(44, 100, rounding::half_up).counts(1000) == count_range{435, 444});
  }

  TEST_CASE("without a tie the rounding does not matter") {
    for (std::int64_t steps = 0; steps <= 100; ++steps) {
      const auto expected = rounds_to(steps, 100).counts(1001);
      REQUIRE(rounds_to(steps, 100, rounding::half_up).counts(1001) == expected);
      REQUIRE(rounds_to(steps, 100, rounding::unknown).counts(1001) == expected);
    }
  }

  TEST_CASE("half even is what the floating-point unit does to a tie it can represent") {
    for (std::int64_t n : {8, 40, 200, 400})  // 100 k/n in eighths: exact in binary
      for (std::int64_t k = 0; k <= n; ++k) {
        const double percent = 100. * static_cast<double>(k) / static_cast<double>(n);
        const auto steps = static_cast<std::int64_t>(std::nearbyint(percent));
        const auto counts = rounds_to(steps, 100).counts(n);
        REQUIRE(k >= counts.first);
        REQUIRE(k <= counts.last);
      }
  }

  TEST_CASE("half up is the floor of the share plus a half") {
    for (std::int64_t n : {8, 40, 122, 200, 1000})
      for (std::int64_t k = 0; k <= n; ++k) {
        const auto counts =
            rounds_to((200 * k + n) / (2 * n), 100, rounding::half_up).counts(n);
        REQUIRE(k >= counts.first);
        REQUIRE(k <= counts.last);
      }
  }

  TEST_CASE("every count is printed as exactly one share, unless the rounding is unknown") {
    for (rounding ties : {rounding::half_even, rounding::half_up})
      for (std::int64_t n : {1, 7, 40, 122, 200, 1000}) {
        std::int64_t next = 0;
        for (std::int64_t steps = 0; steps <= 100; ++steps) {
          const auto counts = rounds_to(steps, 100, ties).counts(n);
          if (counts.empty()) continue;
          REQUIRE(counts.first == next);
          next = counts.last + 1;
        }
        REQUIRE(next == n + 1);
      }
  }

  TEST_CASE("what rounds to nothing or to everything stays inside 0 and 1") {
    CHECK(rounds_to(0, 100) == share_range{0, 1, 200, edge::included, edge::included});
    CHECK(rounds_to(0, 100, rounding::half_up) ==
          share_range{0, 1, 200, edge::included, edge::excluded});
    CHECK(rounds_to(100, 100) == share_range{199, 200, 200, edge::included, edge::included});
    CHECK(rounds_to(1, 1) == share_range{1, 2, 2, edge::excluded, edge::included});
  }
}

}  // namespace published_rounding
