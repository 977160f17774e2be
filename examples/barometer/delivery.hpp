// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "verb.hpp"

namespace barometer {

/// Writes what a verb has done: files first beside their final name, then standard output, then
/// the files take their name. Whatever fails before that leaves every file as it was.
/// @throws refusal  a file or standard output cannot be written (a full disk, for instance)
void deliver(const outcome& done);

}  // namespace barometer
