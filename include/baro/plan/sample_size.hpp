// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/detail/drawn_variance.hpp>
#include <baro/plan/detail/rising_root.hpp>
#include <baro/plan/group_sizes.hpp>
#include <baro/plan/power.hpp>
#include <baro/published/base.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace baro {

/// Interviews it takes in two groups, and the power that so many have.
template <class Expected, class Real = double>
struct planned_sizes {
  Real exact_a = std::numeric_limits<Real>::quiet_NaN();  ///< where the power is the one wanted
  Real exact_b = std::numeric_limits<Real>::quiet_NaN();
  std::int64_t a = 0, b = 0;                            ///< rounded up; 0 when there is none
  Real power = std::numeric_limits<Real>::quiet_NaN();  ///< of a and b
  Expected expected{};
  wanted_power wanted{0.8};
  comparison_plan plan{};
  baro::status status = baro::status::ok;
};

namespace detail {

/// The sizes of two groups that grow together.
template <class Real>
class growing_sizes {
 public:
  growing_sizes(const comparison_plan& plan, allocation how, double fewest)
      : plan_(plan), how_(how), fewest_(fewest) {}

  /// Where `margin(n_a, n_b)` is 0 and stays above.
  template <class F>
  std::optional<std::pair<Real, Real>> least(F margin) const {
    const auto t = least_from<Real>(
        [&](const Real& at) {
          const auto [n_a, n_b] = sizes(at);
          return Real(margin(n_a, n_b));
        },
        first(), last());
    if (!t) return std::nullopt;
    return sizes(*t);
  }

 private:
  Real ratio() const { return how_.kind() == allocation::rule::ratio ? Real(how_.value()) : 1; }

  std::pair<Real, Real> sizes(const Real& t) const {
    if (how_.kind() == allocation::rule::fixed_a) return {Real(how_.value()), t};
    return {t, Real(ratio() * t)};
  }
  Real first() const {
    const Real fewest = Real(fewest_);
    return ratio() < Real(1) ? Real(fewest / ratio()) : fewest;
  }
  /// Nobody is asked twice in one wave, and two waves share those that they must.
  Real last() const {
    const Real any = Real(static_cast<double>(base::largest));
    const auto most = [&](const planned_group& g) {
      return g.population ? Real(g.population->value()) : any;
    };
    Real out = most(plan_.b) / ratio();
    if (how_.kind() == allocation::rule::ratio) {
      const Real of_a = most(plan_.a);
      out = of_a < out ? of_a : out;
    }
    const planned_group& known = plan_.a.population ? plan_.a : plan_.b;
    if (plan_.overlap && known.population) {
      const Real smaller = ratio() < Real(1) ? ratio() : Real(1);
      const Real once = Real(known.population->value()) /
                        (1 + ratio() - Real(plan_.overlap->share) * smaller);
      out = once < out ? once : out;
    }
    return out;
  }

  comparison_plan plan_;
  allocation how_;
  double fewest_;
};

/// A size rounded up; what is whole but for rounding is whole.
template <class Real>
std::int64_t interviews(const Real& n) {
  using std::ceil;
  return static_cast<std::int64_t>(
      ceil(Real(n * (1 - 64 * std::numeric_limits<Real>::epsilon()))));
}

template <class Real, expected_difference Expected, class F>
planned_sizes<Expected, Real> sizes_where(const Expected& e, wanted_power wanted,
                                          const comparison_plan& plan, allocation how,
                                          F margin) {
  planned_sizes<Expected, Real> out;
  out.expected = e;
  out.wanted = wanted;
  out.plan = plan;
  if (const auto n = growing_sizes<Real>(plan, how, Expected::fewest).least(margin)) {
    out.exact_a = n->first;
    out.exact_b = n->second;
    out.a = interviews(out.exact_a);
    out.b = interviews(out.exact_b);
    out.power = chance_to_find<Real>(e, plan, Real(static_cast<double>(out.a)),
                                     Real(static_cast<double>(out.b)));
  } else {
    out.status = status::infeasible;
  }
  return out;
}

/// @throws value_error  what `sample_size` refuses
template <expected_difference Expected>
void check_sizing(const Expected& e, wanted_power wanted, const comparison_plan& plan,
                  allocation how) {
  check_plan(plan);
  e.check(plan);
  check_wanted("sample_size", wanted, plan);
  if (how.kind() != allocation::rule::fixed_a) return;
  if (how.value() < Expected::fewest)
    refuse("sample_size", "fixed_a", how.value(), "must be at least 2");
  if (plan.a.population && how.value() > plan.a.population->value())
    refuse("sample_size", "fixed_a", how.value(), "must be at most the population");
  if (plan.overlap)
    refuse("sample_size", "fixed_a", how.value(),
           "must not be given with an overlap, where more in b alone can say less");
  if (wanted.value() < 0.5)
    refuse("sample_size", "wanted", wanted.value(), "must be at least 0.5 when a is fixed");
}

}  // namespace detail

/// Interviews it takes to find a difference with the power wanted, at the level α/m of the
/// plan.
///   shares: n = [z_α √(2 P Q) + z_β √(p_a q_a + p_b q_b)]² deff / (p_a − p_b)²
///   means:  n = (z_α + z_β)² (σ_a² + σ_b²) deff / difference²       (normal test)
/// in each of two equal groups, times 1 − ρP with an overlap of waves; any other case (groups
/// of other sizes, populations, Student's t) where `power` is the one wanted. Rounded up.
/// @returns  never less than 1 respondent for shares, 2 for means
/// @throws value_error  what is expected or the plan cannot be; a power that is not above α/m
/// @status infeasible   not with 1,000,000,000 interviews, with the whole population, or with
///                      one group as it is
/// @cost     about 10 to 20 times `power`
/// @see      as `power`; Kish (1965), Survey Sampling, section 12.4, for the overlap
/// @checked  R power.prop.test and power.t.test, 1e-9; the closed formulas; conventions 4
template <class Real = double, expected_difference Expected>
[[nodiscard]] planned_sizes<Expected, Real> sample_size(const Expected& e, wanted_power wanted,
                                                        const comparison_plan& plan = {},
                                                        allocation how = allocation::equal()) {
  detail::check_sizing(e, wanted, plan, how);
  return detail::sizes_where<Real>(e, wanted, plan, how, [&](const Real& n_a, const Real& n_b) {
    return e.meets(detail::drawn_variance<Real>(plan, n_a, n_b))
        .margin(detail::tail_of_one<Real>(plan), Real(wanted.value()),
                detail::counts_wrong_side(plan));
  });
}

}  // namespace baro
