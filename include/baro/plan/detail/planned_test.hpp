// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>

#include <cmath>

namespace baro::detail {

/// A difference, known by its size, and the normal test it will meet.
///   rejects when |difference seen| ≥ z null_error; what is seen varies by `error`
template <class Real>
struct planned_normal_test {
  Real difference{}, null_error{}, error{};

  /// How much more than the least that is significant.
  Real beyond(const Real& tail) const {
    return difference - normal_quantile_above(tail) * null_error;
  }

  /// Probability that the test finds it.
  Real chance(const Real& tail, bool both) const {
    if (!(error > Real(0))) return beyond(tail) >= Real(0) ? Real(1) : Real(0);
    const Real found = normal_cdf(Real(beyond(tail) / error));
    if (!both) return found;
    const Real far = difference + normal_quantile_above(tail) * null_error;
    return found + normal_tail(Real(far / error));
  }

  /// 0 where the chance is the one wanted, and of its sign elsewhere.
  Real margin(const Real& tail, const Real& wanted, bool both) const {
    if (both) return chance(tail, both) - wanted;
    return beyond(tail) - normal_quantile_above(Real(1 - wanted)) * error;
  }
};

}  // namespace baro::detail
