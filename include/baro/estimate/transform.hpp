// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/detail/gradient.hpp>
#include <baro/estimate/estimate.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Any smooth function of the figures of an estimate, with its covariance:
///   g(θ),  J V Jᵀ  with J by automatic differentiation      (Särndal et al. 1992, 5.5)
///
///   transform(e, [](const auto& p) { return p[0] - p[1]; }, "gap")
///   transform(e, [](const auto& p) { return std::array{log(p[0]), log(p[1])}; })
///
/// @param f     takes an indexable list of e.size() numbers, returns one number or a list. Call
///              mathematical functions without `std::` (log, sqrt, exp, pow).
/// @returns     one entry per number returned: status undefined where it is not finite; degrees
/// of
///              freedom and bases are the smallest among the entries it depends on
template <class Real, class F>
estimate<Real> transform(const estimate<Real>& e, const F& f, const std::string& name = {}) {
  std::vector<detail::wider<Real>> at;
  for (std::size_t i = 0; i < e.size(); ++i)
    at.push_back(static_cast<detail::wider<Real>>(e.value(i)));
  const detail::differential<Real> g = detail::differentiate<Real>(f, at);
  const auto rows = static_cast<Eigen::Index>(g.value.size()), columns = e.value().size();
  typename estimate<Real>::matrix jacobian(rows, columns);
  typename estimate<Real>::vector value(rows);
  std::vector<entry<Real>> entries;
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto& gradient = g.gradient[static_cast<std::size_t>(i)];
    value(i) = g.value[static_cast<std::size_t>(i)];
    entry<Real> out;
    out.label = {statistic::function, name, rows > 1 ? std::to_string(i + 1) : "", {}, {}};
    bool first = true, finite = value(i) - value(i) == Real(0);
    for (Eigen::Index j = 0; j < columns; ++j) {
      const auto at_j = static_cast<std::size_t>(j);
      jacobian(i, j) = gradient[at_j];
      if (gradient[at_j] == Real(0)) continue;
      finite = finite && gradient[at_j] - gradient[at_j] == Real(0);
      const entry<Real>& from = e.entry(at_j);
      out.df = std::min(out.df, from.df);
      if (first || from.bases.n < out.bases.n) out.bases = from.bases;
      if (out.status == status::ok) out.status = from.status;
      first = false;
    }
    if (!finite && out.status == status::ok) out.status = status::undefined;
    if (!finite) value(i) = nan;
    entries.push_back(std::move(out));
  }
  typename estimate<Real>::matrix covariance(rows, rows);
  for (Eigen::Index i = 0; i < rows; ++i)
    for (Eigen::Index j = 0; j <= i; ++j) {
      Real sum(0);
      for (Eigen::Index a = 0; a < columns; ++a)
        for (Eigen::Index b = 0; b < columns; ++b) {
          // An entry that takes no part must not spread its NaN.
          if (jacobian(i, a) == Real(0) || jacobian(j, b) == Real(0)) continue;
          sum += jacobian(i, a) * e.covariance()(a, b) * jacobian(j, b);
        }
      covariance(i, j) = covariance(j, i) = sum;
    }
  return estimate<Real>(std::move(value), std::move(covariance), std::move(entries));
}

}  // namespace baro
