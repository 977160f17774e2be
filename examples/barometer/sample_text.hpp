// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "design_options.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace barometer {

/// The path of DATA as it is said: `-` is standard input.
std::string data_name(const std::string& path);

/// For people: how many respondents, how they were selected, and which of them a request is
/// about.
std::vector<std::string> sample_text(const design_request& request,
                                     const std::vector<std::string>& where, std::size_t rows);

}  // namespace barometer
