// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace baro::detail {

/// The restricted likelihood of the drift of a level: of the m − 1 differences z of figures one
/// after the other, which do not hold the start,
///   z ~ N(0, D V Dᵀ + q diag(h)),  h the times between
/// In the eigenvectors of h^(−½) D V Dᵀ h^(−½) all are independent, with variances λ_j + q.
template <class Real>
class drift_likelihood {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;

  /// @param y, v, times  m figures, m × m, m
  drift_likelihood(const vector& y, const matrix& v, const std::vector<Real>& times) {
    using std::log, std::sqrt;
    const Eigen::Index n = y.size() - 1;
    if (n < 1) return;
    matrix d = matrix::Zero(n, n + 1);
    for (Eigen::Index j = 0; j < n; ++j) {
      const auto at = static_cast<std::size_t>(j);
      const Real h = times[at + 1] - times[at];
      d(j, j + 1) = 1 / Real(sqrt(h));
      d(j, j) = -d(j, j + 1);
      log_times_ += log(h);
    }
    const matrix s = d * v * d.transpose();
    const vector z = d * y;
    const Eigen::SelfAdjointEigenSolver<matrix> factors(s);
    const vector turned = factors.eigenvectors().transpose() * z;
    // Rising, and of a singular V some are 0 but for rounding.
    const Real none = 64 * std::numeric_limits<Real>::epsilon() * factors.eigenvalues()(n - 1);
    for (Eigen::Index j = 0; j < n; ++j) {
      const Real lambda = factors.eigenvalues()(j);
      lambda_.push_back(lambda > none ? lambda : Real(0));
      square_.push_back(turned(j) * turned(j));
    }
  }

  /// log L(q)
  Real value(const Real& q) const {
    using std::log;
    Real sum = log_times_;
    for (std::size_t j = 0; j < lambda_.size(); ++j) {
      const Real v = lambda_[j] + q;
      sum += log(Real(2 * pi())) + log(v) + square_[j] / v;
    }
    return -sum / 2;
  }

  /// The q >= 0 with the largest likelihood. Where q > max (w² − λ) it falls, so every maximum
  /// is in between. The sign of the slope is looked at in 240 places, each 0.8 of the last and
  /// at 0; where it turns from + to − the place is found by halving, to the last digit. Of
  /// several maxima the highest is taken. NaN where nothing varies.
  Real largest() const {
    Real most(0);
    for (std::size_t j = 0; j < lambda_.size(); ++j)
      if (const Real q = square_[j] - lambda_[j]; q > most) most = q;
    Real best = std::numeric_limits<Real>::quiet_NaN(), height = best;
    const auto consider = [&](const Real& q) {
      const Real here = value(q);
      if (here - here != Real(0) || here <= height) return;
      best = q;
      height = here;
    };
    const bool rising_at_none = slope(Real(0)) > Real(0);
    if (!rising_at_none) consider(Real(0));
    if (!(most > Real(0))) return best;
    Real high = most;
    for (int step = 0; step < 240; ++step) {
      const bool last = step == 239;
      const Real low = last ? Real(0) : Real(high * Real(0.8));
      const bool rising = last ? rising_at_none : slope(low) > Real(0);
      if (rising && !(slope(high) > Real(0))) consider(turn(low, high));
      high = low;
    }
    return best;
  }

 private:
  static Real pi() {
    using std::atan;
    return 4 * Real(atan(Real(1)));
  }

  /// 2 d log L / dq
  Real slope(const Real& q) const {
    Real sum(0);
    for (std::size_t j = 0; j < lambda_.size(); ++j) {
      const Real v = lambda_[j] + q;
      sum += (square_[j] / v - 1) / v;
    }
    return sum;
  }

  Real turn(Real low, Real high) const {
    for (int i = 0; i < 2 * std::numeric_limits<Real>::digits; ++i) {
      const Real middle = (low + high) / 2;
      if (!(low < middle && middle < high)) break;
      (slope(middle) > Real(0) ? low : high) = middle;
    }
    return (low + high) / 2;
  }

  std::vector<Real> lambda_, square_;
  Real log_times_{};
};

}  // namespace baro::detail
