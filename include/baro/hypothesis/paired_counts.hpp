// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/hypothesis/detail/contrast_test.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/interval/detail/distributions.hpp>
#include <baro/weights/detail/independent_columns.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace baro {

/// How two yes-or-no answers of the same people, unweighted, are compared. Of those who
/// changed, b to yes and c to no:
///   mcnemar            (b − c)² / (b + c) against χ²(1)
///   mcnemar_corrected  (|b − c| − 1)² / (b + c), of Edwards (1948)
///   mcnemar_exact      2 P(X <= min(b, c)), X binomial(b + c, ½): never above its level
///   mcnemar_mid_p      the same with P(X = min) counted half: at its level on average
enum class mcnemar_test { mcnemar, mcnemar_corrected, mcnemar_exact, mcnemar_mid_p };

constexpr std::string_view name(mcnemar_test t) noexcept {
  constexpr std::array<std::string_view, 4> names{"mcnemar", "mcnemar_corrected",
                                                  "mcnemar_exact", "mcnemar_mid_p"};
  return names[static_cast<std::size_t>(t)];
}

/// The test of that name.
constexpr std::optional<mcnemar_test> mcnemar_test_by_name(std::string_view text) noexcept {
  for (int t = 0; t <= static_cast<int>(mcnemar_test::mcnemar_mid_p); ++t)
    if (name(static_cast<mcnemar_test>(t)) == text) return static_cast<mcnemar_test>(t);
  return std::nullopt;
}

/// Those who changed their answer between two questions, or two waves.
struct changed_counts {
  std::size_t to_yes = 0, to_no = 0;
};

/// Are as many people changing to yes as to no?
/// @returns  of the exact tests the smaller count as `statistic`, and no degrees of freedom
/// @status undefined  nobody changed
/// @see    McNemar (1947), Psychometrika 12:153; Fagerland, Lydersen and Laake (2013), BMC
///         Medical Research Methodology 13:91 for mid-p
/// @checked R mcnemar.test, binom.test; conventions 5
template <class Real = double>
[[nodiscard]] test_result<Real> mcnemar(changed_counts changed,
                                        mcnemar_test method = mcnemar_test::mcnemar) {
  test_result<Real> out;
  out.test = name(method);
  const std::size_t least = std::min(changed.to_yes, changed.to_no);
  const std::size_t most = std::max(changed.to_yes, changed.to_no);
  if (most == 0) return detail::no_test<Real>(name(method), status::undefined);
  const Real low(static_cast<double>(least)), high(static_cast<double>(most));
  const Real all = low + high, half(0.5);
  switch (method) {
    case mcnemar_test::mcnemar:
    case mcnemar_test::mcnemar_corrected: {
      const Real gap =
          high - low - Real(method == mcnemar_test::mcnemar || most == least ? 0 : 1);
      return detail::test_against_chi_squared<Real>(name(method), Real(gap * gap / all),
                                                    Real(1));
    }
    case mcnemar_test::mcnemar_exact:
    case mcnemar_test::mcnemar_mid_p: {
      // P(X <= k) of a binomial(n, ½) is P(B <= ½) of a Beta(n − k, k + 1).
      const Real p = detail::beta_cdf(high, Real(low + 1), half);
      const Real fewer = least == 0 ? Real(0) : detail::beta_cdf(Real(high + 1), low, half);
      const Real twice = method == mcnemar_test::mcnemar_exact ? Real(2 * p) : Real(p + fewer);
      out.statistic = low;
      out.p_value = twice < Real(1) ? twice : Real(1);
      break;
    }
  }
  return out;
}

/// What the test of equal margins does about the spread of the k differences d = n_i. − n_.i.
///   stuart_maxwell  as it is when there is none: V = Σ (n_ij + n_ji) (e_i − e_j)(e_i − e_j)ᵀ
///   bhapkar         as it is seen, V − d dᵀ / n: W / (1 − W / n) of the other's W
enum class equal_margins_test { stuart_maxwell, bhapkar };

constexpr std::string_view name(equal_margins_test t) noexcept {
  return t == equal_margins_test::bhapkar ? "bhapkar" : "stuart_maxwell";
}

/// Are the k levels as frequent in one question as in another, asked of the same people,
/// unweighted? dᵀ V⁻ d against χ² with as many degrees as V has rank: k − 1, or less by one for
/// each group of levels between which nobody moved. With two levels Stuart–Maxwell is McNemar.
/// @param table  k × k counts, row after row: rows the first question, columns the second
/// @status undefined  nobody changed; bhapkar, where everybody did in one direction
/// @throws size_error  the number of counts is not a square
/// @see    Stuart (1955), Biometrika 42:412; Maxwell (1970), British Journal of Psychiatry
///         116:651; Bhapkar (1966), JASA 61:228
/// @checked R mcnemar.test for k = 2; the matrices written out and solved by R
template <class Real = double>
[[nodiscard]] test_result<Real> equal_margins(
    std::span<const std::size_t> table,
    equal_margins_test method = equal_margins_test::stuart_maxwell) {
  std::size_t k = 0;
  while (k * k < table.size()) ++k;
  detail::check_size("equal_margins", "table", table.size(), k * k);
  const auto levels = static_cast<Eigen::Index>(k);
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> v(levels, levels);
  Eigen::Matrix<Real, Eigen::Dynamic, 1> gap(levels);
  v.setZero();
  gap.setZero();
  Real n(0);
  for (Eigen::Index i = 0; i < levels; ++i)
    for (Eigen::Index j = 0; j < levels; ++j) {
      const Real count(static_cast<double>(
          table[static_cast<std::size_t>(i) * k + static_cast<std::size_t>(j)]));
      n += count;
      if (i == j) continue;
      gap(i) += count;
      gap(j) -= count;
      v(i, i) += count;
      v(j, j) += count;
      v(i, j) -= count;
      v(j, i) -= count;
    }
  const detail::pivoted_cholesky<Real> factors(v);
  if (factors.rank() == 0) return detail::no_test<Real>(name(method), status::undefined);
  Real w = gap.dot(factors.solve(gap));
  if (method == equal_margins_test::bhapkar)
    w = w < n ? Real(w / (1 - w / n)) : std::numeric_limits<Real>::quiet_NaN();
  const Real df(static_cast<double>(factors.rank()));
  return detail::test_against_chi_squared<Real>(name(method), w, df);
}

}  // namespace baro
