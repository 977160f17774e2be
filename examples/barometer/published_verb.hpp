// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "verb.hpp"

namespace barometer {

/// `barometer published`: figures of press releases with their intervals, claims and verdicts.
verb published_verb();

}  // namespace barometer
