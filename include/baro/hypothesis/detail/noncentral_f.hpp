// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/tails.hpp>
#include <baro/interval/detail/distributions.hpp>

#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/distributions/non_central_f.hpp>

#include <limits>

namespace baro::detail {

template <class Real>
using noncentral_f_distribution =
    boost::math::non_central_f_distribution<computed<Real>, math_policy>;
template <class Real>
using noncentral_chi_squared_distribution =
    boost::math::non_central_chi_squared_distribution<computed<Real>, math_policy>;

/// P(F > x), F with df1, df2 and non-centrality λ; an infinite df2 is χ² / df1.
template <class Real>
Real noncentral_f_tail(const Real& df1, const Real& df2, const Real& lambda, const Real& x) {
  if (lambda == Real(0) || !(x > Real(0))) return f_tail(df1, df2, x);
  return without_exception<Real>([&] {
    if (df2 > 1 / std::numeric_limits<Real>::epsilon())
      return cdf(complement(noncentral_chi_squared_distribution<Real>(df1, lambda),
                            computed<Real>(df1 * x)));
    return cdf(
        complement(noncentral_f_distribution<Real>(df1, df2, lambda), computed<Real>(x)));
  });
}

}  // namespace baro::detail
