// SPDX-License-Identifier: BSL-1.0
#include <baro/published/published_share.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <support/close.hpp>

namespace published_published_share {

using baro::base;
using baro::population_size;
using baro::printed_share;
using baro::published_figure;
using baro::published_share;
using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

TEST_SUITE("published/published_share") {
  TEST_CASE("25 % of 122: the textbook standard error, by hand") {
    const auto e = published_share(.25, base(122));
    CHECK(e.size() == 1);
    CHECK(e.value(0) == .25);
    CHECK(close(e.variance(0), 3. / 1952, 1e-15));  // 3/16 / 122
    CHECK(std::isinf(e.entry(0).df));
    CHECK(e.entry(0).deff == 1);
    CHECK(e.entry(0).bases.n == 122);
    CHECK(e.entry(0).bases.effective_n == 122);
    CHECK(e.entry(0).label.statistic == baro::statistic::share);
    CHECK(e.entry(0).status == baro::status::ok);
  }

  TEST_CASE("122 of 400 at 50 % narrows from 8.87 to 7.41 points") {  // conventions, section 4
    const double z = 1.959963984540054;
    const auto large = published_share(.5, base(122));
    const auto small = published_share(.5, base(122), {.population = population_size(400)});
    CHECK(std::round(1e4 * z * large.standard_error(0)) == 887);
    CHECK(std::round(1e4 * z * small.standard_error(0)) == 741);
    CHECK(close(small.variance(0) / large.variance(0), 278. / 399, 1e-15));
    CHECK(close(small.entry(0).deff, 278. / 399, 1e-15));
    CHECK(small.entry(0).deff_without == 1);
  }

  TEST_CASE("the population correction is a named choice") {
    using baro::finite_population;
    const auto variance = [](finite_population correction) {
      return published_share(.5, base(122),
                             {.population = population_size(400), .correction = correction})
          .variance(0);
    };
    const double alone = published_share(.5, base(122)).variance(0);
    CHECK(variance(finite_population::ignored) == alone);
    CHECK(close(variance(finite_population::fraction), alone * 278 / 400, 1e-15));
    CHECK(close(variance(finite_population::hypergeometric), alone * 278 / 399, 1e-15));
  }

  TEST_CASE("the variance is that of drawing n out of N: every sample of 3 out of 7") {
    double sum = 0, squares = 0;
    int samples = 0;
    for (int set = 0; set < 128; ++set) {  // the first 3 of 7 people hold the opinion
      const int size = std::popcount(static_cast<unsigned>(set));
      if (size != 3) continue;
      const double p = std::popcount(static_cast<unsigned>(set & 7)) / 3.;
      sum += p;
      squares += p * p;
      ++samples;
    }
    const double mean = sum / samples, variance = squares / samples - mean * mean;
    const auto e = published_share(3. / 7, base(3), {.population = population_size(7)});
    CHECK(close(mean, 3. / 7, 1e-14));
    CHECK(close(e.variance(0), variance, 1e-13));
  }

  TEST_CASE("a deff is a smaller base") {
    const auto weighted = published_share(.31, base(1400), {.deff = 1.4});
    const auto smaller = published_share(.31, base(1000));
    CHECK(close(weighted.variance(0), smaller.variance(0), 1e-15));
    CHECK(close(weighted.entry(0).bases.effective_n, 1000., 1e-15));
    CHECK(weighted.entry(0).bases.n == 1400);
    CHECK(weighted.entry(0).deff == 1.4);
  }

  TEST_CASE("the opposite answer has the same variance") {
    for (double p : {0., .01, .08, .25, .5})
      CHECK(close(published_share(1 - p, base(77), {.deff = 2}).variance(0),
                  published_share(p, base(77), {.deff = 2}).variance(0), 1e-14));
  }

  TEST_CASE("all or nobody, and a census, have no variance") {
    CHECK(published_share(0., base(122)).variance(0) == 0);
    CHECK(published_share(1., base(122)).variance(0) == 0);
    CHECK(published_share(.3, base(40), {.population = population_size(40)}).variance(0) == 0);
  }

  TEST_CASE("without a base the value stands and nothing else does") {
    const auto e = published_share(.92, std::nullopt);
    CHECK(e.value(0) == .92);
    CHECK(std::isnan(e.variance(0)));
    CHECK(std::isnan(e.entry(0).bases.n));
    CHECK(e.entry(0).status == baro::status::no_base);
  }

  TEST_CASE("a printed figure gives the estimate of its printed value") {
    const published_figure figure{
        .share = printed_share("25,0 %"), .base = base(122), .design = {.deff = 1.2}};
    baro::label named;
    named.variable = "fidéliser";
    named.wave = "2011";
    const auto e = published_share(figure, named);
    CHECK(e.value(0) == .25);
    CHECK(close(e.variance(0), 1.2 * 3 / 1952, 1e-15));
    CHECK(e.entry(0).label.variable == "fidéliser");
    CHECK(e.entry(0).label.wave == "2011");
    CHECK(e.entry(0).label.statistic == baro::statistic::share);
    CHECK_THROWS_AS((void)published_share(published_figure{.base = base(10)}),
                    baro::value_error);
  }

  TEST_CASE("double agrees with fifty digits to 1e-13") {
    for (long n : {1L, 20L, 122L, 1'000L, 999'999'999L})
      for (double p : {0., .01, .25, .5, .979}) {
        const baro::published_design design{.deff = 1.375,
                                            .population = population_size(1e9 + 7)};
        const auto narrow = published_share(p, base(n), design);
        const auto wide = published_share(real50(p), base(n), design);
        REQUIRE(close(real50(narrow.variance(0)), wide.variance(0), 1e-13));
      }
    CHECK(close(published_share(.25f, base(122)).variance(0), 3.f / 1952, 1e-6));
    CHECK(close(published_share(.25L, base(122)).variance(0), 3.L / 1952, 1e-18));
  }

  TEST_CASE("a share that is a percentage, or no number, is refused") {
    CHECK_THROWS_WITH_AS((void)published_share(25., base(122)),
                         "published_share: share = 25, must be a proportion from 0 to 1",
                         baro::value_error);
    CHECK_THROWS_AS((void)published_share(-.01, base(122)), baro::value_error);
    CHECK_THROWS_AS((void)published_share(std::numeric_limits<double>::quiet_NaN(), base(122)),
                    baro::value_error);
    CHECK_THROWS_AS((void)published_share(.25, base(122), {.population = population_size(99)}),
                    baro::value_error);
  }
}

}  // namespace published_published_share
