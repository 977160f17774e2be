// SPDX-License-Identifier: BSL-1.0
#include <baro/published/claim.hpp>
#include <baro/published/feasible_shares.hpp>
#include <baro/published/printed_share.hpp>

#include <doctest/doctest.h>

namespace published_feasible_shares {

using baro::answers_are;
using baro::base;
using baro::claim;
using baro::count_range;
using baro::feasible_shares;
using baro::printed_share;

TEST_SUITE("published/feasible_shares") {
  TEST_CASE("25 % of 122 counted DRH is 30 or 31 of them") {
    const feasible_shares of(printed_share("25 %").range(), base(122), answers_are::counted);
    CHECK(of.counts() == count_range{30, 31});
    CHECK(of.lowest() == 30. / 122);
    CHECK(of.highest() == 31. / 122);
    CHECK_FALSE(of.empty());
  }

  TEST_CASE("55 % of 122 is 67, 45 % of 1000 is 446 to 454") {
    const auto counts = [](const char* text, long n) {
      return feasible_shares(printed_share(text).range(), base(n), answers_are::counted)
          .counts();
    };
    CHECK(counts("55", 122) == count_range{67, 67});
    CHECK(counts("45", 1000) == count_range{446, 454});
    CHECK(counts("79", 1000) == count_range{786, 794});
  }

  TEST_CASE("weighted, the whole printed interval is possible") {
    const feasible_shares of(printed_share("25 %").range(), base(122), answers_are::weighted);
    CHECK(of.lowest() == .245);
    CHECK(of.highest() == .255);
  }

  TEST_CASE("a share no count can give is impossible when counted, not when weighted") {
    const auto range = printed_share("25 %").range();
    CHECK(feasible_shares(range, base(7), answers_are::counted).empty());
    CHECK_FALSE(feasible_shares(range, base(7), answers_are::weighted).empty());
    CHECK_FALSE(feasible_shares(range, base(4), answers_are::counted).empty());
  }

  TEST_CASE("a claim that describes nothing leaves nothing, counted or weighted") {
    for (auto answers : {answers_are::counted, answers_are::weighted}) {
      CHECK(feasible_shares(claim("> 100%").range(), base(10), answers).empty());
      CHECK(feasible_shares(claim("< 0%").range(), base(10), answers).empty());
      CHECK_FALSE(feasible_shares(claim(">= 100%").range(), base(10), answers).empty());
    }
  }
}

}  // namespace published_feasible_shares
