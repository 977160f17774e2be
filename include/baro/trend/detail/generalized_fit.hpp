// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/solved_or_nan.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace baro::detail {

/// Generalized least squares on the waves of a series that are named: the V⁻¹ of their figures,
/// not numbers where V is singular.
template <class Real>
class generalized_fit {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;

  generalized_fit(const wave_series<Real>& series, const std::vector<std::size_t>& waves) {
    const estimate<Real> e = series.figures().slice(waves);
    const auto n = static_cast<Eigen::Index>(waves.size());
    y_ = e.value();
    weight_ = solved_or_nan<Real>(e.covariance(), matrix::Identity(n, n));
    weight_ = matrix((weight_ + weight_.transpose()) / Real(2));
  }

  bool ok() const {
    const Real sum = weight_.sum() + y_.sum();
    return sum - sum == Real(0);
  }
  const vector& y() const noexcept { return y_; }
  const matrix& weight() const noexcept { return weight_; }

  /// (Xᵀ V⁻¹ X)⁻¹ Xᵀ V⁻¹: the coefficients as linear functions of the figures.
  matrix coefficients(const matrix& x) const {
    const matrix xw = x.transpose() * weight_;
    return solved_or_nan<Real>(matrix(xw * x), xw);
  }
  /// eᵀ V⁻¹ e, e = y − X b.
  Real chi_squared(const matrix& x, const matrix& coefficients) const {
    const vector e = y_ - x * (coefficients * y_);
    return e.dot(weight_ * e);
  }

 private:
  vector y_;
  matrix weight_;
};

/// Places in time of waves, the middle 0 and the ends −1 and 1: the unit is `half`.
template <class Real>
struct centred_times {
  std::vector<Real> z{};
  Real middle{}, half{};

  centred_times(const std::vector<double>& times, const std::vector<std::size_t>& waves)
      : middle((Real(times[waves.front()]) + Real(times[waves.back()])) / 2),
        half((Real(times[waves.back()]) - Real(times[waves.front()])) / 2) {
    for (const std::size_t t : waves) z.push_back(Real((Real(times[t]) - middle) / half));
  }
};

}  // namespace baro::detail
