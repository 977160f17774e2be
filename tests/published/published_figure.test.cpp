// SPDX-License-Identifier: BSL-1.0
#include <baro/published/published_figure.hpp>

#include <doctest/doctest.h>

namespace published_published_figure {

using baro::base;
using baro::claim;
using baro::count_range;
using baro::printed_share;
using baro::published_figure;

TEST_SUITE("published/published_figure") {
  TEST_CASE("the printed share, not the claim beside it, says what the sample showed") {
    const published_figure figure{
        .share = printed_share("25 %"), .base = base(122), .claim = claim("> 1/5")};
    CHECK(figure.range() == printed_share("25").range());
    CHECK(figure.feasible().counts() == count_range{30, 31});
    CHECK(figure.feasible(base(1000)).counts() == count_range{246, 254});
  }

  TEST_CASE("a figure without a share is what its claim describes") {
    const published_figure figure{.base = base(1000), .claim = claim("> 2/3")};
    CHECK(figure.feasible().counts() == count_range{667, 1000});
  }

  TEST_CASE("a figure with neither, or without the base asked for, is refused") {
    CHECK_THROWS_WITH_AS(
        published_figure{.base = base(10)}.range(),
        "published_figure: share and claim are both missing, one must be given",
        baro::value_error);
    CHECK_THROWS_WITH_AS(published_figure{.share = printed_share("8")}.feasible(),
                         "published_figure: base is missing, must be given", baro::value_error);
    CHECK_THROWS_AS((published_figure{.share = printed_share("8"),
                                      .base = base(10),
                                      .design = {.population = baro::population_size(9)}}
                         .feasible()),
                    baro::value_error);
  }
}

}  // namespace published_published_figure
