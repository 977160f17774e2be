// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/total.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <support/close.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_total {

using baro::population_total;
using baro::total;
using test::close;
using numbers = std::vector<double>;
const test::sample s = test::sample::of(180, 31);

TEST_SUITE("estimate/total") {
  TEST_CASE("a simple random sample expanded to its population, by hand") {
    // 3 of 12, weight 4: total 4 · 9 = 36, variance 12² (1 − 1/4) s²/3 with s² = 3.
    const numbers w{4, 4, 4}, y{1, 4, 4};
    const baro::design d{baro::weights(w), baro::population_size(12)};
    const baro::estimate<> e = total(d, baro::answers(y).named("cars"));
    CHECK(e.value(0) == 36);
    CHECK(close(e.variance(0), 144 * .75 * 3 / 3, 1e-15));
    CHECK(e.entry(0).label.statistic == baro::statistic::total);
    CHECK(e.entry(0).label.variable == "cars");
    CHECK(close(e.entry(0).deff, .75, 1e-15));
    CHECK(close(e.entry(0).deff_without, 1.0, 1e-15));
  }

  TEST_CASE("the total of 1 is the sum of the weights, and each region has its part") {
    const double all = std::accumulate(s.weight.begin(), s.weight.end(), 0.0);
    for (const baro::design& d : {s.clustered(), s.stratified()}) {
      const baro::estimate<> e = population_total(d);
      CHECK(close(e.value(0), all, 1e-14));
      CHECK(e.entry(0).label.variable == "1");
      CHECK(std::isnan(e.entry(0).deff));  // 0 by 0
      const baro::estimate<> parts = population_total(d, baro::by(s.region));
      CHECK(close(parts.value().sum(), all, 1e-14));
      CHECK(close(parts.covariance().sum(), e.variance(0), 1e-12));
    }
  }

  TEST_CASE("domains add up, in value and in variance") {
    for (const baro::design& d : {s.clustered(), s.stratified()}) {
      const baro::estimate<> whole = total(d, s.y), parts = total(d, s.y, baro::by(s.region));
      CHECK(close(parts.value().sum(), whole.value(0), 1e-14));
      CHECK(close(parts.covariance().sum(), whole.variance(0), 1e-12));
    }
  }

  TEST_CASE("equal weights and a constant answer leave no variance, however large") {
    const numbers w(50, 1234.5678), y(50, 1e9 + .1);
    const baro::design d{baro::weights(w)};
    const baro::estimate<> e = total(d, y);
    CHECK(close(e.value(0), 50 * 1234.5678 * (1e9 + .1), 1e-15));
    CHECK(e.variance(0) == 0);
  }

  TEST_CASE("a stratum whose first weight is 0 is added up as any other") {
    const numbers w{0, 2, 3, 1, 5}, y{7, 1, 2, 4, 8};
    const std::vector<int> stratum{1, 1, 1, 2, 2};
    const baro::estimate<> e = total(baro::design{baro::weights(w), baro::strata(stratum)}, y);
    CHECK(close(e.value(0), 2.0 + 6 + 4 + 40, 1e-15));
    // n/(n − 1) Σ (z − z̄)²: 3/2 (0, 2, 6 about 8/3), 2 (4, 40 about 22).
    CHECK(close(e.variance(0), 1.5 * (64 + 4 + 100) / 9.0 + 2 * 2 * 18 * 18, 1e-14));
  }

  TEST_CASE("rows of weight 0 alone are an empty domain") {
    const numbers w{.1, 0, 0, 0, 0, 0, 0, 1}, y{1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<int> psu{1, 1, 1, 1, 1, 1, 1, 2};
    const std::vector<char> in{0, 1, 1, 1, 1, 1, 1, 0};
    const baro::design d{baro::weights(w), baro::psus(psu)};
    CHECK(total(d, y, baro::where(in)).entry(0).status == baro::status::empty_domain);
  }
}

}  // namespace estimate_total
