// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/adjust.hpp>

#include <optional>

namespace CLI {
class App;
}

namespace barometer {

/// `--adjust NAME`.
/// @param family  what is adjusted together: "comparisons", "changes"
void add_adjust(CLI::App& app, const char* family, std::optional<baro::adjustment>& target);

}  // namespace barometer
