// SPDX-License-Identifier: BSL-1.0
#include <baro/published/printed_share.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace published_printed_share {

using baro::edge;
using baro::printed_share;
using baro::share_range;
using baro::share_unit;

TEST_SUITE("published/printed_share") {
  TEST_CASE("25 is everything from 24.5 to 25.5, 26 takes both ties") {
    const printed_share share("25");
    CHECK(share.value() == .25);
    CHECK(share.range() == share_range{49, 51, 200, edge::excluded, edge::excluded});
    CHECK(printed_share("26").range() ==
          share_range{51, 53, 200, edge::included, edge::included});
    CHECK(printed_share("25", share_unit::percent, baro::rounding::half_up).range() ==
          share_range{49, 51, 200, edge::included, edge::excluded});
    CHECK(share.range().lowest() == .245);
    CHECK(share.range().highest() == .255);
  }

  TEST_CASE("a printed zero after the comma makes the interval ten times shorter") {
    const printed_share share("25,0 %");
    CHECK(share.value() == .25);
    CHECK(share.decimals() == 1);
    CHECK(share.range() == share_range{499, 501, 2000, edge::included, edge::included});
  }

  TEST_CASE("percent sign, comma or point, and French spaces do not change the share") {
    for (std::string_view text : {"8", "8%", "8 %", " 8 % ", "8\xC2\xA0%", "8\xE2\x80\xAF%",
                                  "8\xE2\x80\x89%", "08 %", "\t8"}) {
      CAPTURE(text);
      CHECK(printed_share(text).range() == printed_share("8").range());
    }
    CHECK(printed_share("8,25 %").range() == printed_share("8.25").range());
    CHECK(printed_share(",5 %").range() == printed_share("0.5%").range());
  }

  TEST_CASE("0.25 is a quarter as a proportion and a quarter of a percent with its sign") {
    const printed_share proportion("0.25", share_unit::proportion);
    CHECK(proportion.value() == .25);
    CHECK(proportion.range() == printed_share("25").range());
    CHECK(printed_share("0.25 %").value() == .0025);
    for (const char* text : {"0.25", "0,25", "0.999999", ".5"})
      CHECK(printed_share::broken_rule(text) == printed_share::needs_sign);
    CHECK_THROWS_WITH_AS(printed_share("0.25"),
                         "printed_share: text = '0.25', must have a % sign below 1 %, or be "
                         "given as share_unit::proportion",
                         baro::value_error);
    CHECK(printed_share("0.00").value() == 0);
    CHECK(printed_share("1.0").value() == .01);
    CHECK(printed_share("0.3", share_unit::proportion).range() ==
          share_range{5, 7, 20, edge::excluded, edge::excluded});
    CHECK(printed_share("0,250", share_unit::proportion).range() ==
          printed_share("25.0").range());
    CHECK(printed_share("0.250", share_unit::proportion).range().lowest() == .2495);
  }

  TEST_CASE("a printed 0 and a printed 100 stay inside what a share can be") {
    CHECK(printed_share("0").range() == share_range{0, 1, 200, edge::included, edge::included});
    CHECK(printed_share("100 %").range() ==
          share_range{199, 200, 200, edge::included, edge::included});
    CHECK(printed_share("1", share_unit::proportion).range().lowest() == .5);
  }

  TEST_CASE("a neighbour is printed in the same manner and reads back as itself") {
    const printed_share one_decimal("25,0 %");
    CHECK(one_decimal.with_steps(251).text() == "25.1");
    CHECK(one_decimal.with_steps(3).text() == "0.3%");
    CHECK(one_decimal.with_steps(1000).text() == "100.0");
    CHECK(printed_share("0.25", share_unit::proportion).with_steps(7).text() == "0.07");
    CHECK(baro::whole_percent().with_steps(26).text() == "26");
    for (std::int64_t s = 0; s <= 1000; ++s)
      REQUIRE(printed_share(one_decimal.with_steps(s).text()).range() ==
              one_decimal.with_steps(s).range());
    const printed_share up("25", share_unit::percent, baro::rounding::half_up);
    CHECK(up.with_steps(44).range().counts(1000).last == 444);
    CHECK_THROWS_AS(one_decimal.with_steps(1001), baro::value_error);
    CHECK_THROWS_AS(one_decimal.with_steps(-1), baro::value_error);
  }

  TEST_CASE("what is not a printed share is refused with its text and the rule") {
    CHECK_THROWS_WITH_AS(printed_share("25 pct"),
                         "printed_share: text = '25 pct', must be a percentage as printed, "
                         "such as 25, 25% or 25,0 %",
                         baro::value_error);
    CHECK_THROWS_WITH_AS(printed_share("100,1 %"),
                         "printed_share: text = '100,1 %', must be from 0 to 100 percent",
                         baro::value_error);
    for (std::string_view text :
         {"",     " ",        "%",        "-5",   "+5",
          "2 5",  "25,",      "1.2.3",    "25%%", "% 25",
          "1e1",  "NaN",      "inf",      "25\n", "1 000",
          "0x10", "25 % des", "\xC2\xBD", "101",  "99999999999999999999999"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(printed_share{text}, baro::value_error);
      CHECK_FALSE(printed_share::broken_rule(text).empty());
    }
    CHECK(printed_share::broken_rule("25.1234567") == "must have at most 6 decimals");
    CHECK(printed_share::broken_rule("25.123456").empty());
    CHECK(printed_share::broken_rule("0.25%", share_unit::proportion) ==
          "must be a proportion as printed, such as 0.25, without a % sign");
    CHECK(printed_share::broken_rule("25", share_unit::proportion) == "must be from 0 to 1");
    CHECK(printed_share::broken_rule("0.123456789", share_unit::proportion) ==
          "must have at most 8 decimals");
  }
}

}  // namespace published_printed_share
