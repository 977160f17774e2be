// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/wilson.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace interval_wilson {

using namespace test;

TEST_SUITE("interval/wilson") {
  TEST_CASE("the limits are survey 4.5's, and svy's with the adjusted effective size") {
    const auto c = interval(comp_imp(), at95, baro::wilson{});
    CHECK(close(c.low, .6575069187, 1e-9));
    CHECK(close(c.high, .7865826921, 1e-9));
    CHECK(c.method == "wilson");
    CHECK(assumption_text(c) == "effective base 215.9, 14 df");
    const auto d = interval(comp_imp(), at95, baro::wilson{baro::effective_size::df_adjusted});
    CHECK(close(d.low, .6511517220, 1e-9));
    CHECK(close(d.high, .7912615710, 1e-9));
    CHECK(d.method == "wilson_df_adjusted");
    CHECK(close(d.base, 182.711131, 1e-8));
  }

  TEST_CASE("the limits are Newcombe's (1998, table I, method 3)") {
    struct {
      int k, n;
      double low, high;
    } const table[] = {{81, 263, .2553, .3662},
                       {15, 148, .0624, .1605},
                       {0, 20, 0, .1611},
                       {1, 29, .0061, .1718}};
    for (const auto& row : table) {
      const auto c = interval(textbook(row.k, row.n), at95, baro::wilson{});
      CHECK(std::abs(c.low - row.low) < 5e-5);
      CHECK(std::abs(c.high - row.high) < 5e-5);
    }
  }

  TEST_CASE("each limit is a share that the score test at t just rejects") {
    for (const auto& f : many_shares()) {
      const auto c = interval(f, at95, baro::wilson{});
      const double t = baro::detail::t_quantile_above(f.df, at95.alpha() / 2);
      for (const double pi : {c.low, c.high})
        if (pi > 0 && pi < 1)
          CHECK(close(std::pow(f.value - pi, 2) * c.base, t * t * pi * (1 - pi), 1e-9));
    }
  }

  TEST_CASE("nobody of n leaves t² / (n + t²) above") {
    const auto f = sampled(0, 30);
    const double t = baro::detail::t_quantile_above(29.0, at95.alpha() / 2);
    CHECK(close(interval(f, at95, baro::wilson{}).high, t * t / (30 + t * t), 1e-14));
    CHECK(interval(f, at95, baro::wilson{}).low == 0);
    CHECK(interval(sampled(30, 30), at95, baro::wilson{}).high == 1);
  }

  TEST_CASE("with one degree of freedom per person the two effective sizes are one") {
    const auto f = sampled(37, 122);
    CHECK(interval(f, at95, baro::wilson{}).low ==
          interval(f, at95, baro::wilson{baro::effective_size::df_adjusted}).low);
  }

  TEST_CASE("it covers its level on average over p, not at every p") {
    double sum = 0, lowest = 1;
    for (int i = 1; i < 200; ++i) {
      const double coverage = exact_coverage(baro::wilson{}, 40, i / 200.0, textbook<double>);
      sum += coverage / 199;
      lowest = std::min(lowest, coverage);
    }
    CHECK(sum > .95);
    CHECK(sum < .96);
    CHECK(lowest < .93);
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    for (const auto& m : {baro::wilson{}, baro::wilson{baro::effective_size::df_adjusted}}) {
      check_share_method(m);
      check_refusals(m);
    }
  }
}

}  // namespace interval_wilson
