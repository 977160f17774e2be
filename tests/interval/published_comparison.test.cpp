// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/published_comparison.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <support/close.hpp>

namespace interval_published_comparison {

using baro::answers_are;
using baro::base;
using baro::claim;
using baro::compare;
using baro::confidence_level;
using baro::population_size;
using baro::printed_share;
using baro::published_design;
using baro::published_figure;
using baro::published_status;
using baro::verdict;
using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

const confidence_level level(.95);

published_figure printed(const char* share, std::int64_t n, published_design design = {}) {
  return {.share = printed_share(share), .base = base(n), .design = design};
}

double digits(double x, int places) {
  const double scale = std::pow(10., places);
  return std::round(x * scale) / scale;
}

TEST_SUITE("interval/published_comparison") {
  TEST_CASE("55 % of 122 against 45 % of 1000: nominal p .0364, feasible .0308 to .0466, yes") {
    const auto c = compare(printed("55 %", 122), printed("45 %", 1000), level);
    CHECK(digits(c.p_value, 4) == .0364);
    CHECK(digits(c.z, 4) == 2.0919);
    CHECK(close(c.difference, .1, 1e-14));
    CHECK(digits(c.p.low, 4) == .0308);
    CHECK(digits(c.p.high, 4) == .0466);
    CHECK(c.verdict == verdict::yes);
    // R 4.2.2: prop.test(c(67, 446), c(122, 1000), correct = FALSE)$p.value, and 454
    CHECK(close(c.p.low, .03079108999, 1e-9));
    CHECK(close(c.p.high, .04658368438, 1e-9));
    CHECK(c.limits.method == "newcombe");
  }

  TEST_CASE("weighted, the corners of the print reach p .0599: undecidable") {
    const published_design weighted{.answers = answers_are::weighted};
    const auto c =
        compare(printed("55 %", 122, weighted), printed("45 %", 1000, weighted), level);
    CHECK(digits(c.p_value, 4) == .0364);
    CHECK(digits(c.p.high, 4) == .0599);
    CHECK(c.verdict == verdict::undecidable);
    CHECK(c.p.low < .0308);
  }

  TEST_CASE("effective bases of 110 and 800 give the z of an effective-base table") {
    // conventions 2.1 with e = 110 and 800: Survey Reporter t = 1.9728
    const auto c = compare(printed("55", 122, {.deff = 122. / 110}),
                           printed("45", 1000, {.deff = 1.25}), level);
    CHECK(digits(c.z, 4) == 1.9728);
    const auto both =
        compare(printed("55", 122, {.deff = 1.4}), printed("45", 1000, {.deff = 1.4}), level);
    CHECK(digits(both.z, 2) == 1.77);
    CHECK(digits(both.p_value, 3) == .077);
    CHECK(both.verdict != verdict::yes);
  }

  TEST_CASE("exact print: 8.86 % of 395 against 5.19 % of 405") {
    const auto c = compare(printed("8.860759", 395), printed("5.185185", 405), level);
    CHECK(c.p.low == c.p.high);  // 35 and 21 people, nothing else
    CHECK(close(c.p.low, .0416384099417913, 1e-12));
  }

  TEST_CASE("z² is Pearson's chi-square of the two-by-two table") {
    const double a = 67, m = 122, b = 450, n = 1000;
    const double chi =
        (m + n) * std::pow(a * (n - b) - b * (m - a), 2) / (m * n * (a + b) * (m + n - a - b));
    const auto c = compare(printed("54.918033", 122), printed("45.000000", 1000), level);
    const double z = baro::detail::pooled_z<double>(a / m, b / n, {m, 1 / m}, {n, 1 / n});
    CHECK(close(z * z, chi, 1e-13));
    CHECK(close(c.z, z, 1e-6));
  }

  TEST_CASE("the standard error is unpooled, and the limits hold what the samples showed") {
    const auto c = compare(printed("55", 122), printed("45", 1000), level);
    CHECK(close(c.standard_error, std::sqrt(.55 * .45 / 122 + .45 * .55 / 1000), 1e-14));
    const auto at = [](std::int64_t k) {
      return baro::newcombe(
          baro::published_share(67. / 122, base(122)).figure(0),
          baro::published_share(static_cast<double>(k) / 1000, base(1000)).figure(0), level);
    };
    CHECK(c.limits.low == at(454).low);
    CHECK(c.limits.high == at(446).high);
  }

  TEST_CASE("the range of p-values is that of all pairs of feasible counts") {
    struct {
      const char* a;
      std::int64_t m;
      const char* b;
      std::int64_t n;
    } const pairs[] = {{"25", 122, "31", 122},   {"25", 122, "25", 1000},
                       {"26", 122, "25", 1000},  {"0", 40, "0", 700},
                       {"0", 400, "1", 700},     {"100", 400, "99", 700},
                       {"50", 7000, "50", 9000}, {"8", 13, "9", 11},
                       {"33", 3, "34", 1000},    {"33.3", 3, "33.4", 999}};
    for (const auto& pair : pairs) {
      const auto a = printed(pair.a, pair.m), b = printed(pair.b, pair.n);
      const auto c = compare(a, b, level);
      CAPTURE(pair.a);
      CAPTURE(pair.b);
      if (c.status != published_status::ok) {
        REQUIRE(c.p.empty());
        continue;
      }
      double low = 2, high = -1;
      const auto in_a = a.feasible().counts(), in_b = b.feasible().counts();
      const auto m = static_cast<double>(pair.m), n = static_cast<double>(pair.n);
      for (auto k = in_a.first; k <= in_a.last; ++k)
        for (auto l = in_b.first; l <= in_b.last; ++l) {
          const double p = baro::detail::two_sided_p(baro::detail::pooled_z<double>(
              static_cast<double>(k) / m, static_cast<double>(l) / n, {m, 1 / m}, {n, 1 / n}));
          low = std::min(low, p);
          high = std::max(high, p);
        }
      REQUIRE(close(c.p.low, low, 1e-12));
      REQUIRE(close(c.p.high, high, 1e-12));
    }
  }

  TEST_CASE(
      "weighted prints that overlap may be equal, prints that do not are nearest at a corner") {
    const published_design weighted{.deff = 1.2};
    CHECK(compare(printed("25", 122, weighted), printed("26", 900, weighted), level).p.high ==
          1);
    CHECK(compare(printed("25", 122, weighted), printed("25", 900), level).p.high == 1);
    CHECK(compare(printed("25", 122), printed("25", 900, weighted), level).p.high == 1);
    const auto apart =
        compare(printed("25", 122, weighted), printed("27", 900, weighted), level);
    CHECK(apart.p.high < 1);
    const double e = 122 / 1.2, f = 900 / 1.2;
    CHECK(close(apart.p.high,
                baro::detail::two_sided_p(
                    baro::detail::pooled_z<double>(.255, .265, {122, 1 / e}, {900, 1 / f})),
                1e-12));
    // one of three is .3333, outside a weighted 25 %: nearest to its end
    const auto mixed = compare(printed("33", 3), printed("25", 900, weighted), level);
    CHECK(close(mixed.p.high,
                baro::detail::two_sided_p(
                    baro::detail::pooled_z<double>(1. / 3, .255, {3, 1. / 3}, {900, 1 / f})),
                1e-12));
  }

  TEST_CASE("exchanging the two changes the sign of the difference and nothing else") {
    const auto one = compare(printed("25", 122), printed("31", 1000, {.deff = 1.4}), level);
    const auto other = compare(printed("31", 1000, {.deff = 1.4}), printed("25", 122), level);
    CHECK(one.difference == -other.difference);
    CHECK(close(one.z, -other.z, 1e-14));
    CHECK(close(one.p.low, other.p.low, 1e-13));
    CHECK(close(one.p.high, other.p.high, 1e-13));
    CHECK(close(one.limits.low, -other.limits.high, 1e-13));
    CHECK(one.verdict == other.verdict);
  }

  TEST_CASE("25 % of 122 DRH is less than more than two thirds of 1000, whatever these are") {
    const published_figure salaries{.base = base(1000), .claim = claim("> 2/3")};
    const auto c = compare(printed("25 %", 122), salaries, level);
    CHECK(c.a == .25);
    CHECK(std::isnan(c.b));
    CHECK(std::isnan(c.difference));
    CHECK(std::isnan(c.p_value));
    CHECK(c.verdict == verdict::yes);
    CHECK(c.limits.high < -.3);
    CHECK(c.limits.low > -.85);
    CHECK(c.p.high < 1e-15);
  }

  TEST_CASE("without a base nothing is tested, and the difference of the prints stands") {
    const published_figure none{.share = printed_share("92 %")};
    const auto c = compare(none, printed("79 %", 100), level);
    CHECK(c.status == published_status::no_base);
    CHECK(close(c.difference, .13, 1e-14));
    CHECK(std::isnan(c.standard_error));
    CHECK(c.p.empty());
    CHECK(c.verdict == verdict::undecidable);
    CHECK(compare(printed("25 %", 7), printed("79 %", 100), level).status ==
          published_status::impossible_share);
    CHECK_THROWS_AS((void)compare(printed("25", 7, {.deff = -1}), none, level),
                    baro::value_error);
  }

  TEST_CASE("a comparison tells itself in a sentence") {
    CHECK(
        sentence(compare(printed("55", 122), printed("45", 1000), level)) ==
        "+10.0 points, 95 % interval +0.1 to +19.4 (newcombe); different: yes, shown at 95 %, "
        "two-sided p 0.0308 to 0.0466 (pooled z)");
    CHECK(sentence(compare(printed("50", 100), printed("45", 100), level))
              .find("different: no, not shown at 95 % (not the same as equal), two-sided p ") !=
          std::string::npos);
    CHECK(sentence(compare({.share = printed_share("55")}, printed("45", 1000), level)) ==
          "+10.0 points; no_base");
    const published_figure phrase{.base = base(1000), .claim = claim("> 2/3")};
    CHECK(sentence(compare(phrase, printed("25", 122), level)).substr(0, 7) == "unknown");
  }

  TEST_CASE("finite populations count only when asked for, and two censuses leave no doubt") {
    const published_design half{.population = population_size(244)};
    const auto process = compare(printed("25", 122, half), printed("31", 1000), level);
    const auto plain = compare(printed("25", 122), printed("31", 1000), level);
    CHECK(process.p.low == plain.p.low);
    const auto people = compare(printed("25", 122, half), printed("31", 1000), level,
                                baro::wilson{}, baro::finite_population::hypergeometric);
    CHECK(people.p.low < plain.p.low);
    const published_design all_a{.population = population_size(122)};
    const published_design all_b{.population = population_size(1000)};
    const auto census = compare(printed("25", 122, all_a), printed("31", 1000, all_b), level,
                                baro::wilson{}, baro::finite_population::hypergeometric);
    CHECK(census.p.high == 0);
    CHECK(census.verdict == verdict::yes);
  }

  TEST_CASE("double agrees with fifty digits") {
    for (const char* share : {"25", "45", "54"})
      for (double deff : {1., 1.375}) {
        const auto a = printed("55", 122, {.deff = deff}), b = printed(share, 1000);
        const auto narrow = compare(a, b, level);
        const auto wide = compare<real50>(a, b, level);
        CHECK(close(real50(narrow.p_value), wide.p_value, 1e-12));
        CHECK(close(real50(narrow.p.low), wide.p.low, 1e-12));
        CHECK(close(real50(narrow.p.high), wide.p.high, 1e-12));
        CHECK(close(real50(narrow.limits.low), wide.limits.low, 1e-12));
        CHECK(close(real50(narrow.standard_error), wide.standard_error, 1e-14));
        CHECK(narrow.verdict == wide.verdict);
      }
  }
}

}  // namespace interval_published_comparison
