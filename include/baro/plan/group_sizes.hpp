// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/published/base.hpp>

#include <algorithm>
#include <limits>
#include <string_view>

namespace baro {

/// Respondents of the two groups; a formula may have them not whole.
struct group_sizes {
  double a = 0, b = 0;
  static constexpr group_sizes each(double n) noexcept { return {n, n}; }
};

/// How the interviews are shared out between the two groups when their number is asked for.
///   equal()     as many in one as in the other
///   ratio(r)    r in b for one in a
///   fixed_a(n)  a is what it is (122 DRH): how many in b?
class allocation {
 public:
  enum class rule { ratio, fixed_a };

  static constexpr allocation equal() noexcept { return {rule::ratio, 1}; }
  /// @throws value_error  outside [0.0001, 10000]
  static constexpr allocation ratio(double b_per_a) {
    if (!(b_per_a >= 1e-4 && b_per_a <= 1e4))
      detail::refuse("allocation", "ratio", b_per_a, "must be from 0.0001 to 10000");
    return {rule::ratio, b_per_a};
  }
  /// @throws value_error  outside [1, 1e9]
  static constexpr allocation fixed_a(double n) {
    if (!(n >= 1 && n <= static_cast<double>(base::largest)))
      detail::refuse("allocation", "fixed_a", n, "must be from 1 to 1000000000");
    return {rule::fixed_a, n};
  }

  constexpr rule kind() const noexcept { return rule_; }
  constexpr double value() const noexcept { return value_; }

 private:
  constexpr allocation(rule r, double v) noexcept : rule_(r), value_(v) {}
  rule rule_;
  double value_;
};

namespace detail {

/// Respondents in both waves cannot be fewer than what two samples of N people must share.
template <class Real>
bool overlap_is_possible(const comparison_plan& plan, const Real& n_a, const Real& n_b) {
  const auto& of = plan.a.population ? plan.a.population : plan.b.population;
  if (!plan.overlap || !of) return true;
  const Real both = Real(plan.overlap->share) * (n_a < n_b ? n_a : n_b);
  return n_a + n_b - both <= Real(of->value());
}

/// @throws value_error  fewer than `fewest` respondents, more than there are people, or more in
///                      two waves than the population has
inline void check_sizes(std::string_view function, const comparison_plan& plan,
                        const group_sizes& n, double fewest) {
  const auto check = [&](std::string_view argument, double size, const planned_group& group) {
    if (!(size >= fewest && size <= static_cast<double>(base::largest)))
      refuse(function, argument, size,
             fewest < 2 ? "must be from 1 to 1000000000" : "must be from 2 to 1000000000");
    if (group.population && size > group.population->value())
      refuse(function, argument, size, "must be at most the population");
  };
  check("sizes.a", n.a, plan.a);
  check("sizes.b", n.b, plan.b);
  if (!overlap_is_possible(plan, n.a, n.b))
    refuse(function, "overlap.share", plan.overlap->share,
           "must be more: the population is too small for two waves of so few in common");
}

}  // namespace detail
}  // namespace baro
