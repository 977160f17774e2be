// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

#include <cmath>
#include <string_view>

namespace baro {

/// Wald after adding t²/2 successes and t²/2 failures to n* = p q / V people:
///   p~ = (n* p + t²/2) / (n* + t²),   p~ ± t √(p~ q~ / (n* + t²)),   cut at 0 and 1
/// Contains wilson; easy by hand. At 0 and 1 n* is Kish's size.
/// @see  Agresti and Coull (1998), The American Statistician 52:119
struct agresti_coull {
  static constexpr std::string_view name() noexcept { return "agresti_coull"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::share_interval(
        *this, f, level, [](const auto& s, const Real&) { return s.variance_size(); },
        [](const auto& s, const Real& n, const Real& tail) {
          using std::sqrt;
          const Real c = detail::t_spread(s, n, tail);
          const Real p = (s.p + c / 2) / (1 + c), q = (s.q + c / 2) / (1 + c);
          const Real half = sqrt(p * q * c / (1 + c));
          return detail::limits<Real>{p - half, p + half};
        });
  }
};

}  // namespace baro
