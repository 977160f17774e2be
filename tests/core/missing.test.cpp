// SPDX-License-Identifier: BSL-1.0
#include <baro/core/missing.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace core_missing {

using baro::missing_reason;

TEST_SUITE("core/missing") {
  TEST_CASE("each code goes to its reason, don't know to an answer when asked") {
    baro::missing_codes codes{.not_asked = {-1}, .refused = {97, 98}, .dont_know = {99}};
    auto list = codes.list();
    REQUIRE(list.size() == 4);
    CHECK(list[0] == std::pair(-1.0, missing_reason::not_asked));
    CHECK(list[2] == std::pair(98.0, missing_reason::refused));
    CHECK(list[3] == std::pair(99.0, missing_reason::dont_know));
    codes.dont_know_is = baro::dont_know_is::answer;
    list = codes.list();
    REQUIRE(list.size() == 3);
    CHECK(list[2].second == missing_reason::refused);
    CHECK(baro::missing_codes{}.list().empty());
  }

  TEST_CASE("the rows without an answer are those of all reasons but `answered`") {
    baro::missing_counts counts;
    CHECK(counts.missing() == 0);
    for (const auto r :
         {missing_reason::answered, missing_reason::refused, missing_reason::dont_know,
          missing_reason::dont_know, missing_reason::no_answer, missing_reason::not_asked})
      counts.add(r);
    CHECK(counts[missing_reason::answered] == 1);
    CHECK(counts[missing_reason::dont_know] == 2);
    CHECK(counts.missing() == 5);
  }

  TEST_CASE("every reason has a name of its own") {
    std::set<std::string_view> names;
    for (const auto r :
         {missing_reason::answered, missing_reason::not_asked, missing_reason::refused,
          missing_reason::dont_know, missing_reason::no_answer})
      names.insert(name(r));
    CHECK(names == std::set<std::string_view>{"answered", "not_asked", "refused", "dont_know",
                                              "no_answer"});
    CHECK(name(missing_reason::refused) == "refused");
  }
}

}  // namespace core_missing
