// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/beta_limits.hpp>

#include <string_view>

namespace baro {

/// Whether an effective size may exceed the number of people who answered.
enum class size_cap {
  none,         ///< as R's survey
  respondents,  ///< as NCHS, and Stata's kg_nchs
};

/// Clopper and Pearson's limits on the effective size of the design, made smaller when degrees
/// of freedom are few:  n* = (p q / V) (t_{n−1} / t_df)²,  Beta(n* p, n* q + 1) at α/2 and
/// Beta(n* p + 1, n* q) at 1 − α/2. Safe for small shares in clustered samples, and long.
/// The factor never exceeds 1; at 0 and 1, where V says nothing, n* starts from Kish's size.
/// @see  Korn and Graubard (1998), Survey Methodology 24:193; Parker et al. (2017), Vital and
///       Health Statistics 2(175), for the cap
/// @checked  R survey 4.5 svyciprop(method = "beta"), tests/interval/korn_graubard.test.cpp
struct korn_graubard {
  size_cap cap = size_cap::none;

  constexpr std::string_view name() const noexcept {
    return cap == size_cap::none ? "korn_graubard" : "korn_graubard_capped";
  }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::share_interval(
        *this, f, level,
        [this](const auto& s, const Real& tail) -> Real {
          const Real n = s.variance_size() * detail::df_factor(s.n, s.df, tail);
          return cap == size_cap::respondents && n > s.n ? s.n : n;
        },
        detail::binomial_limits<Real>);
  }
};

}  // namespace baro
