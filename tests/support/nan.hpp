// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

namespace test {

/// No answer; in a figure, no number.
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace test
