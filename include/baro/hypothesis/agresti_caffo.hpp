// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/share_pair.hpp>

#include <cmath>
#include <limits>
#include <string_view>

namespace baro {

/// Wald's test and interval after one yes and one no are added to each effective base.
///   p̃ = (e p + 1) / (e + 2),   t = (p̃_a − p̃_b − δ) / √(p̃_a q̃_a / (e_a + 2) + p̃_b q̃_b / (e_b +
///   2))
/// e = p q / V (Kish's at 0 and 1), with the covariance of the design. The limits stand around
/// p̃_a − p̃_b and are kept within −1 and 1: where one base is very small that can lie on the
/// other side of 0 than the difference seen (0 of 5 against 0 of 500 is +12 points).
/// @see  Agresti and Caffo (2000), American Statistician 54:280
struct agresti_caffo {
  static constexpr std::string_view name() noexcept { return "agresti_caffo"; }

  template <class Real>
  Real statistic(const share_pair<Real>& s, const Real& delta) const {
    const auto [difference, error] = moved(s);
    return (difference - delta) / error;
  }

  template <class Real>
  Real df(const share_pair<Real>& s) const {
    const Real a = share(s.a), b = share(s.b);
    return s.df(Real(a * (1 - a) / (s.a.size + 2)), Real(b * (1 - b) / (s.b.size + 2)));
  }

  template <class Real>
  detail::limits<Real> limits(const share_pair<Real>& s, const Real& t) const {
    const auto [difference, error] = moved(s);
    const Real low = difference - t * error, high = difference + t * error;
    return {low > Real(-1) ? low : Real(-1), high < Real(1) ? high : Real(1)};
  }

 private:
  template <class Real>
  struct estimate_and_error {
    Real difference, error;
  };

  template <class Side>
  static auto share(const Side& x) {
    using real = decltype(Side::p);
    return detail::is_infinite(x.size) ? x.p : real((x.size * x.p + 1) / (x.size + 2));
  }

  template <class Real>
  static estimate_and_error<Real> moved(const share_pair<Real>& s) {
    using std::sqrt;
    const Real a = share(s.a), b = share(s.b);
    return {Real(a - b), sqrt(s.variance(Real(a * (1 - a) / (s.a.size + 2)),
                                         Real(b * (1 - b) / (s.b.size + 2))))};
  }
};

}  // namespace baro
