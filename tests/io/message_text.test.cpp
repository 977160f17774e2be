// SPDX-License-Identifier: BSL-1.0
#include <baro/io/message_text.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE("io/message_text") {
  TEST_CASE("a long value is cut between characters, never within one") {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "é";
    std::string kept;
    for (int i = 0; i < 60; ++i) kept += "é";
    CHECK(baro::one_line_text(text) == kept + "...");
    CHECK(baro::one_line_text(std::string("\x01\x7F", 2)) == "\\x01\\x7f");
  }

  TEST_CASE("a number is shown bare, everything else in quotes") {
    CHECK(baro::shown_value("-0.4") == "-0.4");
    CHECK(baro::shown_value("1.234,5") == "1.234,5");
    CHECK(baro::shown_value("1e-300") == "1e-300");
    CHECK(baro::shown_value("-") == "'-'");
    CHECK(baro::shown_value("") == "''");
    CHECK(baro::shown_value("12 %") == "'12 %'");
    CHECK(baro::shown_value(std::string(40, '1')) == "'" + std::string(40, '1') + "'");
  }
}
