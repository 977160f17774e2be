// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace baro::detail {

/// Cholesky of a positive semi-definite matrix with pivoting, stopped where what is left is
/// rounding: which of its columns are independent, and the others as combinations of them (two
/// margins of the same population repeat its size).
template <class Real>
class pivoted_cholesky {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;

  /// @param a  p × p, only its lower triangle is read
  explicit pivoted_cholesky(matrix a) : l_(std::move(a)), scale_(l_.rows()) {
    using std::sqrt;
    const Eigen::Index p = l_.rows();
    for (Eigen::Index j = 0; j < p; ++j)
      scale_(j) = l_(j, j) > Real(0) ? Real(Real(1) / sqrt(Real(l_(j, j)))) : Real(0);
    for (Eigen::Index j = 0; j < p; ++j)
      for (Eigen::Index i = j; i < p; ++i) l_(i, j) *= scale_(i) * scale_(j);
    for (Eigen::Index j = 0; j < p; ++j) order_.push_back(static_cast<std::size_t>(j));
    const Real least(1e-13);
    for (rank_ = 0; rank_ < p; ++rank_) {
      Eigen::Index best = rank_;
      for (Eigen::Index j = rank_; j < p; ++j)
        if (l_(j, j) > l_(best, best) * Real(1 + 1e-9)) best = j;
      if (!(l_(best, best) > least)) break;
      exchange(rank_, best);
      const Real root = sqrt(Real(l_(rank_, rank_)));
      l_(rank_, rank_) = root;
      const Eigen::Index rest = p - rank_ - 1;
      l_.col(rank_).tail(rest) /= root;
      for (Eigen::Index j = rank_ + 1; j < p; ++j)
        l_.col(j).tail(p - j) -= l_(j, rank_) * l_.col(rank_).tail(p - j);
    }
  }

  std::size_t rank() const noexcept { return static_cast<std::size_t>(rank_); }
  /// The columns, independent ones first.
  const std::vector<std::size_t>& order() const noexcept { return order_; }

  /// A solution of A x = b, 0 in the dependent columns; b must lie in the range of A.
  vector solve(const vector& b) const {
    vector y(rank_);
    for (Eigen::Index j = 0; j < rank_; ++j) y(j) = b(at(j)) * scale_(at(j));
    l_.topLeftCorner(rank_, rank_).template triangularView<Eigen::Lower>().solveInPlace(y);
    l_.topLeftCorner(rank_, rank_)
        .template triangularView<Eigen::Lower>()
        .transpose()
        .solveInPlace(y);
    vector x = vector::Zero(b.size());
    for (Eigen::Index j = 0; j < rank_; ++j) x(at(j)) = y(j) * scale_(at(j));
    return x;
  }

  /// What the total of dependent column `order()[k]` is, given those of the independent ones.
  Real implied(std::size_t k, const vector& totals) const {
    vector y = l_.row(static_cast<Eigen::Index>(k)).head(rank_).transpose();
    l_.topLeftCorner(rank_, rank_)
        .template triangularView<Eigen::Lower>()
        .transpose()
        .solveInPlace(y);
    Real sum(0);
    for (Eigen::Index j = 0; j < rank_; ++j) sum += y(j) * totals(at(j)) * scale_(at(j));
    return sum / scale_(at(static_cast<Eigen::Index>(k)));
  }

 private:
  Eigen::Index at(Eigen::Index j) const {
    return static_cast<Eigen::Index>(order_[static_cast<std::size_t>(j)]);
  }

  void exchange(Eigen::Index a, Eigen::Index b) {
    if (a == b) return;
    std::swap(order_[static_cast<std::size_t>(a)], order_[static_cast<std::size_t>(b)]);
    const Eigen::Index p = l_.rows();
    for (Eigen::Index j = 0; j < a; ++j) std::swap(l_(a, j), l_(b, j));
    for (Eigen::Index i = b + 1; i < p; ++i) std::swap(l_(i, a), l_(i, b));
    for (Eigen::Index i = a + 1; i < b; ++i) std::swap(l_(i, a), l_(b, i));
    std::swap(l_(a, a), l_(b, b));
  }

  matrix l_;
  vector scale_;
  std::vector<std::size_t> order_;
  Eigen::Index rank_ = 0;
};

}  // namespace baro::detail
