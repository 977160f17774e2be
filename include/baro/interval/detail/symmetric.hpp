// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>
#include <baro/interval/detail/share_figure.hpp>
#include <baro/interval/interval.hpp>

#include <string_view>

namespace baro::detail {

/// value ± t_df · standard error, for any statistic; a share of 0 or 1 is refused by status.
template <class Real>
confidence_interval<Real> symmetric_interval(const figure<Real>& f, const Real& df,
                                             confidence_level level, std::string_view method) {
  confidence_interval<Real> c;
  c.level = level;
  c.method = method;
  c.df = df;
  c.status = before_interval(f);
  if (c.status != status::ok) return c;
  if (f.statistic == statistic::share && (snapped(f.value) == 0 || snapped(f.value) == 1)) {
    c.status = status::undefined;
    return c;
  }
  const Real half = t_quantile_above(df, half_alpha<Real>(level)) * f.standard_error;
  c.low = f.value - half;
  c.high = f.value + half;
  return c;
}

}  // namespace baro::detail
