// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/hypothesis/detail/contrast_test.hpp>
#include <baro/hypothesis/homogeneity.hpp>
#include <baro/hypothesis/test_result.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace baro {

/// Where shares go as scores rise; `none` where the line through them is level.
enum class trend_direction { falling, none, rising };

constexpr std::string_view name(trend_direction d) noexcept {
  constexpr std::array<std::string_view, 3> names{"falling", "none", "rising"};
  return names[static_cast<std::size_t>(d)];
}

/// The trend of plain counts, and what it leaves. What cannot be said is NaN.
template <class Real = double>
struct count_trend {
  Real slope = std::numeric_limits<Real>::quiet_NaN();  ///< of the share, per unit of score
  Real z = std::numeric_limits<Real>::quiet_NaN();      ///< signed root of the statistic
  trend_direction direction = trend_direction::none;
  test_result<Real> trend{};      ///< z² against χ²(1): is there a trend?
  test_result<Real> departure{};  ///< what is left of the homogeneity of k groups, against
                                  ///< χ²(k − 2): do the shares leave the line?
};

/// Does the share of yes rise or fall over k groups with scores x: unweighted counts of simple
/// random samples that have nobody in common (waves, ages, answers in their order). With
/// p̄ = Σ a / Σ n and x̄ = Σ n x / Σ n
///   b = Σ n_i (x_i − x̄) p_i / Σ n_i (x_i − x̄)²
///   z = Σ n_i (x_i − x̄) p_i / √(p̄ (1 − p̄) Σ n_i (x_i − x̄)²),  X² = z² against χ²(1)
/// (Cochran 1954, Biometrics 10:417; Armitage 1955, Biometrics 11:375), without correction for
/// continuity. Nothing is exact here: a χ² wants expected counts of 5 or so. Weighted shares,
/// or respondents met twice, are for `slope` and `logistic_trend`.
/// @param scores  k, finite, not all the same, in any order; the unit does not change the test
/// @status undefined  everybody says yes, or nobody does; of `departure` with two groups
/// @throws value_error  fewer than two groups; a group without people, or with more yes than
///                      people; scores that are not finite, or all the same
/// @throws size_error   not one score a group
/// @see     Agresti (2013), Categorical Data Analysis, 5.3.5; Fleiss, Levin and Paik (2003),
///          Statistical Methods for Rates and Proportions, 9.3
/// @checked R prop.trend.test(a, n, x), 1e-12; prop.test for the departure; conventions 5
template <class Real = double>
[[nodiscard]] count_trend<Real> cochran_armitage(std::span<const yes_count> groups,
                                                 std::span<const double> scores) {
  using std::sqrt;
  if (groups.size() < 2)
    detail::refuse("cochran_armitage", "groups", groups.size(), "must be two or more");
  detail::check_yes_counts("cochran_armitage", groups);
  detail::check_size("cochran_armitage", "scores", scores.size(), groups.size());
  bool same = true;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!(scores[i] - scores[i] == 0))
      detail::refuse("cochran_armitage", "scores", i, scores[i], "must be finite");
    same = same && scores[i] == scores[0];
  }
  if (same) detail::refuse("cochran_armitage", "scores", scores[0], "must not all be the same");

  Real people(0), yes(0), centre(0);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const Real n(static_cast<double>(groups[i].n));
    people += n;
    yes += Real(static_cast<double>(groups[i].yes));
    centre += n * (Real(scores[i]) - Real(scores[0]));
  }
  centre = Real(scores[0]) + centre / people;
  const Real share = yes / people;
  Real cross(0), square(0), between(0);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const Real n(static_cast<double>(groups[i].n)), d = Real(scores[i]) - centre;
    const Real apart = Real(static_cast<double>(groups[i].yes)) - n * share;
    cross += d * apart;
    square += n * d * d;
    between += apart * apart / n;
  }
  count_trend<Real> out;
  out.trend = detail::no_test<Real>("cochran_armitage", status::undefined);
  out.departure = detail::no_test<Real>("cochran_armitage_departure", status::undefined);
  const Real spread = share * (1 - share);
  if (yes == Real(0) || yes == people) return out;
  out.slope = cross / square;
  out.z = cross / sqrt(Real(spread * square));
  if (out.z > Real(0)) out.direction = trend_direction::rising;
  if (out.z < Real(0)) out.direction = trend_direction::falling;
  const Real x = out.z * out.z;
  out.trend = detail::test_against_chi_squared<Real>("cochran_armitage", x, Real(1));
  if (groups.size() == 2) return out;
  const Real left = between / spread - x;
  out.departure = detail::test_against_chi_squared<Real>(
      "cochran_armitage_departure", left > Real(0) ? left : Real(0),
      Real(static_cast<double>(groups.size() - 2)));
  return out;
}

/// The same with the scores 1, 2, …, k.
template <class Real = double>
[[nodiscard]] count_trend<Real> cochran_armitage(std::span<const yes_count> groups) {
  std::vector<double> scores;
  for (std::size_t i = 0; i < groups.size(); ++i) scores.push_back(static_cast<double>(i + 1));
  return cochran_armitage<Real>(groups, scores);
}

}  // namespace baro
