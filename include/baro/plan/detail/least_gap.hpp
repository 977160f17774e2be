// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>
#include <baro/plan/detail/drawn_variance.hpp>
#include <baro/plan/detail/rising_root.hpp>

#include <optional>

namespace baro::detail {

/// The least difference d from a reference for which `reached(test)` is not negative. A share
/// goes to 0 or 1 and no farther: its way is walked in steps, since the variance changes on it.
template <class Real, class Reference, class F>
std::optional<Real> least_gap(const Reference& from, const drawn_variance<Real>& drawn,
                              F reached) {
  const auto f = [&](const Real& d) { return Real(reached(from.meets(drawn, d))); };
  const Real end = from.template farthest<Real>();
  if (is_infinite(end)) {
    // A census leaves nothing to look for.
    const Real error = from.meets(drawn, Real(0)).error;
    if (!(error > Real(0))) return Real(0);
    if (!(f(error) < Real(0))) return rising_root<Real>(f, Real(0), error);
    return least_from<Real>(f, error, Real(error * 1e12));
  }
  constexpr int steps = 64;
  Real low(0);
  for (int k = 1; k <= steps; ++k) {
    const Real high = k == steps ? end : Real(end * k / steps);
    if (!(f(high) < Real(0))) return rising_root<Real>(f, low, high);
    low = high;
  }
  return std::nullopt;
}

}  // namespace baro::detail
