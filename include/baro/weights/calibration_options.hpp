// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/number_view.hpp>

#include <optional>

namespace baro {

/// Bounds on final weights, on their own scale: 0 <= low < high.
struct weight_bounds {
  double low = 0, high = 0;
};

/// How a calibration is done: `calibrate(d, margins, raking_distance{}, {.tolerance = 1e-8})`.
struct calibration_options {
  /// Largest gap, relative to its target, at which the margins count as met.
  double tolerance = 1e-10;
  int max_iterations = 100;
  /// q, n × 1, each > 0: how freely a respondent's weight may move.
  std::optional<number_view> q{};
  /// Final weights outside are set to the bound, and the others make up for it.
  std::optional<weight_bounds> final_weights{};
};

}  // namespace baro
