// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/clopper_pearson.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

namespace interval_clopper_pearson {

using namespace test;

double binomial_at_most(int k, int n, double p) {
  double sum = 0, term = std::pow(1 - p, n);
  for (int i = 0; i <= k; ++i) {
    sum += term;
    term *= double(n - i) / (i + 1) * p / (1 - p);
  }
  return sum;
}

TEST_SUITE("interval/clopper_pearson") {
  TEST_CASE("the limits are Newcombe's (1998, table I, method 5), in a simple random sample") {
    struct {
      int k, n;
      double low, high;
    } const table[] = {{81, 263, .2527, .3676},
                       {15, 148, .0578, .1617},
                       {0, 20, 0, .1684},
                       {1, 29, .0009, .1776}};
    for (const auto& row : table)
      for (const auto& f : {sampled(row.k, row.n), textbook(row.k, row.n)}) {
        const auto c = interval(f, at95, baro::clopper_pearson{});
        CHECK(std::abs(c.low - row.low) < 5e-5);
        CHECK(std::abs(c.high - row.high) < 5e-5);
        CHECK(c.base == row.n);
        CHECK(assumption_text(c) == "simple random sample of " + std::to_string(row.n));
      }
  }

  TEST_CASE("at each limit the binomial tail is α/2, summed term by term") {
    const int n = 40;
    for (int k = 1; k < n; ++k) {
      const auto c = interval(sampled(k, n), at95, baro::clopper_pearson{});
      CHECK(close(binomial_at_most(k, n, c.high), .025, 1e-10));
      CHECK(close(1 - binomial_at_most(k - 1, n, c.low), .025, 1e-10));
    }
  }

  TEST_CASE("it never covers less than its level in a simple random sample") {
    for (const int n : {5, 20, 60})
      for (int i = 1; i < 100; ++i)
        CHECK(exact_coverage(baro::clopper_pearson{}, n, i / 100.0) >= .95);
  }

  TEST_CASE("a design effect of 2 halves the people it counts") {
    auto f = sampled(40, 200);
    f.standard_error *= std::sqrt(2.0);
    f.deff = 2;
    const auto c = interval(f, at95, baro::clopper_pearson{});
    const auto half = interval(sampled(20, 100), at95, baro::clopper_pearson{});
    CHECK(c.base == 100);
    CHECK(close(c.low, half.low, 1e-13));
    CHECK(close(c.high, half.high, 1e-13));
    CHECK(assumption_text(c) == "effective base 100.0");
    f.deff = std::numeric_limits<double>::quiet_NaN();  // then it is made from the variance
    CHECK(close(interval(f, at95, baro::clopper_pearson{}).low, half.low, 1e-13));
  }

  TEST_CASE("one person says what one person can") {
    auto f = sampled(1, 1);
    f.df = 12;  // of a design with other PSUs
    const auto c = interval(f, at95, baro::clopper_pearson{});
    CHECK(close(c.low, .025, 1e-13));
    CHECK(c.high == 1);
  }

  TEST_CASE("without a base there is no interval") {
    auto f = comp_imp();
    f.bases.n = std::numeric_limits<double>::quiet_NaN();
    CHECK(interval(f, at95, baro::clopper_pearson{}).status == baro::status::no_base);
    f.bases.n = 0;
    CHECK(interval(f, at95, baro::clopper_pearson{}).status == baro::status::no_base);
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    check_share_method(baro::clopper_pearson{});
    check_refusals(baro::clopper_pearson{});
  }
}

}  // namespace interval_clopper_pearson
