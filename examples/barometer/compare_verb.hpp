// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "verb.hpp"

namespace barometer {

/// `barometer compare`
verb compare_verb();

}  // namespace barometer
