// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>
#include <baro/interval/detail/symmetric.hpp>

namespace baro {

/// Estimate ± z standard errors, whatever the degrees of freedom: what R's `confint(svymean())`
/// and ReGenesees print. Too short when PSUs are few; `wald` takes them into account.
/// Limits are reported as they fall, outside [0, 1] for a small share.
/// @status undefined  a share of 0 or 1: its standard error of 0 is no evidence of precision
struct normal {
  static constexpr std::string_view name() noexcept { return "normal"; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::symmetric_interval(f, std::numeric_limits<Real>::infinity(), level, name());
  }
};

}  // namespace baro
