// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/likelihood.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_likelihood {

using namespace test;

double divergence(double p, double pi) {
  const auto part = [](double a, double b) { return a > 0 ? a * std::log(a / b) : 0; };
  return part(p, pi) + part(1 - p, 1 - pi);
}

TEST_SUITE("interval/likelihood") {
  TEST_CASE("at each limit 2 n* KL(p‖π) is t²") {
    for (const auto& f : many_shares()) {
      const auto c = interval(f, at95, baro::likelihood{});
      const double t = baro::detail::t_quantile_above(f.df, at95.alpha() / 2);
      CAPTURE(f.value);
      for (const double pi : {c.low, c.high})
        if (pi > 0 && pi < 1) CHECK(close(2 * c.base * divergence(f.value, pi), t * t, 1e-8));
    }
  }

  TEST_CASE("R's interpolated profile gives the same limits to three decimals") {
    compare_with_r(baro::likelihood{}, "likelihood",
                   [](const auto&, const auto& c, double low, double high) {
                     CHECK(std::abs(c.low - low) < 1e-3);
                     CHECK(std::abs(c.high - high) < 1e-3);
                   });
  }

  TEST_CASE("nobody of n leaves 1 − exp(−t² / 2n) above, everybody its mirror image") {
    const double t = baro::detail::t_quantile_above(29.0, at95.alpha() / 2);
    const auto none = interval(sampled(0, 30), at95, baro::likelihood{});
    const auto all = interval(sampled(30, 30), at95, baro::likelihood{});
    CHECK(none.low == 0);
    CHECK(close(none.high, -std::expm1(-t * t / 60), 1e-14));
    CHECK(close(all.low, std::exp(-t * t / 60), 1e-14));
    CHECK(all.high == 1);
  }

  TEST_CASE("the textbook's 10 of 100 gives 0.0509 and 0.1674") {
    // The roots of 10 log(.1/π) + 90 log(.9/(1−π)) = 1.9207, found by bisection.
    const auto c = interval(textbook(10, 100), at95, baro::likelihood{});
    const auto root = [](double outside, double inside) {
      for (int i = 0; i < 200; ++i) {
        const double middle = (outside + inside) / 2;
        (200 * divergence(.1, middle) > 3.841458820694124 ? outside : inside) = middle;
      }
      return inside;
    };
    CHECK(close(c.low, root(1e-9, .1), 1e-12));
    CHECK(close(c.high, root(.9, .1), 1e-12));
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    check_share_method(baro::likelihood{});
    check_refusals(baro::likelihood{});
  }
}

}  // namespace interval_likelihood
