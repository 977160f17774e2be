// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/wald.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_wald {

using namespace test;

TEST_SUITE("interval/wald") {
  TEST_CASE("the limits are R survey's, and may leave [0, 1]") {
    const auto c = interval(comp_imp(), at95, baro::wald{});
    CHECK(close(c.low, .6617296228, 1e-9));
    CHECK(close(c.high, .7918222898, 1e-9));
    CHECK(assumption_text(c) == "design, 14 df");
    CHECK(close(interval(ell_0(), at95, baro::wald{}).low, -.0266624080, 1e-8));
    check_against_r(baro::wald{}, "mean", 1e-12);
  }

  TEST_CASE("a mean takes t at its degrees of freedom, and normal when they are infinite") {
    baro::figure<double> f{644.1693989071, 23.5422406938};
    f.df = 14;
    const auto c = interval(f, at95, baro::wald{});
    CHECK(close(c.high - f.value, 2.1447866879169273 * f.standard_error, 1e-12));
    CHECK(close(c.low + c.high, 2 * f.value, 1e-14));
    f.df = std::numeric_limits<double>::infinity();
    const auto n = interval(f, at95, baro::wald{});
    CHECK(close(n.high - f.value, 1.959963984540054 * f.standard_error, 1e-12));
    CHECK(assumption_text(n) == "design, normal");
    f.df = 1;
    CHECK(close(interval(f, at95, baro::wald{}).width(),
                2 * 12.706204736174694 * f.standard_error, 1e-12));
  }

  TEST_CASE("a balance of -1 to 1 and a mean of 1 are not taken for shares") {
    baro::figure<double> f{1, 0};
    f.df = 20;
    const auto c = interval(f, at95, baro::wald{});
    CHECK(c.status == baro::status::ok);
    CHECK(c.width() == 0);
  }

  TEST_CASE("a share of 0 or 1 has no width, so there is no interval") {
    for (const int k : {0, 30})
      CHECK(interval(sampled(k, 30), at95, baro::wald{}).status == baro::status::undefined);
  }
}

}  // namespace interval_wald
