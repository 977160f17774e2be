// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <vector>

namespace test {

/// Positive semi-definite but for rounding: no pivot of a symmetric elimination falls below
/// −slack, with the variances scaled to 1.
inline bool positive_semidefinite(Eigen::MatrixXd v, double slack = 1e-10) {
  const Eigen::VectorXd scale =
      v.diagonal().unaryExpr([](double x) { return x > 0 ? 1 / std::sqrt(x) : 0.0; });
  v = scale.asDiagonal() * v * scale.asDiagonal();
  const Eigen::Index k = v.rows();
  std::vector<bool> done(static_cast<std::size_t>(k), false);
  for (Eigen::Index step = 0; step < k; ++step) {
    Eigen::Index pivot = -1;
    for (Eigen::Index i = 0; i < k; ++i)
      if (!done[static_cast<std::size_t>(i)] && (pivot < 0 || v(i, i) > v(pivot, pivot)))
        pivot = i;
    if (v(pivot, pivot) < -slack) return false;
    done[static_cast<std::size_t>(pivot)] = true;
    for (Eigen::Index i = 0; i < k; ++i)
      if (!done[static_cast<std::size_t>(i)] && v(pivot, pivot) <= slack &&
          std::abs(v(i, pivot)) > std::sqrt(slack))
        return false;
    if (v(pivot, pivot) <= slack) continue;
    const Eigen::VectorXd column = v.col(pivot) / v(pivot, pivot);
    const Eigen::RowVectorXd row = v.row(pivot);
    for (Eigen::Index i = 0; i < k; ++i)
      if (!done[static_cast<std::size_t>(i)]) v.row(i) -= column(i) * row;
  }
  return true;
}

}  // namespace test
