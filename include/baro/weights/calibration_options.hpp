// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/column.hpp>
#include <baro/core/level_coder.hpp>
#include <baro/core/number_view.hpp>

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

/// How a calibration is done: `calibrate(d, margins, raking_distance{}, {.tolerance = 1e-8})`.
struct calibration_options {
  /// Largest gap, relative to its target, at which the margins count as met.
  double tolerance = 1e-10;
  int max_iterations = 100;
  /// q, n × 1, each > 0: how freely a respondent's weight may move.
  std::optional<number_view> q{};
  /// Members of a household get one factor: x is its mean over them (Lemaître and Dufour 1987,
  /// Survey Methodology 13:199). With base weights that are the same for all members the
  /// weights are too.
  std::optional<households> household{};
  /// Final weights outside are set to the bound, and the others make up for it.
  std::optional<weight_bounds> final_weights{};
};

}  // namespace baro
