// SPDX-License-Identifier: BSL-1.0
#include <baro/design/design.hpp>
#include <baro/design/frame.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using baro::frame;
using baro::stage;
using codes = std::vector<std::int32_t>;
using numbers = std::vector<double>;
const std::vector<std::string> region{"S", "N", "S", "N", "S", "S"};
const std::vector<int> school{1, 1, 2, 2, 1, 2}, pupil{1, 2, 3, 4, 5, 5};

TEST_SUITE("design/frame") {
  TEST_CASE("two stages are a tree of strata and units, in the order of their labels") {
    const numbers schools{4, 8, 4, 8, 4, 4};
    const baro::design d{
        baro::strata(region), baro::psus(school), baro::population_sizes(schools),
        stage(baro::psus(pupil), baro::sampling_fraction(.5)), baro::single_psu::remove};
    const frame& f = d.tree();
    REQUIRE(f.stages.size() == 2);
    CHECK(f.stages[0].parent == codes{0, 0});      // N, S
    CHECK(f.stages[0].cell == codes{0, 0, 1, 1});  // N1 N2 S1 S2
    CHECK(f.stages[0].sampled == numbers{2, 2});
    CHECK(f.stages[0].population == numbers{8, 4});
    CHECK(f.stages[0].fraction == numbers{.25, .5});
    CHECK(f.stages[1].parent == codes{0, 1, 2, 3});
    CHECK(f.stages[1].fraction == numbers{.5, .5, .5, .5});
    CHECK(f.stages[1].sampled == numbers{1, 1, 2, 2});
    CHECK(f.rows_are_units);  // pupils are as many as rows
    CHECK(codes(d.leaf(), d.leaf() + 6) == codes{2, 0, 3, 1, 2, 3});
  }

  TEST_CASE("a unit that holds two rows makes the units the leaves") {
    const std::vector<int> twice{1, 2, 3, 4, 1, 3};
    const baro::design d{baro::strata(region), baro::psus(school), baro::sampling_fraction(.5),
                         stage(baro::psus(twice)), baro::single_psu::remove};
    CHECK(!d.tree().rows_are_units);
    CHECK(d.tree().leaves() == 4);
    CHECK(d.tree().stages[1].cell == codes{0, 1, 2, 3});
  }

  TEST_CASE("later stages are dropped where nothing above has a sampling fraction") {
    const baro::design d{baro::strata(region), baro::psus(school), stage(baro::psus(pupil))};
    CHECK(d.tree().stages.size() == 1);
    CHECK(d.tree().leaves() == 4);
  }

  TEST_CASE("units that hold one row each need no number of their own") {
    const std::vector<int> own{9, 8, 7, 6, 5, 4};
    const baro::design d{baro::strata(region), baro::psus(own)};
    CHECK(d.tree().rows_are_units);
    CHECK(d.tree().leaves() == 2);
    CHECK(d.tree().stages[0].sampled == numbers{2, 4});
    const baro::design flat{baro::rows(6)};
    CHECK(flat.leaf() == nullptr);
    CHECK(flat.tree().leaves() == 1);
  }

  TEST_CASE("the smallest weight above 0 of each leaf is kept") {
    const numbers w{3, 5, 11, 0, 2, 7};
    const baro::design d{baro::weights(w), baro::strata(region), baro::psus(school)};
    CHECK(d.tree().least_weight == numbers{5, 0, 2, 7});
  }

  TEST_CASE("twelve thousand PSUs in two thousand strata are told apart") {
    std::vector<std::int64_t> stratum, psu;
    for (std::int64_t i = 0; i < 24000; ++i) {
      stratum.push_back(i % 2000 * 1'000'003);
      psu.push_back(i % 12000 / 2000 * 7'000'001);
    }
    const baro::design d{baro::strata(stratum), baro::psus(psu)};
    CHECK(d.tree().stages[0].cells() == 2000);
    CHECK(d.tree().leaves() == 12000);
    CHECK(d.tree().stages[0].sampled == numbers(2000, 6));
    for (std::size_t i = 0; i < 12000; ++i) REQUIRE(d.leaf()[i] == d.leaf()[i + 12000]);
  }
}

}  // namespace
