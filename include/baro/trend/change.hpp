// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/adjust.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/guarded_score.hpp>
#include <baro/hypothesis/max_t.hpp>
#include <baro/hypothesis/share_difference.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro {

/// One change of a series. `found.a` is the later wave, so the difference is later − earlier.
template <class Real = double>
struct wave_change {
  std::size_t from{}, to{};  ///< numbers of the waves
  comparison<Real> found{};
  Real p_adjusted = comparison<Real>::unknown();  ///< of `adjust_changes`, else the p-value
};

/// The test of a change that is made for all kinds of figures: t with the covariance between
/// the waves.
struct plain_t {};

namespace detail {

/// Degrees of freedom of a change: those of the contrast −1, 1, without its matrices.
template <class Real>
Real degrees_of_change(const wave_series<Real>& series, std::size_t from, std::size_t to,
                       comparison_degrees rule) {
  if (!series.has(from) || !series.has(to)) return std::numeric_limits<Real>::quiet_NaN();
  const estimate<Real>& e = series.figures();
  const Real least = std::min(e.entry(from).df, e.entry(to).df);
  if (rule.kind() != comparison_degrees::rule::satterthwaite)
    return degrees_together(rule, e.variance(to), e.entry(to).df, e.variance(from),
                            e.entry(from).df);
  const Real all = e.variance(from) + e.variance(to) - 2 * e.covariance(from, to);
  Real sum(0);
  for (const presence_part<Real>& part : series.parts()) {
    Real v(0);
    for (std::size_t i = 0; i < part.waves.size(); ++i)
      for (std::size_t j = 0; j < part.waves.size(); ++j) {
        const std::size_t t = part.waves[i], s = part.waves[j];
        if ((t != from && t != to) || (s != from && s != to)) continue;
        const Real x =
            part.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
        v += t == s ? x : Real(-x);
      }
    if (!(v > Real(0))) continue;
    const Real df = part.df_of([&](std::size_t t) { return t == from || t == to; });
    if (!(df > Real(0))) return Real(0);
    if (!is_infinite(df)) sum += v * v / df;
  }
  if (sum == Real(0)) return std::numeric_limits<Real>::infinity();
  const Real nu = all * all / sum;
  return nu > Real(0) ? nu : least;
}

/// Says of a comparison that it would cross a break: the figures stand, nothing else.
template <class Real>
comparison<Real> across_break(comparison<Real> c) {
  c.difference = c.standard_error = c.df = c.statistic = c.p_value = c.unknown();
  c.limits.low = c.limits.high = c.unknown();
  c.status = c.limits.status = status::series_break;
  return c;
}

}  // namespace detail

/// How a figure changed from one wave to another, later − earlier, with the covariance that
/// those who answered both times bring:
///   t = (y_to − y_from) / √(V_from + V_to − 2 C)
/// Shares by the test made for them (`guarded_score`), which keeps to its level with small
/// bases and near 0 and 1, and whose interval stays within −1 and 1; anything else by t.
/// @param method  `plain_t{}` for t whatever the figure; of shares any `share_comparison`
/// @status that of the first wave that has no figure; series_break; no_degrees; undefined where
///         nothing varies
/// @throws value_error  a wave that is not there, or compared with itself
template <class Real, class Method = guarded_score>
[[nodiscard]] comparison<Real> change(
    const wave_series<Real>& series, std::size_t from, std::size_t to, confidence_level level,
    const Method& method = {}, comparison_degrees df = comparison_degrees::satterthwaite()) {
  for (const std::size_t t : {from, to})
    if (t >= series.size()) detail::refuse("change", "wave", t, "must be the number of a wave");
  const estimate<Real>& e = series.figures();
  const auto nu = comparison_degrees::fixed(
      static_cast<double>(detail::degrees_of_change(series, from, to, df)));
  comparison<Real> c;
  if constexpr (std::is_same_v<Method, plain_t>) {
    c = difference(e, to, from, level, nu);
  } else {
    const bool shares = e.entry(from).label.statistic == statistic::share &&
                        e.entry(to).label.statistic == statistic::share;
    c = shares ? share_difference(e, to, from, level, method, nu)
               : difference(e, to, from, level, nu);
  }
  return series.segment(from) == series.segment(to) ? c : detail::across_break(std::move(c));
}

/// The same of later / earlier, on the scale of logarithms.
/// @status undefined unless both figures are above 0
template <class Real>
[[nodiscard]] comparison<Real> relative_change(
    const wave_series<Real>& series, std::size_t from, std::size_t to, confidence_level level,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  for (const std::size_t t : {from, to})
    if (t >= series.size())
      detail::refuse("relative_change", "wave", t, "must be the number of a wave");
  const auto nu = comparison_degrees::fixed(
      static_cast<double>(detail::degrees_of_change(series, from, to, df)));
  auto c = relative_difference(series.figures(), to, from, level, nu);
  return series.segment(from) == series.segment(to) ? c : detail::across_break(std::move(c));
}

/// Which changes of a series are looked at.
///   previous        each wave against the last one before it that has a figure
///   reference       each wave against one
///   period          each wave against the one that many units of time before: of months the
///                   same month of last year; waves that have none are left out
class change_set {
 public:
  static change_set previous() { return change_set(rule::previous, 0, 0); }
  /// @param wave  the number of the wave
  static change_set reference(std::size_t wave) { return change_set(rule::reference, wave, 0); }
  /// @throws value_error  a length that is not above 0
  static change_set period(double length) {
    if (!(length > 0)) detail::refuse("change_set", "period", length, "must be > 0");
    return change_set(rule::period, 0, length);
  }

  /// The pairs (earlier, later); with a reference its wave is always the first of the two.
  /// @throws value_error  a reference that is not there
  template <class Real>
  std::vector<std::pair<std::size_t, std::size_t>> of(const wave_series<Real>& series) const {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    if (rule_ == rule::reference && wave_ >= series.size())
      detail::refuse("change_set", "reference", wave_, "must be the number of a wave");
    std::size_t last = series.size();  // the last wave that has a figure
    for (std::size_t t = 0; t < series.size(); ++t) {
      if (rule_ == rule::reference && t != wave_) out.emplace_back(wave_, t);
      if (rule_ == rule::previous && last < t) out.emplace_back(last, t);
      if (rule_ == rule::previous && last == series.size() && t > 0) out.emplace_back(t - 1, t);
      if (rule_ == rule::period)
        for (std::size_t s = 0; s < t; ++s)
          if (std::abs(series.times()[t] - series.times()[s] - length_) <= 1e-9 * length_)
            out.emplace_back(s, t);
      if (series.has(t)) last = t;
    }
    return out;
  }

 private:
  enum class rule { previous, reference, period };
  change_set(rule r, std::size_t wave, double length)
      : rule_(r), wave_(wave), length_(length) {}
  rule rule_;
  std::size_t wave_;
  double length_;
};

/// All changes of a set, p-values not adjusted.
template <class Real, class Method = guarded_score>
[[nodiscard]] std::vector<wave_change<Real>> changes(
    const wave_series<Real>& series, confidence_level level,
    const change_set& which = change_set::previous(), const Method& method = {},
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  std::vector<wave_change<Real>> out;
  for (const auto& [from, to] : which.of(series)) {
    wave_change<Real> c{from, to, change(series, from, to, level, method, df), {}};
    c.p_adjusted = c.found.p_value;
    out.push_back(std::move(c));
  }
  return out;
}

/// Adjusts the p-values of changes that are one family; those without one have no part in it.
template <class Real>
void adjust_changes(std::vector<wave_change<Real>>& family, adjustment method) {
  if (method == adjustment::none) {
    for (auto& c : family) c.p_adjusted = c.found.p_value;
    return;
  }
  std::vector<double> p;
  for (const auto& c : family) p.push_back(static_cast<double>(c.found.p_value));
  const std::vector<double> q = adjusted(p, method);
  for (std::size_t i = 0; i < q.size(); ++i) family[i].p_adjusted = Real(q[i]);
}

/// The same by the largest t of the family, with the correlations of the changes: changes of
/// one series lean on the same waves, and this asks less of them than Holm does (`max_t`, of
/// which it has the limit of 50 changes and the cost). Each p-value is that of the t test;
/// where another test was more careful alone, its p-value stands.
/// @throws value_error  more than 50 changes
template <class Real>
void adjust_changes(std::vector<wave_change<Real>>& family, const wave_series<Real>& series,
                    comparison_degrees df = comparison_degrees::design()) {
  std::vector<entry_pair> pairs;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < family.size(); ++i) {
    if (family[i].found.status != status::ok) continue;
    pairs.push_back({family[i].to, family[i].from});
    which.push_back(i);
  }
  if (pairs.empty()) return;
  const auto tests = max_t<Real>(series.figures(), std::span<const entry_pair>(pairs), df);
  for (std::size_t k = 0; k < which.size(); ++k) {
    wave_change<Real>& c = family[which[k]];
    c.p_adjusted = tests[k].status == status::ok
                       ? std::max(tests[k].adjusted_p, c.found.p_value)
                       : comparison<Real>::unknown();
  }
}

}  // namespace baro
