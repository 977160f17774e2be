// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/arcsine.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_arcsine {

using namespace test;

TEST_SUITE("interval/arcsine") {
  TEST_CASE("the limits are R survey's, but an angle below 0 is 0 and not its mirror image") {
    const auto c = interval(comp_imp(), at95, baro::arcsine{});
    CHECK(close(c.low, .6595486768, 1e-9));
    CHECK(close(c.high, .7891798509, 1e-9));
    int cut = 0;
    compare_with_r(baro::arcsine{}, "asin",
                   [&](const auto&, const auto& ours, double low, double high) {
                     CHECK(close(ours.high, high, 1e-9));
                     CHECK((ours.low == 0 || close(ours.low, low, 1e-9)));
                     cut += ours.low == 0 && low > 0;
                   });
    CHECK(cut > 0);
    CHECK(cut < 10);
  }

  TEST_CASE("the angles of the limits are t / √n* apart") {
    for (const auto& f : many_shares()) {
      const auto c = interval(f, at95, baro::arcsine{});
      if (c.low == 0 || c.high == 1) continue;
      const auto angle = [](double p) { return std::asin(std::sqrt(p)); };
      const double t = baro::detail::t_quantile_above(f.df, at95.alpha() / 2);
      CHECK(close(angle(c.high) - angle(c.low), t / std::sqrt(c.base), 1e-9));
    }
  }

  TEST_CASE("nobody of n leaves sin²(t / (2 √n)) above, on Kish's n") {
    const double t = baro::detail::t_quantile_above(29.0, at95.alpha() / 2);
    const auto c = interval(sampled(0, 30), at95, baro::arcsine{});
    CHECK(c.low == 0);
    CHECK(close(c.high, std::pow(std::sin(t / 2 / std::sqrt(30.0)), 2), 1e-13));
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    check_share_method(baro::arcsine{});
    check_refusals(baro::arcsine{});
  }
}

}  // namespace interval_arcsine
