// SPDX-License-Identifier: BSL-1.0
#include <every_header.hpp>

double other(double share) { return share + baro::confidence_level(0.5).value(); }
