// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/detail/drawn_variance.hpp>
#include <baro/plan/detail/least_gap.hpp>
#include <baro/plan/group_sizes.hpp>

#include <concepts>
#include <limits>

namespace baro {

/// Where a difference of means, or of shares, is looked for: `reference_share`,
/// `reference_spread`, or what a caller has of the kind.
template <class R>
concept gap_reference = requires(const R& r, const comparison_plan& plan,
                                 const detail::drawn_variance<double>& d) {
  { R::fewest } -> std::convertible_to<double>;
  r.check(plan);
  { r.template farthest<double>() } -> std::convertible_to<double>;
  { r.template meets<double>(d, 0.1).error } -> std::convertible_to<double>;
  { r.template meets<double>(d, 0.1).beyond(0.025) } -> std::convertible_to<double>;
  { r.template meets<double>(d, 0.1).margin(0.025, 0.8, true) } -> std::convertible_to<double>;
};

/// The least difference of two samples that is significant.
template <class Reference, class Real = double>
struct significant_gap {
  Real difference = std::numeric_limits<Real>::quiet_NaN();  ///< its size, never negative
  Reference from{};
  group_sizes sizes{};
  comparison_plan plan{};
  baro::status status = baro::status::ok;
};

/// The smallest difference seen between n_a and n_b respondents that the test calls
/// significant, at the level α/m of the plan. Were it the truth, it would be found every other
/// time only: the difference to plan for is `detectable_difference`. With the test `common`
///   z_α √(p q (deff_a/n_a + deff_b/n_b))
/// @param from  what is seen in a; in b is seen `difference` more or less
/// @throws value_error  the reference, the plan or the sizes cannot be
/// @status infeasible   not even a share of 0 or 1 would be significant
/// @checked  conventions 4; the z of the test at the difference returned
template <class Real = double, gap_reference Reference>
[[nodiscard]] significant_gap<Reference, Real> significant_difference(
    const Reference& from, const group_sizes& n, const comparison_plan& plan = {}) {
  detail::check_plan(plan);
  from.check(plan);
  detail::check_sizes("significant_difference", plan, n, Reference::fewest);
  significant_gap<Reference, Real> out;
  out.from = from;
  out.sizes = n;
  out.plan = plan;
  const Real tail = detail::tail_of_one<Real>(plan);
  const detail::drawn_variance<Real> drawn(plan, Real(n.a), Real(n.b));
  if (const auto d = detail::least_gap<Real>(
          from, drawn, [&](const auto& test) { return test.beyond(tail); }))
    out.difference = *d;
  else
    out.status = status::infeasible;
  return out;
}

}  // namespace baro
