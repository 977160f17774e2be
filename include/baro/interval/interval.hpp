// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/interval/confidence_interval.hpp>

#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace baro {

/// A way to put limits around one figure: a struct with a name and a call operator.
///   m(figure, level)   a confidence_interval<Real>; called with a figure that has a value, a
///                      standard error >= 0 and df > 0
///   m.name()           the field's name for it
///   m.applies_to(s)    optional: false for the statistics it must refuse
template <class Method, class Real = double>
concept interval_method = requires(const Method& m, const figure<Real>& f,
                                   confidence_level level) {
  { m(f, level) } -> std::same_as<confidence_interval<Real>>;
  { m.name() } -> std::convertible_to<std::string_view>;
};

namespace detail {

template <class Method>
bool applies(const Method& m, statistic s) {
  if constexpr (requires {
                  { m.applies_to(s) } -> std::convertible_to<bool>;
                })
    return m.applies_to(s);
  else
    return true;
}

template <class Method>
void check_applies(const Method& m, statistic s) {
  if (!applies(m, s)) refuse(m.name(), "statistic", name(s), "must be 'share'");
}

/// Why no method can put limits around this figure, or ok.
template <class Real>
status before_interval(const figure<Real>& f) {
  if (f.status != status::ok) return f.status;
  if (!(f.value - f.value == 0)) return status::undefined;
  if (!(f.df > 0)) return status::no_degrees;
  if (!(f.standard_error >= 0)) return status::undefined;
  return status::ok;
}

}  // namespace detail

/// Limits for one figure.
/// @param level   explicit, so that 1.96 and 0.95 cannot be confused
/// @param method  wald{}, wilson{}, korn_graubard{}, … or your own struct
/// @returns  the limits, with the method's name, the level and the assumption made
/// @throws value_error  the method does not apply to the statistic (wilson on a mean)
/// @status  the figure's own when it is not ok; no_degrees without degrees of freedom;
/// undefined
///          when the method has nothing to say about this figure. Then the limits are NaN.
template <class Real, interval_method<Real> Method>
[[nodiscard]] confidence_interval<Real> interval(const figure<Real>& f, confidence_level level,
                                                 const Method& method) {
  detail::check_applies(method, f.statistic);
  confidence_interval<Real> c;
  c.status = detail::before_interval(f);
  if (c.status == status::ok) {
    c = method(f, level);
    if (c.status == status::ok && !(c.low <= c.high)) c.status = status::undefined;
  }
  if (c.status != status::ok && c.status != status::open_interval)
    c.low = c.high = std::numeric_limits<Real>::quiet_NaN();
  c.level = level;
  if (c.method.empty()) c.method = std::string(std::string_view(method.name()));
  return c;
}

/// Limits for every entry of an estimate, in its order.
template <class Real, interval_method<Real> Method>
[[nodiscard]] std::vector<confidence_interval<Real>> interval(const estimate<Real>& e,
                                                              confidence_level level,
                                                              const Method& method) {
  std::vector<confidence_interval<Real>> all;
  all.reserve(e.size());
  for (std::size_t i = 0; i < e.size(); ++i)
    all.push_back(interval(e.figure(i), level, method));
  return all;
}

}  // namespace baro
