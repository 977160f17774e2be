// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/detail/contrast_test.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/trend/detail/contrast_df.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// One number made of several waves, tested against 0: test and interval agree. What cannot be
/// said is NaN, and `status` says why.
template <class Real = double>
struct wave_contrast {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  Real value = unknown();
  Real standard_error = unknown();
  Real df = unknown();                 ///< infinite: normal
  confidence_interval<Real> limits{};  ///< of `value`
  Real statistic = unknown();          ///< t
  Real p_value = unknown();            ///< two-sided
  std::string test{};
  baro::status status = baro::status::ok;
};

namespace detail {

/// Contrasts need the waves they hold, and those only: ok, or why there is no test.
template <class Real>
status status_of_waves(const wave_series<Real>& series,
                       const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& c) {
  status why = status::ok;
  for (std::size_t t = 0; t < series.size(); ++t) {
    bool held = false;
    for (Eigen::Index r = 0; r < c.rows(); ++r) {
      const Real x = c(r, static_cast<Eigen::Index>(t));
      if (!(x - x == Real(0)))
        refuse("contrast", "coefficients", t, static_cast<double>(x), "must be finite");
      held = held || x != Real(0);
    }
    if (!held) continue;
    if (!series.has(t)) return series.figures().entry(t).status;
    if (!series.is_told(t)) why = status::no_degrees;
  }
  for (Eigen::Index r = 0; r < c.rows(); ++r)
    if (crosses_break(series,
                      [&](std::size_t t) { return Real(c(r, static_cast<Eigen::Index>(t))); }))
      return status::series_break;
  return why;
}

/// A variance of which nothing but rounding is left, or less than nothing, beside the sum of
/// the variances it was made of.
template <class Real>
bool is_rounding(const Real& variance, const Real& apart) {
  return !(variance > 64 * std::numeric_limits<Real>::epsilon() * apart);
}

/// Σ c_t y_t of one row of contrasts, about the first figure where the coefficients cancel: of
/// answers far from 0 nothing is lost.
template <class Real, class Coefficients>
Real contrast_value(const wave_series<Real>& series, Coefficients c) {
  using std::abs;
  Real sum(0), size(0), value(0), base(0);
  bool first = true;
  for (std::size_t t = 0; t < series.size(); ++t) {
    const Real x = c(t);
    if (x == Real(0)) continue;
    if (first) base = series.value(t);
    first = false;
    sum += x;
    size += abs(x);
    value += x * (series.value(t) - base);
  }
  return abs(sum) <= 64 * std::numeric_limits<Real>::epsilon() * size
             ? value
             : Real(value + sum * base);
}

/// Σ c_t² V_tt.
template <class Real, class Coefficients>
Real variance_apart(const wave_series<Real>& series, Coefficients c) {
  Real out(0);
  for (std::size_t t = 0; t < series.size(); ++t)
    if (const Real x = c(t); x != Real(0)) out += x * x * series.figures().variance(t);
  return out;
}

/// A number with its variance, tested by t.
/// @param apart  the variance without any covariance
template <class Real>
wave_contrast<Real> tested_contrast(std::string_view name, const Real& value,
                                    const Real& variance, const Real& df, const Real& apart,
                                    confidence_level level) {
  using std::sqrt;
  wave_contrast<Real> out;
  out.test = name;
  out.value = value;
  out.standard_error = sqrt(variance > Real(0) ? variance : Real(0));
  out.df = df;
  if (!(variance - variance == Real(0)) || !(value - value == Real(0))) {
    out.status = status::undefined;
    out.value = out.standard_error = out.unknown();
  } else if (is_rounding(variance, apart)) {
    // Nothing varies, or what was taken for a covariance is none.
    out.status = status::undefined;
    out.standard_error = is_rounding(Real(-variance), apart) ? Real(0) : out.unknown();
  } else if (!(df > Real(0))) {
    out.status = status::no_degrees;
  } else {
    const Real t = t_quantile_above(df, half_alpha<Real>(level));
    out.statistic = value / out.standard_error;
    out.p_value = two_sided_t(df, out.statistic);
    out.limits.low = value - t * out.standard_error;
    out.limits.high = value + t * out.standard_error;
  }
  out.limits.level = level;
  out.limits.method = name;
  out.limits.df = df;
  out.limits.status = out.status;
  return out;
}

}  // namespace detail

/// A linear function of the waves of a series, Σ_t c_t y_t, by the t test:
///   variance cᵀ V c, degrees of freedom by the parts v_p of it that patterns of presence add,
///   ν = (Σ v_p)² / Σ v_p²/ν_p   (Satterthwaite 1946, Biometrics Bulletin 2:110)
/// so a full panel has the degrees of the paired test, and two waves without anybody in common
/// those of Welch's.
/// @param coefficients  T × 1, finite, not all 0; waves without a figure must have 0
/// @param df            `satterthwaite`, or `design` for the least of the waves that take part
/// @status that of the first wave that takes part and has no figure; no_degrees; undefined
///         where nothing varies
/// @throws size_error   not one coefficient a wave
/// @throws value_error  coefficients that are all 0 or not finite
template <class Real>
[[nodiscard]] wave_contrast<Real> contrast(
    const wave_series<Real>& series, const std::vector<Real>& coefficients,
    confidence_level level, comparison_degrees df = comparison_degrees::satterthwaite(),
    std::string_view name = "contrast") {
  detail::check_size("contrast", "coefficients", coefficients.size(), series.size());
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  matrix c(1, static_cast<Eigen::Index>(coefficients.size()));
  bool any = false;
  for (std::size_t t = 0; t < coefficients.size(); ++t) {
    c(0, static_cast<Eigen::Index>(t)) = coefficients[t];
    any = any || coefficients[t] != Real(0);
  }
  if (!any) throw value_error("contrast: coefficients are all 0, one must not be");
  wave_contrast<Real> out;
  out.test = name;
  out.status = out.limits.status = detail::status_of_waves(series, c);
  const auto of = [&](std::size_t t) { return coefficients[t]; };
  if (out.status == status::no_degrees) out.value = detail::contrast_value(series, of);
  if (out.status != status::ok) return out;
  const matrix v = detail::covariance_of_contrasts(series, c);
  return detail::tested_contrast(name, detail::contrast_value(series, of), Real(v(0, 0)),
                                 detail::degrees_of_contrasts(series, c, v, df),
                                 detail::variance_apart(series, of), level);
}

/// Several linear functions at once, are they all 0?
///   W = (C y)ᵀ (C V Cᵀ)⁻¹ C y, F = W (ν − q + 1) / (ν q) on (q, ν − q + 1)
/// with q the rows of C: Hotelling's test of a full panel, exactly; elsewhere ν by the parts
/// V_p of M = C V Cᵀ,
///   ν = (q + q²) / Σ_p (tr (V_p M⁻¹)² + tr² (V_p M⁻¹)) / ν_p
/// (Krishnamoorthy and Yu 2004, Statistics and Probability Letters 66:161), of one row
/// Satterthwaite's.
/// @param c  q × T, of rank q; columns of waves without a figure must be 0
/// @status   undefined where C V Cᵀ is singular; no_degrees where ν < q
template <class Real>
[[nodiscard]] test_result<Real> all_zero(
    const wave_series<Real>& series,
    const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& c,
    comparison_degrees df = comparison_degrees::satterthwaite(),
    std::string_view name = "wald_f") {
  detail::check_size("all_zero", "c (columns)", static_cast<std::size_t>(c.cols()),
                     series.size());
  if (c.rows() == 0) throw value_error("all_zero: c has no row, must have one");
  if (const status s = detail::status_of_waves(series, c); s != status::ok)
    return detail::no_test<Real>(name, s);
  typename estimate<Real>::vector y(c.rows());
  for (Eigen::Index r = 0; r < c.rows(); ++r)
    y(r) = detail::contrast_value(
        series, [&](std::size_t t) { return Real(c(r, static_cast<Eigen::Index>(t))); });
  const auto v = detail::covariance_of_contrasts(series, c);
  const Real nu = detail::degrees_of_contrasts(series, c, v, df);
  const Real q(static_cast<double>(c.rows())), rest = nu - q + 1;
  for (Eigen::Index r = 0; r < c.rows(); ++r)
    if (detail::is_rounding(Real(v(r, r)), detail::variance_apart(series, [&](std::size_t t) {
                              return Real(c(r, static_cast<Eigen::Index>(t)));
                            })))
      return detail::no_test<Real>(name, status::undefined);
  // Scaled, so that figures of any size are told apart from a singular matrix.
  typename estimate<Real>::vector scale(c.rows());
  for (Eigen::Index r = 0; r < c.rows(); ++r) {
    using std::sqrt;
    scale(r) = 1 / sqrt(Real(v(r, r)));
  }
  const typename estimate<Real>::matrix m = scale.asDiagonal() * v * scale.asDiagonal();
  const typename estimate<Real>::vector z = scale.asDiagonal() * y;
  const Real w = z.dot(detail::solved_or_nan<Real>(m, z).col(0));
  if (!(w - w == Real(0))) return detail::no_test<Real>(name, status::undefined);
  if (!(rest > Real(0))) return detail::no_test<Real>(name, status::no_degrees);
  const Real part = detail::is_infinite(nu) ? Real(1) : Real(rest / nu);
  return detail::test_against_f<Real>(name, Real(w * part / q), q, rest);
}

}  // namespace baro
