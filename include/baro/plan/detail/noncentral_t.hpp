// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/tails.hpp>
#include <baro/interval/detail/distributions.hpp>

#include <boost/math/distributions/non_central_t.hpp>

namespace baro::detail {

template <class Real>
using noncentral_t_distribution =
    boost::math::non_central_t_distribution<computed<Real>, math_policy>;

/// P(T > x) with df > 0 degrees of freedom and non-centrality `shift`; infinite df is the
/// normal.
template <class Real>
Real noncentral_t_tail(const Real& df, const Real& shift, const Real& x) {
  if (df > 1 / std::numeric_limits<Real>::epsilon()) return normal_cdf(Real(shift - x));
  if (shift == Real(0)) return t_tail(df, x);
  const Real tail = without_exception<Real>([&] {
    return cdf(complement(noncentral_t_distribution<Real>(df, shift), computed<Real>(x)));
  });
  // Far out the series has nothing to add up. There T > x but where √(χ²/df) is above
  // (shift − 10) / x: the numerator is below shift − 10 once in 10²³.
  if (tail == tail || !(shift > Real(30)) || !(x > Real(0))) return tail;
  const Real ratio = (shift - 10) / x;
  return 1 - chi_squared_tail(df, Real(df * ratio * ratio));
}

}  // namespace baro::detail
