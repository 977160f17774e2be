// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/group_sizes.hpp>
#include <baro/plan/holm_power.hpp>
#include <baro/plan/power.hpp>
#include <baro/plan/sample_size.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace baro {

/// What the power wanted is the probability of, in a family of comparisons under Holm.
enum class family_goal {
  each,  ///< that a given comparison that differs is found
  any,   ///< that one of those that differ is found
  all,   ///< that all of those that differ are found
};

constexpr std::string_view name(family_goal g) noexcept {
  constexpr std::array<std::string_view, 3> names{"each", "any", "all"};
  return names[static_cast<std::size_t>(g)];
}

/// What is known of how the comparisons of a family hang together.
///   unknown      a guarantee whatever they do. Of power w wanted:
///                  each, any  every comparison has w at α/m, the first step of Holm
///                  all        every comparison has 1 − (1 − w)/r at α/m, r those that differ:
///                             the r chances of missing one add up to 1 − w at most
///                             (Bonferroni)
///   independent  exact, by `holm_power`: fewer interviews, nothing guaranteed elsewhere
enum class dependence { unknown, independent };

/// A goal for the family of a plan.
struct family_target {
  family_goal goal = family_goal::each;
  baro::dependence dependence = baro::dependence::unknown;
  std::optional<family_size> differing = std::nullopt;  ///< r: all of them unless said
};

/// Interviews per comparison; `sizes.power` is of one comparison at α/m.
template <class Expected, class Real = double>
struct planned_family {
  planned_sizes<Expected, Real> sizes{};
  family_target target{};
  /// The probability that is the goal, with the interviews rounded up; of a guarantee its
  /// least.
  Real attained = std::numeric_limits<Real>::quiet_NaN();
};

/// Interviews in the two groups of each comparison that reach the goal for the whole family of
/// `plan.family` comparisons under Holm.
/// @throws value_error  as `sample_size` and, independent, as `holm_power`
/// @status infeasible   in `sizes`, as `sample_size`
/// @checked  `holm_power` at the sizes returned; simulation
template <class Real = double, expected_difference Expected>
[[nodiscard]] planned_family<Expected, Real> family_sample_size(
    const Expected& e, const family_target& target, wanted_power wanted,
    const comparison_plan& plan, allocation how = allocation::equal()) {
  planned_family<Expected, Real> out;
  out.target = target;
  const Real m(
      static_cast<double>(target.differing ? target.differing->value() : plan.family.value()));
  if (target.differing && target.differing->value() > plan.family.value())
    detail::refuse("family_sample_size", "differing", target.differing->value(),
                   "must be at most the family");
  if (target.dependence == dependence::unknown) {
    const bool all = target.goal == family_goal::all;
    const wanted_power one(all ? 1 - (1 - wanted.value()) / static_cast<double>(m)
                               : wanted.value());
    out.sizes = sample_size<Real>(e, one, plan, how);
    out.sizes.wanted = wanted;
    out.attained = all ? Real(1 - m * (1 - out.sizes.power)) : out.sizes.power;
    return out;
  }
  detail::check_sizing(e, wanted, plan, how);
  const std::size_t real = detail::check_differing(plan, target.differing);
  const auto reached = [&](const Real& n_a, const Real& n_b) {
    const auto found = detail::holm_outcome_of<Real>(plan, real, [&](std::size_t k) {
      return detail::chance_to_find<Real>(e, detail::judged_at(plan, k), n_a, n_b);
    });
    return target.goal == family_goal::each  ? found.each
           : target.goal == family_goal::any ? found.any
                                             : found.all;
  };
  out.sizes =
      detail::sizes_where<Real>(e, wanted, plan, how, [&](const Real& n_a, const Real& n_b) {
        return Real(reached(n_a, n_b) - Real(wanted.value()));
      });
  if (out.sizes.status == status::ok)
    out.attained =
        reached(Real(static_cast<double>(out.sizes.a)), Real(static_cast<double>(out.sizes.b)));
  return out;
}

}  // namespace baro
