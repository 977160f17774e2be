// SPDX-License-Identifier: BSL-1.0
#include <baro/io/csv.hpp>
#include <baro/io/numbers.hpp>

#include "support/refused.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

namespace io_numbers {

baro::csv_table parse(const std::string& text) { return baro::parse_csv(text, "f.csv"); }

std::string refusal(const std::string& text, const std::string& column = "x") {
  return test::refused<baro::file_error>([&] { baro::numbers(parse(text), column); });
}

TEST_SUITE("io/numbers") {
  TEST_CASE("a column of numbers, NaN where it is missing") {
    const auto x = baro::numbers(parse("x,y\n1.5,a\nNA,b\n.,c\n,d\n\"-2\",e\n"), "x");
    REQUIRE(x.size() == 5);
    CHECK(x[0] == 1.5);
    CHECK(std::isnan(x[1]));
    CHECK(std::isnan(x[2]));
    CHECK(std::isnan(x[3]));
    CHECK(x[4] == -2);
  }

  TEST_CASE("decimal commas are read where they do not separate columns") {
    const std::vector<double> expected{1.5, 2, -0.25};
    CHECK(baro::numbers(parse("x;y\n1,5;a\n2;b\n-0,25;c\n"), "x") == expected);
    CHECK(baro::numbers(parse("x\ty\n1,5\ta\n2\tb\n-0,25\tc\n"), "x") == expected);
    CHECK(baro::numbers(parse("x;y\n1.5;a\n2;b\n-0.25;c\n"), "x") == expected);
  }

  TEST_CASE("a comma is no decimal mark in a file of commas") {
    CHECK(
        refusal("x,y\n\"1,5\",2\n") ==
        "f.csv:2: column 'x' = 1,5, must be a number; a decimal comma needs ';' or tab between "
        "the columns");
  }

  TEST_CASE("a column has one decimal mark") {
    CHECK(refusal("x;y\n1;a\n1,5;a\n2;a\n2.5;a\n") ==
          "f.csv:5: column 'x' = 2.5, must have its decimal comma like line 3");
    CHECK(refusal("x;y\n1.5;a\n2,5;a\n") ==
          "f.csv:3: column 'x' = 2,5, must have its decimal point like line 2");
    CHECK(refusal("x;y\n1.234,5;a\n") ==
          "f.csv:2: column 'x' = 1.234,5, must be a number with one decimal mark and no "
          "thousands "
          "separator");
  }

  TEST_CASE("a cell that is no number is refused with its line, column and value") {
    CHECK(refusal("y,x\n1,2\n3,abc\n") == "f.csv:3: column 'x' = 'abc', must be a number");
    CHECK(refusal("x,y\ninf,1\n") == "f.csv:2: column 'x' = 'inf', must be a number");
    CHECK(refusal("x,y\nNaN,1\n") == "f.csv:2: column 'x' = 'NaN', must be a number");
    CHECK(refusal("x,y\n0x1F,1\n") == "f.csv:2: column 'x' = '0x1F', must be a number");
    CHECK(refusal("x,y\n12 %,1\n") == "f.csv:2: column 'x' = '12 %', must be a number");
    CHECK(refusal("x,y\n1e999,1\n") ==
          "f.csv:2: column 'x' = 1e999, must be within the range of a double");
  }

  TEST_CASE("a column that is not asked for may hold anything") {
    CHECK(baro::numbers(parse("x,y\n1,abc\n"), "x") == std::vector<double>{1});
  }
}

}  // namespace io_numbers
