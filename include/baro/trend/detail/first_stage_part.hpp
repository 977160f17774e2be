// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>
#include <baro/trend/detail/linked_units.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace baro::detail {

/// Is all of a wave's variance between the units that can be met again? Not with later stages,
/// whose units are drawn anew, nor where a stratum has one unit, whatever the policy says of
/// it.
inline bool is_all_first_stage(const design& d, const linked_units::of_wave& units) {
  if (d.tree().stages.size() > 1) return false;
  for (const double n : units.in_stratum)
    if (!(n > 1)) return false;
  return true;
}

/// The part of the covariance of k figures that is between units of stage 1, which alone can
/// link waves:
///   Σ_h (1 − f_h) n_h/(n_h − 1) Σ_a (z_ha − z̄_h)(z_ha − z̄_h)ᵀ over strata of two units or more
/// @param z  units × k
template <class Real>
Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> first_stage_part(
    const design& d, const linked_units::of_wave& units, const std::vector<Real>& z,
    std::size_t k) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  const auto size = static_cast<Eigen::Index>(k);
  const auto strata = static_cast<Eigen::Index>(units.in_stratum.size());
  matrix mean = matrix::Zero(size, strata), v = matrix::Zero(size, size);
  const auto of_unit = [&](std::size_t u) {
    return Eigen::Map<const Eigen::Matrix<Real, Eigen::Dynamic, 1>>(z.data() + u * k, size);
  };
  for (std::size_t u = 0; u < units.stratum.size(); ++u)
    mean.col(units.stratum[u]) += of_unit(u);
  for (Eigen::Index h = 0; h < strata; ++h)
    mean.col(h) /= Real(units.in_stratum[static_cast<std::size_t>(h)]);
  for (std::size_t u = 0; u < units.stratum.size(); ++u) {
    const auto h = static_cast<std::size_t>(units.stratum[u]);
    const double n = units.in_stratum[h];
    if (!(n > 1)) continue;
    const Eigen::Matrix<Real, Eigen::Dynamic, 1> r = of_unit(u) - mean.col(units.stratum[u]);
    v += Real(1 - d.tree().stages.front().fraction[h]) * Real(n) / Real(n - 1) *
         (r * r.transpose());
  }
  return v;
}

}  // namespace baro::detail
