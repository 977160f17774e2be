// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>

#include <boost/math/special_functions/gamma.hpp>

#include <cmath>

namespace baro::detail {

/// P(X² > x) with df > 0 degrees of freedom.
template <class Real>
Real chi_squared_tail(const Real& df, const Real& x) {
  if (!(x > Real(0))) return x == x ? Real(1) : x;
  return without_exception<Real>([&] {
    return boost::math::gamma_q(computed<Real>(df) / 2, computed<Real>(x) / 2, math_policy());
  });
}

/// P(F > x); an infinite df2 is X² / df1.
template <class Real>
Real f_tail(const Real& df1, const Real& df2, const Real& x) {
  if (is_infinite(df2)) return chi_squared_tail(df1, Real(df1 * x));
  if (!(x > Real(0))) return x == x ? Real(1) : x;
  return beta_cdf(Real(df2 / 2), Real(df1 / 2), Real(df2 / (df2 + df1 * x)));
}

/// (V_a + V_b)² / (V_a²/ν_a + V_b²/ν_b); NaN where nothing varies (Satterthwaite 1946,
/// Biometrics Bulletin 2:110).
template <class Real>
Real satterthwaite_df(const Real& v_a, const Real& nu_a, const Real& v_b, const Real& nu_b) {
  const Real all = v_a + v_b;
  return all * all / (v_a * v_a / nu_a + v_b * v_b / nu_b);
}

/// P(|T| > |t|).
template <class Real>
Real two_sided_t(const Real& df, const Real& t) {
  using std::abs;
  return 2 * t_tail(df, Real(abs(t)));
}

}  // namespace baro::detail
