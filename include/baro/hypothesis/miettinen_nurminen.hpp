// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/score_inversion.hpp>
#include <baro/hypothesis/share_pair.hpp>

#include <cmath>
#include <limits>
#include <string_view>

namespace baro {

/// The score test of two shares: the variance under the hypothesis p_a − p_b = δ, the shares
/// then being the likeliest that differ by δ.
///   z² = (p_a − p_b − δ)² / [(p̃_a q̃_a / e_a + p̃_b q̃_b / e_b) N / (N − 1)],  N = e_a + e_b
/// on effective bases e = p q / V (Kish's at 0 and 1), with the covariance of the design, and t
/// at the degrees of freedom of the comparison.
/// @see  Miettinen and Nurminen (1985), Statistics in Medicine 4:213; Mee (1984), Biometrics
///       40:1175, is the same without N / (N − 1)
/// @checked  Newcombe (1998), Statistics in Medicine 17:873, table II, methods 5 and 6
struct miettinen_nurminen {
  bool unbiased = true;  ///< false: Mee's, without N / (N − 1)

  constexpr std::string_view name() const noexcept {
    return unbiased ? "miettinen_nurminen" : "mee";
  }

  template <class Real>
  Real statistic(const share_pair<Real>& s, const Real& delta) const {
    using std::sqrt;
    const Real gap = s.a.p - s.b.p - delta;
    if (gap == Real(0)) return gap;
    const Real a = likeliest(s, delta), b = detail::inside_unit(Real(a - delta));
    const Real all = s.a.size + s.b.size;
    Real variance = s.variance(a * (1 - a) / s.a.size, b * (1 - b) / s.b.size);
    if (unbiased) variance *= all / (all - 1);
    if (variance != variance) return variance;
    if (!(variance > Real(0)))
      return gap > Real(0) ? std::numeric_limits<Real>::infinity()
                           : -std::numeric_limits<Real>::infinity();
    return gap / sqrt(variance);
  }

  template <class Real>
  Real df(const share_pair<Real>& s) const {
    return s.df(Real(s.a.p * s.a.q / s.a.size), Real(s.b.p * s.b.q / s.b.size));
  }

  template <class Real>
  detail::limits<Real> limits(const share_pair<Real>& s, const Real& t) const {
    return detail::invert_score(Real(s.a.p - s.b.p), t,
                                [&](const Real& delta) { return statistic(s, delta); });
  }

 private:
  /// The share of a that is likeliest where that of b is less by delta: the logarithm of the
  /// likelihood is concave, its slope falls through 0 once.
  template <class Real>
  static Real likeliest(const share_pair<Real>& s, const Real& delta) {
    if (delta == Real(0)) {
      const Real all = s.a.size + s.b.size;
      return (s.a.size * s.a.p + s.b.size * s.b.p) / all;
    }
    Real low = delta > Real(0) ? delta : Real(0), high = delta > Real(0) ? Real(1) : 1 + delta;
    const auto rises = [&](const Real& a) {
      const Real b = a - delta;
      // The slope times a (1 − a) b (1 − b), which is not negative.
      return s.a.size * (s.a.p - a) * b * (1 - b) + s.b.size * (s.b.p - b) * a * (1 - a) >
             Real(0);
    };
    for (int i = 0; i < std::numeric_limits<Real>::digits + 2; ++i) {
      const Real middle = (low + high) / 2;
      (rises(middle) ? low : high) = middle;
    }
    return (low + high) / 2;
  }
};

}  // namespace baro
