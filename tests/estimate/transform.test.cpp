// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/transform.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <vector>

namespace estimate_transform {

using baro::estimate;
using baro::transform;
using test::close;
using test::nan;

/// Values 2, 3, NaN with variances 1, 4 and a covariance of .5.
estimate<> three() {
  estimate<>::vector value(3);
  value << 2, 3, nan;
  estimate<>::matrix v(3, 3);
  v << 1, .5, nan, .5, 4, nan, nan, nan, nan;
  std::vector<baro::entry<>> entries(3);
  entries[0].df = 12;
  entries[0].bases = {100, 20, 1, 80};
  entries[1].df = 30;
  entries[1].bases = {50, 10, 1, 40};
  entries[2].status = baro::status::empty_domain;
  entries[2].df = 0;
  return {value, v, entries};
}

TEST_SUITE("estimate/transform") {
  TEST_CASE("derivatives are those taken by hand") {
    const estimate<> e = transform(three(), [](const auto& p) {
      return std::array{p[0] - p[1], p[0] * p[1], log(p[0]) / p[1], sqrt(p[1]), pow(p[0], 3)};
    });
    const double l = std::log(2.0);
    const double slope[5][2] = {
        {1, -1}, {3, 2}, {1 / 6.0, -l / 9}, {0, .5 / std::sqrt(3.0)}, {12, 0}};
    const double value[] = {-1, 6, l / 3, std::sqrt(3.0), 8};
    for (std::size_t i = 0; i < 5; ++i) {
      CHECK(close(e.value(i), value[i], 1e-15));
      for (std::size_t j = 0; j < 5; ++j) {
        const double *a = slope[i], *b = slope[j];
        CHECK(close(e.covariance(i, j),
                    a[0] * b[0] + 4 * a[1] * b[1] + .5 * (a[0] * b[1] + a[1] * b[0]), 1e-14));
      }
    }
  }

  TEST_CASE("one number returned is one entry, with its name") {
    const estimate<> e = transform(
        three(), [](const auto& p) { return p[1] / p[0]; }, "ratio of the two");
    REQUIRE(e.size() == 1);
    CHECK(e.value(0) == 1.5);
    CHECK(e.entry(0).label.statistic == baro::statistic::function);
    CHECK(e.entry(0).label.variable == "ratio of the two");
    CHECK(e.entry(0).label.level.empty());
  }

  TEST_CASE("df and bases are the smallest among the entries that take part") {
    const estimate<> e = transform(three(), [](const auto& p) {
      return std::array{p[0] + p[1], p[1] * p[1], p[0]};
    });
    CHECK(e.entry(0).df == 12);
    CHECK(e.entry(0).bases.n == 50);
    CHECK(e.entry(1).df == 30);
    CHECK(e.entry(2).df == 12);
    CHECK(e.entry(2).bases.effective_n == 80);
    CHECK(e.entry(0).label.level == "1");
  }

  TEST_CASE("an entry without a value spoils only what it takes part in") {
    const estimate<> e = transform(three(), [](const auto& p) {
      return std::array{p[0] - p[1], p[0] + p[2]};
    });
    CHECK(e.entry(0).status == baro::status::ok);
    CHECK(e.value(0) == -1);
    CHECK(e.variance(0) == 4);
    CHECK(e.entry(1).status == baro::status::empty_domain);
    CHECK(std::isnan(e.value(1)));
    CHECK(std::isnan(e.variance(1)));
    CHECK(std::isnan(e.covariance(0, 1)));
  }

  TEST_CASE("what is not finite has no value and says so") {
    const estimate<> e = transform(three(), [](const auto& p) {
      return std::array{log(p[0] - 2), sqrt(p[0] - 2), p[0]};
    });
    CHECK(e.entry(0).status == baro::status::undefined);
    CHECK(std::isnan(e.value(0)));
    CHECK(e.entry(1).status == baro::status::undefined);
    CHECK(e.entry(2).status == baro::status::ok);
    CHECK(e.variance(2) == 1);
  }

  TEST_CASE("a constant has no variance, a list may come as a vector, and may be empty") {
    const estimate<> e = transform(three(), [](const auto& p) {
      return std::vector{p[0] - p[0] + 7, p[0]};
    });
    REQUIRE(e.size() == 2);
    CHECK(e.value(0) == 7);
    CHECK(e.variance(0) == 0);
    CHECK(e.entry(0).df == std::numeric_limits<double>::infinity());
    CHECK(transform(estimate<>(), [](const auto&) { return std::vector<double>(); }).empty());
  }

  TEST_CASE("functions of functions are functions: derivatives chain") {
    const auto e = three();
    const auto both = transform(e, [](const auto& p) { return exp(p[0] / p[1]); });
    const auto first = transform(e, [](const auto& p) { return p[0] / p[1]; });
    const auto then = transform(first, [](const auto& p) { return exp(p[0]); });
    CHECK(close(then.value(0), both.value(0), 1e-14));
    CHECK(close(then.variance(0), both.variance(0), 1e-14));
  }

  TEST_CASE("long double entries keep their type") {
    const auto e = three();
    const estimate<long double> wide(e.value().cast<long double>(),
                                     e.covariance().cast<long double>(),
                                     std::vector<baro::entry<long double>>(3));
    const auto product = transform(wide, [](const auto& p) { return p[0] * p[1]; });
    static_assert(std::is_same_v<decltype(product), const estimate<long double>>);
    CHECK(product.value(0) == 6);
  }
}

}  // namespace estimate_transform
