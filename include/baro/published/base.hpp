// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

#include <cstdint>

namespace baro {

/// Respondents a published share stands on, as printed under the chart: « base : 122 DRH ».
/// Unweighted, hence whole; never an effective base.
class base {
 public:
  static constexpr std::int64_t largest = 1'000'000'000;

  /// @param n  1 to 1,000,000,000
  /// @throws value_error  outside
  explicit constexpr base(std::int64_t n) : n_(n) {
    if (n < 1 || n > largest)
      detail::refuse("base", "n", n, "must be a whole number from 1 to 1000000000");
  }
  constexpr std::int64_t value() const noexcept { return n_; }
  bool operator==(const base&) const = default;

 private:
  std::int64_t n_;
};

}  // namespace baro
