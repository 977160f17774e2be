// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/published_claim.hpp>
#include <baro/interval/published_needed.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <random>
#include <string>

namespace interval_published_needed {

using baro::answers_are;
using baro::base;
using baro::base_needed;
using baro::claim;
using baro::confidence_level;
using baro::needed;
using baro::population_size;
using baro::printed_share;
using baro::published_design;
using baro::published_figure;
using baro::share_needed;
using baro::test_claim;
using baro::verdict;
using real50 = boost::multiprecision::cpp_bin_float_50;

const confidence_level level(.95);

bool says_yes(published_figure figure, std::int64_t n, confidence_level at) {
  figure.base = base(n);
  return test_claim(figure, at).verdict == verdict::yes;
}

/// The definition: one base after the other.
std::int64_t first_yes(const published_figure& figure, std::int64_t from, std::int64_t to,
                       confidence_level at = level) {
  for (std::int64_t n = from; n <= to; ++n)
    if (says_yes(figure, n, at)) return n;
  return 0;
}

TEST_SUITE("interval/published_needed") {
  TEST_CASE(
      "5 of 5 is the smallest unanimity against one half") {  // 1/2⁵ = .03125 < .05 < 1/2⁴
    const published_figure all{.share = printed_share("100 %"), .claim = claim("> 1/2")};
    CHECK(base_needed(all, level).n == base(5));
    CHECK(base_needed(all, confidence_level(.99)).n == base(7));
    const published_figure none{.share = printed_share("0 %"), .claim = claim("< 1/2")};
    CHECK(base_needed(none, level).n == base(5));
  }

  TEST_CASE("the base found says yes and no smaller base does") {
    const published_design designs[] = {
        {},
        {.deff = 1.4},
        {.deff = .7},
        {.deff = 1.4, .answers = answers_are::counted},
        {.answers = answers_are::weighted},
        {.population = population_size(900)},
        {.population = population_size(50)},
        {.deff = 1.4, .population = population_size(900)},
        {.population = population_size(900), .correction = baro::finite_population::fraction}};
    const char* shares[] = {"0", "1", "8", "25", "25.0", "31", "50", "67", "79", "92", "100"};
    const char* claims[] = {"> 2/3", ">= 2/3", "< 10%",   "<= 10%",   "> 1/2",
                            "< 1/2", "> 24%",  "> 24.5%", ">= 24.5%", "< 33%",
                            "> 0%",  ">= 0%",  "< 100%",  "> 100%",   ">= 99%"};
    for (const auto& design : designs)
      for (const char* share : shares)
        for (const char* said : claims) {
          const published_figure f{
              .share = printed_share(share), .claim = claim(said), .design = design};
          const auto result = base_needed(f, level);
          CAPTURE(share);
          CAPTURE(said);
          CAPTURE(design.deff);
          const std::int64_t most =
              design.population ? static_cast<std::int64_t>(design.population->value()) : 1500;
          const std::int64_t expected = first_yes(f, 1, most);
          if (result.n && result.n->value() <= most) {
            REQUIRE(result.n->value() == expected);
          } else {
            REQUIRE(expected == 0);
            REQUIRE((result.n || result.why != needed::found));
          }
        }
  }

  TEST_CASE("also at unusual levels, and when the claim allows luck with few answers") {
    for (double at : {.2, .5, .6, .9, .999})
      for (const char* share : {"1", "2", "25", "99"})
        for (const char* said : {"> 1%", "> 0.1%", "> 0.6%", "< 99%", "> 24.6%"}) {
          const published_figure f{.share = printed_share(share), .claim = claim(said)};
          const confidence_level other(at);
          const auto result = base_needed(f, other);
          const std::int64_t expected = first_yes(f, 1, 1200, other);
          CAPTURE(at);
          CAPTURE(share);
          CAPTURE(said);
          if (result.n && result.n->value() <= 1200)
            REQUIRE(result.n->value() == expected);
          else
            REQUIRE(expected == 0);
        }
  }

  TEST_CASE("far from few answers too: random claims close to their share") {
    std::mt19937_64 engine(122);
    for (int i = 0; i < 12; ++i) {
      const auto steps = static_cast<std::int64_t>(200 + engine() % 600);
      const auto gap = static_cast<std::int64_t>(8 + engine() % 6);
      const printed_share share = printed_share("0.0").with_steps(steps);
      const published_figure f{
          .share = share,
          .claim = claim("> " + printed_share("0.0").with_steps(steps - gap).text() + "%"),
          .design = {.deff = i % 3 == 0 ? 1.2 : 1.}};
      const auto n = base_needed(f, level).n;
      REQUIRE(n);
      CAPTURE(steps);
      CAPTURE(gap);
      REQUIRE(n->value() > 2000);
      REQUIRE(first_yes(f, 1, n->value()) == n->value());
    }
  }

  TEST_CASE("a gap of a tenth of a point needs a million answers, and is found at once") {
    const published_figure f{.share = printed_share("66.8"), .claim = claim("> 2/3")};
    const auto n = base_needed(f, level).n;
    REQUIRE(n);
    // z² p (1 − p) / (.6675 − 2/3)²: the normal approximation
    const double approximate = std::pow(1.6448536, 2) * 2 / 9 / std::pow(.6675 - 2. / 3, 2);
    CHECK(std::abs(static_cast<double>(n->value()) / approximate - 1) < .01);
    CHECK(says_yes(f, n->value(), level));
    CHECK(first_yes(f, n->value() - 3000, n->value()) == n->value());
  }

  TEST_CASE("the base found is where the normal approximation expects it") {
    // 79 % against 3/4: (1.645)² · 3/16 / (.785 − .75)² = 414
    const published_figure f{.share = printed_share("79"), .claim = claim("> 3/4")};
    const auto n = base_needed(f, level).n;
    REQUIRE(n);
    CHECK(n->value() > 380);
    CHECK(n->value() < 450);
    published_figure weighted = f;
    weighted.design = {.deff = 2};
    CHECK(base_needed(weighted, level).n->value() > 760);
  }

  TEST_CASE("why there is no base: equality, no share, the wrong side, out of reach") {
    const auto why = [](const published_figure& f) { return base_needed(f, level).why; };
    CHECK(why({.share = printed_share("75"), .claim = claim("= 3/4")}) == needed::equality);
    CHECK(why({.base = base(1000), .claim = claim("> 2/3")}) == needed::no_share);
    CHECK(why({.share = printed_share("25"), .claim = claim("> 1/3")}) == needed::wrong_side);
    CHECK(why({.share = printed_share("67"), .claim = claim("> 2/3")}) == needed::wrong_side);
    CHECK(why({.share = printed_share("67.0"), .claim = claim("> 2/3")}) == needed::found);
    CHECK(why({.share = printed_share("66.6668"), .claim = claim("> 2/3")}) ==
          needed::beyond_reach);
    CHECK(why({.share = printed_share("26"),
               .claim = claim("> 1/4"),
               .design = {.deff = 9, .population = population_size(5)}}) == needed::found);
    CHECK_THROWS_WITH_AS((void)base_needed({.share = printed_share("8")}, level),
                         "base_needed: claim is missing, must be given", baro::value_error);
  }

  TEST_CASE("the share found says yes at the base, and one printed step less does not") {
    const published_design designs[] = {{},
                                        {.deff = 1.4},
                                        {.population = population_size(400)},
                                        {.deff = 1.4, .population = population_size(400)}};
    for (const auto& design : designs)
      for (const char* print : {"25", "25.0"})
        for (const char* said : {"> 2/3", ">= 2/3", "< 10%", "<= 10%", "> 0%", ">= 0%", "> 99%",
                                 "< 1%", "> 24.5%"})
          for (std::int64_t n : {1, 7, 122, 400}) {
            published_figure f{.share = printed_share(print),
                               .base = base(n),
                               .claim = claim(said),
                               .design = design};
            const auto result = share_needed(f, level);
            CAPTURE(print);
            CAPTURE(said);
            CAPTURE(n);
            const std::string phrase(said);
            const std::int64_t towards = phrase[0] == '>' ? -1 : 1;
            const auto scale = f.share->scale();
            // the definition: from the share most against the claim, the first yes
            std::optional<std::int64_t> first;
            for (std::int64_t t = 0; t <= scale && !first; ++t) {
              const auto steps = towards < 0 ? t : scale - t;
              published_figure other = f;
              other.share = f.share->with_steps(steps);
              if (test_claim(other, level).verdict == verdict::yes) first = steps;
            }
            REQUIRE(result.share.has_value() == first.has_value());
            if (!first) continue;
            REQUIRE(result.share->steps() == *first);
            f.share = printed_share(result.share->text());  // fed back as printed
            REQUIRE(test_claim(f, level).verdict == verdict::yes);
          }
  }

  TEST_CASE("a claim alone is given its share in whole percent") {
    const published_figure f{.base = base(1000), .claim = claim("> 2/3")};
    const auto result = share_needed(f, level);
    REQUIRE(result.share);
    CHECK(result.share->text() == "70");  // 69 % may be 686, one-sided p = .1
    CHECK(result.why == needed::found);
  }

  TEST_CASE("why there is no share: equality, no base, too few answers") {
    const auto why = [](const published_figure& f) { return share_needed(f, level).why; };
    CHECK(why({.base = base(10), .claim = claim("= 3/4")}) == needed::equality);
    CHECK(why({.share = printed_share("8"), .claim = claim("> 3/4")}) == needed::no_base);
    CHECK(why({.base = base(4), .claim = claim("> 1/2")}) == needed::beyond_reach);
    CHECK(why({.base = base(5), .claim = claim("> 1/2")}) == needed::found);
    CHECK_THROWS_AS((void)share_needed({.base = base(8)}, level), baro::value_error);
  }

  TEST_CASE("fifty digits find the same base and the same share") {
    for (const char* said : {"> 2/3", "< 75%"})
      for (auto design : {published_design{}, published_design{.deff = 1.4},
                          published_design{.population = population_size(700)}}) {
        const published_figure f{.share = printed_share("71"),
                                 .base = base(122),
                                 .claim = claim(said),
                                 .design = design};
        const auto narrow = base_needed(f, level), wide = base_needed<real50>(f, level);
        REQUIRE(narrow.n == wide.n);
        REQUIRE(share_needed(f, level).share->steps() ==
                share_needed<real50>(f, level).share->steps());
      }
  }
}

}  // namespace interval_published_needed
