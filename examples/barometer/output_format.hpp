// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace barometer {

/// `table` is for people; `csv` and `json` are for programs.
enum class output_format { table, csv, json };

}  // namespace barometer
