// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/detail/contrast_test.hpp>
#include <baro/hypothesis/tabulation_policy.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/interval/confidence_interval.hpp>
#include <baro/interval/detail/distributions.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

namespace baro {

/// Of n people of a simple random sample, how many say yes.
struct yes_count {
  std::size_t yes = 0, n = 0;
};

namespace detail {

/// @throws value_error  nobody was asked, or more said yes than were asked
inline void check_yes_counts(std::string_view function, std::span<const yes_count> groups) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].n == 0) refuse(function, "n", i, groups[i].n, "must be above 0");
    if (groups[i].yes > groups[i].n)
      refuse(function, "yes", i, groups[i].yes, "must be at most n");
  }
}

/// Yates' correction of |a − b|: half of 1/n_a + 1/n_b, but no more than the difference.
template <class Real>
Real yates_correction(const Real& gap, const Real& inverses, continuity_correction correction) {
  if (correction == continuity_correction::none) return Real(0);
  return gap < inverses / 2 ? gap : Real(inverses / 2);
}

}  // namespace detail

/// Are the shares of k groups the same? Unweighted counts of k simple random samples; under a
/// design `independence`. With p̄ the share of all together
///   X² = Σ n_i (p_i − p̄)² / (p̄ (1 − p̄))  against χ²(k − 1)
/// Yates' correction, for two groups: (|p_a − p_b| − min(½ s, |p_a − p_b|))² / (p̄ (1 − p̄) s),
/// s = 1/n_a + 1/n_b. R `prop.test` corrects unless it is told not to; here one asks for it.
/// @status undefined  everybody says yes, or nobody does
/// @throws value_error  fewer than two groups; a correction of more than two; a group without
///                      people, or with more yes than people
/// @see     Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions,
///          chapter 9; Yates (1934), Supplement to the JRSS 1:217
/// @checked R prop.test, 1e-9; conventions 5
template <class Real = double>
[[nodiscard]] test_result<Real> homogeneity(
    std::span<const yes_count> groups,
    continuity_correction correction = continuity_correction::none) {
  const bool yates = correction == continuity_correction::yates;
  if (groups.size() < 2)
    detail::refuse("homogeneity", "groups", groups.size(), "must be at least 2");
  if (yates && groups.size() != 2)
    detail::refuse("homogeneity", "groups", groups.size(), "must be 2 for Yates' correction");
  detail::check_yes_counts("homogeneity", groups);
  const auto real = [](std::size_t x) { return Real(static_cast<double>(x)); };
  Real yes(0), n(0);
  for (const yes_count& g : groups) {
    yes += real(g.yes);
    n += real(g.n);
  }
  const Real spread = yes / n * ((n - yes) / n);
  Real sum(0);
  if (yates) {
    using std::abs;
    // The numerator of p_a − p_b is a whole number: equal shares are exactly equal.
    const Real n_a = real(groups[0].n), n_b = real(groups[1].n), s = 1 / n_a + 1 / n_b;
    const Real whole = real(groups[0].yes) * n_b - real(groups[1].yes) * n_a;
    const Real gap = abs(whole) / (n_a * n_b);
    const Real left = gap - detail::yates_correction(gap, s, correction);
    sum = left * left / s;
  } else {
    for (const yes_count& g : groups) {
      const Real gap = (real(g.yes) * n - yes * real(g.n)) / (real(g.n) * n);
      sum += real(g.n) * gap * gap;
    }
  }
  const std::string_view name = yates ? "homogeneity_yates" : "homogeneity";
  const Real df = real(groups.size() - 1);
  if (!(spread > Real(0))) {
    auto none = detail::no_test<Real>(name, status::undefined);
    none.df1 = df;
    none.df2 = std::numeric_limits<Real>::infinity();
    return none;
  }
  return detail::test_against_chi_squared<Real>(name, Real(sum / spread), df);
}

/// The interval that R's `prop.test` prints beside that test, for p_a − p_b of two groups:
///   p_a − p_b ± (z √(p_a q_a / n_a + p_b q_b / n_b) + correction),  within [−1, 1]
/// Wald's: of another variance than the test, with which it need not agree, and of no length
/// where all of one group say yes and none of the other. `newcombe` and `share_difference` do
/// better.
/// @throws value_error  a group without people, or with more yes than people
/// @checked R prop.test, 1e-9
template <class Real = double>
[[nodiscard]] confidence_interval<Real> homogeneity_interval(
    yes_count a, yes_count b, confidence_level level,
    continuity_correction correction = continuity_correction::none) {
  using std::abs, std::sqrt;
  const yes_count groups[] = {a, b};
  detail::check_yes_counts("homogeneity_interval", groups);
  const auto real = [](std::size_t x) { return Real(static_cast<double>(x)); };
  const Real n_a = real(a.n), n_b = real(b.n), p_a = real(a.yes) / n_a, p_b = real(b.yes) / n_b;
  const Real difference = (real(a.yes) * n_b - real(b.yes) * n_a) / (n_a * n_b);
  const Real variance = p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b;
  const Real reach =
      detail::normal_quantile_above(Real(Real(level.alpha()) / 2)) * Real(sqrt(variance)) +
      detail::yates_correction(Real(abs(difference)), Real(1 / n_a + 1 / n_b), correction);
  confidence_interval<Real> out;
  out.level = level;
  out.method = correction == continuity_correction::yates ? "prop_test_yates" : "prop_test";
  out.assumption = assumption::simple_random_sample;
  out.base = n_a + n_b;
  out.low = difference - reach < Real(-1) ? Real(-1) : Real(difference - reach);
  out.high = difference + reach > Real(1) ? Real(1) : Real(difference + reach);
  return out;
}

}  // namespace baro
