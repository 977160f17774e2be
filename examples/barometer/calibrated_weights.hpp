// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/csv_table.hpp>
#include <baro/weights/calibration.hpp>

#include "calibration_request.hpp"

#include <vector>

namespace barometer {

/// The weights a request asks for.
/// @param weights  of each row of `data`, each > 0; they must outlive the calibration
/// @throws refusal  margins that cannot be met or were not, with what conflicts
/// @throws baro::file_error  a file that cannot be used
baro::calibration calibrated_weights(const baro::csv_table& data,
                                     const std::vector<double>& weights,
                                     const calibration_request& request);

}  // namespace barometer
