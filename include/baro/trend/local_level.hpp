// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/detail/solved_or_nan.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/wald.hpp>
#include <baro/trend/detail/level_drift.hpp>
#include <baro/trend/slope.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro {

/// Levels behind the figures of a series. What cannot be said is NaN, `status` says why.
template <class Real = double>
struct smoothed_levels {
  wave_series<Real>
      levels{};  ///< T figures; their covariance is that of level estimated − true
  std::vector<confidence_interval<Real>> intervals{};   ///< T, of the levels
  Real drift = std::numeric_limits<Real>::quiet_NaN();  ///< q, variance per unit of time
  Real log_likelihood = std::numeric_limits<Real>::quiet_NaN();  ///< restricted, at q
  /// T × T: how much the figure of each wave counts in each level; rows add up to 1
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> weights{};
  baro::status status = baro::status::ok;
};

namespace detail {

/// Best linear unbiased levels at all T times from m figures, and their mean squared error.
template <class Real>
struct level_predictor {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  matrix weights{};  ///< L, T × m
  matrix error{};    ///< T × T

  /// @param v      m × m
  /// @param there  which of the T times have a figure
  level_predictor(const matrix& v, const std::vector<std::size_t>& there,
                  const std::vector<double>& times, const Real& q) {
    const auto m = static_cast<Eigen::Index>(there.size());
    const auto all = static_cast<Eigen::Index>(times.size());
    matrix walk(all, all), seen = matrix::Zero(m, all);
    for (Eigen::Index s = 0; s < all; ++s)
      for (Eigen::Index t = 0; t < all; ++t)
        walk(s, t) =
            q * (Real(times[static_cast<std::size_t>(std::min(s, t))]) - Real(times.front()));
    for (Eigen::Index i = 0; i < m; ++i)
      seen(i, static_cast<Eigen::Index>(there[static_cast<std::size_t>(i)])) = Real(1);
    const matrix toward = walk * seen.transpose(), omega = v + seen * toward;
    matrix right(m, all + 1);
    right << toward.transpose(), matrix::Ones(m, 1);
    const matrix solved = solved_or_nan<Real>(omega, right);
    const matrix ones = solved.rightCols(1).transpose();  // 1ᵀ Ω⁻¹
    const Real information = ones.sum();
    const matrix left = matrix::Ones(all, 1) - toward * ones.transpose();
    weights = solved.leftCols(all).transpose() + left * (ones / information);
    // L e − (I − L H) u: of the sizes of V however large q is.
    const matrix rest = matrix::Identity(all, all) - weights * seen;
    error = weights * v * weights.transpose() + rest * walk * rest.transpose();
  }
};

/// Why the waves of a series have no common level, or ok.
template <class Real>
status before_levels(const wave_series<Real>& series, const std::vector<std::size_t>& there,
                     std::size_t needed) {
  if (there.size() < needed) return too_few_waves(series);
  return series.segment(there.front()) == series.segment(there.back()) ? status::ok
                                                                       : status::series_break;
}

}  // namespace detail

/// A level that wanders behind figures with sampling error:
///   y_t = μ_t + e_t,  e ~ N(0, V),  μ_t − μ_s ~ N(0, q (t − s)),  no knowledge of its start
/// with V the covariance of the series, waves that share people included. Levels are the best
/// linear unbiased predictions, K_st = min(s, t) − t_1, Ω = V + q K:
///   μ̂_0 = 1ᵀ Ω⁻¹ y / 1ᵀ Ω⁻¹ 1,   μ̂ = 1 μ̂_0 + q K Ω⁻¹ (y − 1 μ̂_0)
/// with their mean squared error: of independent waves what a Kalman smoother with a diffuse
/// start finds. With q = 0 all levels are the mean of the figures by V⁻¹; the larger q is, the
/// closer they keep to the figures. A wave without a figure is interpolated, before the first
/// and after the last that has one the level stays and its error grows.
/// q is given, or the one that makes the likelihood of differences between waves, in which the
/// start has no part, largest (restricted likelihood, q = 0 included; highest of all maxima).
/// What it does not do: the error of an estimated q is not in that of the levels, so that with
/// few waves intervals are short; a q of 0 says that no drift was seen, not that there is none.
/// @param level  of the intervals: level ± t standard errors, t at the least degrees of freedom
///               of the figures
/// @param drift  q, variance of the level per unit of the series' times; without one estimated
/// @returns  `levels` are no shares to the methods for shares (`statistic::function`), have the
///           bases of the wave's own figure, and can be compared by `change` and `contrast`,
///           whose test is then of the levels
/// @status   that of a wave without a figure, or undefined, where fewer than 2 waves have one
/// (1
///           with q given); series_break where they lie on two sides of a break: bridge it
///           first; undefined where V + q K is singular; then no level has a value
/// @throws value_error  a drift that is below 0 or not finite
/// @see  Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter,
///       chapters 3 and 4; Robinson (1991), Statistical Science 6:15, for prediction;
///       Pfeffermann (1991), Journal of Business and Economic Statistics 9:163, for correlated
///       waves
/// @checked  R metafor rma.mv with R = K, method = "REML"; R stats KalmanSmooth
template <class Real>
[[nodiscard]] smoothed_levels<Real> local_level(
    const wave_series<Real>& series, confidence_level level,
    std::type_identity_t<std::optional<Real>> drift = std::nullopt) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  if (drift && (!(*drift >= Real(0)) || detail::is_infinite(*drift)))
    detail::refuse("local_level", "drift", static_cast<double>(*drift),
                   "must be finite and >= 0");
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  const auto waves = static_cast<Eigen::Index>(series.size());
  smoothed_levels<Real> out;
  out.status = detail::before_levels(series, there, drift ? 1 : 2);
  typename estimate<Real>::vector value = estimate<Real>::vector::Constant(waves, nan);
  matrix error = matrix::Constant(waves, waves, nan);
  out.weights = matrix::Zero(waves, waves);
  if (out.status == status::ok) {
    const estimate<Real> figures = series.figures().slice(there);
    std::vector<Real> times;
    for (const std::size_t t : there) times.push_back(Real(series.times()[t]));
    const detail::drift_likelihood<Real> likelihood(figures.value(), figures.covariance(),
                                                    times);
    out.drift = drift ? *drift : likelihood.largest();
    const detail::level_predictor<Real> levels(figures.covariance(), there, series.times(),
                                               out.drift);
    value = levels.weights * figures.value();
    error = levels.error;
    if (value.sum() - value.sum() == Real(0) && error.sum() - error.sum() == Real(0)) {
      out.log_likelihood = likelihood.value(out.drift);
      for (std::size_t i = 0; i < there.size(); ++i)
        out.weights.col(static_cast<Eigen::Index>(there[i])) =
            levels.weights.col(static_cast<Eigen::Index>(i));
    } else {
      out.status = status::undefined;
      value.setConstant(nan);
      error.setConstant(nan);
    }
  }
  Real df = std::numeric_limits<Real>::infinity();
  for (const std::size_t t : there) df = std::min(df, series.figures().entry(t).df);
  std::vector<entry<Real>> entries = series.figures().entries();
  for (entry<Real>& e : entries) {
    e.label.statistic = statistic::function;
    e.df = df;
    e.deff = e.deff_without = nan;
    e.status = out.status;
  }
  out.levels = wave_series<Real>(
      estimate<Real>(std::move(value), std::move(error), std::move(entries)), series.times());
  for (std::size_t t = 0; t < series.size(); ++t)
    out.intervals.push_back(interval(out.levels.figures().figure(t), level, wald{}));
  return out;
}

}  // namespace baro
