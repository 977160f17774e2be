// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/clopper_pearson.hpp>
#include <baro/interval/jeffreys.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_jeffreys {

using namespace test;

TEST_SUITE("interval/jeffreys") {
  TEST_CASE("the limits are the Beta quantiles of R, but for nobody and everybody") {
    // R 4.2.2: qbeta(c(.025, .975), k + .5, n - k + .5)
    struct {
      int k, n;
      double low, high;
    } const table[] = {{0, 7, 0, .292436173662310},
                       {1, 7, .0158765242127468, .5007974616190776},
                       {3, 7, .138864219104890, .765498750747906},
                       {2, 12, .0363377563986718, .4362479359363834},
                       {81, 263, .254521934991023, .365647499174082},
                       {7, 7, 1 - .292436173662310, 1}};
    for (const auto& row : table) {
      const auto c = interval(sampled(row.k, row.n), at95, baro::jeffreys{});
      CAPTURE(row.k);
      CHECK(close(c.low, row.low, 1e-13));
      CHECK(close(c.high, row.high, 1e-13));
    }
  }

  TEST_CASE("each limit leaves α/2 of Beta(k + ½, n − k + ½) outside") {
    for (int k = 1; k < 20; ++k) {
      const auto c = interval(sampled(k, 20), at95, baro::jeffreys{});
      CHECK(close(baro::detail::beta_cdf(k + .5, 20 - k + .5, c.low), .025, 1e-12));
      CHECK(close(baro::detail::beta_tail(k + .5, 20 - k + .5, c.high), .025, 1e-12));
    }
  }

  TEST_CASE("it is inside Clopper and Pearson's and covers its level on average") {
    double sum = 0;
    for (int i = 1; i < 200; ++i) sum += exact_coverage(baro::jeffreys{}, 40, i / 200.0) / 199;
    CHECK(sum > .945);
    CHECK(sum < .955);
    for (int k = 0; k <= 40; ++k) {
      const auto c = interval(sampled(k, 40), at95, baro::jeffreys{});
      const auto d = interval(sampled(k, 40), at95, baro::clopper_pearson{});
      CHECK(c.low >= d.low);
      CHECK(c.high <= d.high);
    }
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    check_share_method(baro::jeffreys{});
    check_refusals(baro::jeffreys{});
  }
}

}  // namespace interval_jeffreys
