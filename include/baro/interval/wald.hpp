// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/symmetric.hpp>

namespace baro {

/// Estimate ± t standard errors, t at the figure's degrees of freedom: the interval of a mean,
/// a total, a ratio, a balance. For a share of a few percent it reaches below 0 and covers far
/// less than it says (bench/coverage_shares.cpp prints by how much).
/// Limits are reported as they fall, outside [0, 1] for a small share.
/// @status undefined  a share of 0 or 1: its standard error of 0 is no evidence of precision
/// @checked  R survey 4.5 svyciprop(method = "mean"), tests/interval/wald.test.cpp
struct wald {
  static constexpr std::string_view name() noexcept { return "wald"; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::symmetric_interval(f, f.df, level, name());
  }
};

}  // namespace baro
