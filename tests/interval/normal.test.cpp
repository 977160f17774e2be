// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/normal.hpp>
#include <baro/interval/wald.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

namespace interval_normal {

using namespace test;

TEST_SUITE("interval/normal") {
  TEST_CASE("the limits are z standard errors away, whatever the degrees of freedom") {
    baro::figure<double> f{662.2873631593, 9.4089408028};
    f.df = 3;
    const auto c = interval(f, at95, baro::normal{});
    CHECK(close(c.low, 643.8461780, 1e-9));
    CHECK(close(c.high, 680.7285483, 1e-9));
    CHECK(assumption_text(c) == "design, normal");
    CHECK(c.method == "normal");
  }

  TEST_CASE("it is wald with infinite degrees of freedom") {
    for (auto f : many_shares()) {
      const auto c = interval(f, at95, baro::normal{});
      f.df = std::numeric_limits<double>::infinity();
      const auto d = interval(f, at95, baro::wald{});
      CHECK(c.status == d.status);
      if (c.status == baro::status::ok) CHECK(c.low == d.low);
    }
  }

  TEST_CASE("without degrees of freedom there is no interval: the variance is not known") {
    auto f = comp_imp();
    f.df = 0;
    CHECK(interval(f, at95, baro::normal{}).status == baro::status::no_degrees);
  }
}

}  // namespace interval_normal
