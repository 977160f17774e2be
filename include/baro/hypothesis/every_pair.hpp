// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/share_difference.hpp>

#include <cstddef>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

namespace baro {

/// One test of a table: entries a and b of its estimate. No labels are copied, so that a table
/// of a thousand tests costs a fraction of a millisecond.
template <class Real = double>
struct pair_test {
  std::size_t a{}, b{};
  Real difference{};  ///< a − b
  Real statistic = std::numeric_limits<Real>::quiet_NaN();
  Real df = std::numeric_limits<Real>::quiet_NaN();
  Real p_value = std::numeric_limits<Real>::quiet_NaN();
  baro::status status = baro::status::ok;
};

/// Column against column: every pair of domains of an estimate of shares, level by level, with
/// the covariance between them: for 20 columns 190 tests a level. The same test as
/// `share_difference`, which has the interval and the words.
/// @param e   `share(design, question, by(column))`: entries that have the level in common are
///            compared with each other, in their order
/// @param df  of each comparison
/// @returns   the tests; `adjusted` takes their p-values as the family one declares (a row, a
///            question, a table)
/// @throws value_error  an entry that is not a share
template <class Real, class Method = guarded_score>
requires share_comparison<Method, Real>
[[nodiscard]] std::vector<pair_test<Real>> every_pair(
    const estimate<Real>& e, const Method& method = {},
    comparison_degrees df = comparison_degrees::design()) {
  std::unordered_map<std::string, std::vector<std::size_t>> columns_of;
  std::vector<const std::vector<std::size_t>*> rows;  // in the order of the estimate
  for (std::size_t i = 0; i < e.size(); ++i) {
    const label& l = e.entry(i).label;
    auto& columns = columns_of[l.variable + '\n' + l.level];
    if (columns.empty()) rows.push_back(&columns);
    columns.push_back(i);
  }
  std::vector<pair_test<Real>> out;
  for (const auto* row : rows)
    for (std::size_t x = 0; x < row->size(); ++x)
      for (std::size_t y = x + 1; y < row->size(); ++y) {
        const std::size_t a = (*row)[x], b = (*row)[y];
        const auto pair = detail::pair_of(e, a, b, df);
        detail::tested_shares<Real> test;
        test.status = detail::status_together(e, a, b);
        if (test.status == status::ok) test = detail::test_shares(pair, method);
        out.push_back({a, b, Real(e.value(a) - e.value(b)), test.statistic, test.df,
                       test.p_value, test.status});
      }
  return out;
}

}  // namespace baro
