// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/score.hpp>

#include <string_view>

namespace baro {

/// Which effective size a method takes when degrees of freedom are few.
enum class effective_size {
  unadjusted,   ///< n* = p q / V
  df_adjusted,  ///< n* · (t_{n−1} / t_df)², as Korn and Graubard do
};

/// Wilson's score interval on the effective size: all π that a test with the variance π(1−π)/n*
/// would not reject,  (p − π)² = t² π (1 − π) / n*,  t at df.
/// Not symmetric around p, never outside [0, 1], and sensible at 0 and 1, where n* is Kish's
/// size. Its rivals: korn_graubard is longer and safer, logit shorter at the ends.
/// @see  Wilson (1927), JASA 22:209; Dean and Pagano (2015), JSSAM 3:484, for complex samples
/// @checked  R survey 4.5 svyciprop(method = "wilson"), which is the default here; the svy
///           package adjusts n* as well: wilson{effective_size::df_adjusted}
struct wilson {
  effective_size size = effective_size::unadjusted;

  constexpr std::string_view name() const noexcept {
    return size == effective_size::unadjusted ? "wilson" : "wilson_df_adjusted";
  }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::share_interval(
        *this, f, level,
        [this](const auto& s, const Real& tail) -> Real {
          const Real n = s.variance_size();
          return size == effective_size::unadjusted ? n
                                                    : n * detail::df_factor(s.n, s.df, tail);
        },
        [](const auto& s, const Real& n, const Real& tail) {
          return detail::score_limits(s.p, s.q, detail::t_spread(s, n, tail));
        });
  }
};

}  // namespace baro
