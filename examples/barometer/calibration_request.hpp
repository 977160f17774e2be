// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/calibrate.hpp>

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace barometer {

/// How the weights are calibrated before anything is estimated; without a file they are not.
struct calibration_request {
  std::string margins{};
  std::string method{};  ///< empty: raking
  std::optional<baro::factor_bounds> bounds{};
  std::optional<baro::trim_bounds> trim{};
};

/// `--margins --method --bounds`
void add_calibration(CLI::App& app, calibration_request& request);

/// `--trim`
void add_trim(CLI::App& app, calibration_request& request);

/// Refuses what no file can make right: bounds for a method that has none, a method without
/// margins.
void check(const calibration_request& request);

}  // namespace barometer
