// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/confidence_interval.hpp>
#include <baro/interval/methods_by_name.hpp>

#include <optional>
#include <string>

namespace barometer {

/// The names `--interval` takes, as a refusal lists them.
std::string interval_help();

/// Which interval each statistic gets: the method named by `--interval` where it applies, and
/// otherwise the default of the library.
class interval_choice {
 public:
  interval_choice() = default;
  /// @throws refusal  no method of that name
  explicit interval_choice(const std::string& name);

  /// The method named, or nothing.
  const std::optional<baro::named_interval>& named() const noexcept { return named_; }
  /// True when the method named says nothing about this statistic.
  bool passes_over(baro::statistic kind) const {
    return named_.has_value() && !named_->applies_to(kind);
  }
  baro::named_interval method(baro::statistic kind) const {
    return named_ && !passes_over(kind) ? *named_ : baro::named_interval{};
  }
  /// For the share of answers below a quantile: Woodruff's, with t or with z.
  baro::named_interval method_below_quantile() const;

 private:
  std::optional<baro::named_interval> named_;
};

/// Degrees of freedom behind an interval of a figure that has `df`: infinite when it is normal.
double degrees_behind(const baro::confidence_interval<double>& interval, double df);

/// A limit beyond the data is no number to compute with: missing, and the status says why.
double known_limit(double limit);

}  // namespace barometer
