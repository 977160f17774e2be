// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace barometer {

/// First-stage units and strata that domains touch: what the degrees of freedom of two domains
/// together are counted from.
class psu_counter {
 public:
  /// @param domain  of each row, −1 none; rows without a weight do not count
  psu_counter(const baro::design& design, const std::vector<std::int32_t>& domain,
              std::size_t domains);

  /// PSUs of the two domains less the strata they touch.
  double degrees(std::size_t a, std::size_t b) const;

 private:
  struct touched {
    double rows = 0;                     ///< where each respondent is a unit
    std::vector<std::int32_t> units{};   ///< sorted
    std::vector<std::int32_t> strata{};  ///< sorted
  };
  bool rows_are_units_;
  std::vector<touched> of_domain_;
};

}  // namespace barometer
