// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/interval/confidence_interval.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/wilson.hpp>

#include <cmath>
#include <limits>
#include <string>

namespace baro {

/// Limits for the difference a − b of two independent figures, from the limits of each:
///   a − b − √((a − lₐ)² + (u_b − b)²)   to   a − b + √((uₐ − a)² + (b − l_b)²)
/// With Wilson's limits this is Newcombe's hybrid score interval, his method 10, which stays
/// within −1 and 1, is not symmetric, and works at 0 and 1, where Wald's collapses. With
/// weights the limits stand on the effective bases.
/// @param each  the method for the two figures; another than `wilson` gives the square-and-add
///              (MOVER) interval of that method, and says so in its name
/// @status  the first figure's that is not ok
/// @see  Newcombe (1998), Statistics in Medicine 17:873, method 10; Zou and Donner (2008),
///       Statistics in Medicine 27:1693, for any method
/// @checked  Newcombe (1998), table II
template <class Real, class Method = wilson>
requires interval_method<Method, Real>
[[nodiscard]] confidence_interval<Real> newcombe(const figure<Real>& a, const figure<Real>& b,
                                                 confidence_level level,
                                                 const Method& each = {}) {
  using std::sqrt;
  const auto limits_a = interval(a, level, each), limits_b = interval(b, level, each);
  confidence_interval<Real> c;
  c.level = level;
  c.assumption = limits_a.assumption;
  c.method = limits_a.method == "wilson" ? std::string("newcombe")
                                         : "square_and_add_" + limits_a.method;
  c.status = limits_a.status != status::ok ? limits_a.status : limits_b.status;
  if (c.status != status::ok) return c;
  const Real difference = a.value - b.value;
  const Real down_a = a.value - limits_a.low, up_a = limits_a.high - a.value;
  const Real down_b = b.value - limits_b.low, up_b = limits_b.high - b.value;
  c.low = difference - sqrt(Real(down_a * down_a + up_b * up_b));
  c.high = difference + sqrt(Real(up_a * up_a + down_b * down_b));
  if (c.low < -1) c.low = -1;  // a rounding away, at all against none
  if (c.high > 1) c.high = 1;
  return c;
}

}  // namespace baro
