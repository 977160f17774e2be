// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/hypothesis/column_difference.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/table_column.hpp>

#include <array>

namespace baro::detail {

/// The terms of a z or t with the pooled share P = (n_a p_a + n_b p_b) / (n_a + n_b), `pooling`
/// the n in it and `base` the n in the error.
template <class Real>
column_terms<Real> pooled_terms(const table_column<Real>& a, const table_column<Real>& b,
                                const std::array<Real, 2>& pooling,
                                const std::array<Real, 2>& base) {
  column_terms<Real> t;
  t.value_a = a.share();
  t.value_b = b.share();
  t.pooled_share =
      (pooling[0] * t.value_a + pooling[1] * t.value_b) / (pooling[0] + pooling[1]);
  t.common_variance = t.pooled_share * (1 - t.pooled_share);
  t.base_a = base[0];
  t.base_b = base[1];
  return t;
}

/// The terms of a z with p (1 − p) / n of each.
template <class Real>
column_terms<Real> unpooled_terms(const table_column<Real>& a, const table_column<Real>& b,
                                  const std::array<Real, 2>& base) {
  column_terms<Real> t;
  t.value_a = a.share();
  t.value_b = b.share();
  t.base_a = base[0];
  t.base_b = base[1];
  t.variance_a = t.value_a * (1 - t.value_a) / base[0];
  t.variance_b = t.value_b * (1 - t.value_b) / base[1];
  return t;
}

/// The terms of two figures with a variance each, and Satterthwaite's degrees of freedom from
/// those of each.
template <class Real>
column_terms<Real> welch_terms(const Real& value_a, const Real& value_b, const Real& variance_a,
                               const Real& variance_b, const Real& df_a, const Real& df_b) {
  column_terms<Real> t;
  t.value_a = value_a;
  t.value_b = value_b;
  t.variance_a = variance_a;
  t.variance_b = variance_b;
  const Real all = variance_a + variance_b;
  if (!(all == all)) t.skip(status::undefined, "unknown variance");
  if (!(all > Real(0))) t.skip(status::undefined, "no variance");
  t.df = satterthwaite_df(variance_a, df_a, variance_b, df_b);
  return t;
}

template <class Real>
void skip_overlap(column_terms<Real>& t, const column_overlap<Real>& overlap) {
  if (!overlap.none()) t.skip(status::undefined, "no overlap term");
}

}  // namespace baro::detail
