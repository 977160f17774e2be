// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/detail/generalized_fit.hpp>
#include <baro/trend/detail/orthogonal_polynomials.hpp>
#include <baro/trend/slope.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace baro {

namespace detail {

/// The places in time of some waves.
template <class Real>
std::vector<Real> times_of(const wave_series<Real>& series,
                           const std::vector<std::size_t>& waves) {
  std::vector<Real> x;
  for (const std::size_t t : waves) x.push_back(Real(series.times()[t]));
  return x;
}

/// Nothing to be said of a series that has too few waves with a figure.
template <class Real>
wave_contrast<Real> no_contrast(std::string_view name, status why, confidence_level level) {
  wave_contrast<Real> out;
  out.test = name;
  out.status = out.limits.status = why;
  out.limits.level = level;
  out.limits.method = name;
  return out;
}

}  // namespace detail

/// The trend of one degree in a series: the coefficient of the orthogonal polynomial of that
/// degree on the places in time of the waves that have a figure, at any distance,
///   b_d = Σ_t P_d(x_t) y_t / Σ_t P_d(x_t)²,  P_d(x) = x^d + lower powers,
///   Σ_t P_d(x_t) P_k(x_t) = 0 for all k < d
/// which is the coefficient of x^d in the least squares polynomial of degree d, equal weights:
/// what degrees below d could explain is taken out, what degrees above would is not. Degree 1
/// is `slope`, 2 says whether the rise slows down (< 0) or speeds up (> 0). A contrast, tested
/// with the covariance of the waves.
/// @param degree  1 or more
/// @returns per unit of time to the power of the degree
/// @status  undefined with fewer than degree + 1 waves, or that of a wave without a figure
///          then; series_break; no_degrees
/// @throws value_error  degree 0
/// @see     Forsythe (1957), Journal of the Society for Industrial and Applied Mathematics 5:74
/// @checked R contr.poly(T, scores = x): b_d = Σ c_t y_t / √Σ P_d²; lm(y ~ poly(x, d))
template <class Real>
[[nodiscard]] wave_contrast<Real> trend_of_degree(
    const wave_series<Real>& series, std::size_t degree, confidence_level level,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  if (degree < 1) detail::refuse("trend_of_degree", "degree", degree, "must be 1 or more");
  const std::string name = degree == 1   ? "linear"
                           : degree == 2 ? "quadratic"
                           : degree == 3 ? "cubic"
                                         : "degree_" + std::to_string(degree);
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  if (there.size() < degree + 1)
    return detail::no_contrast<Real>(name, detail::too_few_waves(series), level);
  const detail::orthogonal_polynomials<Real> p(detail::times_of(series, there), degree);
  std::vector<Real> c(series.size(), Real(0));
  for (std::size_t k = 0; k < there.size(); ++k)
    c[there[k]] = p.values(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(degree)) /
                  p.size[degree];
  return contrast(series, c, level, df, name);
}

/// Is a polynomial of this degree enough? The q = T − degree − 1 contrasts of all higher
/// degrees together, by `all_zero`: the lack of fit of the polynomial. Degree 0 is
/// `equal_waves`, degree 1 asks whether a straight line will do.
/// @status undefined with fewer than degree + 2 waves, or that of a wave without a figure then,
///         or where the covariance is singular; no_degrees; series_break
/// @checked R: C <- t(contr.poly(T, scores = x))[-(1:degree), ], Wald by hand
template <class Real>
[[nodiscard]] test_result<Real> beyond_degree(
    const wave_series<Real>& series, std::size_t degree,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  if (there.size() < 2 || there.size() - 2 < degree)
    return detail::no_test<Real>("beyond_degree", detail::too_few_waves(series));
  const detail::orthogonal_polynomials<Real> p(detail::times_of(series, there),
                                               there.size() - 1);
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  const auto first = static_cast<Eigen::Index>(degree) + 1;
  matrix c = matrix::Zero(p.values.cols() - first, static_cast<Eigen::Index>(series.size()));
  for (std::size_t k = 0; k < there.size(); ++k)
    c.col(static_cast<Eigen::Index>(there[k])) =
        p.values.row(static_cast<Eigen::Index>(k)).tail(c.rows()).transpose();
  return all_zero(series, c, df, "beyond_degree");
}

/// The straight line through the figures by generalized least squares, the covariance V of the
/// waves taken for known:
///   (a, b)ᵀ = (Xᵀ V⁻¹ X)⁻¹ Xᵀ V⁻¹ y,  X = (1, x_t),  Var = (Xᵀ V⁻¹ X)⁻¹
/// (Aitken 1935, Proceedings of the Royal Society of Edinburgh 55:42). Of all unbiased slopes
/// that are linear in the figures the one with the smallest variance, if the true figures lie
/// on a line and V is known. It is not the default, `slope` is:
///   - where they do not lie on a line, it tends to another number whenever the bases change,
///     while the slope with equal weights describes the population alone;
///   - V is estimated along with the figures: of shares a wave that happens to be nearer to 0
///     or 1 weighs more, which draws the line; and with few degrees of freedom the weights are
///     noise that the standard error knows nothing about, so it is too small;
///   - strongly correlated waves have weights below 0.
/// Degrees of freedom by the parts, as of any contrast. Waves without a figure are left out.
/// @returns per unit of time
/// @status  undefined with fewer than two waves, or that of a wave without a figure then, or
///          where V is singular; series_break; no_degrees
/// @checked R MASS::lm.gls(y ~ x, W = V, inverse = TRUE), and solve(t(X) %*% solve(V) %*% X)
template <class Real>
[[nodiscard]] wave_contrast<Real> gls_slope(
    const wave_series<Real>& series, confidence_level level,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  if (there.size() < 2)
    return detail::no_contrast<Real>("gls_linear", detail::too_few_waves(series), level);
  const detail::generalized_fit<Real> fit(series, there);
  if (!fit.ok()) return detail::no_contrast<Real>("gls_linear", status::undefined, level);
  const detail::centred_times<Real> at(series.times(), there);
  matrix x = matrix::Ones(static_cast<Eigen::Index>(there.size()), 2);
  for (std::size_t k = 0; k < there.size(); ++k) x(static_cast<Eigen::Index>(k), 1) = at.z[k];
  const matrix l = fit.coefficients(x);
  if (!(l.sum() - l.sum() == Real(0)))
    return detail::no_contrast<Real>("gls_linear", status::undefined, level);
  std::vector<Real> c(series.size(), Real(0));
  for (std::size_t k = 0; k < there.size(); ++k)
    c[there[k]] = l(1, static_cast<Eigen::Index>(k)) / at.half;
  return contrast(series, c, level, df, "gls_linear");
}

}  // namespace baro
