// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/column.hpp>
#include <baro/core/level_coder.hpp>
#include <baro/core/number_view.hpp>
#include <baro/weights/instrument.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

namespace baro {

/// Bounds on final weights, on their own scale: 0 <= low < high.
struct weight_bounds {
  double low = 0, high = 0;
};

/// The household of each respondent, n × 1: integers, enums or strings. Coded once, 4 bytes a
/// row.
class households {
 public:
  template <label_column C>
  explicit households(const C& column) : codes_(static_cast<std::size_t>(std::size(column))) {
    count_ = level_coder::learn(column, codes_.data()).size();
  }
  const std::vector<std::int32_t>& codes() const noexcept { return codes_; }
  std::size_t count() const noexcept { return count_; }

 private:
  std::vector<std::int32_t> codes_;
  std::size_t count_ = 0;
};

/// What is compared with `calibration_options::tolerance` to know whether weights are made.
/// `convention` has those of other programs with their numbers.
enum class stopping_rule {
  /// the largest gap relative to its target; the last digits are then taken where they are free
  gap,
  /// the same, at the first step that reaches it
  first_gap,
  /// the largest |gap| / (1 + |target|)
  gap_over_one_plus_target,
  /// the largest change of a factor from a step to the next, however far the targets are
  factor_change,
  /// the largest change of Σ w of a combination of levels, from 1 on in weights, below 1 as a
  /// share of Σ w
  cell_change,
  /// Σ |change of w| falls by less than that share of it from a step to the next
  slowing,
};

/// What the standard error of weights takes out of an answer.
enum class residual_rule {
  /// regression on the margins, weighted by the weights before the step
  regression,
  /// ten alternating sweeps of unweighted means by level of each margin: R survey's `rake` (and
  /// as near to it as the weights are to the margins, where they stop early)
  r_rake,
};

/// How a calibration is done: `calibrate(d, margins, raking_distance{}, {.tolerance = 1e-8})`.
struct calibration_options {
  /// At which value of `stop` the margins count as met.
  double tolerance = 1e-10;
  int max_iterations = 100;
  /// Weights that satisfy it are `ok`; how near they are to the targets is in `margins()`.
  stopping_rule stop = stopping_rule::gap;
  /// q, n × 1, each > 0: how freely a respondent's weight may move.
  std::optional<number_view> q{};
  /// Members of a household get one factor: x is its mean over them (Lemaître and Dufour 1987,
  /// Survey Methodology 13:199). With base weights that are the same for all members the
  /// weights are too.
  std::optional<households> household{};
  /// Final weights outside are set to the bound, and the others make up for it.
  std::optional<weight_bounds> final_weights{};
  /// `rake` only: after each sweep no weight is above this many times the mean, and the mean is
  /// what it was. The margins are then met as far as that allows.
  std::optional<double> cap{};
  residual_rule residuals = residual_rule::regression;
  /// `calibrate` only, generalised calibration: w = d F(zᵀλ) with these z, Σ w x = t. As many
  /// independent columns as the margins have (a question counts its levels; of two questions
  /// one level is told by the others).
  std::vector<instrument> instruments{};
};

}  // namespace baro
