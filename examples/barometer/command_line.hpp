// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "verb.hpp"

#include <string>
#include <vector>

namespace barometer {

/// Does what the command line asks, help and version included.
/// @throws refusal      the request cannot be understood or done
/// @throws baro::error  the data cannot be used as asked
outcome run_command_line(const std::vector<std::string>& arguments);

}  // namespace barometer
