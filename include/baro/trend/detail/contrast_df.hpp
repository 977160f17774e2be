// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/solved_or_nan.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// C V Cᵀ. A wave without a figure has columns of 0, and its NaN must not spread.
template <class Real>
Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> covariance_of_contrasts(
    const wave_series<Real>& series,
    const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& c) {
  std::vector<std::size_t> held;
  for (std::size_t t = 0; t < series.size(); ++t)
    if ((c.col(static_cast<Eigen::Index>(t)).array() != Real(0)).any()) held.push_back(t);
  const auto k = static_cast<Eigen::Index>(held.size());
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> kept(c.rows(), k), v(k, k);
  for (Eigen::Index j = 0; j < k; ++j) {
    const auto t = static_cast<Eigen::Index>(held[static_cast<std::size_t>(j)]);
    kept.col(j) = c.col(t);
    for (Eigen::Index i = 0; i < k; ++i)
      v(i, j) = series.figures().covariance()(
          static_cast<Eigen::Index>(held[static_cast<std::size_t>(i)]), t);
  }
  return kept * v * kept.transpose();
}

/// tr K V_p and tr (K V_p)² of one part.
/// @returns false where the part has nothing to do with the contrasts
template <class Real>
bool traces_of_part(const presence_part<Real>& part,
                    const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& k, Real& trace,
                    Real& square) {
  const std::size_t s = part.waves.size();
  const auto at = [](std::size_t i) { return static_cast<Eigen::Index>(i); };
  bool any = false;
  for (const std::size_t t : part.waves) any = any || k(at(t), at(t)) != Real(0);
  if (!any) return false;
  // (K V)_ij, and Σ_ij (K V)_ij (K V)_ji.
  std::vector<Real> product(s * s, Real(0));
  for (std::size_t i = 0; i < s; ++i)
    for (std::size_t l = 0; l < s; ++l) {
      const Real x = k(at(part.waves[i]), at(part.waves[l]));
      if (x == Real(0)) continue;
      for (std::size_t j = 0; j < s; ++j)
        product[i * s + j] += x * part.covariance(at(l), at(j));
    }
  for (std::size_t i = 0; i < s; ++i) {
    trace += product[i * s + i];
    for (std::size_t j = 0; j < s; ++j) square += product[i * s + j] * product[j * s + i];
  }
  return trace > Real(0);
}

/// Degrees of freedom of q contrasts with the covariance M = C V Cᵀ, by the rule named.
template <class Real>
Real degrees_of_contrasts(const wave_series<Real>& series,
                          const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& c,
                          const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& m,
                          comparison_degrees rule) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  if (rule.kind() == comparison_degrees::rule::normal)
    return std::numeric_limits<Real>::infinity();
  if (rule.kind() == comparison_degrees::rule::fixed) return Real(rule.value());
  Real least = std::numeric_limits<Real>::infinity();
  for (std::size_t t = 0; t < series.size(); ++t)
    if ((c.col(static_cast<Eigen::Index>(t)).array() != Real(0)).any())
      least = std::min(least, series.figures().entry(t).df);
  if (rule.kind() == comparison_degrees::rule::design) return least;
  // Of a part V_p, which is of some waves only, M⁻¹ C V_p Cᵀ has the traces of K V_p with
  // K = Cᵀ M⁻¹ C of those waves.
  const matrix k = c.rows() == 1 ? matrix(c.transpose() * c / m(0, 0))
                                 : matrix(c.transpose() * solved_or_nan<Real>(m, c));
  const Real q(static_cast<double>(c.rows()));
  Real sum(0);
  for (const presence_part<Real>& part : series.parts()) {
    Real trace(0), square(0);
    if (!traces_of_part(part, k, trace, square)) continue;
    const Real df = part.df_of([&](std::size_t t) {
      return k(static_cast<Eigen::Index>(t), static_cast<Eigen::Index>(t)) != Real(0);
    });
    if (!(df > Real(0))) return Real(0);
    if (!is_infinite(df)) sum += (square + trace * trace) / df;
  }
  if (sum == Real(0)) return std::numeric_limits<Real>::infinity();
  const Real nu = (q + q * q) / sum;
  return nu > Real(0) ? nu : least;
}

}  // namespace baro::detail
