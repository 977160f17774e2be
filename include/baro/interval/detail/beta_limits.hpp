// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

namespace baro::detail {

/// The binomial tails inverted, x = n p of n, neither need be whole:
///   low  = Beta(x, n − x + 1) quantile at α/2,   high = Beta(x + 1, n − x) quantile at 1 − α/2
template <class Real>
limits<Real> binomial_limits(const share_figure<Real>& s, const Real& n, const Real& tail) {
  const Real x = n * s.p, y = n * s.q;
  return {beta_quantile_below(x, Real(y + 1), tail), beta_quantile_above(Real(x + 1), y, tail)};
}

/// Equal tails of Beta(x + ½, n − x + ½), open at the end where nobody or everybody is.
template <class Real>
limits<Real> jeffreys_limits(const share_figure<Real>& s, const Real& n, const Real& tail) {
  const Real a = n * s.p + Real(0.5), b = n * s.q + Real(0.5);
  return {s.p > 0 ? beta_quantile_below(a, b, tail) : Real(0),
          s.q > 0 ? beta_quantile_above(a, b, tail) : Real(1)};
}

}  // namespace baro::detail
