// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

#include <cmath>
#include <string_view>

namespace baro {

/// Wald on the log-odds, brought back: log(p/q) ± t √V / (p q). Never leaves (0, 1). The
/// default of R's `svyciprop`, and the "logit" of Stata, SUDAAN and SPSS.
/// @status undefined  a share of 0 or 1 has no log-odds
/// @checked  R survey 4.5 svyciprop(method = "logit"), tests/interval/logit.test.cpp
struct logit {
  static constexpr std::string_view name() noexcept { return "logit"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    auto c = detail::share_interval(
        *this, f, level,
        [](const auto& s, const Real&) {
          return s.at_border() ? std::numeric_limits<Real>::quiet_NaN() : s.variance_size();
        },
        [](const auto& s, const Real& size, const Real& tail) {
          using std::exp, std::sqrt;
          const Real half = sqrt(detail::t_spread(s, size, tail) / (s.p * s.q));
          const Real odds = s.p / s.q;
          return detail::limits<Real>{1 / (1 + exp(half) / odds), 1 / (1 + exp(-half) / odds)};
        });
    c.assumption = assumption::design;
    return c;
  }
};

}  // namespace baro
