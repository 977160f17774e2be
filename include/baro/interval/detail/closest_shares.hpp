// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/published/feasible_shares.hpp>

#include <cmath>
#include <cstdint>

namespace baro::detail {

/// The feasible shares of `other` on either side of `share`, both the same at an end or a hit.
template <class Real>
struct neighbours {
  Real below{}, above{};
};

template <class Real>
neighbours<Real> around(const feasible_shares& other, const Real& share) {
  using std::floor;
  const Real lowest = other.lowest<Real>(), highest = other.highest<Real>();
  if (!(share > lowest)) return {lowest, lowest};
  if (!(share < highest)) return {highest, highest};
  if (other.answers() == answers_are::weighted) return {share, share};
  const auto size = static_cast<Real>(other.n().value());
  const Real below = floor(Real(share * size)) / size;
  const Real above = below + 1 / size;
  return {below > lowest ? below : lowest, above < highest ? above : highest};
}

/// Calls `visit(a, b)` with pairs of feasible shares among which is the one where a − b is
/// nearest to nothing, until it returns false. Walks the counts of the sample that has fewer.
template <class Real, class Visit>
void visit_closest(const feasible_shares& a, const feasible_shares& b, Visit visit) {
  const auto walk = [&](const feasible_shares& one, const feasible_shares& other, auto call) {
    const auto size = static_cast<Real>(one.n().value());
    for (std::int64_t k = one.counts().first; k <= one.counts().last; ++k) {
      const Real share = static_cast<Real>(k) / size;
      const auto [below, above] = around(other, share);
      if (!call(share, below) || !call(share, above)) return;
    }
  };
  const auto swapped = [&](const Real& x, const Real& y) { return visit(y, x); };
  const auto counts = [](const feasible_shares& f) {
    return f.counts().last - f.counts().first;
  };
  const bool a_counted = a.answers() == answers_are::counted;
  const bool b_counted = b.answers() == answers_are::counted;
  if (a_counted && (!b_counted || counts(a) <= counts(b))) {
    walk(a, b, visit);
  } else if (b_counted) {
    walk(b, a, swapped);
  } else {
    const Real low = a.lowest<Real>(), high = a.highest<Real>();
    for (const Real& share : {around(b, low).below, around(b, high).above})
      if (!visit(share < low ? low : (share > high ? high : share), share)) return;
  }
}

}  // namespace baro::detail
