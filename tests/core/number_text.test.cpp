// SPDX-License-Identifier: BSL-1.0
#include <baro/core/number_text.hpp>

#include <doctest/doctest.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>

namespace core_number_text {

baro::number_problem problem(std::string_view text) { return baro::read_number(text).problem; }

bool reads(std::string_view text, double expected) {
  const baro::number_text n = baro::read_number(text);
  return n.problem == baro::number_problem::none && n.value == expected;
}

TEST_SUITE("core/number_text") {
  TEST_CASE("numbers are read exactly") {
    CHECK(reads("0", 0));
    CHECK(reads("-0.4", -0.4));
    CHECK(reads("+5", 5));
    CHECK(reads("5.", 5));
    CHECK(reads(".5", .5));
    CHECK(reads("-.5e1", -5));
    CHECK(reads("1e5", 1e5));
    CHECK(reads("1E-5", 1e-5));
    CHECK(reads("007", 7));
    CHECK(reads("33.846996307373047", 33.846996307373047));
    CHECK(reads("9007199254740993", 9007199254740992.0));
    CHECK(reads("1.7976931348623157e308", std::numeric_limits<double>::max()));
    CHECK(reads("  12\t", 12));
  }

  TEST_CASE("a comma is a decimal mark, and the mark is told") {
    CHECK(reads("1,5", 1.5));
    CHECK(reads("-0,25e2", -25));
    CHECK(baro::read_number("1,5").mark == ',');
    CHECK(baro::read_number("1.5").mark == '.');
    CHECK(baro::read_number("15").mark == 0);
  }

  TEST_CASE("two decimal marks are a problem of their own") {
    for (const char* text : {"1.234,5", "1,234.5", "1,234,567", "1.2.3", ",5,"})
      CHECK(problem(text) == baro::number_problem::two_marks);
  }

  TEST_CASE("what other readers take for a number is not one here") {
    for (const char* text : {"",
                             " ",
                             "inf",
                             "-inf",
                             "nan",
                             "NaN",
                             "infinity",
                             "0x10",
                             "0x1p3",
                             "1e",
                             "1e+",
                             "e5",
                             "1e5.5",
                             "1 234",
                             "12 %",
                             "12%",
                             "1-2",
                             "--1",
                             "+-1",
                             "-+1",
                             "- 1",
                             ".",
                             "-",
                             "+",
                             ",",
                             "1_000",
                             "1'000",
                             "$5",
                             "1f",
                             "1d0",
                             "1e5e5",
                             "\xE2\x88\x92"
                             "1",
                             "\xC2\xA0"
                             "1",
                             "１"})
      CHECK(problem(text) == baro::number_problem::not_a_number);
  }

  TEST_CASE("a number no double can hold is a problem of its own") {
    CHECK(problem("1e400") == baro::number_problem::out_of_range);
    CHECK(problem("-1e400") == baro::number_problem::out_of_range);
    CHECK(problem(std::string(200, '1')) == baro::number_problem::too_long);
  }

  TEST_CASE("any double written with 17 digits comes back, with either mark") {
    std::mt19937_64 random(20260101);
    for (int i = 0; i < 20000; ++i) {
      const auto bits = random();
      double value = 0;
      static_assert(sizeof value == sizeof bits);
      std::memcpy(&value, &bits, sizeof value);
      if (!std::isnormal(value)) continue;
      std::array<char, 64> buffer;
      const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                     std::chars_format::scientific, 16);
      std::string text(buffer.data(), end.ptr);
      REQUIRE(reads(text, value));
      text[text.find('.')] = ',';
      REQUIRE(reads(text, value));
    }
  }
}

}  // namespace core_number_text
