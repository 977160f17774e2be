// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/number_view.hpp>
#include <baro/weights/calibration_options.hpp>
#include <baro/weights/detail/calibration_matrix.hpp>
#include <baro/weights/detail/instrument_rows.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace baro::detail {

/// What one step did to the weights, and what variances need of it.
struct calibration_step {
  std::string name{};            ///< "raking", "linear", …
  calibration_matrix x{};        ///< without columns: one factor for all, a change of scale
  std::vector<double> factor{};  ///< by unit of x
  std::vector<double> d{};       ///< by unit: Σ of the weights before the step
  std::vector<double> q{};       ///< by unit, or empty
  std::vector<double> slack{};   ///< p
  std::vector<double> target_variance{};  ///< p, or empty: the targets are known
  /// Respondents were brought to totals of the sample they are part of: who did not respond has
  /// d = 0 and factor 0 and still carries what x explains.
  bool own_totals = false;
  /// By unit, or empty: the weight is a bound on final weights, and does not move with the one
  /// before the step.
  std::vector<char> clipped{};
  residual_rule residuals = residual_rule::regression;
  std::shared_ptr<const instrument_rows> instruments{};  ///< or none: they are x
};

/// The chain of steps from the base weights on, and the weights at its end.
struct calibration_record {
  number_view base{};
  std::vector<std::shared_ptr<const calibration_step>> steps{};
  std::vector<double, large_page_allocator<double, true>> weights{};
};

}  // namespace baro::detail
