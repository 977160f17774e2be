// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <exception>
#include <limits>
#include <stdexcept>
#include <type_traits>

/// The one door to Boost.Math: every quantile and probability of the library comes through
/// here, under one policy. Works for float, double, long double and Boost.Multiprecision
/// numbers.
namespace baro::detail {

/// No promotion of double to long double: it costs 12 times on Student's t for less than 2e-15.
/// Of all policies without promotion this one alone is ready-made in Boost.Math; any other
/// takes a second more to compile.
using math_policy = boost::math::policies::policy<boost::math::policies::promote_float<false>,
                                                  boost::math::policies::promote_double<false>>;

/// A float is computed in double.
template <class Real>
using computed = std::conditional_t<std::is_same_v<Real, float>, double, Real>;

template <class Real>
using normal_distribution = boost::math::normal_distribution<computed<Real>, math_policy>;
template <class Real>
using t_distribution = boost::math::students_t_distribution<computed<Real>, math_policy>;
template <class Real>
using beta_distribution = boost::math::beta_distribution<computed<Real>, math_policy>;

/// What Boost.Math refuses by an exception is NaN here (an argument outside its range, a series
/// that does not converge) or infinity (an overflow).
template <class Real, class F>
Real without_exception(F f) {
  try {
    return static_cast<Real>(f());
  } catch (const std::overflow_error&) {
    return std::numeric_limits<Real>::infinity();
  } catch (const std::exception&) {
    return std::numeric_limits<Real>::quiet_NaN();
  }
}

template <class Real>
bool is_infinite(const Real& x) {
  return x > (std::numeric_limits<Real>::max)();
}

/// P(Z ≤ x), P(Z > x).
template <class Real>
Real normal_cdf(const Real& x) {
  return without_exception<Real>(
      [&] { return cdf(normal_distribution<Real>(), computed<Real>(x)); });
}
template <class Real>
Real normal_tail(const Real& x) {
  return normal_cdf(Real(-x));
}
/// The x with P(Z > x) = tail, tail in (0, 1).
template <class Real>
Real normal_quantile_above(const Real& tail) {
  return without_exception<Real>(
      [&] { return -quantile(normal_distribution<Real>(), computed<Real>(tail)); });
}

/// P(T ≤ x), P(T > x) with df > 0 degrees of freedom; infinite df is the normal.
template <class Real>
Real t_cdf(const Real& df, const Real& x) {
  if (is_infinite(df)) return normal_cdf(x);
  return without_exception<Real>(
      [&] { return cdf(t_distribution<Real>(df), computed<Real>(x)); });
}
template <class Real>
Real t_tail(const Real& df, const Real& x) {
  return t_cdf(df, Real(-x));
}

/// t · density of T at t > 0: how fast P(T > t) falls when log t grows.
template <class Real>
Real t_fall(const Real& df, const Real& t) {
  using boost::math::ibeta_derivative;
  const Real square = t * t, half(0.5), x = df / (df + square), y = square / (df + square);
  return x * y *
         (square < df ? ibeta_derivative(half, Real(df / 2), y, math_policy())
                      : ibeta_derivative(Real(df / 2), half, x, math_policy()));
}

/// The t with P(T > t) = tail <= ½. On logarithmic scales the tail is a concave function of t
/// (for small df nearly a line), so Newton's method converges from anywhere. The same quantile
/// out of Boost.Math compiles for three seconds.
template <class Real>
Real t_quantile_in_upper_half(const Real& df, const Real& tail) {
  using std::abs, std::exp, std::log, std::sqrt;
  const Real farthest = sqrt(sqrt((std::numeric_limits<Real>::max)()));  // its square is finite
  const Real enough = sqrt(std::numeric_limits<Real>::epsilon()) / 8;  // the next is its square
  const Real z = -quantile(normal_distribution<Real>(), tail);
  Real t = df > 1 ? Real(z + z * (z * z + 1) / (4 * df)) : z;
  for (int i = 0; i < 200; ++i) {
    const Real here = cdf(t_distribution<Real>(df), Real(-t));
    const Real step = log(Real(here / tail)) * here / t_fall(df, t);
    const Real next = t * exp(step);
    if (abs(step) <= enough || (t == farthest && step > 0)) return next;
    t = next < farthest ? next : farthest;
  }
  return t;
}

/// The x with P(T > x) = tail, tail in (0, 1).
template <class Real>
Real t_quantile_above(const Real& df, const Real& tail) {
  if (df > 1 / std::numeric_limits<Real>::epsilon()) return normal_quantile_above(tail);
  if (!(df > 0 && tail >= 0 && tail <= 1)) return std::numeric_limits<Real>::quiet_NaN();
  if (tail == 0) return std::numeric_limits<Real>::infinity();
  if (tail > Real(0.5)) return -t_quantile_above(df, Real(1 - tail));
  if (tail == Real(0.5)) return Real(0);
  return without_exception<Real>(
      [&] { return t_quantile_in_upper_half<computed<Real>>(df, tail); });
}

/// P(B ≤ x), P(B > x) for a Beta(a, b), a and b > 0, x in [0, 1].
template <class Real>
Real beta_cdf(const Real& a, const Real& b, const Real& x) {
  return without_exception<Real>(
      [&] { return cdf(beta_distribution<Real>(a, b), computed<Real>(x)); });
}
template <class Real>
Real beta_tail(const Real& a, const Real& b, const Real& x) {
  return without_exception<Real>(
      [&] { return cdf(complement(beta_distribution<Real>(a, b), computed<Real>(x))); });
}
/// The x with P(B ≤ x) = below, or P(B > x) = above; a = 0 is the point 0, b = 0 the point 1,
/// which is what the binomial limits of none and all mean by them.
template <class Real>
Real beta_quantile_below(const Real& a, const Real& b, const Real& below) {
  if (!(a > 0)) return Real(0);
  if (!(b > 0)) return Real(1);
  return without_exception<Real>(
      [&] { return quantile(beta_distribution<Real>(a, b), computed<Real>(below)); });
}
template <class Real>
Real beta_quantile_above(const Real& a, const Real& b, const Real& above) {
  if (!(b > 0)) return Real(1);
  if (!(a > 0)) return Real(0);
  return without_exception<Real>([&] {
    return quantile(complement(beta_distribution<Real>(a, b), computed<Real>(above)));
  });
}

}  // namespace baro::detail
