// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>

#include <doctest/doctest.h>

#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_ratio {

using baro::ratio;
using test::close;
using test::nan;
using numbers = std::vector<double>;

TEST_SUITE("estimate/ratio") {
  TEST_CASE("a simple random sample by hand") {
    // R = 12/6 = 2, residuals y − 2 x: 1, −1, 0; V = s²_e / n / x̄² = 1/3/4.
    const numbers y{3, 3, 6}, x{1, 2, 3};
    const baro::estimate<> e = ratio(baro::design{baro::rows(3)}, baro::answers(y).named("pay"),
                                     baro::answers(x).named("hours"));
    CHECK(e.value(0) == 2);
    CHECK(close(e.variance(0), 1.0 / 12, 1e-14));
    CHECK(close(e.entry(0).deff, 1.0, 1e-13));
    CHECK(e.entry(0).label.statistic == baro::statistic::ratio);
    CHECK(e.entry(0).label.variable == "pay/hours");
  }

  TEST_CASE("over a denominator of 1 it is the mean") {
    const test::sample s = test::sample::of(120, 41);
    const numbers ones(s.size(), 1.0);
    for (const baro::design& d : {s.clustered(), s.stratified()}) {
      const baro::estimate<> r = ratio(d, s.y, ones, baro::by(s.region));
      const baro::estimate<> m = baro::mean(d, s.y, baro::by(s.region));
      for (std::size_t i = 0; i < 3; ++i) {
        CHECK(close(r.value(i), m.value(i), 1e-14));
        CHECK(close(r.entry(i).deff, m.entry(i).deff, 1e-12));
        for (std::size_t j = 0; j < 3; ++j)
          CHECK(std::abs(r.covariance(i, j) - m.covariance(i, j)) <= 1e-13 * m.variance(0));
      }
    }
  }

  TEST_CASE("turned over it is the inverse, with the relative error it had") {
    const test::sample s = test::sample::of(120, 42);
    const baro::design d = s.clustered();
    const baro::estimate<> a = ratio(d, s.y, s.x), b = ratio(d, s.x, s.y);
    CHECK(close(a.value(0), 1 / b.value(0), 1e-14));
    CHECK(close(a.standard_error(0) / a.value(0), b.standard_error(0) / b.value(0), 1e-12));
  }

  TEST_CASE("a row counts when it answered both") {
    const numbers y{3, nan, 3, 6, 9}, x{1, 5, 2, 3, nan};
    const baro::estimate<> e = ratio(baro::design{baro::rows(5)}, y, x);
    CHECK(e.value(0) == 2);
    CHECK(e.entry(0).bases.n == 3);
  }

  TEST_CASE("a denominator that totals 0 is said, not divided by") {
    const numbers y{1, 2, 3, 4}, x{1, -1, 1, 2};
    const std::vector<int> group{1, 1, 2, 2};
    const baro::estimate<> e = ratio(baro::design{baro::rows(4)}, y, x, baro::by(group));
    CHECK(e.entry(0).status == baro::status::zero_denominator);
    CHECK(std::isnan(e.value(0)));
    CHECK(std::isnan(e.variance(0)));
    CHECK(std::isnan(e.covariance(0, 1)));
    CHECK(e.entry(0).bases.n == 2);
    CHECK(e.entry(1).status == baro::status::ok);
    CHECK(close(e.value(1), 7.0 / 3, 1e-15));
    CHECK(e.variance(1) > 0);
  }
}

}  // namespace estimate_ratio
