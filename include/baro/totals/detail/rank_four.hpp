// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <vector>

namespace baro::detail {

/// Adds Σ a x xᵀ to the lower triangle of a matrix, four vectors x at a time, so that the
/// matrix is read and written once for four.
template <class Real>
class rank_four {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

  explicit rank_four(std::size_t k) : k_(k), x_(4 * k, Real(0)) {}

  /// Where the next vector is to be written, to be added times `a`.
  Real* next(const Real& a, matrix& v) {
    if (held_ == 4) finish(v);
    a_[held_] = a;
    return x_.data() + k_ * held_++;
  }

  /// Adds what is held.
  void finish(matrix& v) {
    for (; held_ < 4; ++held_) a_[held_] = Real(0);
    const Real *x0 = x_.data(), *x1 = x0 + k_, *x2 = x1 + k_, *x3 = x2 + k_;
    for (std::size_t j = 0; j < k_; ++j) {
      const Real t0 = a_[0] * x0[j], t1 = a_[1] * x1[j], t2 = a_[2] * x2[j], t3 = a_[3] * x3[j];
      Real* const to = v.data() + j * k_;
      for (std::size_t i = j; i < k_; ++i)
        to[i] += (x0[i] * t0 + x1[i] * t1) + (x2[i] * t2 + x3[i] * t3);
    }
    held_ = 0;
  }

 private:
  std::size_t k_, held_ = 0;
  std::vector<Real> x_;
  std::array<Real, 4> a_{};
};

}  // namespace baro::detail
