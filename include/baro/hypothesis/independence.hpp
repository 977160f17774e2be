// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>
#include <baro/hypothesis/detail/interaction_effects.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/test_result.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// Shares of the cells of a table of two questions, row after row, with their joint covariance.
/// Levels that nobody has are left out.
template <class Real = double>
struct cell_shares {
  std::vector<std::string> rows{}, columns{};
  estimate<Real> cells{};  ///< rows × columns, and last the size of the population they are of
};

/// @param how  a domain: `where(…)`
/// @throws size_error the columns differ in length
template <class Real = double, class... How>
cell_shares<Real> shares_of_cells(const design& d, const categories& rows,
                                  const categories& columns, const How&... how) {
  detail::check_size("shares_of_cells", columns.name(), columns.size(), rows.size());
  std::vector<std::int32_t> code(rows.size()), other(rows.size());
  const code_run r = rows.read(0, rows.size(), code.data());
  const code_run c = columns.read(0, rows.size(), other.data());
  std::vector<std::int32_t> crossing(rows.size());
  const auto width = static_cast<std::int32_t>(columns.levels());
  for (std::size_t i = 0; i < rows.size(); ++i)
    crossing[i] = r[i] < 0 || c[i] < 0 ? -1 : r[i] * width + c[i];
  coded_labels labels;
  for (const std::string& row : rows.labels())
    for (const std::string& column : columns.labels())
      labels.labels.push_back(row + ":" + column);
  const categories question(crossing, std::move(labels));
  std::vector<signed char> one(crossing.size(), 1);
  for (std::size_t i = 0; i < one.size(); ++i)
    if (crossing[i] < 0) one[i] = 0;
  const estimate<Real> all = tabulate<Real>(
      d, how..., share_of<Real>(question.named(rows.name() + ":" + columns.name())),
      total_of<Real>(answers(one, missing_codes{.not_asked = {0}})));
  cell_shares<Real> out;
  std::vector<char> has_row(rows.levels(), 0), has_column(columns.levels(), 0);
  const std::size_t cells = all.size() - 1;
  for (std::size_t k = 0; k < cells; ++k)
    if (all.entry(k).bases.count > Real(0))
      has_row[k / columns.levels()] = has_column[k % columns.levels()] = 1;
  std::vector<std::size_t> kept;
  for (std::size_t k = 0; k < cells; ++k)
    if (has_row[k / columns.levels()] != 0 && has_column[k % columns.levels()] != 0)
      kept.push_back(k);
  for (std::size_t l = 0; l < rows.levels(); ++l)
    if (has_row[l] != 0) out.rows.push_back(rows.labels()[l]);
  for (std::size_t l = 0; l < columns.levels(); ++l)
    if (has_column[l] != 0) out.columns.push_back(columns.labels()[l]);
  kept.push_back(cells);
  out.cells = all.slice(kept);
  return out;
}

namespace detail {

/// What the tests of one table share.
template <class Real>
class table_tests {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;

  explicit table_tests(const cell_shares<Real>& t)
      : t_(t),
        rows_(static_cast<Eigen::Index>(t.rows.size())),
        columns_(static_cast<Eigen::Index>(t.columns.size())),
        p_(t.cells.value().head(rows_ * columns_)),
        row_(vector::Zero(rows_)),
        column_(vector::Zero(columns_)) {
    for (Eigen::Index r = 0; r < rows_; ++r)
      for (Eigen::Index c = 0; c < columns_; ++c) {
        row_(r) += p_(r * columns_ + c);
        column_(c) += p_(r * columns_ + c);
      }
  }

  test_result<Real> test(independence_test method) const {
    test_result<Real> out;
    out.test = name(method);
    out.status = p_.size() == 0 ? status::empty_domain : t_.cells.entry(0).status;
    if (out.status != status::ok) return out;
    const Real q(static_cast<double>((rows_ - 1) * (columns_ - 1)));
    const Real nu = t_.cells.entry(0).df;
    if (!(q > Real(0))) {
      out.status = status::undefined;
      return out;
    }
    const Real infinite = std::numeric_limits<Real>::infinity();
    switch (method) {
      case independence_test::pearson:
        out.statistic = pearson();
        out.df1 = q;
        out.df2 = infinite;
        break;
      case independence_test::rao_scott:
      case independence_test::likelihood_ratio: {
        const auto [first, second] = traces();
        out.statistic =
            (method == independence_test::rao_scott ? pearson() : deviance()) / first;
        out.df1 = first * first / second;
        out.df2 = out.df1 * nu;
        break;
      }
      case independence_test::rao_scott_first_order:
        out.statistic = pearson() / (traces().first / q);
        out.df1 = q;
        out.df2 = infinite;
        break;
      case independence_test::wald:
        out.statistic = wald() / q;
        out.df1 = q;
        out.df2 = nu;
        break;
      case independence_test::adjusted_wald:
        out.statistic = wald() * (nu - q + 1) / (q * nu);
        out.df1 = q;
        out.df2 = nu - q + 1;
        break;
    }
    const bool chi_squared = method == independence_test::pearson ||
                             method == independence_test::rao_scott_first_order;
    // Wald's covariance has no inverse with fewer degrees of freedom than contrasts.
    const bool is_wald =
        method == independence_test::wald || method == independence_test::adjusted_wald;
    if (!(out.df2 > Real(0)) || (is_wald && nu < q)) {
      out.status = status::no_degrees;
      out.statistic = out.p_value = std::numeric_limits<Real>::quiet_NaN();
      return out;
    }
    out.p_value = chi_squared ? chi_squared_tail(q, out.statistic)
                              : f_tail(out.df1, out.df2, out.statistic);
    if (!(out.p_value >= Real(0))) {
      out.status = status::undefined;
      out.statistic = out.p_value = std::numeric_limits<Real>::quiet_NaN();
    }
    return out;
  }

 private:
  Real expected(Eigen::Index r, Eigen::Index c) const { return row_(r) * column_(c); }

  /// n Σ (p − p_r p_c)² / (p_r p_c)
  Real pearson() const {
    Real sum(0);
    for (Eigen::Index r = 0; r < rows_; ++r)
      for (Eigen::Index c = 0; c < columns_; ++c) {
        const Real gap = p_(r * columns_ + c) - expected(r, c);
        sum += gap * gap / expected(r, c);
      }
    return t_.cells.entry(0).bases.n * sum;
  }

  /// 2 n Σ p log(p / (p_r p_c))
  Real deviance() const {
    using std::log;
    Real sum(0);
    for (Eigen::Index r = 0; r < rows_; ++r)
      for (Eigen::Index c = 0; c < columns_; ++c)
        if (const Real p = p_(r * columns_ + c); p > Real(0))
          sum += p * log(Real(p / expected(r, c)));
    return 2 * t_.cells.entry(0).bases.n * sum;
  }

  /// tr Δ and tr Δ²
  std::pair<Real, Real> traces() const {
    const matrix delta =
        t_.cells.entry(0).bases.n *
        interaction_effects<Real>(p_, t_.cells.covariance().topLeftCorner(p_.size(), p_.size()),
                                  rows_, columns_);
    return {delta.trace(), (delta * delta).trace()};
  }

  /// Yᵀ (J V Jᵀ)⁻¹ Y, Y = N (p_rc − p_r p_c) without the last row and column, N estimated too.
  Real wald() const {
    const Eigen::Index q = (rows_ - 1) * (columns_ - 1);
    const Real size = t_.cells.value(static_cast<std::size_t>(p_.size()));
    vector y(q);
    matrix j = matrix::Zero(q, p_.size() + 1);
    for (Eigen::Index r = 0; r + 1 < rows_; ++r)
      for (Eigen::Index c = 0; c + 1 < columns_; ++c) {
        const Eigen::Index at = r * (columns_ - 1) + c;
        y(at) = p_(r * columns_ + c) - expected(r, c);
        j(at, r * columns_ + c) += size;
        for (Eigen::Index i = 0; i < columns_; ++i)
          j(at, r * columns_ + i) -= size * column_(c);
        for (Eigen::Index i = 0; i < rows_; ++i) j(at, i * columns_ + c) -= size * row_(r);
        j(at, p_.size()) = y(at);
        y(at) *= size;
      }
    const matrix v = j * t_.cells.covariance() * j.transpose();
    return y.dot(vector(solved_or_nan<Real>(v, y)));
  }

  const cell_shares<Real>& t_;
  Eigen::Index rows_, columns_;
  vector p_, row_, column_;
};

}  // namespace detail

/// Are two questions independent?
/// @param table  `shares_of_cells(design, rows, columns)`
/// @status empty_domain; undefined with a single row or column, or where the covariance does
/// not
///         tell; no_degrees
/// @checked R survey svychisq, all statistics; conventions 5
template <class Real>
[[nodiscard]] test_result<Real> independence(
    const cell_shares<Real>& table, independence_test method = independence_test::rao_scott) {
  return detail::table_tests<Real>(table).test(method);
}

}  // namespace baro
