// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/detail/independent_columns.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <limits>

namespace baro::detail {

/// A⁻¹ B; NaN where A is singular: too few sampling units for so many cells.
template <class Real, class A, class B>
Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> solved_or_nan(const A& a, const B& b) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  const pivoted_cholesky<Real> factors{matrix(a)};
  if (factors.rank() < static_cast<std::size_t>(a.rows()))
    return matrix::Constant(b.rows(), b.cols(), std::numeric_limits<Real>::quiet_NaN());
  matrix out(b.rows(), b.cols());
  for (Eigen::Index k = 0; k < b.cols(); ++k) out.col(k) = factors.solve(b.col(k));
  return out;
}

}  // namespace baro::detail
