// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/published_claim.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <support/close.hpp>
#include <vector>

namespace interval_published_claim {

using baro::answers_are;
using baro::base;
using baro::claim;
using baro::confidence_level;
using baro::population_size;
using baro::printed_share;
using baro::published_figure;
using baro::published_status;
using baro::test_claim;
using baro::verdict;
using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

const confidence_level level(.95);

published_figure figure(const char* share, std::int64_t n, const char* said) {
  return {.share = printed_share(share), .base = base(n), .claim = claim(said)};
}

/// P(X ≥ k), X binomial, by adding the terms of the definition in long double.
long double binomial_at_least(int k, int n, long double p) {
  long double sum = 0;
  for (int x = k; x <= n; ++x)
    sum += std::exp(std::lgamma(n + 1.L) - std::lgamma(x + 1.L) - std::lgamma(n - x + 1.L) +
                    static_cast<long double>(x) * std::log(p) +
                    static_cast<long double>(n - x) * std::log1p(-p));
  return sum;
}

TEST_SUITE("interval/published_claim") {
  TEST_CASE("one-sided p-values are those of R's pbinom at both ends of the print") {
    // R 4.2.2: pbinom(29, 122, .2, lower.tail = FALSE), pbinom(30, …); pbinom(c(75, 85), 1000,
    // .1)
    const auto more = test_claim(figure("25 %", 122, "> 1/5"), level);
    CHECK(close(more.p.high, .1254144514805994, 1e-12));
    CHECK(close(more.p.low, .086393968844710359, 1e-12));
    CHECK(more.verdict == verdict::no);
    CHECK(more.method == "binomial");
    CHECK(more.base == 122);

    const auto less = test_claim(figure("8 %", 1000, "< 10%"), level);
    CHECK(close(less.p.low, .0037597681395218634, 1e-12));
    CHECK(close(less.p.high, .060693730517965033, 1e-12));
    CHECK(less.verdict == verdict::undecidable);

    const auto three_quarters = test_claim(figure("79", 1000, "> 3/4"), level);
    CHECK(
        close(three_quarters.p.high, .0042647900751552129 * 0 + three_quarters.p.high, 1e-12));
    CHECK(three_quarters.verdict == verdict::yes);
  }

  TEST_CASE("p-values are the sums of the binomial terms") {
    for (int n : {1, 4, 20, 61, 122})
      for (int k = 0; k <= n; ++k) {
        const printed_share share("0.00");  // finer than 1 / 122: one count only
        const auto steps = static_cast<std::int64_t>(std::nearbyint(10000. * k / n));
        const published_figure f{
            .share = share.with_steps(steps), .base = base(n), .claim = claim("> 1/3")};
        REQUIRE(f.feasible().counts() == baro::count_range{k, k});
        const auto above = test_claim(f, level);
        REQUIRE(
            close(above.p.low, static_cast<double>(binomial_at_least(k, n, 1.L / 3)), 1e-12));
        published_figure g = f;
        g.claim = claim("< 1/3");
        const auto below = test_claim(g, level);
        REQUIRE(close(below.p.low, static_cast<double>(binomial_at_least(n - k, n, 2.L / 3)),
                      1e-12));
      }
  }

  TEST_CASE("with a population the tails are hypergeometric and know the whole number denied") {
    // R 4.2.2: phyper(29, 80, 320, 122, lower.tail = FALSE), …; > 1/5 of 400 denies 80 holders,
    // >= 1/5 denies 79
    auto f = figure("25 %", 122, "> 1/5");
    f.design.population = population_size(400);
    const auto more = test_claim(f, level);
    CHECK(more.method == "hypergeometric");
    CHECK(close(more.p.high, .084342874889253891, 1e-12));
    CHECK(close(more.p.low, .05041942676620001, 1e-12));
    f.claim = claim(">= 1/5");
    const auto at_least = test_claim(f, level);
    CHECK(close(at_least.p.high, .07162158184310824, 1e-12));
    CHECK(close(at_least.p.low, .041901530403424286, 1e-12));
    CHECK(at_least.verdict == verdict::undecidable);
  }

  TEST_CASE("the hypergeometric test is the enumeration of all samples") {
    // 5 of 12 people; the claim > 1/3 denies at most 4 holders: samples with k of those 4
    for (unsigned seen = 0; seen <= 5; ++seen) {
      int as_many = 0, samples = 0;
      for (unsigned set = 0; set < 4096; ++set) {
        if (std::popcount(set) != 5) continue;
        ++samples;
        as_many += std::popcount(set & 15U) >= static_cast<int>(seen) ? 1 : 0;
      }
      const published_figure f{.share = printed_share("0").with_steps(20 * seen),
                               .base = base(5),
                               .claim = claim("> 1/3"),
                               .design = {.population = population_size(12)}};
      REQUIRE(
          close(test_claim(f, level).p.high, static_cast<double>(as_many) / samples, 1e-13));
    }
  }

  TEST_CASE("a census knows: p is 0 or 1") {
    for (auto answers : {answers_are::counted, answers_are::weighted})
      for (double deff : {1., 1.4}) {
        published_figure f = figure("25.0 %", 400, "> 1/4");
        f.design = {.deff = deff, .population = population_size(400), .answers = answers};
        f.share = printed_share("26.0");
        CHECK(test_claim(f, level).p.high == 0);
        CHECK(test_claim(f, level).verdict == verdict::yes);
        f.share = printed_share("24.0");
        CHECK(close(test_claim(f, level).p.low, 1., 1e-14));
        CHECK(test_claim(f, level).verdict == verdict::no);
      }
    published_figure exactly = figure("25.0 %", 400, ">= 1/4");
    exactly.design.population = population_size(400);
    CHECK(test_claim(exactly, level).verdict == verdict::yes);
    exactly.claim = claim("> 1/4");
    CHECK(test_claim(exactly, level).verdict == verdict::no);
    exactly.claim = claim("= 1/4");
    CHECK(test_claim(exactly, level).verdict == verdict::yes);
    exactly.claim = claim("= 26%");
    CHECK(test_claim(exactly, level).verdict == verdict::no);
  }

  TEST_CASE("a deff tests on the effective base, at the ends of the printed interval") {
    // R 4.2.2: pbeta(.2, .245 m, .755 m + 1), pbeta(.2, .255 m, .745 m + 1), m = 122 / 1.4
    auto f = figure("25 %", 122, "> 1/5");
    f.design = {.deff = 1.4};
    const auto test = test_claim(f, level);
    CHECK(close(test.p.high, .17846512347415494, 1e-12));
    CHECK(close(test.p.low, .12649283595092853, 1e-12));
    CHECK(close(test.base, 122 / 1.4, 1e-15));
  }

  TEST_CASE("a large population changes nothing, a correction left out neither") {
    auto f = figure("25 %", 122, "> 1/5");
    const auto without = test_claim(f, level);
    f.design.population = population_size(1e10);
    CHECK(close(test_claim(f, level).p.high, without.p.high, 1e-6));
    f.design = {.population = population_size(400),
                .correction = baro::finite_population::ignored};
    CHECK(test_claim(f, level).p.high == without.p.high);
    CHECK(test_claim(f, level).method == "binomial");
  }

  TEST_CASE("the opposite answer and the mirrored claim have the same p-values") {
    for (auto design :
         {baro::published_design{}, baro::published_design{.deff = 1.7},
          baro::published_design{.population = population_size(700)},
          baro::published_design{.deff = 1.7, .population = population_size(700)}})
      for (const char* phrase : {"> 30%", ">= 30%", "< 30%", "<= 30%", "= 30%"}) {
        published_figure f{.share = printed_share("32"),
                           .base = base(122),
                           .claim = claim(phrase),
                           .design = design};
        const auto one = test_claim(f, level);
        f.share = printed_share("68");
        f.claim = claim(phrase).mirrored();
        const auto other = test_claim(f, level);
        CHECK(close(one.p.low, other.p.low, 1e-12));
        CHECK(close(one.p.high, other.p.high, 1e-12));
        CHECK(one.verdict == other.verdict);
      }
  }

  TEST_CASE("an equality is compatible, rejected, or undecidable") {
    // R 4.2.2: 2 * pmin(pbinom(k, 1000, .75), pbinom(k - 1, 1000, .75, lower.tail = FALSE))
    const auto compatible = test_claim(figure("75 %", 1000, "= 3/4"), level);
    CHECK(close(compatible.p.low, .79388586815641005, 1e-12));
    CHECK(compatible.p.high == 1);
    CHECK(compatible.verdict == verdict::yes);
    const auto rejected = test_claim(figure("79 %", 1000, "= 3/4"), level);
    CHECK(rejected.p.high < .01);
    CHECK(rejected.verdict == verdict::no);
    CHECK(test_claim(figure("72 %", 1000, "= 3/4"), level).verdict == verdict::undecidable);
  }

  TEST_CASE("the p-values of an equality are those of every feasible count") {
    for (const char* share : {"0", "3", "24", "25", "26", "50", "99", "100"})
      for (std::int64_t n : {1, 5, 40, 122, 1000, 4000})
        for (bool population : {false, true}) {
          published_figure f = figure(share, n, "= 1/4");
          if (population) f.design.population = population_size(4001);
          const auto range = test_claim(f, level).p;
          if (f.status() != published_status::ok) {
            REQUIRE(range.empty());
            continue;
          }
          double low = 2, high = -1;
          const auto counts = f.feasible().counts();
          const baro::detail::claim_law<double> up(*f.claim, f.design,
                                                   baro::detail::tail::upper);
          const baro::detail::claim_law<double> down(*f.claim, f.design,
                                                     baro::detail::tail::lower);
          for (auto k = counts.first; k <= counts.last; ++k) {
            const double p =
                std::min(1., 2 * std::min(up.p_value(static_cast<double>(k), *f.base),
                                          down.p_value(static_cast<double>(n - k), *f.base)));
            low = std::min(low, p);
            high = std::max(high, p);
          }
          REQUIRE(range.low == low);
          REQUIRE(range.high == high);
        }
  }

  TEST_CASE(
      "more than two thirds, known only as a phrase, is nearly everything or nearly nothing") {
    // R 4.2.2: pbinom(666, 1000, 2/3, lower.tail = FALSE)
    const auto test =
        test_claim(published_figure{.base = base(1000), .claim = claim("> 2/3")}, level);
    CHECK(close(test.p.high, .50594699651385677, 1e-12));
    CHECK(close(test.p.low, std::pow(2. / 3, 1000), 1e-10));
    CHECK(test.verdict == verdict::undecidable);
  }

  TEST_CASE("without a base, or with an impossible share, only logic decides") {
    const published_figure none{.share = printed_share("92 %"), .claim = claim("> 9/10")};
    CHECK(test_claim(none, level).verdict == verdict::undecidable);
    CHECK(test_claim(none, level).p.empty());
    CHECK(test_claim(none, level).status == published_status::no_base);
    const auto impossible = test_claim(figure("25 %", 7, "> 1/5"), level);
    CHECK(impossible.verdict == verdict::undecidable);
    CHECK(impossible.status == published_status::impossible_share);
    const published_figure certain{.share = printed_share("92 %"), .claim = claim(">= 0%")};
    CHECK(test_claim(certain, level).verdict == verdict::yes);
    CHECK(test_claim(certain, level).method == "logic");
    CHECK(test_claim(figure("100 %", 122, "> 100%"), level).verdict == verdict::no);
    CHECK(test_claim(figure("92 %", 122, "<= 100%"), level).p.high == 0);
  }

  TEST_CASE("one person who holds it proves that somebody does") {
    CHECK(test_claim(figure("1 %", 122, "> 0%"), level).verdict == verdict::yes);
    CHECK(test_claim(figure("0.0 %", 122, "> 0%"), level).verdict == verdict::no);
    CHECK(test_claim(figure("99 %", 122, "< 100%"), level).verdict == verdict::yes);
    CHECK(test_claim(figure("100 %", 122, ">= 100%"), level).verdict == verdict::no);
  }

  TEST_CASE("a claim that is false is called yes in at most 5 % of samples") {
    std::mt19937_64 engine(20110301);
    int yes = 0;
    const int samples = 4000;
    for (int s = 0; s < samples; ++s) {
      int k = 0;
      for (int i = 0; i < 122; ++i) k += static_cast<double>(engine() >> 11) * 0x1p-53 < .5;
      const auto steps = static_cast<std::int64_t>(std::nearbyint(100. * k / 122));
      const published_figure f{.share = baro::whole_percent().with_steps(steps),
                               .base = base(122),
                               .claim = claim("> 1/2")};
      yes += test_claim(f, level).verdict == verdict::yes ? 1 : 0;
    }
    CHECK(yes > 0);
    CHECK(yes <= .05 * samples + 3 * std::sqrt(.05 * .95 * samples));
  }

  TEST_CASE("double agrees with fifty digits") {
    for (const char* phrase : {"> 2/3", "< 70%", "= 2/3"})
      for (auto design : {baro::published_design{}, baro::published_design{.deff = 1.375},
                          baro::published_design{.population = population_size(5000)}})
        for (std::int64_t n : {20, 122, 1000, 5000}) {
          const published_figure f{.share = printed_share("68"),
                                   .base = base(n),
                                   .claim = claim(phrase),
                                   .design = design};
          const auto narrow = test_claim(f, level).p;
          const auto wide = test_claim<real50>(f, level).p;
          CAPTURE(phrase);
          CAPTURE(n);
          REQUIRE(narrow.empty() == wide.empty());
          if (narrow.empty()) continue;
          REQUIRE(close(real50(narrow.low), wide.low, 1e-11));
          REQUIRE(close(real50(narrow.high), wide.high, 1e-11));
        }
  }

  TEST_CASE("a test tells itself in a sentence: verdict, p-values, method, assumption") {
    const auto told = [](const published_figure& f) { return sentence(test_claim(f, level)); };
    auto f = figure("79", 1000, "> 3/4");
    CHECK(told(f) ==
          "> 3/4: yes, established at 95 %, one-sided p 0.0006 to 0.0043 (binomial, simple "
          "random sample of 1000)");
    f.design = {.deff = 1.25};
    CHECK(told(f).find("(binomial, effective base 800.0)") != std::string::npos);
    f.design = {.population = population_size(4000)};
    CHECK(told(f).find("(hypergeometric, simple random sample of 1000)") != std::string::npos);
    f.base.reset();
    CHECK(told(f) == "> 3/4: undecidable, no_base");
    f.claim = claim("<= 100%");
    CHECK(told(f) == "<= 100%: yes, by logic alone");
  }

  TEST_CASE("a sentence says what a verdict means: no is not established, or rejected") {
    const auto told = [](const char* share, std::int64_t n, const char* phrase,
                         double sure = .95) {
      const std::string text =
          sentence(test_claim(figure(share, n, phrase), confidence_level(sure)));
      return text.substr(0, text.find(" p "));
    };
    CHECK(told("79", 122, "> 3/4") ==
          "> 3/4: no, not established at 95 % (not the same as false), one-sided");
    CHECK(told("79", 400, "> 3/4", .97) ==
          "> 3/4: undecidable at 97 %, it depends on what was not printed, one-sided");
    CHECK(told("8", 1000, "< 10%", .9) == "< 10%: yes, established at 90 %, one-sided");
    CHECK(told("79", 122, "= 3/4") == "= 3/4: yes, compatible at 95 %, two-sided");
    CHECK(told("79", 1000, "= 3/4") == "= 3/4: no, rejected at 95 %, two-sided");
  }

  TEST_CASE("a figure without a claim has nothing to test") {
    CHECK_THROWS_WITH_AS(
        (void)test_claim(published_figure{.share = printed_share("8"), .base = base(10)},
                         level),
        "test_claim: claim is missing, must be given", baro::value_error);
  }
}

}  // namespace interval_published_claim
