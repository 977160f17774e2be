// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/math/tools/toms748_solve.hpp>

#include <cstdint>
#include <limits>
#include <optional>

namespace baro::detail {

/// The x between low and high where f becomes 0, f(low) < 0 ≤ f(high).
template <class Real, class F>
Real rising_root(F f, const Real& low, const Real& high) {
  const Real at_low = f(low), at_high = f(high);
  if (!(at_high > Real(0))) return high;
  std::uintmax_t steps = 300;
  const auto near = [](const Real& a, const Real& b) {
    return b - a <= 2 * std::numeric_limits<Real>::epsilon() * b;
  };
  const auto [below, above] =
      boost::math::tools::toms748_solve(f, low, high, at_low, at_high, near, steps);
  return (below + above) / 2;
}

/// The least x from `low` up to `largest` where f is not negative: doubled until it is, so that
/// f is never asked far beyond. Nothing when it never is.
template <class Real, class F>
std::optional<Real> least_from(F f, Real low, const Real& largest) {
  if (!(low <= largest)) return std::nullopt;
  if (f(low) >= Real(0)) return low;
  while (low < largest) {
    const Real high = 2 * low < largest ? Real(2 * low) : largest;
    if (f(high) >= Real(0)) return rising_root<Real>(f, low, high);
    low = high;
  }
  return std::nullopt;
}

}  // namespace baro::detail
