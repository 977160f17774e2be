// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/solved_or_nan.hpp>

#include <Eigen/Core>

namespace baro::detail {

/// Δ / n of a table: (Kᵀ D⁻¹ K)⁻¹ (Kᵀ D⁻¹ V D⁻¹ K), D the shares p of the cells (1/0 is 0), row
/// after row, V their covariance and K the differences of differences (Rao and Scott 1984).
template <class Real>
Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> interaction_effects(
    const Eigen::Matrix<Real, Eigen::Dynamic, 1>& p,
    const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& v, Eigen::Index rows,
    Eigen::Index columns) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  Eigen::Matrix<Real, Eigen::Dynamic, 1> inverse(p.size());
  for (Eigen::Index k = 0; k < p.size(); ++k)
    inverse(k) = p(k) > Real(0) ? Real(1) / p(k) : Real(0);
  const Eigen::Index last = columns - 1;
  matrix contrast = matrix::Zero(p.size(), (rows - 1) * last);
  for (Eigen::Index r = 0; r + 1 < rows; ++r)
    for (Eigen::Index c = 0; c < last; ++c) {
      const Eigen::Index at = r * last + c;
      contrast(r * columns + c, at) = contrast(p.size() - 1, at) = Real(1);
      contrast(r * columns + last, at) = contrast((rows - 1) * columns + c, at) = Real(-1);
    }
  const matrix scaled = inverse.asDiagonal() * contrast;
  return solved_or_nan<Real>(matrix(contrast.transpose() * scaled),
                             matrix(scaled.transpose() * v * scaled));
}

}  // namespace baro::detail
