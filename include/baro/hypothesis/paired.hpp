// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/detail/contrast_test.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/independence.hpp>
#include <baro/weights/detail/independent_columns.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// Two numeric answers of the same people under a design, a − b: the t test of the mean of
/// their differences, among those who gave both.
/// @param df      `fixed(ν − 1)` is R svyttest(I(a − b) ~ 0)
/// @param domain  `where(…)`
/// @returns       value_a and value_b are the means of those who gave both
/// @status empty_domain; no_degrees; undefined where all differences are the same
/// @throws size_error   a column that is not as long as the design
/// @throws value_error  an infinite answer
/// @checked R survey svyttest, t.test(paired = TRUE)
template <class Real = double>
[[nodiscard]] comparison<Real> paired_difference(
    const design& d, const answers& a, const answers& b, confidence_level level,
    comparison_degrees df = comparison_degrees::design(), const where& domain = {}) {
  const std::size_t n = a.size();
  detail::check_size("paired_difference", b.name().empty() ? "b" : b.name(), b.size(), n);
  const double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> x(n), y(n), gap(n, none), buffer(n);
  const double* const from_a = a.read(0, n, buffer.data());
  std::copy(from_a, from_a + n, x.begin());
  const double* const from_b = b.read(0, n, buffer.data());
  std::copy(from_b, from_b + n, y.begin());
  for (std::size_t i = 0; i < n; ++i) {
    if (x[i] != x[i] || y[i] != y[i])
      x[i] = y[i] = none;
    else
      gap[i] = x[i] - y[i];
  }
  const estimate<Real> e =
      tabulate<Real>(d, domain, separately{}, mean_of<Real>(answers(x).named(a.name())),
                     mean_of<Real>(answers(y).named(b.name())), mean_of<Real>(answers(gap)));
  // The mean difference beside a 0 known for certain. (From the variances of both and their
  // covariance it would lose digits where the answers are alike.)
  const std::size_t third[] = {2};
  estimate<Real> zero(estimate<Real>::vector::Zero(1), estimate<Real>::matrix::Zero(1, 1),
                      std::vector<entry<Real>>(1));
  auto out = difference(concatenate(e.slice(third), zero), 0, 1, level, df);
  out.a = e.entry(0).label;
  out.b = e.entry(1).label;
  out.value_a = e.value(0);
  out.value_b = e.value(1);
  out.test = "paired_t";
  out.limits.method = out.test;
  // Differences that are the same but for the rounding of the answers do not vary.
  using std::abs;
  const Real largest = std::max(Real(abs(out.value_a)), Real(abs(out.value_b)));
  if (out.status == status::ok &&
      !(out.standard_error > 4 * std::numeric_limits<Real>::epsilon() * largest)) {
    out.status = out.limits.status = status::undefined;
    out.statistic = out.p_value = out.limits.low = out.limits.high = out.unknown();
  }
  return out;
}

/// The share of a level in two questions put to the same people (or in two waves of a panel)
/// under a design, a − b: McNemar's question, by the t test of the mean of the two 0-or-1
/// answers' difference. The same as `difference` of the two shares in one estimate where
/// everybody gave both answers.
/// @throws value_error  neither question has the level
template <class Real = double>
[[nodiscard]] comparison<Real> paired_difference(
    const design& d, const categories& a, const categories& b, const std::string& shared_level,
    confidence_level level, comparison_degrees df = comparison_degrees::design(),
    const where& domain = {}) {
  const std::size_t n = a.size();
  detail::check_size("paired_difference", b.name().empty() ? "b" : b.name(), b.size(), n);
  const auto indicator = [&](const categories& c) {
    std::vector<std::int32_t> buffer(n);
    const code_run code = c.read(0, n, buffer.data());
    const std::int32_t wanted = c.code(shared_level);
    std::vector<signed char> out(n);
    for (std::size_t i = 0; i < n; ++i)
      out[i] = static_cast<signed char>(code[i] < 0 ? -1 : int{code[i] == wanted});
    return out;
  };
  if (a.code(shared_level) < 0) detail::level_number("paired_difference", b, shared_level);
  const std::vector<signed char> x = indicator(a), y = indicator(b);
  const missing_codes none{.not_asked = {-1}};
  auto out = paired_difference<Real>(d, answers(x, none).named(a.name()),
                                     answers(y, none).named(b.name()), level, df, domain);
  for (label* l : {&out.a, &out.b}) {
    l->statistic = statistic::share;
    l->level = shared_level;
  }
  return out;
}

namespace detail {

/// The differences of the margins of a table of two questions with the same levels, of which
/// the independent ones are kept.
template <class Real>
share_contrasts<Real> margin_contrasts(const cell_shares<Real>& t) {
  using matrix = typename share_contrasts<Real>::matrix;
  using vector = typename share_contrasts<Real>::vector;
  std::vector<std::string> levels = t.rows;
  for (const std::string& c : t.columns)
    if (std::find(levels.begin(), levels.end(), c) == levels.end()) levels.push_back(c);
  const auto at = [&](const std::string& l) {
    return static_cast<Eigen::Index>(std::find(levels.begin(), levels.end(), l) -
                                     levels.begin());
  };
  const auto k = static_cast<Eigen::Index>(levels.size());
  const auto cells = static_cast<Eigen::Index>(t.rows.size() * t.columns.size());
  matrix signs = matrix::Zero(k, cells), spread = matrix::Zero(k, k);
  Eigen::Index cell = 0;
  for (const std::string& r : t.rows)
    for (const std::string& c : t.columns) {
      const Eigen::Index i = at(r), j = at(c);
      const Real p = t.cells.value()(cell);
      if (i != j) {
        signs(i, cell) = Real(1);
        signs(j, cell) = Real(-1);
        spread(i, i) += p;
        spread(j, j) += p;
        spread(i, j) -= p;
        spread(j, i) -= p;
      }
      ++cell;
    }
  const vector gap = signs * t.cells.value().head(cells);
  const matrix v = signs * t.cells.covariance().topLeftCorner(cells, cells) * signs.transpose();
  const pivoted_cholesky<Real> factors(spread);
  const auto q = static_cast<Eigen::Index>(factors.rank());
  share_contrasts<Real> out;
  out.value.resize(q);
  out.covariance.resize(q, q);
  out.multinomial.resize(q, q);
  for (Eigen::Index i = 0; i < q; ++i) {
    const auto a = static_cast<Eigen::Index>(factors.order()[static_cast<std::size_t>(i)]);
    out.value(i) = gap(a);
    for (Eigen::Index j = 0; j < q; ++j) {
      const auto b = static_cast<Eigen::Index>(factors.order()[static_cast<std::size_t>(j)]);
      out.covariance(i, j) = v(a, b);
      out.multinomial(i, j) = spread(a, b);
    }
  }
  out.n = t.cells.entry(0).bases.n;
  out.df = t.cells.entry(0).df;
  return out;
}

}  // namespace detail

/// Are the levels as frequent in one question as in another put to the same people (or in two
/// waves of a panel)? The tests of `independence_test` under the design, with Stuart's and
/// Maxwell's statistic of the weighted shares as X²:
///   X² = n dᵀ S⁻¹ d,  d_i = p_i. − p_.i,  S = Σ (p_ij + p_ji)(e_i − e_j)(e_i − e_j)ᵀ,
///   Δ = n S⁻¹ V(d)
/// and q its rank: k − 1, or less by one for each group of levels between which nobody moved.
/// @param table  `shares_of_cells(design, before, after)`; levels are matched by their labels
/// @status empty_domain; undefined where nobody moved, or where the covariance does not tell;
///         no_degrees
/// @throws value_error  likelihood_ratio, which has no closed form here
/// @checked `equal_margins` where all weights are 1; a t test of two shares for k = 2; Wald's
///          by R svymean and solve()
template <class Real>
[[nodiscard]] test_result<Real> marginal_homogeneity(
    const cell_shares<Real>& table, independence_test method = independence_test::rao_scott) {
  if (method == independence_test::likelihood_ratio)
    detail::refuse("marginal_homogeneity", "method", name(method),
                   "must be one of the other tests: it has no closed form");
  const status why = table.rows.empty() ? status::empty_domain : table.cells.entry(0).status;
  if (why != status::ok) return detail::no_test<Real>(name(method), why);
  const auto c = detail::margin_contrasts(table);
  return c.test(method, c.pearson());
}

}  // namespace baro
