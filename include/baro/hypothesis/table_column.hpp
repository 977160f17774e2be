// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/interval/detail/share_figure.hpp>
#include <baro/published/base.hpp>
#include <baro/published/published_design.hpp>
#include <baro/published/published_share.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

namespace baro {

/// What a table knows of one row in one column: sums over the respondents of the column who
/// answered, y 1 in the row and 0 elsewhere.
template <class Real = double>
struct column_sums {
  Real count{};                                                  ///< Σ w y
  Real sum_weights{};                                            ///< Σ w
  Real sum_squared_weights{};                                    ///< Σ w²
  Real n{};                                                      ///< respondents
  Real squared_in_row = std::numeric_limits<Real>::quiet_NaN();  ///< Σ w² y, or NaN: not known
};

/// Respondents counted one by one, without weights.
template <class Real = double>
struct column_counts {
  Real count{}, n{};
};

/// One row of a table in one column, as the tests of tabulation software look at it. Those that
/// take weights for counts need them on the scale of respondents, Σ w = n over the table.
template <class Real = double>
class table_column {
 public:
  using real = Real;

  /// @throws value_error  a sum that is negative or not a number, or a row above its column
  explicit table_column(const column_sums<Real>& s) : sums_(s) {
    constexpr const char* rule = "must be a number and at least 0";
    check(s.sum_weights >= Real(0), "sum_weights", s.sum_weights, rule);
    check(s.sum_squared_weights >= Real(0), "sum_squared_weights", s.sum_squared_weights, rule);
    check(s.n >= Real(0), "n", s.n, rule);
    if (empty()) {
      status_ = baro::status::empty_domain;
      return;
    }
    check(s.sum_squared_weights > Real(0), "sum_squared_weights", s.sum_squared_weights,
          "must be above 0 where there are weights");
    const Real p = detail::snapped(Real(s.count / s.sum_weights));
    check(p >= Real(0) && p <= Real(1), "count", s.count, "must be from 0 to sum_weights");
    sums_.count = p * s.sum_weights;
    if (s.squared_in_row == s.squared_in_row) {  // known
      const Real rounding = s.sum_squared_weights * Real(1e-9);
      check(
          s.squared_in_row >= -rounding && s.squared_in_row <= s.sum_squared_weights + rounding,
          "squared_in_row", s.squared_in_row, "must be from 0 to sum_squared_weights");
    }
    // Σ w² (y − p)² / (Σ w)² · n / (n − 1)
    const Real within = (1 - p) * (1 - p) * s.squared_in_row +
                        p * p * (s.sum_squared_weights - s.squared_in_row);
    if (s.n > Real(1)) variance_ = within / (s.sum_weights * s.sum_weights) * (s.n / (s.n - 1));
  }
  explicit table_column(const column_counts<Real>& c)
      : table_column(column_sums<Real>{c.count, c.n, c.n, c.n, c.count}) {}
  /// The same with a variance known otherwise (or NaN), and the reason why it has no share.
  table_column(const column_sums<Real>& s, const Real& variance, baro::status why)
      : table_column(s) {
    variance_ = variance;
    if (why != baro::status::ok) status_ = why;
  }

  Real share() const { return sums_.count / sums_.sum_weights; }
  Real count() const { return sums_.count; }
  Real sum_weights() const { return sums_.sum_weights; }
  Real sum_squared_weights() const { return sums_.sum_squared_weights; }
  Real squared_in_row() const { return sums_.squared_in_row; }
  Real n() const { return sums_.n; }
  /// Kish: (Σ w)² / Σ w².
  Real effective_n() const {
    return sums_.sum_weights * sums_.sum_weights / sums_.sum_squared_weights;
  }
  /// Of the share: Σ w² (y − p)² / (Σ w)² · n / (n − 1), or what an estimate says; NaN:
  /// unknown.
  Real variance() const { return variance_; }
  baro::status status() const { return status_; }

  /// With every weight times `factor`: for tests that take weights for counts.
  /// @throws value_error  a factor that is not above 0
  table_column rescaled(const Real& factor) const {
    check(factor > Real(0), "factor", factor, "must be above 0");
    const Real square = factor * factor;
    return table_column(
        {sums_.count * factor, sums_.sum_weights * factor, sums_.sum_squared_weights * square,
         sums_.n, sums_.squared_in_row * square},
        variance_, status_);
  }

 private:
  static void check(bool holds, std::string_view argument, const Real& value,
                    std::string_view rule) {
    if (!holds || !(value <= (std::numeric_limits<Real>::max)()))
      detail::refuse("table_column", argument, value, rule);
  }
  bool empty() const { return !(sums_.sum_weights > Real(0)) || !(sums_.n > Real(0)); }

  column_sums<Real> sums_;
  Real variance_ = std::numeric_limits<Real>::quiet_NaN();
  baro::status status_ = baro::status::ok;
};

/// One share of an estimate as a column: its bases say n, Σ w and Kish's size, its variance is
/// the design's, which `displayr` alone looks at. That is the package's own s², with n / (n −
/// 1) of the column, when the columns are the strata of a design that has weights and no more.
/// @throws value_error  an entry that is not there, or not a share
template <class Real>
[[nodiscard]] table_column<Real> column_of(const estimate<Real>& e, std::size_t i) {
  const auto& entry = e.entry(i);
  if (entry.label.statistic != statistic::share)
    detail::refuse("column_of", "statistic", name(entry.label.statistic), "must be 'share'");
  status why = entry.status == status::no_degrees ? status::ok : entry.status;
  const auto& b = entry.bases;
  if (why != status::ok)
    return table_column<Real>(column_sums<Real>{}, std::numeric_limits<Real>::quiet_NaN(), why);
  return table_column<Real>(
      {e.value(i) * b.sum_weights, b.sum_weights, b.sum_weights * b.sum_weights / b.effective_n,
       b.n, std::numeric_limits<Real>::quiet_NaN()},
      e.variance(i), why);
}

/// A published share and its base as a column: Σ w = n, and Kish's size is n / deff.
template <class Real = double>
[[nodiscard]] table_column<Real> column_of(Real share, base n,
                                           const published_design& design = {}) {
  return column_of(published_share<Real>(share, n, design), 0);
}

/// The respondents whom two columns have in common: a banner of several answers, a column and
/// the total. None by default.
template <class Real = double>
struct column_overlap {
  Real n{};                    ///< respondents in both
  Real sum_weights{};          ///< Σ w over them
  Real sum_squared_weights{};  ///< Σ w² over them
  Real count{};                ///< Σ w of those of them in the row
  Real correlation{1};         ///< of their answers in the one column and the other: 1, but in
                               ///< grids, where `answer_correlation` says it

  bool none() const { return !(n > Real(0)) || !(sum_weights > Real(0)); }
  /// Kish: (Σ w)² / Σ w²; 0 without overlap.
  Real effective_n() const {
    return none() ? Real(0) : Real(sum_weights * sum_weights / sum_squared_weights);
  }
};

/// The overlap, from an estimate of the same share among the respondents who are in both
/// columns.
template <class Real>
[[nodiscard]] column_overlap<Real> overlap_of(const estimate<Real>& e, std::size_t i) {
  const table_column<Real> both = column_of(e, i);
  if (both.status() != status::ok) return {};
  return {both.n(), both.sum_weights(), both.sum_squared_weights(), both.count(), Real(1)};
}

/// A column is all in the total: the overlap is the column.
template <class Real>
[[nodiscard]] column_overlap<Real> overlap_with_total(const table_column<Real>& part) {
  if (part.status() != status::ok) return {};
  return {part.n(), part.sum_weights(), part.sum_squared_weights(), part.count(), Real(1)};
}

/// Of the respondents asked in both columns of a grid, the shares in the row.
template <class Real = double>
struct answers_in_both {
  Real in_both{};  ///< in the row in both columns
  Real in_a{};     ///< in the row in the one, whatever the other
  Real in_b{};
};

/// Pearson's correlation of two answers of 0 and 1:
///   (p₀ − p_a p_b) / √(p_a (1 − p_a) p_b (1 − p_b))
/// 1 where the three are the same; 0 where one of them does not vary.
/// @throws value_error  shares that cannot be of the same respondents
template <class Real>
[[nodiscard]] Real answer_correlation(const answers_in_both<Real>& of) {
  using std::sqrt;
  constexpr std::string_view function = "answer_correlation";
  const Real slack = 16 * std::numeric_limits<Real>::epsilon();
  for (const Real& p : {of.in_a, of.in_b})
    if (!(p >= Real(0) && p <= Real(1)))
      detail::refuse(function, "in_a, in_b", p, "must be from 0 to 1");
  const Real most = of.in_a < of.in_b ? of.in_a : of.in_b, least = of.in_a + of.in_b - 1;
  if (!(of.in_both >= -slack && of.in_both >= least - slack && of.in_both <= most + slack))
    detail::refuse(function, "in_both", of.in_both, "must be a share of those in both rows");
  const Real spread = of.in_a * (1 - of.in_a) * of.in_b * (1 - of.in_b);
  if (!(spread > Real(0))) return Real(0);
  return (of.in_both - of.in_a * of.in_b) / sqrt(spread);
}

/// All respondents of the total who are not in the column. Its variance is known where both are
/// made of sums with `squared_in_row`.
/// @throws value_error  a column that is not within the total
template <class Real>
[[nodiscard]] table_column<Real> rest_of(const table_column<Real>& total,
                                         const table_column<Real>& part) {
  if (total.status() != status::ok || part.status() == status::empty_domain) return total;
  if (part.status() != status::ok) return part;
  const auto less = [](std::string_view what, const Real& all, const Real& some) {
    const Real slack = 16 * std::numeric_limits<Real>::epsilon() * all, left = all - some;
    if (!(left >= -slack)) detail::refuse("rest_of", what, some, "must be within the total");
    return left <= slack ? Real(0) : left;
  };
  column_sums<Real> s;
  s.n = less("n", total.n(), part.n());
  s.sum_weights = less("sum_weights", total.sum_weights(), part.sum_weights());
  s.sum_squared_weights =
      less("sum_squared_weights", total.sum_squared_weights(), part.sum_squared_weights());
  s.count = less("count", total.count(), part.count());
  s.squared_in_row = total.squared_in_row() - part.squared_in_row();
  return table_column<Real>(s);
}

}  // namespace baro
