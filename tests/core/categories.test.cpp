// SPDX-License-Identifier: BSL-1.0
#include <baro/core/categories.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <support/refused.hpp>
#include <type_traits>
#include <vector>

namespace core_categories {

using baro::categories;
using labels = std::vector<std::string>;
using codes = std::vector<int>;
enum colour { red = 7, blue = 3 };
enum class side : std::int8_t { left = -1, right = 1 };

static_assert(std::is_constructible_v<categories, const std::vector<side>&>);
static_assert(std::is_constructible_v<categories, const std::vector<const char*>&>);
static_assert(!std::is_constructible_v<categories, const std::vector<double>&>);
static_assert(!std::is_constructible_v<categories, const std::vector<bool>&>);
static_assert(
    !std::is_constructible_v<categories, const std::vector<double>&, baro::coded_labels>);

// A temporary column would be gone before it is read.
static_assert(!std::is_constructible_v<categories, codes>);
static_assert(!std::is_constructible_v<categories, labels, baro::missing_codes>);
static_assert(!std::is_constructible_v<categories, codes, baro::coded_labels>);
static_assert(std::is_constructible_v<categories, std::span<const int>>);

codes codes_of(const categories& c, std::size_t first = 0) {
  std::vector<std::int32_t> buffer(c.size());
  const baro::code_run run = c.read(first, c.size() - first, buffer.data());
  codes out;
  for (std::size_t i = first; i < c.size(); ++i) out.push_back(run[i - first]);
  return out;
}

TEST_SUITE("core/categories") {
  TEST_CASE("integers of every type are levels in the order of their value") {
    const auto check = [](const auto& column) {
      const categories c(column);
      CHECK(c.labels() == labels{"2", "5", "100"});
      CHECK(codes_of(c) == codes{1, 0, 2, 1});
      CHECK(codes_of(c, 2) == codes{2, 1});
    };
    check(std::vector<int>{5, 2, 100, 5});
    check(std::vector<std::int8_t>{5, 2, 100, 5});
    check(std::vector<std::uint8_t>{5, 2, 100, 5});
    check(std::vector<std::int16_t>{5, 2, 100, 5});
    check(std::vector<std::uint16_t>{5, 2, 100, 5});
    check(std::vector<std::uint32_t>{5, 2, 100, 5});
    check(std::vector<std::int64_t>{5, 2, 100, 5});
    check(std::vector<std::uint64_t>{5, 2, 100, 5});
  }

  TEST_CASE("a column of 32-bit integers is read where it lies, negative levels included") {
    const std::vector<std::int32_t> column{-3, 4, -3};
    const categories c(column);
    CHECK(c.read(1, 2, nullptr).raw == column.data() + 1);
    CHECK(c.labels() == labels{"-3", "4"});
    CHECK(codes_of(c) == codes{0, 1, 0});
  }

  TEST_CASE("far-flung integers and the ends of their type are levels like any other") {
    const std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                       high = std::numeric_limits<std::int64_t>::max();
    const std::array<std::int64_t, 4> column{high, 0, low, high};
    const categories c(column);
    CHECK(c.labels() == labels{"-9223372036854775808", "0", "9223372036854775807"});
    CHECK(codes_of(c) == codes{2, 1, 0, 2});
  }

  TEST_CASE("enums are levels by value, booleans are 0 and 1") {
    const colour colours[] = {red, blue, red};
    CHECK(categories(colours).labels() == labels{"3", "7"});
    CHECK(codes_of(categories(colours)) == codes{1, 0, 1});
    const std::vector<side> sides{side::right, side::left};
    CHECK(categories(sides).labels() == labels{"-1", "1"});
    CHECK(codes_of(categories(sides)) == codes{1, 0});
    const std::array<bool, 3> flags{true, false, true};
    CHECK(categories(flags).labels() == labels{"0", "1"});
    CHECK(codes_of(categories(flags)) == codes{1, 0, 1});
  }

  TEST_CASE("strings are levels bytewise, an empty one is a missing answer") {
    const auto check = [](const auto& column) {
      const categories c(column);
      CHECK(c.labels() == labels{"Yes", "no", "\xC3\xA9"});
      CHECK(codes_of(c) == codes{1, -1, 0, 2, 1});
    };
    check(std::vector<std::string>{"no", "", "Yes", "\xC3\xA9", "no"});
    check(std::vector<std::string_view>{"no", "", "Yes", "\xC3\xA9", "no"});
    check(std::array<const char*, 5>{"no", "", "Yes", "\xC3\xA9", "no"});
  }

  TEST_CASE("a missing code is no level, whether it stands as a number or as text") {
    const std::vector<int> numbers{1, 99, 2, 98};
    const baro::missing_codes none{.refused = {98}, .dont_know = {99}};
    CHECK(categories(numbers, none).labels() == labels{"1", "2"});
    CHECK(codes_of(categories(numbers, none)) == codes{0, -1, 1, -1});
    const std::vector<std::string> text{"1", "99", "2", "99a"};
    CHECK(categories(text, none).labels() == labels{"1", "2", "99a"});
    baro::missing_codes answered = none;
    answered.dont_know_is = baro::dont_know_is::answer;
    CHECK(categories(numbers, answered).labels() == labels{"1", "2", "99"});
  }

  TEST_CASE("codes with labels are taken as they are, unused labels included") {
    const std::vector<std::int8_t> column{2, -1, 0};
    const categories c(column, baro::coded_labels{{"better", "same", "worse"}});
    CHECK(c.levels() == 3);
    CHECK(codes_of(c) == codes{2, -1, 0});
    CHECK(c.code("worse") == 2);
    CHECK(c.code("awful") == -1);
  }

  TEST_CASE("a code that has no label is refused with its row") {
    const std::vector<int> high{0, 2}, low{0, 1, -2};
    const auto make = [](const std::vector<int>& c) {
      categories(c, baro::coded_labels{{"a", "b"}});
    };
    CHECK(test::refused<baro::value_error>([&] { make(high); }) ==
          "categories: codes[1] = 2, must be -1 (missing) or below the 2 labels");
    CHECK(test::refused<baro::value_error>([&] { make(low); }) ==
          "categories: codes[2] = -2, must be -1 (missing) or below the 2 labels");
  }

  TEST_CASE("a column without rows has no levels, and a view keeps its name") {
    const codes no_number;
    const labels no_word;
    CHECK(categories(no_number).levels() == 0);
    CHECK(categories(no_word).size() == 0);
    const std::vector<int> column{1, 1};
    const categories c = categories(column).named("sex");
    CHECK(c.named("gender").name() == "gender");
    CHECK(c.name() == "sex");
  }

  TEST_CASE("a view that owns its codes can outlive the copy it came from") {
    const std::vector<std::string> column{"b", "a"};
    auto first = std::make_unique<categories>(column);
    const categories second = *first;
    first.reset();
    CHECK(codes_of(second) == codes{1, 0});
  }
}

}  // namespace core_categories
