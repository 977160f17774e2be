// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// Polynomials of degree 0 … `most` that are orthogonal on places x at any distance.
template <class Real>
struct orthogonal_polynomials {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  matrix values{};           ///< T × (most + 1), columns of length 1
  std::vector<Real> size{};  ///< length of the polynomial whose leading coefficient is 1

  /// Each is x times the one before it, made orthogonal to all lower ones, twice so that the
  /// last of many are (Forsythe 1957, Journal of SIAM 5:74; Brubeck, Nakatsukasa and Trefethen
  /// 2021, SIAM Review 63:405).
  /// @param x     rising, at least two
  /// @param most  below the number of places
  orthogonal_polynomials(const std::vector<Real>& x, std::size_t most) {
    using std::abs, std::sqrt;
    using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
    const auto n = static_cast<Eigen::Index>(x.size());
    const Real middle = (x.front() + x.back()) / 2, half = (x.back() - x.front()) / 2;
    vector z(n);
    for (Eigen::Index t = 0; t < n; ++t)
      z(t) = (x[static_cast<std::size_t>(t)] - middle) / half;
    values = matrix::Zero(n, static_cast<Eigen::Index>(most) + 1);
    size.push_back(sqrt(Real(static_cast<double>(n))));
    values.col(0).setConstant(1 / size[0]);
    for (Eigen::Index d = 1; d < values.cols(); ++d) {
      vector p = z.cwiseProduct(values.col(d - 1));
      for (int twice = 0; twice < 2; ++twice)
        for (Eigen::Index k = 0; k < d; ++k) p -= p.dot(values.col(k)) * values.col(k);
      const Real length = p.norm();
      size.push_back(size.back() * length * half);
      p /= length;
      // What is 0 but for rounding is 0: a wave that takes no part must not seem to.
      for (Eigen::Index t = 0; t < n; ++t)
        if (abs(Real(p(t))) < 64 * std::numeric_limits<Real>::epsilon()) p(t) = Real(0);
      values.col(d) = p;
    }
  }
};

}  // namespace baro::detail
