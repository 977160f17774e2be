// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/guarded_jeffreys.hpp>
#include <baro/interval/jeffreys.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_guarded_jeffreys {

using namespace test;

using baro::guarded_jeffreys;

TEST_SUITE("interval/guarded_jeffreys") {
  TEST_CASE("comp.imp of apiclus1, every step of the formula by hand") {
    const double p = 0.72677595628415304, q = 1 - p, n = 183, df = 14;
    const double variance = 0.030327646963180067 * 0.030327646963180067;
    const double d = p * q / (n - 1) / variance * n;
    CHECK(close(d, 217.0809611, 1e-9));  // above n, so not quite believed
    const double x = n * p * q, lambda = 4 / (4 + x);
    const double base = 1 / ((1 - lambda) / d + lambda / n);
    const double m = 182 / df, delta = .05 * (m - 1) / (1 + .05 * (m - 1));
    const double nu = 1 / (1 / df + delta / (base * p * q + 1));
    const double ratio = baro::detail::t_quantile_above(182.0, at95.alpha() / 2) /
                         baro::detail::t_quantile_above(nu, at95.alpha() / 2);
    const double size = base * ratio * ratio;
    const auto c = interval(comp_imp(), at95, guarded_jeffreys{});
    CHECK(close(c.base, size, 1e-12));
    CHECK(close(baro::detail::beta_cdf(size * p + .5, size * q + .5, c.low), .025, 1e-11));
    CHECK(close(baro::detail::beta_tail(size * p + .5, size * q + .5, c.high), .025, 1e-11));
    CHECK(c.method == "guarded_jeffreys");
    CHECK(assumption_text(c) == "effective base 176.3, 14 df");
  }

  TEST_CASE("in a simple random sample it is Jeffreys' interval, from answers or published") {
    for (const int k : {0, 1, 10, 29, 30}) {
      const auto j = interval(sampled(k, 30), at95, baro::jeffreys{});
      for (const auto& f : {sampled(k, 30), textbook(k, 30)}) {
        const auto c = interval(f, at95, guarded_jeffreys{});
        CHECK(close(c.low, j.low, 1e-12));
        CHECK(close(c.high, j.high, 1e-12));
      }
    }
  }

  TEST_CASE(
      "in simple random samples of 30 up it covers over 92 % at the shares people publish") {
    for (const int n : {30, 60, 122, 400, 1000})
      for (const double p : {.01, .02, .05, .1, .2, .3, .4, .5}) {
        CAPTURE(n);
        CAPTURE(p);
        CHECK(exact_coverage(guarded_jeffreys{}, n, p) > .92);
      }
  }

  TEST_CASE("a size above Kish's is believed as far as people speak for it") {
    const auto base = [](double p, double n) {
      const double kish = n / 2, se = std::sqrt(p * (1 - p) / n);  // deff near 1, weights say 2
      return interval(share_figure(p, se, n - 1, n, kish, 1.0), at95, guarded_jeffreys{}).base /
             n;
    };
    CHECK(base(.02, 50) < .55);
    CHECK(base(.3, 50) < .8);
    CHECK(base(.3, 5000) > .99);
    CHECK(base(.02, 50) < base(.05, 50));
    CHECK(base(.05, 50) < base(.3, 50));
  }

  TEST_CASE("a size below Kish's is believed at once") {
    const auto f = share_figure(.3, .05, 99.0, 100.0, 100.0, 2.5);
    CHECK(close(interval(f, at95, guarded_jeffreys{}).base, 40, 1e-13));
  }

  TEST_CASE("few PSUs of many people take more off a rare answer than off a common one") {
    const auto kept = [](double p) {
      return interval(share_figure(p, .01, 8.0, 900.0, 900.0, 1.0), at95, guarded_jeffreys{})
          .base;
    };
    CHECK(kept(.005) < .55 * 900);
    CHECK(kept(.5) > .7 * 900);
    CHECK(kept(.005) < kept(.02));
    CHECK(kept(.02) < kept(.5));
  }

  TEST_CASE("nothing jumps: a hair's breadth in any number moves the limits by a hair") {
    for (const auto& f : many_shares()) {
      if (!(f.value > 0 && f.value < 1)) continue;
      const auto c = interval(f, at95, guarded_jeffreys{});
      for (int what = 0; what < 5; ++what) {
        auto g = f;
        (what == 0   ? g.value
         : what == 1 ? g.deff
         : what == 2 ? g.df
         : what == 3 ? g.bases.effective_n
                     : g.standard_error) *= 1 + 1e-9;
        const auto d = interval(g, at95, guarded_jeffreys{});
        CHECK(std::abs(d.low - c.low) < 1e-7);
        CHECK(std::abs(d.high - c.high) < 1e-7);
      }
    }
  }

  TEST_CASE("a standard error of 0 for a share between 0 and 1 still leaves a width") {
    const auto c =
        interval(share_figure(.5, 0.0, 2.0, 4.0, 4.0, 0.0), at95, guarded_jeffreys{});
    CHECK(c.low < .3);
    CHECK(c.high > .7);
  }

  TEST_CASE("without a base there is no interval") {
    auto f = comp_imp();
    f.bases = {};
    CHECK(interval(f, at95, guarded_jeffreys{}).status == baro::status::no_base);
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    check_share_method(guarded_jeffreys{});
    check_refusals(guarded_jeffreys{});
  }
}

}  // namespace interval_guarded_jeffreys
