// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/clopper_pearson.hpp>
#include <baro/interval/hypergeometric.hpp>
#include <baro/interval/published_interval.hpp>
#include <baro/interval/wilson.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <support/close.hpp>

namespace interval_published_interval {

using baro::base;
using baro::claim;
using baro::clopper_pearson;
using baro::confidence_level;
using baro::population_size;
using baro::printed_share;
using baro::published_figure;
using baro::published_interval;
using baro::published_share;
using baro::wilson;
using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

const confidence_level level(.95);

template <class Method>
baro::confidence_interval<double> exact(double k, std::int64_t n, const Method& method) {
  return interval(published_share(k / static_cast<double>(n), base(n)).figure(0), level,
                  method);
}

TEST_SUITE("interval/published_interval") {
  TEST_CASE("25 % of 122 has the lower limit of 30 people and the upper limit of 31") {
    const published_figure f{.share = printed_share("25 %"), .base = base(122)};
    const auto limits = published_interval(f, level, wilson{});
    CHECK(limits.low == exact(30, 122, wilson{}).low);
    CHECK(limits.high == exact(31, 122, wilson{}).high);
    // R 4.2.2: prop.test(30, 122, correct = FALSE)$conf.int[1], prop.test(31, …)$conf.int[2]
    CHECK(close(limits.low, .178022600465729, 1e-13));
    CHECK(close(limits.high, .338038075785506, 1e-13));
    CHECK(limits.method == "wilson");
    CHECK(limits.status == baro::status::ok);
  }

  TEST_CASE("a print that only one count can give has the interval of that count") {
    // Newcombe 1998, table I: 81/263, 15/148, 0/20, 1/29
    struct {
      const char* share;
      std::int64_t n;
      double low, high, exact_low, exact_high;
    } const table[] = {{"30.8", 263, .2553, .3662, .2527, .3676},
                       {"10.1", 148, .0624, .1605, .0578, .1617},
                       {"0", 20, 0, .1611, 0, .1684},
                       {"3.4", 29, .0061, .1718, .0009, .1776}};
    const auto rounded = [](double x) { return std::round(1e4 * x) / 1e4; };
    for (const auto& row : table) {
      const published_figure f{.share = printed_share(row.share), .base = base(row.n)};
      CAPTURE(row.n);
      const auto score = published_interval(f, level, wilson{});
      CHECK(rounded(score.low) == row.low);
      CHECK(rounded(score.high) == row.high);
      const auto binomial = published_interval(f, level, clopper_pearson{});
      CHECK(rounded(binomial.low) == row.exact_low);
      CHECK(rounded(binomial.high) == row.exact_high);
    }
  }

  TEST_CASE("it holds the interval of every count that prints so") {
    for (const char* share : {"0", "1", "25", "50", "99", "100"})
      for (std::int64_t n : {4, 40, 122, 1000}) {
        const published_figure f{.share = printed_share(share), .base = base(n)};
        if (f.feasible().empty()) continue;
        for (auto k = f.feasible().counts().first; k <= f.feasible().counts().last; ++k) {
          const auto one = exact(static_cast<double>(k), n, clopper_pearson{});
          const auto all = published_interval(f, level, clopper_pearson{});
          REQUIRE(all.low <= one.low);
          REQUIRE(all.high >= one.high);
        }
      }
  }

  TEST_CASE("a deff widens it to the effective base and the ends of the print") {
    const published_figure f{
        .share = printed_share("25 %"), .base = base(122), .design = {.deff = 1.4}};
    const auto limits = published_interval(f, level, wilson{});
    const auto low =
        interval(published_share(.245, base(122), {.deff = 1.4}).figure(0), level, wilson{});
    CHECK(limits.low == low.low);
    CHECK(close(limits.base, 122 / 1.4, 1e-12));
    CHECK(limits.assumption == baro::assumption::effective_base);
    const published_figure plain{.share = printed_share("25 %"), .base = base(122)};
    CHECK(limits.low < published_interval(plain, level, wilson{}).low);
  }

  TEST_CASE("a finite population narrows it, with the exact method to shares that exist") {
    published_figure f{.share = printed_share("25 %"), .base = base(122)};
    const auto large = published_interval(f, level, clopper_pearson{});
    f.design.population = population_size(400);
    const auto small = published_interval(f, level, baro::hypergeometric{*f.design.population});
    CHECK(small.low > large.low);
    CHECK(small.high < large.high);
    CHECK(small.low * 400 == std::round(small.low * 400));
    CHECK(small.method == "hypergeometric");
    f.base = base(400);
    const auto census =
        published_interval(f, level, baro::hypergeometric{*f.design.population});
    CHECK(census.low == 99. / 400);
    CHECK(census.high == 101. / 400);
  }

  TEST_CASE(
      "unasked, it is exact for a counted sample of a known population, else the default") {
    published_figure f{.share = printed_share("25 %"), .base = base(122)};
    CHECK(published_interval(f).method == "guarded_jeffreys");
    CHECK(published_interval(f).low ==
          published_interval(f, level, baro::default_interval{}).low);
    f.design.population = population_size(400);
    CHECK(published_interval(f).method == "hypergeometric");
    CHECK(published_interval(f, confidence_level(.5)).low > published_interval(f).low);
    f.design.correction = baro::finite_population::ignored;
    CHECK(published_interval(f).method == "guarded_jeffreys");
    f.design = {.deff = 1.4, .population = population_size(400)};
    CHECK(published_interval(f).method == "guarded_jeffreys");
  }

  TEST_CASE("more than two thirds of 1000 is anything from 64 % to all") {
    const published_figure f{.base = base(1000), .claim = claim("> 2/3")};
    const auto limits = published_interval(f, level, wilson{});
    CHECK(limits.low == exact(667, 1000, wilson{}).low);
    CHECK(limits.high == 1);
  }

  TEST_CASE("one side without the other is no interval") {
    const published_figure none{.share = printed_share("0 %"), .base = base(1000)};
    const auto limits = published_interval(none, level, baro::wald{});
    CHECK(limits.status == baro::status::undefined);
    CHECK(std::isnan(limits.low));
    CHECK(std::isnan(limits.high));
  }

  TEST_CASE("no base, or an impossible share, has no limits") {
    const auto none =
        published_interval(published_figure{.share = printed_share("92 %")}, level, wilson{});
    CHECK(none.status == baro::status::no_base);
    CHECK(std::isnan(none.low));
    CHECK(none.method == "wilson");
    const published_figure impossible{.share = printed_share("25 %"), .base = base(7)};
    CHECK(published_interval(impossible, level, wilson{}).status == baro::status::undefined);
    CHECK(std::isnan(published_interval(impossible, level, wilson{}).high));
    CHECK_THROWS_AS((void)published_interval(published_figure{}, level, wilson{}),
                    baro::value_error);
  }

  TEST_CASE("double agrees with fifty digits") {
    for (double deff : {1., 1.375}) {
      const published_figure f{
          .share = printed_share("8"), .base = base(1000), .design = {.deff = deff}};
      const auto narrow = published_interval(f, level, wilson{});
      const auto wide = published_interval<real50>(f, level, wilson{});
      CHECK(close(real50(narrow.low), wide.low, 1e-13));
      CHECK(close(real50(narrow.high), wide.high, 1e-13));
    }
  }
}

}  // namespace interval_published_interval
