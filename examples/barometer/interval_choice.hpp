// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/interval/confidence_interval.hpp>

#include <optional>
#include <string>

namespace barometer {

/// Which interval each statistic gets: the method named by `--interval`, or the default of the
/// library (its own for shares, `wald` for everything else).
class interval_choice {
 public:
  interval_choice() = default;
  /// @throws refusal  no method of that name
  explicit interval_choice(const std::string& name);

  /// True when the method named says nothing about this statistic.
  bool passes_over(baro::statistic kind) const;
  const std::optional<std::string>& name() const noexcept { return name_; }

  baro::confidence_interval<double> operator()(const baro::figure<double>& figure,
                                               baro::confidence_level level) const;

 private:
  std::optional<std::string> name_;
};

}  // namespace barometer
