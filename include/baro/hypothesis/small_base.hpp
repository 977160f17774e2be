// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/interval/detail/share_figure.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/korn_graubard.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace baro {

/// What is done with a figure, from best to worst: tested, tested and shown with a sign, or
/// neither tested nor shown.
enum class base_decision { test, flag, suppress };

constexpr std::string_view name(base_decision d) noexcept {
  constexpr std::array<std::string_view, 3> names{"test", "flag", "suppress"};
  return names[static_cast<std::size_t>(d)];
}

/// Why.
enum class base_reason {
  none,
  no_figure,                 ///< the figure itself has a status that is not ok
  no_base,                   ///< the number of respondents is not known
  few_respondents,           ///< too few people
  few_effective,             ///< too few once weights or the design are counted
  wide_interval,             ///< the interval says next to nothing
  wide_for_its_size,         ///< it is wide beside the share
  wide_for_complement,       ///< it is wide beside 1 − share, which should not be shown
  few_degrees,               ///< the standard error itself is hardly known
  nobody,                    ///< a share of 0, a mean of 0
  everybody,                 ///< a share of 1
  coefficient_of_variation,  ///< the standard error is large beside the figure
};

constexpr std::string_view name(base_reason r) noexcept {
  constexpr std::array<std::string_view, 12> names{
      "none",          "no_figure",     "no_base",           "few_respondents",
      "few_effective", "wide_interval", "wide_for_its_size", "wide_for_complement",
      "few_degrees",   "nobody",        "everybody",         "coefficient_of_variation"};
  return names[static_cast<std::size_t>(r)];
}

/// Made before any test, and without looking at its result.
struct base_judgement {
  base_decision decision = base_decision::test;
  base_reason reason = base_reason::none;

  constexpr bool testable() const noexcept { return decision != base_decision::suppress; }
  friend constexpr bool operator==(const base_judgement&, const base_judgement&) = default;
};

/// Of two judgements the worse; of two alike the first.
constexpr base_judgement combined(const base_judgement& a, const base_judgement& b) noexcept {
  return a.decision >= b.decision ? a : b;
}

/// A rule for small bases: a struct with a name and a call operator.
///   p(figure)       the judgement of a figure that has a value
///   p.name()        its name
///   p.applies_to(s) optional: false for the statistics it must refuse
template <class Policy, class Real = double>
concept base_policy = requires(const Policy& p, const figure<Real>& f) {
  { p(f) } -> std::same_as<base_judgement>;
  { p.name() } -> std::convertible_to<std::string_view>;
};

/// Which number a base is.
///   respondents  n, who answered
///   weighted     Kish's (Σ w)² / Σ w²; n where it is not known
///   design       n / deff, never above n; Kish's where deff is not known
enum class counted_base { respondents, weighted, design };

namespace detail {

template <class Real>
Real base_counted(const figure<Real>& f, counted_base which) {
  const Real kish = f.bases.effective_n > Real(0) ? f.bases.effective_n : f.bases.n;
  switch (which) {
    case counted_base::respondents:
      break;
    case counted_base::weighted:
      return kish;
    case counted_base::design: {
      const Real size = f.deff > Real(0) ? Real(f.bases.n / f.deff) : kish;
      return size < f.bases.n ? size : f.bases.n;
    }
  }
  return f.bases.n;
}

}  // namespace detail

/// The usual rule of institutes: a base under 30 is not shown, one under 100 is shown with a
/// sign.
/// @throws value_error (when called)  a limit below 0, or flag_under < suppress_under
struct base_rule {
  double suppress_under = 30;
  double flag_under = 100;
  counted_base base = counted_base::respondents;

  static constexpr std::string_view name() noexcept { return "base_rule"; }

  template <class Real>
  base_judgement operator()(const figure<Real>& f) const {
    if (!(suppress_under >= 0))
      detail::refuse("base_rule", "suppress_under", suppress_under, "must be at least 0");
    if (!(flag_under >= suppress_under))
      detail::refuse("base_rule", "flag_under", flag_under, "must be at least suppress_under");
    const Real n = detail::base_counted(f, base);
    const base_reason few = base == counted_base::respondents ? base_reason::few_respondents
                                                              : base_reason::few_effective;
    if (!(n > Real(0))) return {base_decision::suppress, base_reason::no_base};
    if (n < Real(suppress_under)) return {base_decision::suppress, few};
    if (n < Real(flag_under)) return {base_decision::flag, few};
    return {};
  }
};

/// The presentation standards for proportions of the National Center for Health Statistics.
/// With W the width of Korn and Graubard's interval at 95 %, its size capped at n:
///   suppressed  n or p q / V under 30; W >= 0.30; 0.05 < W < 0.30 and W > 1.3 p
///   reviewed    (flagged) fewer than 8 degrees of freedom; nobody or everybody
///   flagged     0.05 < W < 0.30 and W > 1.3 (1 − p): the share may be shown, its complement
///               not
/// Where p = 0 and W > 0.05 it is suppressed; where p = 1 and W > 0.05 its complement is.
/// The size at 0 and 1, where V says nothing, is Kish's.
/// @see  Parker, Talih, Malec et al. (2017), Vital and Health Statistics 2(175)
struct nchs_2017 {
  static constexpr std::string_view name() noexcept { return "nchs_2017"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  base_judgement operator()(const figure<Real>& f) const {
    constexpr auto suppress = base_decision::suppress;
    if (!(f.bases.n > Real(0))) return {suppress, base_reason::no_base};
    if (f.bases.n < Real(30)) return {suppress, base_reason::few_respondents};
    constexpr korn_graubard method{size_cap::respondents};
    const auto c = interval(f, confidence_level(0.95), method);
    if (c.status != status::ok) return {suppress, base_reason::no_figure};
    if (detail::share_of(method, f).variance_size() < Real(30))
      return {suppress, base_reason::few_effective};
    const Real p = detail::snapped(f.value), width = c.width();
    if (width >= Real(0.3)) return {suppress, base_reason::wide_interval};
    const bool relative = width > Real(0.05);
    if (relative && width > Real(1.3) * p) return {suppress, base_reason::wide_for_its_size};
    if (f.df < Real(8)) return {base_decision::flag, base_reason::few_degrees};
    if (p == Real(0)) return {base_decision::flag, base_reason::nobody};
    if (p == Real(1)) return {base_decision::flag, base_reason::everybody};
    if (relative && width > Real(1.3) * (1 - p))
      return {base_decision::flag, base_reason::wide_for_complement};
    return {};
  }
};

/// By the coefficient of variation, the standard error over the figure. Statistics Canada's
/// letters: above 16.5 % E, use with caution; above 33.3 % F, too unreliable to be published.
/// It says nothing about a share of 0 and asks more of a rare answer than of its complement.
/// @throws value_error (when called)  a limit that is not above 0, or in the wrong order
/// @see  Statistics Canada, Guide to the Labour Force Survey, 71-543-G
struct coefficient_of_variation_rule {
  double flag_above = 0.165;
  double suppress_above = 0.333;

  static constexpr std::string_view name() noexcept { return "coefficient_of_variation"; }

  template <class Real>
  base_judgement operator()(const figure<Real>& f) const {
    using std::abs;
    if (!(flag_above > 0))
      detail::refuse("coefficient_of_variation_rule", "flag_above", flag_above,
                     "must be above 0");
    if (!(suppress_above >= flag_above))
      detail::refuse("coefficient_of_variation_rule", "suppress_above", suppress_above,
                     "must be at least flag_above");
    const Real size = abs(Real(f.value));
    if (!(f.standard_error >= Real(0)))
      return {base_decision::suppress, base_reason::no_figure};
    if (size == Real(0) && f.standard_error == Real(0))
      return {base_decision::flag, base_reason::nobody};
    constexpr auto reason = base_reason::coefficient_of_variation;
    if (f.standard_error > Real(suppress_above) * size)
      return {base_decision::suppress, reason};
    if (f.standard_error > Real(flag_above) * size) return {base_decision::flag, reason};
    return {};
  }
};

/// May this figure be tested and shown? A figure without a value is suppressed by any policy;
/// one without degrees of freedom is the policy's to judge.
/// @throws value_error  the policy does not apply to the statistic
template <class Real, base_policy<Real> Policy>
[[nodiscard]] base_judgement judge_base(const figure<Real>& f, const Policy& policy) {
  detail::check_applies(policy, f.statistic);
  if (f.status == status::no_base) return {base_decision::suppress, base_reason::no_base};
  if ((f.status != status::ok && f.status != status::no_degrees) ||
      !(f.value - f.value == Real(0)))
    return {base_decision::suppress, base_reason::no_figure};
  return policy(f);
}

/// May entries i and j be compared? The worse of both.
template <class Real, base_policy<Real> Policy>
[[nodiscard]] base_judgement judge_base(const estimate<Real>& e, std::size_t i, std::size_t j,
                                        const Policy& policy) {
  return combined(judge_base(e.figure(i), policy), judge_base(e.figure(j), policy));
}

}  // namespace baro
