// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/single_psu.hpp>

#include "calibration_request.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace barometer {

/// The columns that say how the respondents were selected; an empty name skips a stage.
struct design_request {
  std::string weight{};
  std::vector<std::string> stratum{};
  std::vector<std::string> psu{};
  std::vector<std::string> population{};
  std::vector<std::string> fraction{};
  baro::single_psu single_psu = baro::single_psu::error;
  calibration_request calibration{};
  bool weights_only = false;  ///< nothing is estimated: negative weights may be

  std::size_t stages() const;
};

/// `--weight --stratum --psu --population --fraction --single-psu`, and those of a calibration
void add_design(CLI::App& app, design_request& request);

/// Refuses what cannot be a design whatever the data: a stage given by size and by fraction, a
/// stage below one whose units are the rows.
void check(const design_request& request);

}  // namespace barometer
