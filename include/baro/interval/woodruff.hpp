// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/quantile.hpp>
#include <baro/interval/detail/distributions.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/wald.hpp>

#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// A quantile with its interval and the standard error that follows from it.
template <class Real = double>
struct quantile_interval {
  Real value{};
  Real standard_error = std::numeric_limits<Real>::quiet_NaN();
  confidence_interval<Real> interval{};
};

/// Woodruff's interval: limits of the share at or below the quantile, carried back to answers
/// by the quantile's own rule. standard_error = (high − low) / (2 t).
/// @param method  how the limits of the share are made; `wald{}` is Woodruff's own
/// @status open_interval  a limit of the share lies outside (0, 1): that side has no limit, it
///                        is infinite, and there is no standard error
/// @see Woodruff (1952), JASA 47:635
/// @checked R survey svyquantile(interval.type = "mean"), tests/reference/quantiles.csv
template <class Real, class Method = wald>
std::vector<quantile_interval<Real>> woodruff(const quantile_estimate<Real>& q,
                                              confidence_level level,
                                              const Method& method = {}) {
  const Real infinity = std::numeric_limits<Real>::infinity();
  std::vector<quantile_interval<Real>> out(q.size());
  std::vector<std::pair<std::size_t, Real>> wanted;
  std::vector<Real*> place;
  for (std::size_t i = 0; i < q.size(); ++i) {
    out[i].value = q.value(i);
    confidence_interval<Real> share = interval(q.share_below().figure(i), level, method);
    confidence_interval<Real>& c = out[i].interval;
    c = share;
    c.method = "woodruff (" + share.method + ")";
    if (share.status == status::undefined) {  // nobody on one side of the quantile
      c.status = status::open_interval;
      share.low = Real(0);
      share.high = Real(1);
    } else if (share.status != status::ok) {
      continue;
    }
    c.low = -infinity;
    c.high = infinity;
    if (!(share.low > Real(0)) || !(share.high < Real(1))) c.status = status::open_interval;
    if (share.low > Real(0)) {
      wanted.emplace_back(i, share.low);
      place.push_back(&c.low);
    }
    if (share.high < Real(1)) {
      wanted.emplace_back(i, share.high);
      place.push_back(&c.high);
    }
  }
  const std::vector<Real> limits = q.invert(wanted);
  for (std::size_t k = 0; k < limits.size(); ++k) *place[k] = limits[k];
  for (quantile_interval<Real>& o : out) {
    if (o.interval.status != status::ok) continue;
    const Real t = detail::t_quantile_above(o.interval.df, Real(Real(level.alpha()) / Real(2)));
    o.standard_error = (o.interval.high - o.interval.low) / (Real(2) * t);
  }
  return out;
}

}  // namespace baro
