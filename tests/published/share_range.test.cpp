// SPDX-License-Identifier: BSL-1.0
#include <baro/published/share_range.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>

namespace published_share_range {

using baro::count_range;
using baro::edge;
using baro::share_range;

constexpr share_range quarter{245, 255, 1000, edge::included, edge::excluded};
static_assert(quarter.counts(122) == count_range{30, 31});
static_assert(quarter.lowest<double>() == .245);

/// The definition, one count at a time.
bool holds(const share_range& r, std::int64_t k, std::int64_t n) {
  const auto lhs = k * r.denominator;
  const bool above = r.low_edge == edge::included ? lhs >= n * r.low : lhs > n * r.low;
  const bool below = r.high_edge == edge::included ? lhs <= n * r.high : lhs < n * r.high;
  return above && below;
}

TEST_SUITE("published/share_range") {
  TEST_CASE("counts() finds exactly the counts whose share lies in the range") {
    const edge both[] = {edge::included, edge::excluded};
    for (std::int64_t denominator : {2, 3, 7, 40})
      for (std::int64_t low = 0; low <= denominator; ++low)
        for (std::int64_t high = low; high <= denominator; ++high)
          for (edge low_edge : both)
            for (edge high_edge : both) {
              const share_range range{low, high, denominator, low_edge, high_edge};
              for (std::int64_t n : {1, 2, 3, 13, 80, 122}) {
                const auto counts = range.counts(n);
                for (std::int64_t k = 0; k <= n; ++k)
                  REQUIRE(holds(range, k, n) == (k >= counts.first && k <= counts.last));
              }
            }
  }

  TEST_CASE("an end that falls on a whole count is in or out as its edge says") {
    CHECK(share_range{1, 3, 4, edge::included, edge::excluded}.counts(8) == count_range{2, 5});
    CHECK(share_range{1, 3, 4, edge::excluded, edge::included}.counts(8) == count_range{3, 6});
    CHECK(share_range{1, 1, 4, edge::included, edge::included}.counts(8) == count_range{2, 2});
    CHECK(share_range{1, 1, 4, edge::included, edge::excluded}.counts(8).empty());
  }

  TEST_CASE("the opposite answer has the mirrored range and the remaining counts") {
    for (std::int64_t n = 1; n < 300; ++n) {
      const auto counts = quarter.counts(n);
      const auto others = quarter.mirrored().counts(n);
      REQUIRE(others == count_range{n - counts.last, n - counts.first});
    }
    CHECK(quarter.mirrored().mirrored() == quarter);
  }

  TEST_CASE("the largest base and the finest print do not overflow") {
    const share_range finest{66'666'665, 66'666'667, 200'000'000, edge::excluded,
                             edge::excluded};
    CHECK(finest.counts(1'000'000'000) == count_range{333'333'326, 333'333'334});
  }
}

}  // namespace published_share_range
