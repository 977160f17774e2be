// SPDX-License-Identifier: BSL-1.0
#include <baro/published/base.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <type_traits>

namespace published_base {

using baro::base;

static_assert(!std::is_convertible_v<int, base>, "a bare number is not a base");
static_assert(base(122).value() == 122);

TEST_SUITE("published/base") {
  TEST_CASE("a base is a whole number of respondents from 1 to a billion") {
    CHECK(base(1).value() == 1);
    CHECK(base(base::largest).value() == 1'000'000'000);
    CHECK_THROWS_WITH_AS(base(0), "base: n = 0, must be a whole number from 1 to 1000000000",
                         baro::value_error);
    CHECK_THROWS_WITH_AS(base(-122),
                         "base: n = -122, must be a whole number from 1 to 1000000000",
                         baro::value_error);
    CHECK_THROWS_AS(base(base::largest + 1), baro::value_error);
  }
}

}  // namespace published_base
