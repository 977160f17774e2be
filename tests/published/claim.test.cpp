// SPDX-License-Identifier: BSL-1.0
#include <baro/published/claim.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string_view>

namespace published_claim {

using baro::claim;
using baro::count_range;
using baro::edge;
using baro::relation;
using baro::share_range;

TEST_SUITE("published/claim") {
  TEST_CASE("the phrases of a press release read as a relation and an exact bound") {
    struct {
      std::string_view phrase;
      baro::relation relation;
      long above, below;
    } const phrases[] = {
        {"> 2/3", relation::greater, 2, 3},
        {">2/3", relation::greater, 2, 3},
        {" >  2 / 3 ", relation::greater, 2, 3},
        {"< 10%", relation::less, 10, 100},
        {"<\xC2\xA0"
         "10\xE2\x80\xAF%",
         relation::less, 10, 100},
        {">= 50%", relation::at_least, 50, 100},
        {"\xE2\x89\xA5 50 %", relation::at_least, 50, 100},
        {"<= 33,3 %", relation::at_most, 333, 1000},
        {"\xE2\x89\xA4 33.30 %", relation::at_most, 3330, 10000},
        {"= 3/4", relation::equal, 3, 4},
        {"= 100%", relation::equal, 100, 100},
        {"> 0%", relation::greater, 0, 100},
    };
    for (const auto& expected : phrases) {
      CAPTURE(expected.phrase);
      const claim read(expected.phrase);
      CHECK(read.relation() == expected.relation);
      CHECK(read.numerator() == expected.above);
      CHECK(read.denominator() == expected.below);
      CHECK(read.text() == expected.phrase);
    }
    CHECK(claim("> 2/3").bound<double>() == 2. / 3);
  }

  TEST_CASE("a figure known by its claim alone is the interval the claim describes") {
    CHECK(claim("> 2/3").range().counts(1000) == count_range{667, 1000});
    CHECK(claim("> 1/2").range().counts(1000) == count_range{501, 1000});
    CHECK(claim(">= 1/2").range().counts(1000) == count_range{500, 1000});
    CHECK(claim("< 10%").range().counts(200) == count_range{0, 19});
    CHECK(claim("<= 10%").range().counts(200) == count_range{0, 20});
  }

  TEST_CASE("an equality is a coarse print: three quarters is nearer to 3/4 than to 1/2 or 1") {
    CHECK(claim("= 3/4").range() == share_range{5, 7, 8, edge::excluded, edge::excluded});
    CHECK(claim("= 25%").range() == baro::printed_share("25 %").range());
    CHECK(claim("= 25,0 %").range() == baro::printed_share("25.0").range());
    CHECK(claim("= 2/2").range().highest() == 1);
  }

  TEST_CASE("only a claim about all or nothing is decided without data") {
    CHECK(claim(">= 0%").decided_by_logic() == std::optional(true));
    CHECK(claim("<= 100%").decided_by_logic() == std::optional(true));
    CHECK(claim("<= 5/5").decided_by_logic() == std::optional(true));
    CHECK(claim("> 100%").decided_by_logic() == std::optional(false));
    CHECK(claim("< 0/3").decided_by_logic() == std::optional(false));
    for (std::string_view open :
         {"> 0%", "<= 0%", "= 0%", "< 100%", ">= 100%", "= 100%", "> 2/3"})
      CHECK_FALSE(claim(open).decided_by_logic().has_value());
  }

  TEST_CASE("the mirrored claim describes the opposite answer") {
    for (std::string_view phrase : {"> 2/3", ">= 2/3", "< 10%", "<= 10%"}) {
      const claim before(phrase), after = before.mirrored();
      CAPTURE(phrase);
      CHECK(after.range() == before.range().mirrored());
      CHECK(after.mirrored().relation() == before.relation());
      CHECK(after.mirrored().numerator() == before.numerator());
      CHECK(claim(after.text()).relation() == after.relation());
    }
    CHECK(claim("> 2/3").mirrored().text() == "< 1/3");
  }

  TEST_CASE("a phrase that is not a claim is refused with the phrase and the rule") {
    CHECK_THROWS_WITH_AS(claim("most of them"),
                         "claim: phrase = 'most of them', must be one of > >= < <= = and a "
                         "fraction or a percentage, such as > 2/3 or < 10%",
                         baro::value_error);
    for (std::string_view phrase : {"",        ">",       "2/3",     "10%",
                                    "> 0.5",   "> 50",    "=> 2/3",  "> 2/3 %",
                                    "> 2.5/3", "> 2/3.5", "> /3",    "> 2/",
                                    "> -1%",   "> 10%%",  ">> 1%",   "> 2/3 of staff",
                                    "!= 1/2",  "~ 1/2",   "> 1/2 <", "> 2//3"}) {
      CAPTURE(phrase);
      CHECK_THROWS_AS(claim{phrase}, baro::value_error);
      CHECK_FALSE(claim::broken_rule(phrase).empty());
    }
    CHECK(claim::broken_rule("> 110%") == "must be a bound from 0 to 100 percent");
    CHECK(claim::broken_rule("> 3/2") == "must be a bound from 0 to 1");
    CHECK(claim::broken_rule("> 1/0") ==
          "must be a fraction whose denominator is from 1 to 1000000");
    CHECK(claim::broken_rule("> 1/2000000") ==
          "must be a fraction whose denominator is from 1 to 1000000");
    CHECK(claim::broken_rule("> 10.1234567%") == "must have at most 6 decimals");
    CHECK(claim::broken_rule("> 1/2").empty());
  }
}

}  // namespace published_claim
