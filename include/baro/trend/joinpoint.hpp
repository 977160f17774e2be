// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/detail/contrast_df.hpp>
#include <baro/trend/detail/join_search.hpp>
#include <baro/trend/slope.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace baro {

/// The best piecewise linear trend with so many joins.
template <class Real = double>
struct joinpoint_candidate {
  std::vector<std::size_t> joins{};  ///< numbers of the waves where the slope changes, rising
  Real chi_squared = std::numeric_limits<Real>::quiet_NaN();  ///< eᵀ V⁻¹ e
  Real criterion = std::numeric_limits<Real>::quiet_NaN();    ///< the smallest is chosen
};

/// A piecewise linear trend of a series, and those it was chosen from.
template <class Real = double>
struct joinpoint_trend {
  joinpoint_candidate<Real> chosen{};
  std::vector<joinpoint_candidate<Real>> candidates{};  ///< with 0, 1, … joins
  test_result<Real> fit{};  ///< χ² of the one chosen: do the figures leave it?
  std::vector<wave_contrast<Real>> slopes{};  ///< of each piece, per unit of time
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> covariance{};  ///< of the slopes
  std::vector<wave_contrast<Real>> changes{};  ///< later slope − earlier, at each join
  std::vector<Real> line{};  ///< T figures on the trend, also of waves without one
  baro::status status = baro::status::ok;
};

struct joinpoint_options {
  /// Joins at most, up to 4; none: the smaller of 2 and (T − 2)/3, T the waves with a figure.
  std::optional<std::size_t> most{};
  comparison_degrees df = comparison_degrees::satterthwaite();
};

/// Where does the trend of a series change? Continuous lines that meet at waves, the joins τ:
///   y_t = a + b x_t + Σ_j d_j max(0, x_t − x_τj) + e_t,  Var e = V
/// fitted by generalized least squares, V the covariance of the waves taken for known. For each
/// number of joins k all places are tried, and the smallest χ² = eᵀ V⁻¹ e stands; of these the
/// one chosen has the smallest
///   χ² + (2k + 2) log T
/// which is BIC (Schwarz 1978, Annals of Statistics 6:461) with V known: a, b, k changes of
/// slope and k places. Of two that are equal the one with fewer joins. Of straight series of 5
/// to 40 waves 88 to 96 of 100 are left without a join (simulated, V known).
/// A join has two waves with a figure at least before the first, after the last, and between
/// any two, so k joins need 3k + 2 waves.
///
/// All tests are conditional on the joins: that they were chosen by looking is not in their
/// standard errors nor p-values, so the p-value of a change of slope is too small, and
/// the slopes are those of lines with these joins. The criterion, not the p-value, says that
/// there is a change. With V estimated on few degrees of freedom χ² is too large and joins are
/// found too easily. Degrees of freedom of the slopes are counted by the parts. Waves without
/// a figure are left out and are no joins. Cost: one small system for each set of places, up
/// to T^k / k!.
/// @param options  `.most = 0` is the straight line of `gls_slope`
/// @returns one slope more than joins; `fit` on T − 2 − k degrees, V known
/// @status  undefined with fewer than two waves (or that of a wave without a figure then), or
///          where V is singular; series_break
/// @throws value_error  more than 4 joins
/// @see     Kim, Fay, Feuer and Midthune (2000), Statistics in Medicine 19:335, who choose the
///          number by permutation; NCHS (2018), Vital and Health Statistics 2(179)
/// @checked R: solve(t(X) %*% solve(V) %*% X) over combn(places, k)
template <class Real>
[[nodiscard]] joinpoint_trend<Real> joinpoint(const wave_series<Real>& series,
                                              confidence_level level,
                                              const joinpoint_options& options = {}) {
  using std::log;
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  const std::size_t waves = there.size();
  if (options.most && *options.most > 4)
    detail::refuse("joinpoint", "most", *options.most, "must be at most 4");
  joinpoint_trend<Real> out;
  out.line.assign(series.size(), std::numeric_limits<Real>::quiet_NaN());
  const auto nothing = [&](status why) {
    out.status = why;
    out.fit = detail::no_test<Real>("joinpoint_fit", why);
    return out;
  };
  if (waves < 2) return nothing(detail::too_few_waves(series));
  if (series.segment(there.front()) != series.segment(there.back()))
    return nothing(status::series_break);
  const detail::join_search<Real> search(series, there);
  if (!search.ok()) return nothing(status::undefined);

  const std::size_t possible = (waves - 2) / 3;
  const std::size_t most = std::min(possible, options.most.value_or(2));
  std::size_t best = 0;
  for (std::size_t k = 0; k <= most; ++k) {
    joinpoint_candidate<Real> found;
    found.joins = search.best_places(k);
    found.chi_squared = search.chi_squared(found.joins);
    found.criterion = found.chi_squared + Real(static_cast<double>(2 * k + 2)) *
                                              log(Real(static_cast<double>(waves)));
    for (std::size_t& at : found.joins) at = there[at];
    out.candidates.push_back(std::move(found));
    if (out.candidates[k].criterion < out.candidates[best].criterion) best = k;
  }
  out.chosen = out.candidates[best];
  if (!(out.chosen.chi_squared - out.chosen.chi_squared == Real(0)))
    return nothing(status::undefined);
  out.fit = waves - 2 > best ? detail::test_against_chi_squared<Real>(
                                   "joinpoint_fit", out.chosen.chi_squared,
                                   Real(static_cast<double>(waves - 2 - best)))
                             : detail::no_test<Real>("joinpoint_fit", status::undefined);

  // Rows: the slopes, then the changes, as linear functions of the figures.
  const auto pieces = static_cast<Eigen::Index>(best) + 1;
  const matrix held = search.slopes(out.chosen.joins);
  matrix c = matrix::Zero(2 * pieces - 1, static_cast<Eigen::Index>(series.size()));
  for (std::size_t k = 0; k < waves; ++k)
    c.col(static_cast<Eigen::Index>(there[k])).head(pieces) =
        held.col(static_cast<Eigen::Index>(k));
  for (Eigen::Index j = 1; j < pieces; ++j) c.row(pieces + j - 1) = c.row(j) - c.row(j - 1);
  for (Eigen::Index r = 0; r < c.rows(); ++r) {
    std::vector<Real> row(series.size());
    for (std::size_t t = 0; t < row.size(); ++t) row[t] = c(r, static_cast<Eigen::Index>(t));
    auto& to = r < pieces ? out.slopes : out.changes;
    to.push_back(contrast(series, row, level, options.df,
                          r < pieces ? "joinpoint_slope" : "joinpoint_change"));
  }
  out.covariance = detail::covariance_of_contrasts(series, matrix(c.topRows(pieces)));
  out.line = search.line(out.chosen.joins);
  return out;
}

}  // namespace baro
