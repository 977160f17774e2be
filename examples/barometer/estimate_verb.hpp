// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "verb.hpp"

namespace barometer {

/// `barometer estimate`: weighted figures of a sample with their intervals.
verb estimate_verb();

}  // namespace barometer
