// SPDX-License-Identifier: BSL-1.0
#pragma once

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
  return without_exception<Real>([&] {
    return cdf(complement(noncentral_t_distribution<Real>(df, shift), computed<Real>(x)));
  });
}

}  // namespace baro::detail
