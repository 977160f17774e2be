// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/csv_table.hpp>
#include <baro/weights/calibration.hpp>

#include "records.hpp"
#include "sheet.hpp"

#include <string>

namespace barometer {

/// What became of each target, then `(total)`: the sum of the weights.
records margins_as_records(const baro::calibration& made);

/// The same for people.
/// @param title  what was done
sheet margins_as_sheet(const baro::calibration& made, const std::string& title);

/// Iterations, largest gap, factors, Kish's design effect, efficiency, and a histogram of the
/// weights.
std::string diagnostics(const baro::calibration& made);

/// The file with one more column.
std::string with_column(const baro::csv_table& data, const std::string& name,
                        const std::vector<double>& values);

}  // namespace barometer
