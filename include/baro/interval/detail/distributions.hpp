// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <limits>

/// The one door to Boost.Math: every quantile and probability of the library comes through
/// here, under one policy. Works for float, double, long double and Boost.Multiprecision
/// numbers.
namespace baro::detail {

/// No promotion of double to long double (it costs 12 times on Student's t for less than
/// 2e-15), and no exception: an argument outside its range gives NaN, an overflow gives
/// infinity, and the callers of this header check before they call. A float is computed in
/// double.
using math_policy = boost::math::policies::policy<
    boost::math::policies::promote_double<false>,
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
    boost::math::policies::rounding_error<boost::math::policies::ignore_error>,
    boost::math::policies::indeterminate_result_error<boost::math::policies::ignore_error>>;

template <class Real>
using normal_distribution = boost::math::normal_distribution<Real, math_policy>;
template <class Real>
using t_distribution = boost::math::students_t_distribution<Real, math_policy>;
template <class Real>
using beta_distribution = boost::math::beta_distribution<Real, math_policy>;

template <class Real>
bool is_infinite(const Real& x) {
  return x > (std::numeric_limits<Real>::max)();
}

/// P(Z ≤ x), P(Z > x).
template <class Real>
Real normal_cdf(const Real& x) {
  return cdf(normal_distribution<Real>(), x);
}
template <class Real>
Real normal_tail(const Real& x) {
  return cdf(complement(normal_distribution<Real>(), x));
}
/// The x with P(Z > x) = tail, tail in (0, 1).
template <class Real>
Real normal_quantile_above(const Real& tail) {
  return quantile(complement(normal_distribution<Real>(), tail));
}

/// P(T ≤ x), P(T > x) with df > 0 degrees of freedom; infinite df is the normal.
template <class Real>
Real t_cdf(const Real& df, const Real& x) {
  if (is_infinite(df)) return normal_cdf(x);
  return cdf(t_distribution<Real>(df), x);
}
template <class Real>
Real t_tail(const Real& df, const Real& x) {
  if (is_infinite(df)) return normal_tail(x);
  return cdf(complement(t_distribution<Real>(df), x));
}
/// The x with P(T > x) = tail, tail in (0, 1).
template <class Real>
Real t_quantile_above(const Real& df, const Real& tail) {
  if (is_infinite(df)) return normal_quantile_above(tail);
  return quantile(complement(t_distribution<Real>(df), tail));
}

/// P(B ≤ x), P(B > x) for a Beta(a, b), a and b > 0, x in [0, 1].
template <class Real>
Real beta_cdf(const Real& a, const Real& b, const Real& x) {
  return cdf(beta_distribution<Real>(a, b), x);
}
template <class Real>
Real beta_tail(const Real& a, const Real& b, const Real& x) {
  return cdf(complement(beta_distribution<Real>(a, b), x));
}
/// The x with P(B ≤ x) = below, or P(B > x) = above; a = 0 is the point 0, b = 0 the point 1,
/// which is what the binomial limits of none and all mean by them.
template <class Real>
Real beta_quantile_below(const Real& a, const Real& b, const Real& below) {
  if (!(a > 0)) return Real(0);
  if (!(b > 0)) return Real(1);
  return quantile(beta_distribution<Real>(a, b), below);
}
template <class Real>
Real beta_quantile_above(const Real& a, const Real& b, const Real& above) {
  if (!(b > 0)) return Real(1);
  if (!(a > 0)) return Real(0);
  return quantile(complement(beta_distribution<Real>(a, b), above));
}

}  // namespace baro::detail
