// SPDX-License-Identifier: BSL-1.0
#include <baro/io/file_error.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE("io/file_error") {
  TEST_CASE("the message names file, line, column, value and rule") {
    const baro::file_error e(
        {.file = "gss.csv", .line = 17, .column = "weight", .value = "-0.4"}, "must be >= 0");
    CHECK(std::string(e.what()) == "gss.csv:17: column 'weight' = -0.4, must be >= 0");
    CHECK(e.where().line == 17);
    CHECK(e.where().column == "weight");
    CHECK(e.where().value == "-0.4");
    CHECK(e.rule() == "must be >= 0");
  }

  TEST_CASE("what does not apply is left out") {
    CHECK(std::string(baro::file_error({.file = "a.csv"}, "empty").what()) == "a.csv: empty");
    CHECK(std::string(baro::file_error({.file = "a.csv", .line = 2}, "NUL").what()) ==
          "a.csv:2: NUL");
  }

  TEST_CASE("a value that is not a number stands in quotes") {
    const auto message = [](const std::string& value) {
      return std::string(
          baro::file_error({.file = "f", .line = 1, .column = "c", .value = value}, "r")
              .what());
    };
    CHECK(message("abc") == "f:1: column 'c' = 'abc', r");
    CHECK(message("") == "f:1: column 'c' = '', r");
    CHECK(message("1,5") == "f:1: column 'c' = 1,5, r");
    CHECK(message("e") == "f:1: column 'c' = 'e', r");
  }

  TEST_CASE("the message stays on one line, whatever the file holds") {
    const baro::file_error e(
        {.file = "a\nb.csv", .line = 3, .column = "x\ty", .value = "1\r\n2"},
        "must be a number");
    CHECK(std::string(e.what()) ==
          "a\\nb.csv:3: column 'x\\ty' = '1\\r\\n2', must be a number");
  }
}
