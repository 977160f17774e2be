// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <exception>
#include <string>

namespace test {

/// The message of the `Exception` that `f` throws, or "nothing was refused".
template <class Exception, class F>
std::string refused(F f) {
  try {
    f();
  } catch (const Exception& e) {
    return e.what();
  }
  return "nothing was refused";
}

}  // namespace test
