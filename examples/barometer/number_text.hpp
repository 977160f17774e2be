// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace barometer {

/// The shortest decimal that reads back as the same double: `0.1`, `662.28736315930`, `inf`.
/// Empty for NaN.
std::string exact_number(double value);

/// With that many decimals, thousands apart by a space when there are five digits or more:
/// `3 687 177.5`. A dash for NaN, the sign for infinity.
std::string fixed_number(double value, int decimals);

/// With three significant digits, `2.17e-12`: for what fixed decimals would write as 0.
std::string scientific_number(double value);

/// A share in percent: `42.3 %`. A dash for NaN.
std::string percent(double share, int decimals = 1);

/// How many decimals show two significant digits of a standard error (0 to 8).
int decimals_for(double standard_error);

}  // namespace barometer
