// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/guarded_score.hpp>
#include <baro/hypothesis/share_pair.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace baro {

/// A way to compare two shares: a struct with a name and three calls. Test and interval are two
/// sides of one thing: δ is inside the limits of t where |statistic(pair, δ)| <= t.
///   m.statistic(pair, δ)  t of the hypothesis p_a − p_b = δ, falling in δ
///   m.df(pair)            degrees of freedom of t, infinite when normal
///   m.limits(pair, t)     the δ not rejected at ± t
///   m.name()
template <class Method, class Real = double>
concept share_comparison = requires(const Method& m, const share_pair<Real>& s, const Real& x) {
  { m.statistic(s, x) } -> std::same_as<Real>;
  { m.df(s) } -> std::same_as<Real>;
  { m.limits(s, x) } -> std::same_as<detail::limits<Real>>;
  { m.name() } -> std::convertible_to<std::string_view>;
};

namespace detail {

/// What a method says of p_a = p_b.
template <class Real>
struct tested_shares {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  Real statistic = unknown(), df = unknown(), p_value = unknown();
  baro::status status = baro::status::ok;
};

template <class Real, class Method>
tested_shares<Real> test_shares(const share_pair<Real>& s, const Method& method) {
  tested_shares<Real> out;
  out.status = before_comparison(s);
  if (out.status != status::ok) return out;
  out.df = method.df(s);
  if (!(out.df > Real(0))) {
    out.status = status::no_degrees;
    return out;
  }
  out.statistic = method.statistic(s, Real(0));
  out.p_value = two_sided_t(out.df, out.statistic);
  if (!(out.p_value >= Real(0))) {
    out.status = status::undefined;
    out.statistic = out.p_value = out.unknown();
  }
  return out;
}

}  // namespace detail

/// Is share i different from share j of one estimate, by a test made for shares? With the
/// covariance between the two, as `difference`, which is the t test of the design and says too
/// much of rare answers and small bases.
/// @returns  `standard_error` is the design's, of the difference; `statistic`, `df`, `p_value`
///           and `limits` are of the method
/// @status   that of the first figure that is not ok; no_base without respondents; no_degrees;
///           undefined where negative weights leave [0, 1] or the method has nothing to say
/// @throws value_error  an entry that is not a share, is not there, or is compared with itself
/// @checked  bench/size_shares.cpp: how often each method rejects what is true
template <class Real, class Method = guarded_score>
requires share_comparison<Method, Real>
[[nodiscard]] comparison<Real> share_difference(
    const estimate<Real>& e, std::size_t i, std::size_t j, confidence_level level,
    const Method& method = {}, comparison_degrees df = comparison_degrees::design()) {
  const share_pair<Real> s = detail::pair_of(e, i, j, df);
  detail::compared_pair<Real> pair(e, i, j, df);
  comparison<Real> c =
      pair.measure(method.name(), Real(e.value(i) - e.value(j)), Real(1), Real(1), level);
  if (c.status == status::ok) {
    const auto test = detail::test_shares(s, method);
    c.status = test.status;
    c.statistic = test.statistic;
    c.p_value = test.p_value;
    if (test.df == test.df) c.df = c.limits.df = test.df;
  }
  if (c.status == status::ok) {
    const auto found =
        method.limits(s, detail::t_quantile_above(c.df, detail::half_alpha<Real>(level)));
    c.limits.low = found.low;
    c.limits.high = found.high;
    if (!(c.limits.low <= c.limits.high)) {
      c.status = status::undefined;
      c.statistic = c.p_value = c.limits.low = c.limits.high = c.unknown();
    }
  }
  c.limits.status = c.status;
  return c;
}

}  // namespace baro
