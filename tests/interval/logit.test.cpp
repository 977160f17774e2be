// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/logit.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_logit {

using namespace test;

TEST_SUITE("interval/logit") {
  TEST_CASE("the limits are R survey's, by its model and by its formula") {
    const auto c = interval(comp_imp(), at95, baro::logit{});
    CHECK(close(c.low, .6571809630, 1e-9));
    CHECK(close(c.high, .7868255216, 1e-9));
    CHECK(assumption_text(c) == "design, 14 df");
    const auto e = interval(ell_0(), at95, baro::logit{});
    CHECK(close(e.low, .0023046913, 1e-7));
    CHECK(close(e.high, .1777477668, 1e-9));
    check_against_r(baro::logit{}, "xlogit", 1e-10);
    check_against_r(baro::logit{}, "logit", 1e-7);
  }

  TEST_CASE("on the log-odds the limits are the same distance away, t times √V / (p q)") {
    for (const auto& f : many_shares()) {
      const auto c = interval(f, at95, baro::logit{});
      if (c.status != baro::status::ok) continue;
      const auto odds = [](double p) { return std::log(p / (1 - p)); };
      const double half = baro::detail::t_quantile_above(f.df, at95.alpha() / 2) *
                          f.standard_error / (f.value * (1 - f.value));
      CHECK(close(odds(f.value) - odds(c.low), half, 1e-9));
      CHECK(close(odds(c.high) - odds(f.value), half, 1e-9));
    }
  }

  TEST_CASE("nobody and everybody have no log-odds: no interval, and a status that says so") {
    for (const int k : {0, 30}) {
      const auto c = interval(sampled(k, 30), at95, baro::logit{});
      CHECK(c.status == baro::status::undefined);
      CHECK(c.low != c.low);
    }
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    check_share_method(baro::logit{});
    check_refusals(baro::logit{});
  }
}

}  // namespace interval_logit
