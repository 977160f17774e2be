// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/detail/drawn_variance.hpp>
#include <baro/plan/detail/least_gap.hpp>
#include <baro/plan/group_sizes.hpp>
#include <baro/plan/power.hpp>
#include <baro/plan/significant_difference.hpp>

#include <limits>

namespace baro {

/// The least difference that two samples find with a power.
template <class Reference, class Real = double>
struct detectable_gap {
  Real difference = std::numeric_limits<Real>::quiet_NaN();  ///< its size, never negative
  Reference from{};
  wanted_power wanted{0.8};
  group_sizes sizes{};
  comparison_plan plan{};
  baro::status status = baro::status::ok;
};

/// The smallest difference in truth that n_a and n_b respondents find with the power wanted, at
/// the level α/m of the plan: `sample_size` turned round. With the test `common`
///   (z_α + z_β) √(p q (deff_a/n_a + deff_b/n_b))
/// @param from  `reference_share{.share = .50}` or `reference_spread{.sd_a = 1.2}`
/// @throws value_error  the reference, the plan or the sizes cannot be; a power that is not
///                      above α/m
/// @status infeasible   not even a share of 0 or 1 would be found
/// @checked  R power.prop.test and power.t.test, 1e-9; conventions 4
template <class Real = double, gap_reference Reference>
[[nodiscard]] detectable_gap<Reference, Real> detectable_difference(
    const Reference& from, const group_sizes& n, wanted_power wanted,
    const comparison_plan& plan = {}) {
  detail::check_plan(plan);
  from.check(plan);
  detail::check_wanted("detectable_difference", wanted, plan);
  detail::check_sizes("detectable_difference", plan, n, Reference::fewest);
  detectable_gap<Reference, Real> out;
  out.from = from;
  out.wanted = wanted;
  out.sizes = n;
  out.plan = plan;
  const Real tail = detail::tail_of_one<Real>(plan), power = Real(wanted.value());
  const bool both = detail::counts_wrong_side(plan);
  const detail::drawn_variance<Real> drawn(plan, Real(n.a), Real(n.b));
  if (const auto d = detail::least_gap<Real>(
          from, drawn, [&](const auto& test) { return test.margin(tail, power, both); }))
    out.difference = *d;
  else
    out.status = status::infeasible;
  return out;
}

}  // namespace baro
