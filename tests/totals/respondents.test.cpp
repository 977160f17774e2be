// SPDX-License-Identifier: BSL-1.0
#include <baro/totals/respondents.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <support/refused.hpp>
#include <type_traits>
#include <vector>

namespace totals_respondents {

using baro::by;
using baro::where;
using labels = std::vector<std::string>;
using domains = std::vector<std::int32_t>;
static_assert(std::is_constructible_v<where, const std::vector<char>&>);
static_assert(std::is_constructible_v<where, const std::array<bool, 3>&>);
static_assert(!std::is_constructible_v<where, const std::vector<bool>&>);
static_assert(!std::is_constructible_v<where, const std::vector<std::string>&>);
static_assert(!std::is_constructible_v<by, const std::vector<double>&>);
static_assert(!std::is_convertible_v<std::vector<int>, by>);

// A temporary column would be gone before its rows are read.
static_assert(!std::is_constructible_v<where, std::vector<char>>);
static_assert(std::is_constructible_v<where, std::span<const char>>);
static_assert(!std::is_constructible_v<by, std::vector<int>>);
static_assert(!std::is_constructible_v<by, const std::vector<int>&, labels>);
static_assert(std::is_constructible_v<by, const std::vector<int>&, std::span<const int>>);

const std::vector<int> region{2, 1, 3, 2};
const labels sex{"f", "m", "", "m"};
const baro::design four{baro::rows(4)};

baro::detail::respondents rows_of(const by& breaks, const where& mask = {}) {
  baro::detail::respondents r;
  r.who = &four;
  r.breaks = breaks;
  r.domain = mask;
  return r;
}

domains read(const baro::detail::respondents& r, std::size_t first = 0) {
  domains out(4 - first), scratch(4);
  r.read_domains(first, 4 - first, out.data(), scratch.data());
  return out;
}

TEST_SUITE("totals/respondents") {
  TEST_CASE("domains are the combinations of the breaks, the first one slowest") {
    const by both(region, sex);
    CHECK(both.domains() == 6);
    CHECK(both.labels(0) == labels{"1", "f"});
    CHECK(both.labels(1) == labels{"1", "m"});
    CHECK(both.labels(4) == labels{"3", "f"});
    CHECK(read(rows_of(both)) == domains{2, 1, -1, 3});
    CHECK(read(rows_of(both), 3) == domains{3});
    CHECK(by().domains() == 1);
    CHECK(by().labels(0).empty());
    CHECK(read(rows_of(by())) == domains{0, 0, 0, 0});
  }

  TEST_CASE("a missing first break takes a row out as a missing second one does") {
    CHECK(read(rows_of(by(sex, region))) == domains{1, 3, -1, 4});
  }

  TEST_CASE("a break may carry its missing codes and its name, or come in a list") {
    const auto coded = baro::categories(region, {.dont_know = {3}}).named("region");
    CHECK(by(coded).domains() == 2);
    CHECK(by(coded).breaks[0].name() == "region");
    CHECK(read(rows_of(by(coded))) == domains{1, 0, -1, 1});
    CHECK(by(std::vector{coded, coded}).domains() == 4);
  }

  TEST_CASE("a mask of any arithmetic type keeps the rows that are not 0") {
    const std::array odd{true, false, true, false};
    CHECK(read(rows_of(by(), where(odd))) == domains{0, -1, 0, -1});
    const std::vector<float> fraction{.5F, 0, -1, 0};
    const std::vector<std::uint64_t> flag{1, 0, 2, 0};
    const std::vector<signed char> sign{1, 0, -1, 0};
    CHECK(read(rows_of(by(region), where(fraction))) == domains{1, -1, 2, -1});
    CHECK(read(rows_of(by(region), where(flag))) == domains{1, -1, 2, -1});
    CHECK(read(rows_of(by(region), where(sign)), 1) == domains{-1, 2, -1});
  }

  TEST_CASE("columns that are not as long as the design are refused by name") {
    const std::vector<int> three{1, 2, 3};
    const auto check = [](baro::detail::respondents r) {
      return test::refused<baro::size_error>([&] { r.check(); });
    };
    CHECK(check(rows_of(by(region))) == "nothing was refused");
    CHECK(check(rows_of(by(baro::categories(three).named("wave")))) ==
          "by: wave has 3 rows, must have 4");
    CHECK(check(rows_of(by(), where(three))) == "where: column has 3 rows, must have 4");
    baro::detail::respondents r = rows_of(by());
    r.variables.push_back({{baro::answers(three).named("income")}, {}});
    CHECK(check(r) == "answers: income has 3 rows, must have 4");
    r = rows_of(by());
    r.variables.push_back({{}, baro::categories(three).named("vote")});
    CHECK(check(r) == "answers: vote has 3 rows, must have 4");
    CHECK(check(rows_of(by(region, three))) == "tally: by[1] has 3 rows, must have 4");
    r = rows_of(by());
    r.variables.push_back({{baro::answers(region), baro::answers(three)}, {}});
    CHECK(check(r) == "tally: answers[1] has 3 rows, must have 4");
    r = rows_of(by());
    r.variables.push_back({{baro::answers(region)}, {}});
    r.variables.push_back({{}, baro::categories(three)});
    CHECK(check(r) == "tally: answers[1] has 3 rows, must have 4");
  }
}

}  // namespace totals_respondents
