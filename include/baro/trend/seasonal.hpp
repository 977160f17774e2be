// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/detail/contrast_df.hpp>
#include <baro/trend/slope.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace baro {

/// A series split into a straight line and what returns every year.
template <class Real = double>
struct seasonal_trend {
  wave_contrast<Real> slope{};                 ///< per unit of time, net of the season
  std::vector<wave_contrast<Real>> effects{};  ///< S, of each season; they sum to 0
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> covariance{};  ///< S × S, of rank S − 1
  test_result<Real> seasonality{};                                   ///< are all effects 0?
  wave_series<Real> adjusted{};  ///< T figures less the effect of their season, or none
  baro::status status = baro::status::ok;
};

namespace detail {

/// The slope and the effects of S seasons as linear functions of the figures of some waves:
/// least squares with equal weights, the season's means taken out of time and figures.
template <class Real>
struct seasonal_weights {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  matrix slope{}, effects{};  ///< 1 × T, S × T
  bool found = false;         ///< all seasons there, one of them at two times

  seasonal_weights(const std::vector<double>& times, const std::vector<std::size_t>& there,
                   const std::vector<std::size_t>& seasons, std::size_t s) {
    const auto waves = static_cast<Eigen::Index>(times.size());
    slope = matrix::Zero(1, waves);
    effects = matrix::Zero(static_cast<Eigen::Index>(s), waves);
    std::vector<Real> n(s, Real(0)), mean(s, Real(0));
    for (const std::size_t t : there) {
      n[seasons[t]] += Real(1);
      mean[seasons[t]] += Real(times[t]) - Real(times[there[0]]);
    }
    for (std::size_t k = 0; k < s; ++k) {
      if (n[k] == Real(0)) return;
      mean[k] /= n[k];
    }
    Real square(0);
    for (const std::size_t t : there) {
      const Real x = Real(times[t]) - Real(times[there[0]]) - mean[seasons[t]];
      if (n[seasons[t]] == Real(1)) continue;  // no rounding: alone it says nothing of slopes
      slope(0, static_cast<Eigen::Index>(t)) = x;
      square += x * x;
    }
    if (!(square > Real(0))) return;
    slope /= square;
    for (const std::size_t t : there)
      effects(static_cast<Eigen::Index>(seasons[t]), static_cast<Eigen::Index>(t)) =
          1 / n[seasons[t]];
    for (std::size_t k = 0; k < s; ++k)
      effects.row(static_cast<Eigen::Index>(k)) -= mean[k] * slope.row(0);
    const matrix level = effects.colwise().sum() / Real(static_cast<double>(s));
    effects.rowwise() -= level.row(0);
    found = true;
  }
};

}  // namespace detail

/// Season and trend of a series, by least squares with equal weights:
///   y_t = a + b x_t + γ_s(t),  Σ_s γ_s = 0
/// where the slope comes from waves of the same season alone,
///   b = Σ_t (x_t − x̄_s(t)) y_t / Σ_t (x_t − x̄_s(t))²
///   m_s = ȳ_s − b x̄_s,  γ_s = m_s − Σ_r m_r / S
/// all of them contrasts of the waves, A y with covariance A V Aᵀ, tested as any contrast is.
/// An effect is a season against the mean of all seasons, each counted once, however many
/// waves it has. That there is no season is tested on S − 1 effects, by `all_zero`.
///
/// The adjusted series is y_t − γ_s(t) with its covariance: its standard errors include those
/// of the effects, and its waves covary even where the samples have nobody in common. Its
/// changes are tested as those of any series, as figures that are no shares (`function`).
/// Seasons are taken for the same every year, and the trend for a line; official adjustment
/// lets both move. A change from the same season of last year needs none of this:
/// `change_set::period`.
/// @param seasons  T × 1, 0 … S − 1: of months January 0; S is the largest plus 1, two at least
/// @status  undefined where a season has no wave with a figure, or none has two; series_break
///          where the waves cross one (`bridge` them before)
/// @throws size_error   not one season a wave
/// @throws value_error  a single season; a number above 365
/// @checked R lm(y ~ x + C(factor(s), contr.sum)), A = solve(t(X) %*% X) %*% t(X), A V Aᵀ
template <class Real>
[[nodiscard]] seasonal_trend<Real> seasonal(
    const wave_series<Real>& series, const std::vector<std::size_t>& seasons,
    confidence_level level, comparison_degrees df = comparison_degrees::satterthwaite()) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  detail::check_size("seasonal", "seasons", seasons.size(), series.size());
  std::size_t s = 0;
  for (std::size_t t = 0; t < seasons.size(); ++t) {
    if (seasons[t] > 365)
      detail::refuse("seasonal", "seasons", t, seasons[t], "must be at most 365");
    s = std::max(s, seasons[t] + 1);
  }
  if (s == 1) detail::refuse("seasonal", "seasons", s - 1, "must not be the only season");

  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  seasonal_trend<Real> out;
  const auto row_of = [](const matrix& m, Eigen::Index r) {
    std::vector<Real> c(static_cast<std::size_t>(m.cols()));
    for (std::size_t t = 0; t < c.size(); ++t) c[t] = m(r, static_cast<Eigen::Index>(t));
    return c;
  };
  status why = there.empty() ? detail::too_few_waves(series) : status::ok;
  if (why == status::ok && series.segment(there.front()) != series.segment(there.back()))
    why = status::series_break;
  const detail::seasonal_weights<Real> weights(
      series.times(), why == status::ok ? there : std::vector<std::size_t>{}, seasons, s);
  if (why == status::ok && !weights.found) why = detail::too_few_waves(series);
  if (why != status::ok) {
    out.status = why;
    out.slope.status = out.slope.limits.status = why;
    out.slope.test = out.slope.limits.method = "seasonal_slope";
    out.slope.limits.level = level;
    out.seasonality = detail::no_test<Real>("seasonality", why);
    return out;
  }
  out.slope = contrast(series, row_of(weights.slope, 0), level, df, "seasonal_slope");
  const matrix& effects = weights.effects;
  for (Eigen::Index k = 0; k < effects.rows(); ++k)
    out.effects.push_back(contrast(series, row_of(effects, k), level, df, "season"));
  out.covariance = detail::covariance_of_contrasts(series, effects);
  out.seasonality =
      all_zero(series, matrix(effects.topRows(effects.rows() - 1)), df, "seasonality");

  const auto waves = static_cast<Eigen::Index>(series.size());
  matrix keep = matrix::Identity(waves, waves);
  std::vector<label> about;
  for (std::size_t t = 0; t < series.size(); ++t) {
    if (series.has(t))
      keep.row(static_cast<Eigen::Index>(t)) -=
          effects.row(static_cast<Eigen::Index>(seasons[t]));
    about.push_back(series.figures().entry(t).label);
    about.back().statistic = statistic::function;
  }
  out.adjusted = combine(series, keep, std::move(about), series.times());
  return out;
}

}  // namespace baro
