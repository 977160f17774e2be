// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/interval/confidence_interval.hpp>
#include <baro/interval/default_interval.hpp>
#include <baro/interval/hypergeometric.hpp>
#include <baro/interval/interval.hpp>
#include <baro/published/published_figure.hpp>
#include <baro/published/published_share.hpp>

#include <limits>

namespace baro {

/// Limits around a published figure that hold whatever was really observed: the lower limit of
/// the smallest share the print leaves possible, the upper limit of the largest.
/// @param method  any method for shares; exact for those whose limits rise with the share,
///                which all do but `normal` and `wald` next to 0 and 1
/// @returns  as `interval`, with its method and its assumption
/// @throws value_error  neither share nor claim, or a design that is not valid
/// @status no_base    the base is not published
/// @status undefined  no count of that base gives the printed share, or the method has nothing
///                    to say about the smallest or the largest share possible
template <class Real = double, class Method>
[[nodiscard]] confidence_interval<Real> published_interval(const published_figure& figure,
                                                           confidence_level level,
                                                           const Method& method) {
  confidence_interval<Real> limits;
  limits.level = level;
  limits.method = method.name();
  limits.status = figure.base ? status::undefined : status::no_base;
  detail::check(figure.design, figure.base);
  (void)figure.range();
  if (!figure.base || figure.feasible().empty()) return limits;
  const auto feasible = figure.feasible();
  const auto around = [&](const Real& share) {
    return interval(published_share(share, figure.base, figure.design).figure(0), level,
                    method);
  };
  limits = around(feasible.lowest<Real>());
  const auto above = around(feasible.highest<Real>());
  if (above.status != status::ok) limits.status = above.status;
  if (above.low < limits.low) limits.low = above.low;
  if (!(above.high < limits.high)) limits.high = above.high;
  if (limits.status != status::ok)  // one side without the other is no interval
    limits.low = limits.high = std::numeric_limits<Real>::quiet_NaN();
  return limits;
}

/// With the library's own choice: hypergeometric limits when whole respondents were drawn from
/// a population of known size, which is exact, and the default of shares otherwise.
template <class Real = double>
[[nodiscard]] confidence_interval<Real> published_interval(
    const published_figure& figure, confidence_level level = confidence_level(default_level)) {
  const auto& d = figure.design;
  const bool drawn = d.population && d.deff == 1 && d.answers == answers_are::counted &&
                     d.correction != finite_population::ignored;
  if (drawn) return published_interval<Real>(figure, level, hypergeometric{*d.population});
  return published_interval<Real>(figure, level, default_interval{});
}

}  // namespace baro
