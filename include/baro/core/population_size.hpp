// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

namespace baro {

/// Number of units a sample was drawn from (122 DRH out of 400). Never a fraction: see
/// `sampling_fraction`.
class population_size {
 public:
  /// @param value at least 1, finite
  /// @throws value_error otherwise
  explicit constexpr population_size(double value) : value_(value) {
    if (!(value >= 1 && value <= 1e300))
      detail::refuse("population_size", "size", value, "must be at least 1 and finite");
  }
  constexpr double value() const noexcept { return value_; }

 private:
  double value_;
};

}  // namespace baro
