// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/clopper_pearson.hpp>
#include <baro/interval/newcombe.hpp>
#include <baro/interval/wald.hpp>
#include <baro/published/published_share.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <support/close.hpp>

namespace interval_newcombe {

using baro::base;
using baro::confidence_level;
using baro::newcombe;
using baro::published_share;
using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

const confidence_level level(.95);

template <class Real = double>
baro::figure<Real> share(std::int64_t k, std::int64_t n) {
  return published_share(Real(static_cast<double>(k)) / Real(static_cast<double>(n)), base(n))
      .figure(0);
}

double rounded(double x) { return std::round(1e4 * x) / 1e4; }

TEST_SUITE("interval/newcombe") {
  TEST_CASE("the limits are those of Newcombe 1998, table II, method 10") {
    struct {
      std::int64_t a, m, b, n;
      double low, high;
    } const table[] = {{56, 70, 48, 80, .0524, .3339}, {9, 10, 3, 10, .1705, .8090},
                       {6, 7, 2, 7, .0582, .8062},     {5, 56, 0, 29, -.0381, .1926},
                       {0, 10, 0, 20, -.1611, .2775},  {0, 10, 0, 10, -.2775, .2775},
                       {10, 10, 0, 20, .6791, 1},      {10, 10, 0, 10, .6075, 1}};
    for (const auto& row : table) {
      CAPTURE(row.a);
      CAPTURE(row.m);
      const auto limits = newcombe(share(row.a, row.m), share(row.b, row.n), level);
      CHECK(rounded(limits.low) == row.low);
      CHECK(rounded(limits.high) == row.high);
      CHECK(limits.method == "newcombe");
      CHECK(limits.status == baro::status::ok);
    }
  }

  TEST_CASE("exchanging the two figures changes the sign and nothing else") {
    for (std::int64_t a : {0, 3, 10})
      for (std::int64_t b : {0, 7, 20}) {
        const auto one = newcombe(share(a, 10), share(b, 20), level);
        const auto other = newcombe(share(b, 20), share(a, 10), level);
        CHECK(close(one.low, -other.high, 1e-12));
        CHECK(close(one.high, -other.low, 1e-12));
        const auto opposite = newcombe(share(10 - a, 10), share(20 - b, 20), level);
        CHECK(close(opposite.low, -one.high, 1e-12));
      }
  }

  TEST_CASE("against a share known for certain it is the interval of the other") {
    const auto limits = newcombe(share(31, 122), share(250'000'000, 1'000'000'000), level);
    const auto alone = interval(share(31, 122), level, baro::wilson{});
    CHECK(close(limits.low, alone.low - .25, 1e-3));
    CHECK(close(limits.high, alone.high - .25, 1e-3));
  }

  TEST_CASE("with Wald limits it is the textbook interval of a difference") {
    const auto limits = newcombe(share(31, 122), share(450, 1000), level, baro::wald{});
    const double d = 31. / 122 - .45;
    const double se = std::sqrt(31. * 91 / std::pow(122., 3) + .45 * .55 / 1000);
    CHECK(close(limits.low, d - 1.959963984540054 * se, 1e-12));
    CHECK(close(limits.high, d + 1.959963984540054 * se, 1e-12));
    CHECK(limits.method == "square_and_add_wald");
  }

  TEST_CASE("the lower limit rises with the first share and falls with the second") {
    for (std::int64_t a = 0; a < 30; ++a)
      for (std::int64_t b = 0; b < 40; ++b) {
        const auto here = newcombe(share(a, 30), share(b, 40), level);
        REQUIRE(newcombe(share(a + 1, 30), share(b, 40), level).low >= here.low);
        REQUIRE(newcombe(share(a, 30), share(b + 1, 40), level).low <= here.low);
        REQUIRE(newcombe(share(a + 1, 30), share(b, 40), level).high >= here.high);
      }
  }

  TEST_CASE("it covers a difference of 10 points in about 95 % of pairs of samples") {
    // exact coverage, all counts, m = 30 and n = 40, shares .35 and .25
    const auto density = [](int k, int n, double p) {
      return std::exp(std::lgamma(n + 1.) - std::lgamma(k + 1.) - std::lgamma(n - k + 1.) +
                      k * std::log(p) + (n - k) * std::log1p(-p));
    };
    double covered = 0;
    for (int a = 0; a <= 30; ++a)
      for (int b = 0; b <= 40; ++b)
        if (newcombe(share(a, 30), share(b, 40), level).contains(.1))
          covered += density(a, 30, .35) * density(b, 40, .25);
    CHECK(covered > .94);
    CHECK(covered < .97);
  }

  TEST_CASE("double agrees with fifty digits") {
    for (std::int64_t a : {0, 1, 67, 122}) {
      const auto narrow = newcombe(share(a, 122), share(450, 1000), level);
      const auto wide = newcombe(share<real50>(a, 122), share<real50>(450, 1000), level);
      CHECK(close(real50(narrow.low), wide.low, 1e-13));
      CHECK(close(real50(narrow.high), wide.high, 1e-13));
    }
  }

  TEST_CASE("a figure without a base has no difference") {
    const auto none = published_share(.92, std::nullopt).figure(0);
    const auto limits = newcombe(none, share(31, 122), level);
    CHECK(limits.status == baro::status::no_base);
    CHECK(std::isnan(limits.low));
    CHECK(newcombe(share(31, 122), none, level).status == baro::status::no_base);
  }
}

}  // namespace interval_newcombe
