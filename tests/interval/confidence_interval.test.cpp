// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/confidence_interval.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace interval_confidence_interval {

using namespace test;

TEST_SUITE("interval/confidence_interval") {
  TEST_CASE("the assumption reads as an analyst would write it") {
    baro::confidence_interval<double> c;
    CHECK(assumption_text(c) == "design, normal");
    c.df = 14;
    CHECK(assumption_text(c) == "design, 14 df");
    c.assumption = baro::assumption::effective_base;
    c.base = 182.711;
    CHECK(assumption_text(c) == "effective base 182.7, 14 df");
    c.df = std::numeric_limits<double>::infinity();
    CHECK(assumption_text(c) == "effective base 182.7");
    c.assumption = baro::assumption::simple_random_sample;
    c.base = 1200000;
    CHECK(assumption_text(c) == "simple random sample of 1200000");
    c.base = 122;
    CHECK(assumption_text(c) == "simple random sample of 122");
  }

  TEST_CASE("it starts without limits, at 95 %") {
    const baro::confidence_interval<double> c;
    CHECK(c.low != c.low);
    CHECK(c.high != c.high);
    CHECK(c.level.value() == .95);
    CHECK_FALSE(c.contains(0));
  }

  TEST_CASE("its limits belong to it") {
    baro::confidence_interval<double> c;
    c.low = 1;
    c.high = 3;
    CHECK(c.contains(1));
    CHECK(c.contains(3));
    CHECK_FALSE(c.contains(std::nextafter(3.0, 4.0)));
    CHECK(c.width() == 2);
  }
}

}  // namespace interval_confidence_interval
