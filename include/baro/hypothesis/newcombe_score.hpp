// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/share_pair.hpp>
#include <baro/interval/detail/score.hpp>

#include <cmath>
#include <limits>
#include <string_view>

namespace baro {

/// Newcombe's hybrid score interval (his method 10) on effective bases, and the test that goes
/// with it: Wilson's limits l and u of each share, at t,
///   p_a − p_b − √(κ (x² + y²)),  x = p_a − l_a,  y = u_b − p_b
/// and above with x = u_a − p_a, y = p_b − l_b; κ of the design. (Zou and Donner have
/// x² + y² − 2 ρ x y, which need not grow with t where ρ is near 1: limits of 99 % could then
/// lie within those of 95 %.) t of a difference δ is the one whose limit is δ.
/// @see  Newcombe (1998), Statistics in Medicine 17:873; Zou and Donner (2008), Statistics in
///       Medicine 27:1693; `newcombe` is the interval of two figures from separate samples,
///       with any method for each
/// @checked  Newcombe (1998), table II
struct newcombe_score {
  static constexpr std::string_view name() noexcept { return "newcombe"; }

  template <class Real>
  Real statistic(const share_pair<Real>& s, const Real& delta) const {
    const Real gap = s.a.p - s.b.p - delta;
    if (gap == Real(0)) return gap;
    const int sign = gap > Real(0) ? 1 : -1;
    const auto reaches = [&](const Real& t) {
      const auto found = limits(s, t);
      return sign > 0 ? found.low <= delta : found.high >= delta;
    };
    Real low(0), high(1);
    for (int i = 0; i < 100 && !reaches(high); ++i) {
      low = high;
      high *= 2;
    }
    if (!reaches(high)) return sign * std::numeric_limits<Real>::infinity();
    for (int i = 0; i < std::numeric_limits<Real>::digits + 2; ++i) {
      const Real middle = (low + high) / 2;
      (reaches(middle) ? high : low) = middle;
    }
    return sign * high;
  }

  template <class Real>
  Real df(const share_pair<Real>& s) const {
    return s.df(Real(s.a.p * s.a.q / s.a.size), Real(s.b.p * s.b.q / s.b.size));
  }

  template <class Real>
  detail::limits<Real> limits(const share_pair<Real>& s, const Real& t) const {
    const auto a = detail::score_limits(s.a.p, s.a.q, Real(t * t / s.a.size));
    const auto b = detail::score_limits(s.b.p, s.b.q, Real(t * t / s.b.size));
    const Real difference = s.a.p - s.b.p;
    const Real low = difference - joint(s, Real(s.a.p - a.low), Real(b.high - s.b.p));
    const Real high = difference + joint(s, Real(a.high - s.a.p), Real(s.b.p - b.low));
    return {low > Real(-1) ? low : Real(-1), high < Real(1) ? high : Real(1)};
  }

 private:
  template <class Real>
  static Real joint(const share_pair<Real>& s, const Real& x, const Real& y) {
    using std::sqrt;
    return sqrt(Real(s.variance_ratio * (x * x + y * y)));
  }
};

}  // namespace baro
