// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

namespace baro {

/// Part of a distribution that lies at or below a quantile: 0.5 for the median.
class probability {
 public:
  /// @throws value_error outside [0, 1], or NaN
  explicit constexpr probability(double value) : value_(value) {
    if (!(value >= 0 && value <= 1))
      detail::refuse("probability", "value", value, "must be in [0, 1]");
  }
  constexpr double value() const noexcept { return value_; }

 private:
  double value_;
};

}  // namespace baro
