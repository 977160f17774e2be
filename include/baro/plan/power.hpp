// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/detail/drawn_variance.hpp>
#include <baro/plan/group_sizes.hpp>

#include <concepts>
#include <limits>
#include <string_view>

namespace baro {

/// Probability of finding a difference that is there. Explicit on purpose: 0.80 is a power and
/// 0.95 a confidence level.
class wanted_power {
 public:
  /// @throws value_error  outside (0, 1)
  explicit constexpr wanted_power(double value) : value_(value) {
    if (!(value > 0 && value < 1))
      detail::refuse("wanted_power", "power", value, "must be in (0, 1)");
  }
  constexpr double value() const noexcept { return value_; }

 private:
  double value_;
};

/// A difference as it is expected to be, and the test that it will meet: `expected_shares`,
/// `expected_means`, or what a caller has of the kind.
///   check(plan)    refuses what cannot be
///   fewest         the fewest respondents of a group for which the test exists
///   meets(drawn)   the test for samples so drawn: its `chance` and `margin`
template <class E>
concept expected_difference = requires(const E& e, const comparison_plan& plan,
                                       const detail::drawn_variance<double>& d) {
  { E::fewest } -> std::convertible_to<double>;
  e.check(plan);
  { e.template meets<double>(d).chance(0.025, true) } -> std::convertible_to<double>;
  { e.template meets<double>(d).margin(0.025, 0.8, true) } -> std::convertible_to<double>;
};

/// The power that two samples have against a difference; the question stands beside the answer.
template <class Expected, class Real = double>
struct planned_power {
  Real power = std::numeric_limits<Real>::quiet_NaN();
  Expected expected{};
  group_sizes sizes{};
  comparison_plan plan{};
  baro::status status = baro::status::ok;
};

namespace detail {

template <class Real, expected_difference Expected>
Real chance_to_find(const Expected& e, const comparison_plan& plan, const Real& n_a,
                    const Real& n_b) {
  return e.meets(drawn_variance<Real>(plan, n_a, n_b))
      .chance(tail_of_one<Real>(plan), counts_wrong_side(plan));
}

/// Power is asked for above what chance alone gives.
inline void check_wanted(std::string_view function, wanted_power wanted,
                         const comparison_plan& plan) {
  if (!(wanted.value() > alpha_of_one<double>(plan)))
    refuse(function, "wanted", wanted.value(),
           "must be above the level of the test, which needs no difference to be met");
}

}  // namespace detail

/// Probability that the test finds the difference expected, with n_a and n_b respondents:
///   shares, means with the normal test   Φ((|difference| − z s₀) / s₁)
///   means with Student's t               P(T > t), T noncentral t with difference / s₁
/// at the level α/m of the plan. The direction of the difference is the one a one-sided test
/// looks in.
/// @param e     what is expected: `expected_shares{.a = .50, .b = .60}`
/// @param n     `group_sizes{.a = 122, .b = 1000}`
/// @throws value_error  what is expected, the plan or the sizes cannot be
/// @status undefined  beyond what the noncentral t distribution can be computed for
/// @see      Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, ch.
/// 4
/// @checked  R power.prop.test and power.t.test, both with strict = FALSE and TRUE, to 1e-9;
///           simulation
template <class Real = double, expected_difference Expected>
[[nodiscard]] planned_power<Expected, Real> power(const Expected& e, const group_sizes& n,
                                                  const comparison_plan& plan = {}) {
  detail::check_plan(plan);
  e.check(plan);
  detail::check_sizes("power", plan, n, Expected::fewest);
  planned_power<Expected, Real> out{detail::chance_to_find<Real>(e, plan, Real(n.a), Real(n.b)),
                                    e, n, plan, status::ok};
  if (!(out.power >= Real(0))) out.status = status::undefined;
  return out;
}

}  // namespace baro
