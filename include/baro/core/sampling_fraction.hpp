// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

namespace baro {

/// Sampled units over units in the population. Never a size: see `population_size`.
class sampling_fraction {
 public:
  /// @param value in [0, 1]; 0 is a sample from an unlimited population, 1 a census
  /// @throws value_error otherwise
  explicit constexpr sampling_fraction(double value) : value_(value) {
    if (!(value >= 0 && value <= 1))
      detail::refuse("sampling_fraction", "fraction", value, "must be in [0, 1]");
  }
  constexpr double value() const noexcept { return value_; }

 private:
  double value_;
};

}  // namespace baro
