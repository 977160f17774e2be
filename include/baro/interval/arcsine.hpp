// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

#include <cmath>
#include <string_view>

namespace baro {

/// Wald on the angle whose variance does not depend on p, brought back:
///   sin²( arcsin √p ∓ t / (2 √n*) ),   n* = p q / V,   the angle cut at 0 and π/2
/// At 0 and 1 n* is Kish's size.
/// @checked  R survey 4.5 svyciprop(method = "asin"), tests/interval/arcsine.test.cpp
struct arcsine {
  static constexpr std::string_view name() noexcept { return "arcsine"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::share_interval(
        *this, f, level, [](const auto& s, const Real&) { return s.variance_size(); },
        [](const auto& s, const Real& n, const Real& tail) {
          using std::atan2, std::cos, std::sin, std::sqrt;
          const Real angle = atan2(sqrt(s.p), sqrt(s.q)), rest = atan2(sqrt(s.q), sqrt(s.p));
          const Real half = sqrt(detail::t_spread(s, n, tail)) / 2;
          const Real low = half < angle ? Real(sin(angle - half)) : Real(0);
          const Real high = half < rest ? Real(sin(angle + half)) : Real(1);
          return detail::limits<Real>{low * low, high * high};
        });
  }
};

}  // namespace baro
