// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/agresti_coull.hpp>
#include <baro/interval/wilson.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_agresti_coull {

using namespace test;

TEST_SUITE("interval/agresti_coull") {
  TEST_CASE("5 of 20 is (5 + z²/2) of (20 + z²), plus and minus z standard errors") {
    const double z = 1.959963984540054, n = 20 + z * z, p = (5 + z * z / 2) / n;
    const double half = z * std::sqrt(p * (1 - p) / n);
    const auto c = interval(textbook(5, 20), at95, baro::agresti_coull{});
    CHECK(close(c.low, p - half, 1e-13));
    CHECK(close(c.high, p + half, 1e-13));
  }

  TEST_CASE("it contains Wilson's interval and has its centre") {
    for (const auto& f : many_shares()) {
      const auto c = interval(f, at95, baro::agresti_coull{});
      const auto w = interval(f, at95, baro::wilson{});
      CHECK(c.low <= w.low + 1e-15);
      CHECK(c.high >= w.high - 1e-15);
      if (c.low > 0 && c.high < 1) CHECK(close(c.low + c.high, w.low + w.high, 1e-12));
    }
  }

  TEST_CASE("limits beyond 0 and 1 are cut there") {
    CHECK(interval(sampled(0, 30), at95, baro::agresti_coull{}).low == 0);
    CHECK(interval(sampled(1, 30), at95, baro::agresti_coull{}).low == 0);
    CHECK(interval(sampled(29, 30), at95, baro::agresti_coull{}).high == 1);
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    check_share_method(baro::agresti_coull{});
    check_refusals(baro::agresti_coull{});
  }
}

}  // namespace interval_agresti_coull
