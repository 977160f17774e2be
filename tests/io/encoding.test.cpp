// SPDX-License-Identifier: BSL-1.0
#include <baro/io/encoding.hpp>

#include "support/refused.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace io_encoding {

std::string utf8(const std::string& bytes) { return baro::to_utf8(bytes, "f.csv"); }

std::string refusal(const std::string& bytes) {
  return test::refused<baro::file_error>([&] { utf8(bytes); });
}

TEST_SUITE("io/encoding") {
  TEST_CASE("UTF-8 stays as it is, without its byte order mark") {
    CHECK(utf8("région;âge\n") == "région;âge\n");
    CHECK(utf8("\xEF\xBB\xBFrégion") == "région");
    CHECK(utf8("") == "");
    CHECK(utf8("\xEF\xBB\xBF") == "");
    CHECK(utf8("日本,😀\n") == "日本,😀\n");
  }

  TEST_CASE("Latin-1 becomes UTF-8") { CHECK(utf8("r\xE9gion;\xE2ge\n") == "région;âge\n"); }

  TEST_CASE("CP1252 is read where it differs from Latin-1") {
    CHECK(utf8("prix \x80 5, l\x92\xE2ge, \x9Cuvre") == "prix € 5, l’âge, œuvre");
  }

  TEST_CASE("a byte CP1252 does not know makes it Latin-1") {
    CHECK(utf8("\x81\xE9") == "\xC2\x81é");
  }

  TEST_CASE("every byte of Latin-1 above 159 becomes the character of the same number") {
    for (unsigned b = 0xA0; b < 0x100; ++b) {
      const std::string expected{static_cast<char>(0xC0 | (b >> 6U)),
                                 static_cast<char>(0x80 | (b & 0x3FU))};
      CHECK(utf8("a" + std::string(1, static_cast<char>(b)) + ",") == "a" + expected + ",");
    }
  }

  TEST_CASE("a damaged UTF-8 file is refused with its line, not read as Latin-1") {
    CHECK(refusal("âge\nété\nLéa\xE9\n") ==
          "f.csv:3: byte 0xE9 in a UTF-8 file, must be well-formed UTF-8");
    CHECK(refusal("\xEF\xBB\xBF"
                  "a\n\xE9\n") ==
          "f.csv:2: byte 0xE9 in a UTF-8 file, must be well-formed UTF-8");
  }

  TEST_CASE("overlong forms, surrogates and numbers above 10FFFF are not UTF-8") {
    for (const std::string_view bad :
         {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98"})
      CHECK(baro::detail::check_utf8(bad).broken > 0);
    for (const std::string_view good : {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                                        "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
      CHECK(baro::detail::check_utf8(good).broken == 0);
  }

  TEST_CASE("a broken byte is found wherever it stands in a long text") {
    for (std::size_t at = 0; at < 40; ++at) {
      std::string text(40, 'a');
      text[at] = '\xE9';
      const auto found = baro::detail::check_utf8(text);
      CHECK(found.broken == 1);
      CHECK(found.first_broken == at);
    }
  }

  TEST_CASE("UTF-16 and NUL bytes are refused") {
    CHECK(refusal("\xFF\xFE"
                  "a") == "f.csv: must be UTF-8 or Latin-1, this is UTF-16 or UTF-32");
    CHECK(refusal("\xFE\xFF"
                  "a") == "f.csv: must be UTF-8 or Latin-1, this is UTF-16 or UTF-32");
    CHECK(refusal(std::string("a,b\r\n1\r2\0", 9)) ==
          "f.csv:3: NUL byte, must be text in UTF-8 or Latin-1");
  }
}

}  // namespace io_encoding
