// SPDX-License-Identifier: BSL-1.0
#include <baro/published/published_design.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>

namespace published_published_design {

using baro::answers_are;
using baro::base;
using baro::population_size;
using baro::published_design;

TEST_SUITE("published/published_design") {
  TEST_CASE("a design effect other than 1 means weighted answers unless told otherwise") {
    CHECK(published_design{}.answers == answers_are::counted);
    CHECK(published_design{.deff = 1}.answers == answers_are::counted);
    CHECK(published_design{.deff = 1.4}.answers == answers_are::weighted);
    CHECK(published_design{.deff = .9}.answers == answers_are::weighted);
    CHECK(published_design{.deff = 1.4, .answers = answers_are::counted}.answers ==
          answers_are::counted);
    CHECK(published_design{.answers = answers_are::weighted}.answers == answers_are::weighted);
  }

  TEST_CASE("a design that cannot be is refused with its rule") {
    const auto check = [](const published_design& design, std::optional<base> n) {
      baro::detail::check(design, n);
    };
    CHECK_NOTHROW(check({.deff = 1.4, .population = population_size(400)}, base(400)));
    CHECK_NOTHROW(check({.population = population_size(4)}, std::nullopt));
    CHECK_THROWS_WITH_AS(check({.deff = 0}, base(122)),
                         "published_design: deff = 0, must be positive and below 1e9",
                         baro::value_error);
    CHECK_THROWS_AS(check({.deff = -1}, std::nullopt), baro::value_error);
    CHECK_THROWS_AS(check({.deff = std::numeric_limits<double>::quiet_NaN()}, base(122)),
                    baro::value_error);
    CHECK_THROWS_AS(check({.deff = std::numeric_limits<double>::infinity()}, base(122)),
                    baro::value_error);
    CHECK_THROWS_WITH_AS(check({.population = population_size(100)}, base(122)),
                         "published_design: population = 100, must be at least the base",
                         baro::value_error);
    CHECK_THROWS_WITH_AS(
        check({.population = population_size(400.5)}, base(122)),
        "published_design: population = 400.5, must be a whole number up to 1e10",
        baro::value_error);
  }
}

}  // namespace published_published_design
