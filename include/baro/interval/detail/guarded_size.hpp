// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace baro::detail {

/// The effective size of `guarded_jeffreys` and `guarded_score`:
///   1/B = (1 − λ) v + λ max(v, 1/K),  λ = 4 / (4 + x)
/// @param people    x = K p q, who speak for the variance
/// @param kish      K = (Σ w)² / Σ w²
/// @param variance  v = deff / n
template <class Real>
Real guarded_size(const Real& people, const Real& kish, const Real& variance) {
  const Real trust = people / (4 + people), by_weights = 1 / kish;
  const Real larger = variance > by_weights ? variance : by_weights;
  return 1 / (trust * variance + (1 - trust) * larger);
}

/// What 1/ν gains when a rare answer comes in clumps: δ / (x + 1), δ = ρ (m − 1) / (1 + ρ (m −
/// 1)), m = (n − 1) / df people in a unit, ρ = 0.05; 0 where the units are people.
/// @param people  x = B p q
template <class Real>
Real clumping_loss(const Real& n, const Real& df, const Real& people) {
  if (!(n - 1 > df)) return Real(0);
  const Real clumping = Real(0.05) * ((n - 1) / df - 1);
  return clumping / (1 + clumping) / (people + 1);
}

}  // namespace baro::detail
