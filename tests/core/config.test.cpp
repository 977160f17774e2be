// SPDX-License-Identifier: BSL-1.0
#include <baro/core/config.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE("core/config") {
  TEST_CASE("the version as text and the version as numbers are the same version") {
    const std::string numbers = std::to_string(BARO_VERSION_MAJOR) + "." +
                                std::to_string(BARO_VERSION_MINOR) + "." +
                                std::to_string(BARO_VERSION_PATCH);
    CHECK(numbers == BARO_VERSION);
  }
}
