// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

namespace baro {

/// Probability, before the sample is drawn, that an interval will contain the true value.
/// Explicit on purpose: 0.95 is a confidence level, 1.96 is not, 95 is not.
class confidence_level {
 public:
  /// @param value in (0, 1), for instance 0.95
  /// @throws value_error outside (0, 1), or NaN
  explicit constexpr confidence_level(double value) : value_(value) {
    if (!(value > 0 && value < 1))
      detail::refuse("confidence_level", "level", value, "must be in (0, 1)");
  }
  constexpr double value() const noexcept { return value_; }
  /// Probability left outside, both sides together.
  constexpr double alpha() const noexcept { return 1 - value_; }

 private:
  double value_;
};

inline constexpr double default_level = 0.95;

}  // namespace baro
