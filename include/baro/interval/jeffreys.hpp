// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/beta_limits.hpp>
#include <baro/interval/detail/counted.hpp>

#include <string_view>

namespace baro {

/// Equal-tailed limits of the Beta(x + ½, n − x + ½) that Jeffreys' prior leaves after x of n;
/// low is 0 when nobody, high is 1 when everybody. Covers its level on average over p, not at
/// every p; shorter than clopper_pearson. With a design effect the size is n / deff.
/// @status no_base  the number of respondents is not known
/// @see  Brown, Cai and DasGupta (2001), Statistical Science 16:101, section 4.1.2
struct jeffreys {
  static constexpr std::string_view name() noexcept { return "jeffreys"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::counted_interval(*this, f, level, detail::jeffreys_limits<Real>);
  }
};

}  // namespace baro
