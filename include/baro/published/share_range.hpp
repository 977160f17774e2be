// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <cstdint>

namespace baro {

/// Whether the end of a range belongs to it.
enum class edge { included, excluded };

/// Whole numbers of respondents, both ends included; `first > last` holds nobody at all.
struct count_range {
  std::int64_t first = 0;
  std::int64_t last = -1;
  constexpr bool empty() const noexcept { return first > last; }
  bool operator==(const count_range&) const = default;
};

/// Shares of the sample that a printed figure may stand for, in exact arithmetic:
///   low / denominator  to  high / denominator,  each end in or out
/// 25 % is (245, 255) / 1000 and « more than two thirds » is (2, 3] / 3. Always inside [0, 1].
struct share_range {
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::int64_t denominator = 1;
  edge low_edge = edge::included;
  edge high_edge = edge::included;

  template <class Real = double>
  constexpr Real lowest() const {
    return static_cast<Real>(low) / static_cast<Real>(denominator);
  }
  template <class Real = double>
  constexpr Real highest() const {
    return static_cast<Real>(high) / static_cast<Real>(denominator);
  }

  /// The counts k of n respondents whose share k/n lies in the range.
  /// @param n  from 0 to `base::largest`, where no product below overflows
  constexpr count_range counts(std::int64_t n) const noexcept {
    const std::int64_t low_n = n * low, high_n = n * high;
    const std::int64_t below = low_n / denominator, above = high_n / denominator;
    const bool low_whole = below * denominator == low_n;
    const bool high_whole = above * denominator == high_n;
    return {low_whole && low_edge == edge::included ? below : below + 1,
            high_whole && high_edge == edge::excluded ? above - 1 : above};
  }

  /// The same range of the opposite answer: 1 − p.
  constexpr share_range mirrored() const noexcept {
    return {denominator - high, denominator - low, denominator, high_edge, low_edge};
  }

  bool operator==(const share_range&) const = default;
};

}  // namespace baro
