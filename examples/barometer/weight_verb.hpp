// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "verb.hpp"

namespace barometer {

/// `weight`: calibrates the weights of a file and writes it with them.
verb weight_verb();

}  // namespace barometer
