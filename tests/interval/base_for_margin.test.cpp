// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/base_for_margin.hpp>
#include <baro/published/published_share.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace interval_base_for_margin {

using baro::base;
using baro::base_for_margin;
using baro::confidence_level;
using baro::margin_of_error;
using baro::population_size;

const confidence_level level(.95);
const margin_of_error five_points(.05);

TEST_SUITE("interval/base_for_margin") {
  TEST_CASE("50 % within 5 points takes 385 answers, 278 of 1000 people, 197 of 400") {
    CHECK(base_for_margin(.5, five_points, level) == base(385));
    CHECK(base_for_margin(.5, five_points, level, {.population = population_size(1000)}) ==
          base(278));
    CHECK(base_for_margin(.5, five_points, level, {.population = population_size(400)}) ==
          base(197));
  }

  TEST_CASE("at the base found the margin is kept, at one answer less it is not") {
    for (double p : {.02, .08, .25, .5, .92})
      for (double deff : {1., 1.4})
        for (double population : {300., 5000., 1e9}) {
          const baro::published_design design{.deff = deff,
                                              .population = population_size(population)};
          const auto n = base_for_margin(p, five_points, level, design);
          REQUIRE(n);
          const auto margin = [&](std::int64_t size) {
            const auto e = baro::published_share(p, base(size), design);
            return baro::detail::normal_quantile_above(.025) * e.standard_error(0);
          };
          REQUIRE(margin(n->value()) <= .05 * (1 + 1e-9));
          if (n->value() > 1) REQUIRE(margin(n->value() - 1) > .05);
        }
  }

  TEST_CASE("a share of 0 or 1 takes one answer, and a hair's breadth more than there are") {
    CHECK(base_for_margin(0, five_points, level) == base(1));
    CHECK(base_for_margin(1, five_points, level) == base(1));
    CHECK_FALSE(base_for_margin(.5, margin_of_error(1e-6), level).has_value());
  }

  TEST_CASE("a margin in points, or a share in percent, is refused") {
    CHECK_THROWS_WITH_AS(margin_of_error(5), "margin_of_error: margin = 5, must be in (0, 1)",
                         baro::value_error);
    CHECK_THROWS_AS(margin_of_error(0), baro::value_error);
    CHECK_THROWS_AS(margin_of_error{std::numeric_limits<double>::quiet_NaN()},
                    baro::value_error);
    CHECK_THROWS_AS((void)base_for_margin(50, five_points, level), baro::value_error);
  }
}

}  // namespace interval_base_for_margin
