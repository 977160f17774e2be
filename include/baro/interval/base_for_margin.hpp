// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/interval/detail/distributions.hpp>
#include <baro/published/base.hpp>
#include <baro/published/published_design.hpp>

#include <cmath>
#include <cstdint>
#include <optional>

namespace baro {

/// Half-width of an interval, as a share: `margin_of_error(.05)` is ± 5 points.
class margin_of_error {
 public:
  /// @throws value_error  outside (0, 1)
  explicit constexpr margin_of_error(double value) : value_(value) {
    if (!(value > 0 && value < 1))
      detail::refuse("margin_of_error", "margin", value, "must be in (0, 1)");
  }
  constexpr double value() const noexcept { return value_; }

 private:
  double value_;
};

/// Answers it takes to know a share within a margin, by the textbook:
///   n₀ = deff z² p (1 − p) / d²,   n = n₀ / (1 + (n₀ − 1) / N)    (N when it is known)
/// rounded up: 385 for 50 % ± 5 points at 95 %, 197 out of 400.
/// @returns  nothing when it takes more than `base::largest`; 1 for a share of 0 or 1, of which
///           the textbook knows nothing
/// @throws value_error  a share outside [0, 1], or a design that is not valid
/// @see    Cochran (1977), Sampling Techniques, 3rd ed., section 4.4
[[nodiscard]] inline std::optional<base> base_for_margin(double share, margin_of_error margin,
                                                         confidence_level level,
                                                         const published_design& design = {}) {
  if (!(share >= 0 && share <= 1))
    detail::refuse("base_for_margin", "share", share, "must be a proportion from 0 to 1");
  detail::check(design, std::nullopt);
  const double z = detail::normal_quantile_above(level.alpha() / 2);
  double n = design.deff * z * z * share * (1 - share) / (margin.value() * margin.value());
  if (design.population && design.correction != finite_population::ignored)
    n /= 1 + (n - 1) / design.population->value();
  n = std::ceil(n);
  if (!(n <= static_cast<double>(base::largest))) return std::nullopt;
  return base(n < 1 ? 1 : static_cast<std::int64_t>(n));
}

}  // namespace baro
