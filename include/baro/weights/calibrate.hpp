// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/calibration.hpp>
#include <baro/weights/calibration_distance.hpp>
#include <baro/weights/detail/calibration_maker.hpp>
#include <baro/weights/margin.hpp>

#include <cmath>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// Weights as near as possible to the starting ones that meet the margins:
///   w_i = d_i F(q_i x_iᵀλ),  Σ w_i x_i = t        (Deville and Särndal 1992, JASA 87:376)
/// F from the distance. The margins are the only constraints. Solved by Newton's method on the
/// combinations of levels that occur; where the last digits can be had they are taken.
/// @param start    base weights, each > 0, or an earlier calibration whose chain goes on
/// @param distance linear_distance{}, raking_distance{}, logit_distance({.low = .5, .high =
/// 2}),
///                 truncated_distance, sinh_distance, or a struct of one's own
/// @throws size_error   columns of different lengths
/// @throws value_error  a weight that is not above 0; a respondent without a level or with one
///                      that has no target; a target for a level nobody has; margins whose
///                      totals disagree
/// @status infeasible        no weights within the bounds meet the margins; `conflict()` names
///                           a smallest set of margins that exclude each other
/// @status iteration_limit   they exist, and were not reached
/// @cost   two passes over the rows, and a few over the distinct combinations of levels; where
///         there are numbers or nearly all combinations differ, each iteration reads all rows
/// @checked R survey calibrate(), tests/parity/weights; 50 digits; tests/reference/weights.csv
template <calibration_distance Distance>
calibration calibrate(const starting_weights& start, const std::vector<margin>& margins,
                      const Distance& distance, const calibration_options& options = {}) {
  std::string name = "calibrate";
  if constexpr (requires { std::string_view(Distance::name); }) name = Distance::name;
  return detail::calibration_maker("calibrate", name, start, margins, options)
      .by_newton(distance);
}

/// Cell weighting: each level of one question (crossed ones, as a rule) is given its size,
///   w_i = d_i t_l / Σ_l d        (Holt and Smith 1979, JRSS-A 142:33)
inline calibration poststratify(const starting_weights& start, const margin& cells) {
  if (cells.is_total())
    throw value_error("poststratify: " + cells.name() + " is a number, must be a question");
  return detail::calibration_maker("poststratify", "poststratify", start, {cells}, {})
      .by_fitting();
}

/// Raking by iterative proportional fitting (Deming and Stephan 1940): margin after margin is
/// met by a factor per level, until all are. It arrives where `calibrate` with
/// `raking_distance` does, in more steps.
/// @throws value_error also for a total of a number or a margin with a cost: calibrate can
inline calibration rake(const starting_weights& start, const std::vector<margin>& margins,
                        const calibration_options& options = {.max_iterations = 1000}) {
  return detail::calibration_maker("rake", "raking", start, margins, options).by_fitting();
}

/// The same weights on another scale, with the sum `total` (the size of the sample, as tables
/// of published bases like it). The factor is known, not estimated: relative errors stay.
inline calibration scaled(const calibration& made, double total) {
  static_cast<void>(made.weights());  // refused unless they were reached
  return detail::calibration_maker::scale(made, total);
}

/// Bounds on final weights, relative to their mean.
struct trim_bounds {
  double low = 0, high = 0;
};

/// Trims weights and keeps the margins: a further step from weights already made, by the linear
/// distance, that leaves each of them within low … high times their mean.
/// @throws value_error unless 0 <= low < 1 < high, or weights that were not reached
inline calibration trim(const calibration& made, const std::vector<margin>& margins,
                        trim_bounds bounds, calibration_options options = {}) {
  const factor_bounds b = detail::checked_bounds("trim", {bounds.low, bounds.high});
  // Where the margins leave the sum of the weights free, their mean moves with the trimming.
  double mean = made.summary().mean();
  for (int round = 0;; ++round) {
    options.final_weights = weight_bounds{b.low * mean, b.high * mean};
    calibration trimmed = detail::calibration_maker("trim", "trim", made, margins, options)
                              .by_newton(linear_distance{});
    const auto w = trimmed.weights_anyway();
    const double now = std::accumulate(w.begin(), w.end(), 0.0) / static_cast<double>(w.size());
    if (round == 100 || !(std::abs(now - mean) > 1e-13 * mean))
      return detail::calibration_maker::told_from(made, std::move(trimmed));
    mean = now;
  }
}

}  // namespace baro
