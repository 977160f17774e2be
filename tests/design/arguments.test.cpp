// SPDX-License-Identifier: BSL-1.0
#include <baro/design/arguments.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <support/refused.hpp>
#include <type_traits>
#include <vector>

namespace design_arguments {

using baro::stage;
using numbers = std::vector<double>;
using labels = std::vector<std::string>;
enum class region { north, south };

// What a column is must be said; a column that cannot be it is refused by the compiler.
static_assert(!std::is_convertible_v<numbers, baro::weights>);
static_assert(!std::is_convertible_v<labels, baro::strata>);
static_assert(!std::is_convertible_v<labels, baro::psus>);
static_assert(!std::is_convertible_v<int, baro::rows>);
static_assert(std::is_constructible_v<baro::weights, const std::vector<std::int8_t>&>);
static_assert(!std::is_constructible_v<baro::weights, const labels&>);
static_assert(!std::is_constructible_v<baro::weights, baro::population_size>);
static_assert(std::is_constructible_v<baro::strata, const std::vector<region>&>);
static_assert(!std::is_constructible_v<baro::strata, const numbers&>);
static_assert(!std::is_constructible_v<baro::psus, const std::vector<float>&>);
static_assert(!std::is_constructible_v<baro::psus, const std::vector<bool>&>);
static_assert(std::is_constructible_v<baro::population_sizes, const numbers&>);
static_assert(!std::is_constructible_v<baro::population_sizes, baro::sampling_fraction>);
static_assert(!std::is_constructible_v<baro::sampling_fractions, baro::population_size>);
// A temporary column would be gone before the design is used; a view of one that stays is fine.
static_assert(!std::is_constructible_v<baro::weights, numbers>);
static_assert(!std::is_constructible_v<baro::weights, const numbers>);
static_assert(!std::is_constructible_v<baro::strata, labels>);
static_assert(!std::is_constructible_v<baro::psus, std::array<int, 3>>);
static_assert(!std::is_constructible_v<baro::population_sizes, numbers>);
static_assert(!std::is_constructible_v<baro::sampling_fractions, numbers>);
static_assert(!std::is_constructible_v<baro::starting_weights, numbers>);
static_assert(std::is_constructible_v<baro::weights, std::span<const double>>);
static_assert(std::is_constructible_v<baro::starting_weights, std::span<const double>>);
static_assert(!std::is_constructible_v<baro::population_sizes, double>);
static_assert(!std::is_constructible_v<baro::sampling_fractions, double>);

TEST_SUITE("design/arguments") {
  TEST_CASE("each part of a stage is given once, in any order") {
    const labels a{"x", "y"}, b{"u", "v"};
    const stage one(baro::psus(a), baro::strata(b), baro::population_size(10));
    const stage other(baro::population_size(10), baro::strata(b), baro::psus(a));
    CHECK(one.psu_labels->text(0) == "'x'");
    CHECK(other.psu_labels->text(0) == "'x'");
    CHECK(one.strata_labels->text(1) == "'v'");
    CHECK(one.sizes.has_value());
    CHECK(!one.fractions.has_value());
    CHECK(!one.empty());
    CHECK(stage().empty());
  }

  TEST_CASE("a part given twice is refused, by the name it has") {
    const labels a{"x", "y"};
    const numbers n{2, 2};
    const auto twice = [](auto part) {
      return test::refused<baro::value_error>([&] { stage(part, part); });
    };
    CHECK(twice(baro::strata(a)) ==
          "design: strata given twice for one stage, must be given once");
    CHECK(twice(baro::psus(a)) == "design: psus given twice for one stage, must be given once");
    CHECK(twice(baro::population_sizes(n)) ==
          "design: population_sizes given twice for one stage, must be given once");
    CHECK(twice(baro::sampling_fraction(.5)) ==
          "design: sampling_fractions given twice for one stage, must be given once");
    CHECK(test::refused<baro::value_error>([&] {
            stage(baro::population_size(9), baro::population_sizes(n));
          }) == "design: population_sizes given twice for one stage, must be given once");
  }

  TEST_CASE("labels are shown as the host wrote them") {
    const std::vector<std::int8_t> small{-7, 65};
    const std::vector<region> regions{region::north, region::south};
    const std::vector<const char*> words{"North", ""};
    CHECK(baro::psus(small).labels.text(0) == "-7");
    CHECK(baro::psus(small).labels.text(1) == "65");
    CHECK(baro::strata(regions).labels.text(1) == "1");
    CHECK(baro::strata(words).labels.text(0) == "'North'");
    CHECK(baro::strata(words).labels.text(1) == "''");
  }
}

}  // namespace design_arguments
