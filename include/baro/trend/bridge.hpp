// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/trend/wave_series.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// What a new way of measuring (wording, scale, mode, house) adds to a figure, new − old, as
/// known from a wave measured both ways or from a publication:
///   bridge<>{.shift = 0.021, .standard_error = 0.006}
template <class Real = double>
struct bridge {
  Real shift{};                                     ///< new way − old way
  Real standard_error{};                            ///< of the shift
  Real df = std::numeric_limits<Real>::infinity();  ///< infinite: normal
  /// Covariance of the shift with the figure of each wave of the series, T × 1; empty: all 0,
  /// the bridge was made apart from the series. Not so where a wave of it is one side of the
  /// bridge. Both ways asked of halves that were split at random, with variances V_new, V_old:
  ///   the wave's figure is the new way's    + V_new   (C = V_new − V_new,old)
  ///   the wave's figure is the old way's    − V_old   (C = V_new,old − V_old)
  /// with V_new,old besides where both were asked of the same people.
  std::vector<Real> covariance{};
  baro::status status = baro::status::ok;  ///< of a bridge measured: why there is none
};

/// Which entries of an estimate are the two sides of a bridge.
struct measured_ways {
  std::size_t new_way{}, old_way{};
};

/// The bridge of a wave measured both ways: new − old with variance V_new + V_old − 2 C. Of a
/// split sample C is 0; where both ways were asked of the same people the estimate has it.
/// @param e   both figures with their covariance (`concatenate` of two independent samples)
/// @param df  of split samples `satterthwaite` is right, of the same people `design`
/// @status    that of the first figure without a value; undefined where nothing varies
/// @throws value_error  an entry that is not there, or is both
template <class Real>
[[nodiscard]] bridge<Real> measured_bridge(
    const estimate<Real>& e, measured_ways ways,
    comparison_degrees df = comparison_degrees::design()) {
  const comparison<Real> c =
      difference(e, ways.new_way, ways.old_way, confidence_level(default_level), df);
  bridge<Real> out{c.difference, c.standard_error, c.df, {}, c.status};
  if (c.status == status::no_degrees) out.df = Real(0);
  return out;
}

namespace detail {

template <class Real>
void check_bridge(const wave_series<Real>& series, std::size_t first, const bridge<Real>& b) {
  using std::abs;
  if (std::find(series.breaks().begin(), series.breaks().end(), first) == series.breaks().end())
    refuse("bridged", "first_of_new_way", first, "must be a break of the series");
  if (!(b.shift - b.shift == Real(0)))
    refuse("bridged", "shift", static_cast<double>(b.shift), "must be finite");
  if (!(b.standard_error >= Real(0)) || is_infinite(b.standard_error))
    refuse("bridged", "standard_error", static_cast<double>(b.standard_error),
           "must be finite and >= 0");
  if (!(b.df >= Real(0))) refuse("bridged", "df", static_cast<double>(b.df), "must be >= 0");
  if (b.covariance.empty()) return;
  check_size("bridged", "covariance", b.covariance.size(), series.size());
  for (std::size_t t = 0; t < series.size(); ++t) {
    const Real c = b.covariance[t];
    if (!(c - c == Real(0)))
      refuse("bridged", "covariance", t, static_cast<double>(c), "must be finite");
    if (series.has(t) && abs(c) > series.standard_error(t) * b.standard_error * Real(1 + 1e-9))
      refuse("bridged", "covariance", t, static_cast<double>(c),
             "must not be beyond the product of the two standard errors");
  }
}

/// What a bridge adds to the covariance of waves s and t: V_d where both are shifted, − C with
/// the other of the one that is.
template <class Real>
Real bridged_covariance(const bridge<Real>& b, std::size_t first, std::size_t s,
                        std::size_t t) {
  Real out(0);
  if (s >= first && t >= first) out += b.standard_error * b.standard_error;
  if (b.covariance.empty()) return out;
  if (s >= first) out -= b.covariance[t];
  if (t >= first) out -= b.covariance[s];
  return out;
}

/// The parts of a series with that of the bridge: by itself where it is independent of the
/// waves, otherwise one with all parts that hold a wave it covaries with, its degrees of
/// freedom the least of those.
template <class Real>
std::vector<presence_part<Real>> bridged_parts(const wave_series<Real>& series,
                                               std::size_t first, const bridge<Real>& b) {
  std::vector<presence_part<Real>> out, joined;
  std::set<std::size_t> held;
  const auto linked = [&](std::size_t t) {
    return !b.covariance.empty() && b.covariance[t] != Real(0);
  };
  for (std::size_t t = 0; t < series.size(); ++t)
    if (series.has(t) && (t >= first || linked(t))) held.insert(t);
  Real df = b.df;
  for (const presence_part<Real>& part : series.parts()) {
    if (!std::any_of(part.waves.begin(), part.waves.end(), linked)) {
      out.push_back(part);
      continue;
    }
    held.insert(part.waves.begin(), part.waves.end());
    df = std::min(df, part.df);
    joined.push_back(part);
  }
  presence_part<Real> of{{held.begin(), held.end()}, {}, df};
  const auto k = static_cast<Eigen::Index>(of.waves.size());
  const auto at = [&](std::size_t t) {
    return std::lower_bound(of.waves.begin(), of.waves.end(), t) - of.waves.begin();
  };
  of.covariance = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>::Zero(k, k);
  for (const std::size_t s : of.waves)
    for (const std::size_t t : of.waves)
      of.covariance(at(s), at(t)) = bridged_covariance(b, first, s, t);
  for (const presence_part<Real>& part : joined)
    for (std::size_t i = 0; i < part.waves.size(); ++i)
      for (std::size_t j = 0; j < part.waves.size(); ++j)
        of.covariance(at(part.waves[i]), at(part.waves[j])) +=
            part.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  if (k > 0) out.push_back(std::move(of));
  return out;
}

}  // namespace detail

/// A series across one of its breaks, on the scale of the old way. From `first_of_new_way` on
///   y*_t = y_t − d,   Cov(y*_s, y*_t) = V_st + V_d [both shifted] − C_t [s shifted]
///                                       − C_s [t shifted],   C_t = Cov(y_t, d)
/// so V_d enters whatever crosses the break once, cancels out between waves of the new way, and
/// is in the standard error of each of their figures. It has a part of its own among those that
/// degrees of freedom are counted by.
/// All waves from there on are shifted, those after later breaks too, which stay until they are
/// bridged in their turn, in any order: each bridge is from one way to the next.
/// What it does not do: take a shift for anything but a constant. Figures that are shifted are
/// no longer shares to the methods made for shares (`statistic::function`): a share may fall
/// outside [0, 1], and changes are tested by t.
/// @param first_of_new_way  a wave of `series.breaks()`
/// @returns  the series with one break less; with a bridge whose status is neither ok nor
///           no_degrees nothing is lifted, and what crosses is still a `series_break`
/// @throws size_error   covariances that are not one a wave
/// @throws value_error  no break there; a shift that is not finite, a standard error or degrees
///                      of freedom below 0, covariances beyond the two standard errors
/// @see  Van den Brakel, Smith and Compton (2008), Survey Research Methods 2:123, on measuring
///       a discontinuity by a parallel run
template <class Real>
[[nodiscard]] wave_series<Real> bridged(const wave_series<Real>& series,
                                        std::size_t first_of_new_way, const bridge<Real>& b) {
  if (b.status != status::ok && b.status != status::no_degrees) return series;
  detail::check_bridge(series, first_of_new_way, b);
  const std::size_t waves = series.size();
  auto value = series.figures().value();
  auto covariance = series.figures().covariance();
  auto entries = series.figures().entries();
  for (std::size_t s = 0; s < waves; ++s) {
    if (!series.has(s)) continue;
    for (std::size_t t = 0; t < waves; ++t)
      if (series.has(t))
        covariance(static_cast<Eigen::Index>(s), static_cast<Eigen::Index>(t)) +=
            detail::bridged_covariance(b, first_of_new_way, s, t);
    if (s < first_of_new_way) continue;
    value(static_cast<Eigen::Index>(s)) -= b.shift;
    entry<Real>& e = entries[s];
    e.label.statistic = statistic::function;
    e.df = std::min(e.df, b.df);
    e.deff = e.deff_without = std::numeric_limits<Real>::quiet_NaN();
  }
  const wave_series<Real> out(
      estimate<Real>(std::move(value), std::move(covariance), std::move(entries)),
      series.times(), detail::bridged_parts(series, first_of_new_way, b));
  std::vector<std::size_t> breaks;
  for (const std::size_t f : series.breaks())
    if (f != first_of_new_way) breaks.push_back(f);
  return out.broken_at(std::move(breaks));
}

}  // namespace baro
