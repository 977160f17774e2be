// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace barometer {

/// `first|second|…|last` of an enum whose `name` is known.
template <class Enum>
std::string names_up_to(Enum last) {
  std::string out;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (i > 0) out += '|';
    out += name(static_cast<Enum>(i));
  }
  return out;
}

}  // namespace barometer
