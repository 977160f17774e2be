// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/guarded_jeffreys.hpp>
#include <baro/interval/wald.hpp>

#include <string_view>
#include <vector>

namespace baro {

/// The method used when none is named: guarded_jeffreys for a share, wald for everything else.
/// The result names the one that was used.
struct default_interval {
  static constexpr std::string_view name() noexcept { return "default"; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return f.statistic == statistic::share ? guarded_jeffreys{}(f, level) : wald{}(f, level);
  }
};

template <class Real>
[[nodiscard]] confidence_interval<Real> interval(
    const figure<Real>& f, confidence_level level = confidence_level(default_level)) {
  return interval(f, level, default_interval{});
}

template <class Real>
[[nodiscard]] std::vector<confidence_interval<Real>> interval(
    const estimate<Real>& e, confidence_level level = confidence_level(default_level)) {
  return interval(e, level, default_interval{});
}

}  // namespace baro
