// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/table_column.hpp>

#include <cmath>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>

namespace baro {

/// The numbers that a policy puts into its formula. With a common variance v,
///   (a − b) / √(v (1/n_a + 1/n_b − 2 r n_o / (n_a n_b)) · times / over)
/// and with a variance for each,
///   (a − b) / √((v_a + v_b) · times / over)
/// a − b less the continuity correction. What a policy does not test has a status and a reason.
template <class Real = double>
struct column_terms {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  Real value_a = unknown(), value_b = unknown();
  Real pooled_share = unknown();     ///< P, where the common variance is P (1 − P)
  Real common_variance = unknown();  ///< NaN: one for each
  Real base_a{}, base_b{};
  Real base_both{};     ///< n_o
  Real correlation{1};  ///< r
  Real variance_a = unknown(), variance_b = unknown();
  Real times{1}, over{1};
  Real continuity{};
  Real df = std::numeric_limits<Real>::infinity();  ///< infinite: normal
  baro::status status = baro::status::ok;
  std::string_view reason{};

  /// Not tested, and why.
  void skip(baro::status why, std::string_view because) {
    if (status != baro::status::ok) return;
    status = why;
    reason = because;
  }
};

/// How a tabulation package tests two columns: a struct with a name and a call operator.
///   p(a, b, overlap)  the numbers of its formula
///   p.name()          the field's name for it
template <class Policy, class Column = table_column<double>>
concept tabulation_policy = requires(const Policy& p, const Column& a,
                                     const column_overlap<typename Column::real>& overlap) {
  { p(a, a, overlap) } -> std::same_as<column_terms<typename Column::real>>;
  { p.name() } -> std::convertible_to<std::string_view>;
};

/// Two columns of a table compared by the rules of one package. There is no interval: most of
/// these standard errors hold only where there is no difference. What cannot be said is NaN,
/// and `status` and `reason` say why.
template <class Real = double>
struct column_comparison {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  Real value_a = unknown(), value_b = unknown();
  Real difference = unknown();  ///< a − b
  Real standard_error = unknown();
  Real statistic = unknown();  ///< z, or t with df
  Real df = unknown();         ///< infinite: normal
  Real p_value = unknown();    ///< two-sided, that there is no difference
  std::string test{};          ///< the policy's name
  baro::status status = baro::status::ok;
  std::string reason{};
};

namespace detail {

/// The formula's value.
template <class Real>
[[nodiscard]] column_comparison<Real> test_of_terms(column_terms<Real> t,
                                                    std::string_view name) {
  using std::abs, std::sqrt;
  column_comparison<Real> out;
  out.test = name;
  out.value_a = t.value_a;
  out.value_b = t.value_b;
  out.difference = t.value_a - t.value_b;
  const Real slack = 16 * std::numeric_limits<Real>::epsilon();
  const bool common = t.common_variance == t.common_variance;
  if (t.status == status::ok) {
    Real variance = (t.variance_a + t.variance_b) * (t.times / t.over);
    if (common) {
      const Real apart = 1 / t.base_a + 1 / t.base_b;
      const Real sizes = apart - 2 * t.correlation * t.base_both / (t.base_a * t.base_b);
      if (!(sizes > slack * apart)) t.skip(status::undefined, "columns coincide");
      variance = t.common_variance * sizes * (t.times / t.over);
    }
    if (!(variance == variance)) t.skip(status::undefined, "unknown variance");
    if (!(variance > Real(0))) t.skip(status::undefined, "no variance");
    if (!(t.df > Real(0))) t.skip(status::no_degrees, "no degrees of freedom");
    if (t.status == status::ok) {
      out.df = t.df;
      out.standard_error = sqrt(variance);
      const Real size = abs(out.difference);
      const Real left = size > t.continuity ? Real(size - t.continuity) : Real(0);
      out.statistic = (out.difference < Real(0) ? -left : left) / out.standard_error;
      out.p_value = two_sided_t(out.df, out.statistic);
    }
  }
  out.status = t.status;
  out.reason = t.reason;
  return out;
}

/// What any policy says of two columns, or why it says nothing.
template <class Column, class Policy>
column_terms<typename Column::real> terms_of_columns(
    const Column& a, const Column& b, const column_overlap<typename Column::real>& overlap,
    const Policy& policy) {
  using Real = typename Column::real;
  const Real slack = 1 + 1024 * std::numeric_limits<Real>::epsilon();
  const auto within = [&](std::string_view what, const Real& both, const Real& x,
                          const Real& y) {
    const Real most = (x < y ? x : y) * slack;
    if (!(both >= Real(0)) || !(both <= most))
      refuse("column_difference", what, both, "must be from 0 to that of either column");
  };
  if (!(overlap.correlation >= -slack && overlap.correlation <= slack))
    refuse("column_difference", "overlap.correlation", overlap.correlation,
           "must be from −1 to 1");
  for (const Column* c : {&a, &b})
    if (c->status() != status::ok) {
      column_terms<Real> none;
      none.skip(c->status(), name(c->status()));
      return none;
    }
  within("overlap.n", overlap.n, a.n(), b.n());
  within("overlap.sum_weights", overlap.sum_weights, a.sum_weights(), b.sum_weights());
  within("overlap.sum_squared_weights", overlap.sum_squared_weights, a.sum_squared_weights(),
         b.sum_squared_weights());
  if (!overlap.none() && !(overlap.sum_squared_weights > Real(0)))
    refuse("column_difference", "overlap.sum_squared_weights", overlap.sum_squared_weights,
           "must be above 0 where there are weights");
  return policy(a, b, overlap);
}

}  // namespace detail

/// Column against column, for one row.
/// @param overlap  the respondents in both; policies that know no overlap do not test then
/// @status that of the first column that is not ok; undefined or no_degrees, with the reason,
///         where the policy does not test
/// @throws value_error  an overlap that is larger than a column
template <class Column, class Policy>
requires tabulation_policy<Policy, Column>
[[nodiscard]] column_comparison<typename Column::real> column_difference(
    const Column& a, const Column& b, const column_overlap<typename Column::real>& overlap,
    const Policy& policy) {
  return detail::test_of_terms(detail::terms_of_columns(a, b, overlap, policy), policy.name());
}

/// The same of two columns that have nobody in common.
template <class Column, class Policy>
requires tabulation_policy<Policy, Column>
[[nodiscard]] column_comparison<typename Column::real> column_difference(const Column& a,
                                                                         const Column& b,
                                                                         const Policy& policy) {
  return column_difference(a, b, {}, policy);
}

/// Cell against rest: the column against all others of the total. By the z of counts with their
/// pooled share this is the adjusted residual of the cell, (O − E) / √(E (1 − r)(1 − c)), and
/// its square Pearson's χ² of the two by two table.
/// @see Agresti (2007), An Introduction to Categorical Data Analysis, 2nd ed., section 2.4.5
template <class Real, class Policy>
requires tabulation_policy<Policy, table_column<Real>>
[[nodiscard]] column_comparison<Real> cell_against_rest(const table_column<Real>& part,
                                                        const table_column<Real>& total,
                                                        const Policy& policy) {
  return column_difference(part, rest_of(total, part), {}, policy);
}

/// Cell against total, the column being part of the total.
/// @status undefined where the column is the total
template <class Real, class Policy>
requires tabulation_policy<Policy, table_column<Real>>
[[nodiscard]] column_comparison<Real> cell_against_total(const table_column<Real>& part,
                                                         const table_column<Real>& total,
                                                         const Policy& policy) {
  return column_difference(part, total, overlap_with_total(part), policy);
}

}  // namespace baro
