// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/wave_series.hpp>

#include <cstddef>
#include <vector>

namespace baro {

namespace detail {

/// The waves of a series that have a figure.
template <class Real>
std::vector<std::size_t> waves_with_figure(const wave_series<Real>& series) {
  std::vector<std::size_t> out;
  for (std::size_t t = 0; t < series.size(); ++t)
    if (series.has(t)) out.push_back(t);
  return out;
}

/// Why a series that has too few waves with a figure has no test.
template <class Real>
status too_few_waves(const wave_series<Real>& series) {
  for (std::size_t t = 0; t < series.size(); ++t)
    if (!series.has(t)) return series.figures().entry(t).status;
  return status::undefined;
}

}  // namespace detail

/// The straight line through the figures of a series, by least squares with equal weights:
///   b = Σ_t (x_t − x̄) y_t / Σ_t (x_t − x̄)²,  x the places in time
/// a linear contrast on waves at any distance, tested with their covariance. Waves without a
/// figure are left out.
/// @returns per unit of time: with waves 2009, 2011 and 2013 per year
/// @status  undefined with fewer than two waves, or that of a wave without a figure then;
///          series_break
template <class Real>
[[nodiscard]] wave_contrast<Real> slope(
    const wave_series<Real>& series, confidence_level level,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  wave_contrast<Real> none;
  none.test = "linear";
  none.status = none.limits.status = detail::too_few_waves(series);
  if (there.size() < 2) return none;
  // From the first wave on: years by the thousand would leave the coefficients their rounding.
  const auto since = [&](std::size_t t) {
    return Real(series.times()[t]) - Real(series.times()[there.front()]);
  };
  Real mean(0), square(0);
  for (const std::size_t t : there) mean += since(t);
  mean /= Real(static_cast<double>(there.size()));
  for (const std::size_t t : there) {
    const Real d = since(t) - mean;
    square += d * d;
  }
  std::vector<Real> c(series.size(), Real(0));
  for (const std::size_t t : there) c[t] = (since(t) - mean) / square;
  return contrast(series, c, level, df, "linear");
}

}  // namespace baro
