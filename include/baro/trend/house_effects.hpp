// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/detail/house_fit.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// What house effects are counted from: the figures tell only how houses differ.
///   sum_to_zero  Σ δ = 0 over the houses with a figure: the level is that of all houses, each
///                counting the same
///   anchor       δ = 0 for one house: the level is as that house would measure it
class house_scale {
 public:
  static constexpr house_scale sum_to_zero() noexcept { return {false, 0}; }
  /// @param house  the number of the house
  static constexpr house_scale anchor(std::size_t house) noexcept { return {true, house}; }

  constexpr bool has_anchor() const noexcept { return anchored_; }
  constexpr std::size_t anchor_house() const noexcept { return house_; }

 private:
  constexpr house_scale(bool anchored, std::size_t house) noexcept
      : anchored_(anchored), house_(house) {}
  bool anchored_;
  std::size_t house_;
};

/// Levels of waves and effects of houses. What cannot be said is NaN, `status` says why.
template <class Real = double>
struct house_levels {
  wave_series<Real> waves{};                 ///< ξ, T figures on the scale chosen
  estimate<Real> effects{};                  ///< δ, H figures; `label.level` names the house
  std::vector<wave_contrast<Real>> tests{};  ///< of each δ against 0
  test_result<Real> equal_houses{};          ///< are all effects the same?
  test_result<Real> lack_of_fit{};           ///< do houses differ by a constant?
  baro::status status = baro::status::ok;
};

/// Figures of the same thing by wave and house, taken apart into levels and house effects:
///   y_i = ξ_wave(i) + δ_house(i) + e_i,   e ~ (0, V)
///   (ξ, δ) = (Xᵀ V⁻¹ X)⁻¹ Xᵀ V⁻¹ y, with Σ δ = 0 or δ_anchor = 0
/// by generalized least squares with the covariance that the estimate has. Several figures of
/// one house in one wave are welcome; figures without a value are left out. The scale moves
/// levels and effects by a constant, differences between houses, changes of the levels and the
/// two joint tests do not feel it.
///   equal_houses  all δ the same, H − 1 numerator degrees of freedom
///   lack_of_fit   rᵀ V⁻¹ r of the residuals, k − T − H + 1 of them: houses that drift apart or
///                 variances that leave out a part of the error make it large
/// What it does not do: V is taken as known in the weights, so with few degrees of freedom the
/// intervals are somewhat short; effects that change with time are not modelled.
/// @param e         k figures with their joint covariance
/// @param readings  k × 1: the number of the wave and of the house of each figure
/// @param houses    H names
/// @param times     T × 1, rising; waves are named by `label.wave` of their first figure
/// @param df        of the tests and `waves`: `satterthwaite` by the figures where no two
///                  covary, otherwise the least of theirs
/// @returns  levels and effects are no shares to the methods for shares
/// (`statistic::function`);
///           bases of a level are those of the figures of its wave, added up
/// @status   undefined where V is singular, or the figures that have a value no longer link all
///           waves and houses, or leave the anchor out; a wave or house without any has the
///           status of its first figure. lack_of_fit: undefined where nothing is left to test
/// @throws size_error   not one reading a figure
/// @throws value_error  a wave or house that is not there, or has no figure; an anchor that is
///                      not there; houses that no chain of waves in common links
/// @see      Jackman (2005), Australian Journal of Political Science 40:499, for house effects
///           with Σ δ = 0 or an anchor
/// @checked  R metafor rma.mv(method = "FE")
template <class Real>
[[nodiscard]] house_levels<Real> house_effects(
    const estimate<Real>& e, const std::vector<house_reading>& readings,
    const std::vector<std::string>& houses, std::vector<double> times, house_scale scale,
    confidence_level level, comparison_degrees df = comparison_degrees::satterthwaite()) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  detail::house_layout<Real> layout(e, readings, houses, times.size());
  if (scale.has_anchor() && scale.anchor_house() >= houses.size())
    detail::refuse("house_effects", "anchor", scale.anchor_house(),
                   "must be the number of a house");
  house_levels<Real> out;
  const detail::house_fit<Real> fit(layout, scale.has_anchor(), scale.anchor_house());
  out.status = fit.status();
  const wave_series<Real> figures = layout.as_series();
  const auto parts_of = [&](const matrix& a, std::vector<label> about, std::vector<double> at,
                            const auto& first) {
    return detail::with_gaps(combine(figures, a, std::move(about), std::move(at)), e,
                             out.status, first);
  };
  out.waves = parts_of(fit.levels(), layout.wave_labels(), std::move(times),
                       [&](std::size_t t) { return layout.of_wave(t); });
  std::vector<double> numbers;
  for (std::size_t h = 0; h < houses.size(); ++h) numbers.push_back(static_cast<double>(h));
  const wave_series<Real> effects =
      parts_of(fit.effects(), layout.house_labels(), std::move(numbers),
               [&](std::size_t h) { return layout.of_house(h); });
  out.effects = effects.figures();
  std::vector<std::size_t> there;
  for (std::size_t h = 0; h < houses.size(); ++h) {
    std::vector<Real> c(houses.size(), Real(0));
    c[h] = Real(1);
    out.tests.push_back(contrast(effects, c, level, df, "house_effect"));
    if (effects.has(h)) there.push_back(h);
  }
  matrix c = matrix::Zero(static_cast<Eigen::Index>(there.empty() ? 0 : there.size() - 1),
                          static_cast<Eigen::Index>(houses.size()));
  for (Eigen::Index r = 0; r < c.rows(); ++r) {
    c(r, static_cast<Eigen::Index>(there[0])) = Real(-1);
    c(r, static_cast<Eigen::Index>(there[static_cast<std::size_t>(r) + 1])) = Real(1);
  }
  const auto tested = [&](const char* name, const wave_series<Real>& series, const matrix& a) {
    if (out.status != status::ok) return detail::no_test<Real>(name, out.status);
    return a.rows() == 0 ? detail::no_test<Real>(name, status::undefined)
                         : all_zero(series, a, df, name);
  };
  out.equal_houses = tested("equal_houses", effects, c);
  out.lack_of_fit = tested("lack_of_fit", figures, fit.residuals());
  return out;
}

}  // namespace baro
