// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

#include <limits>

namespace baro::detail {

template <class Real>
Real inside_unit(const Real& x) {
  return x < Real(0) ? Real(0) : x > Real(1) ? Real(1) : x;
}

/// The differences in [−1, 1] that a test does not reject at ±t.
/// @param statistic  t of the hypothesis that the difference is delta: positive below the
///                   difference seen, negative above
template <class Real, class Statistic>
limits<Real> invert_score(const Real& difference, const Real& t, Statistic statistic) {
  const int steps = std::numeric_limits<Real>::digits + 2;
  const auto border = [&](Real outside, int sign) {
    if (sign * statistic(outside) <= t) return outside;
    Real inside = difference;
    for (int i = 0; i < steps; ++i) {
      const Real middle = (inside + outside) / 2;
      (sign * statistic(middle) <= t ? inside : outside) = middle;
    }
    return inside;
  };
  return {border(Real(-1), 1), border(Real(1), -1)};
}

}  // namespace baro::detail
