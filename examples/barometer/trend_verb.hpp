// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "verb.hpp"

namespace barometer {

/// `barometer trend`
verb trend_verb();

}  // namespace barometer
