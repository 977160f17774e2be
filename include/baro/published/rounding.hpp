// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/published/share_range.hpp>

#include <algorithm>
#include <cstdint>

namespace baro {

/// Where a publisher's software puts a share that falls exactly between two printed values:
/// 445 of 1000 is 44.5 %, printed 44 or 45. It only matters when the base makes such a tie.
enum class rounding {
  half_even,  ///< to the even neighbour, 44: R, Python, NumPy, IEEE 754; the default
  half_up,    ///< to the larger one, 45: spreadsheets, by hand
  unknown,    ///< either: a tie belongs to both, the widest reading
};

/// Every share that is printed as `steps` when 100 % has `scale` steps:
///   [steps − ½, steps + ½] / scale, cut to [0, 1], with the ties the rounding gives to `steps`
constexpr share_range rounds_to(std::int64_t steps, std::int64_t scale,
                                rounding ties = rounding::half_even) noexcept {
  const bool even = steps % 2 == 0;
  const bool low_in = ties != rounding::half_even || even;
  const bool high_in = ties == rounding::unknown || (ties == rounding::half_even && even);
  share_range range{2 * steps - 1, 2 * steps + 1, 2 * scale,
                    low_in ? edge::included : edge::excluded,
                    high_in ? edge::included : edge::excluded};
  if (range.low < 0) {
    range.low = 0;
    range.low_edge = edge::included;
  }
  if (range.high > range.denominator) {
    range.high = range.denominator;
    range.high_edge = edge::included;
  }
  return range;
}

}  // namespace baro
