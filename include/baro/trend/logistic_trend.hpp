// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/interval/confidence_interval.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/detail/contrast_df.hpp>
#include <baro/trend/detail/logistic_scores.hpp>
#include <baro/trend/slope.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace baro {

/// How much a wave weighs in a logistic trend.
///   equal        all waves the same, as in `slope`
///   sum_weights  `bases.sum_weights`: as if all waves were one file of respondents
enum class wave_weighting { equal, sum_weights };

constexpr std::string_view name(wave_weighting w) noexcept {
  constexpr std::array<std::string_view, 2> names{"equal", "sum_weights"};
  return names[static_cast<std::size_t>(w)];
}

/// The weighting of that name.
constexpr std::optional<wave_weighting> wave_weighting_by_name(std::string_view text) noexcept {
  for (const auto w : {wave_weighting::equal, wave_weighting::sum_weights})
    if (name(w) == text) return w;
  return std::nullopt;
}

/// The trend of shares on the scale of log-odds. What cannot be said is NaN.
template <class Real = double>
struct logistic_slope {
  wave_contrast<Real> log_odds{};                            ///< per unit of time
  Real odds_ratio = std::numeric_limits<Real>::quiet_NaN();  ///< of one unit of time
  confidence_interval<Real> odds_limits{};                   ///< of `odds_ratio`
  std::vector<Real> line{};  ///< T shares on the line, also of waves without a figure
};

/// The logistic trend of a series of shares, logit π_t = a + b x_t, under the design. As the
/// only covariate is the wave, the weighted score equations of all respondents need no more
/// than the share p_t of each wave,
///   Σ_t W_t (p_t − π_t) (1, x_t)ᵀ = 0
/// and with A = Σ W_t π_t (1 − π_t) x_t x_tᵀ, B = Σ_t Σ_s W_t W_s x_t x_sᵀ Cov(p_t, p_s) the
/// variance is A⁻¹ B A⁻¹ (Binder 1983, International Statistical Review 51:279). So b is in
/// the first order a contrast of the shares, with the coefficients
///   c_t = W_t (x_t − x̄) / Σ W_s π_s (1 − π_s) (x_s − x̄)²,  x̄ weighted by W π (1 − π)
/// tested by t with degrees of freedom by the parts, as all contrasts are. With two waves it is
/// `odds_ratio` of the two, to the power of 1 / (x_2 − x_1).
///
/// W_t is taken for fixed. R `svyglm(y ~ x, quasibinomial)` lets W_t vary with the sample: its
/// residuals are w_i (y_i − π_t), those behind Cov(p_t, p_s) are w_i (y_i − p_t), so it adds
/// the variance of W_t (p_t − π_t), the lack of fit. Both agree where sums of weights are
/// fixed: waves that are strata, with equal weights in them or weighted to known totals by
/// calibration; or where all p_t lie on the line. svyglm counts its degrees of freedom as
/// PSUs − strata − 1.
/// The shares do not have to lie on a line: b is then the slope of the line that fits the
/// population best, under these W_t. Waves without a figure are left out.
/// @status undefined   fewer than two waves (or the status of a wave without a figure then);
///                     separation: no finite b, because the shares are all 0, all 1, or 0 on
///                     one side of a place in time and 1 on the other
/// @status no_base     `sum_weights`, and a wave has no sum of weights above 0
/// @status series_break; no_degrees; iteration_limit
/// @throws value_error  a figure outside [0, 1]
/// @checked R svyglm with waves as strata, 1e-9; glm(binomial) on counts with A⁻¹ B A⁻¹
template <class Real>
[[nodiscard]] logistic_slope<Real> logistic_trend(
    const wave_series<Real>& series, confidence_level level,
    wave_weighting weighting = wave_weighting::equal,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  using std::abs, std::exp;
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  logistic_slope<Real> out;
  out.line.assign(series.size(), nan);
  detail::logistic_scores<Real> scores;
  status why = there.size() < 2 ? detail::too_few_waves(series) : status::ok;
  for (const std::size_t t : there) {
    const Real p = series.value(t);
    if (!(p >= Real(0) && p <= Real(1)))
      detail::refuse("logistic_trend", "figures", t, static_cast<double>(p),
                     "must be a share, in [0, 1]");
    const Real w = weighting == wave_weighting::equal
                       ? Real(1)
                       : series.figures().entry(t).bases.sum_weights;
    if (!(w > Real(0) && w - w == Real(0)) && why == status::ok) why = status::no_base;
    scores.add(Real(series.times()[t]), p, w);
  }
  if (why == status::ok) why = scores.solve();
  matrix c = matrix::Zero(1, static_cast<Eigen::Index>(series.size()));
  if (why == status::ok) {
    for (std::size_t k = 0; k < there.size(); ++k)
      c(0, static_cast<Eigen::Index>(there[k])) = scores.coefficient(k);
    why = detail::status_of_waves(series, c);
  }
  if (why == status::ok) {
    for (std::size_t t = 0; t < series.size(); ++t)
      out.line[t] = scores.share_at(Real(series.times()[t]));
    const matrix v = detail::covariance_of_contrasts(series, c);
    out.log_odds = detail::tested_contrast(
        "logistic", scores.slope(), Real(v(0, 0)),
        detail::degrees_of_contrasts(series, c, v, df),
        detail::variance_apart(
            series, [&](std::size_t t) { return Real(c(0, static_cast<Eigen::Index>(t))); }),
        level);
    out.odds_ratio = exp(Real(out.log_odds.value));
  } else {
    out.log_odds.test = out.log_odds.limits.method = "logistic";
    out.log_odds.status = out.log_odds.limits.status = why;
    out.log_odds.limits.level = level;
  }
  out.odds_limits = out.log_odds.limits;
  out.odds_limits.low = exp(Real(out.log_odds.limits.low));
  out.odds_limits.high = exp(Real(out.log_odds.limits.high));
  return out;
}

}  // namespace baro
