// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

#include <cmath>

namespace baro::detail {

/// The two π with (p − π)² = c π (1 − π), c = t² / size: roots of
/// (1 + c) π² − (2p + c) π + p² = 0, each from the end where nothing cancels.
template <class Real>
limits<Real> score_limits(const Real& p, const Real& q, const Real& c) {
  using std::sqrt;
  const Real root = sqrt(c * (c + 4 * p * q));
  const Real a = 2 * p + c + root;
  const Real b = 2 * q + c + root;
  return {2 * p * p / a, p < q ? a / (2 * (1 + c)) : 1 - 2 * q * q / b};
}

}  // namespace baro::detail
