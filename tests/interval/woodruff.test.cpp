// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/logit.hpp>
#include <baro/interval/normal.hpp>
#include <baro/interval/woodruff.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <support/close.hpp>
#include <vector>

namespace interval_woodruff {

using baro::confidence_level, baro::design, baro::probability, baro::weights;

std::vector<double> one_to(int n) {
  std::vector<double> y;
  for (int i = 1; i <= n; ++i) y.push_back(i);
  return y;
}

TEST_SUITE("interval/woodruff") {
  TEST_CASE("the median of 1 to 400 by hand: share .5, standard error .5/sqrt(399), t at 399") {
    const auto y = one_to(400);
    const design d{baro::rows(400)};
    const auto q = baro::quantile(d, y, probability(0.5));
    const auto w = baro::woodruff(q, confidence_level(0.95));
    const double t = 1.9659272959208345, half = t * 0.5 / std::sqrt(399.0);
    CHECK(w[0].value == 200);
    CHECK(w[0].interval.low == std::ceil(400 * (0.5 - half)));
    CHECK(w[0].interval.high == std::ceil(400 * (0.5 + half)));
    CHECK(test::close(w[0].standard_error, (w[0].interval.high - w[0].interval.low) / (2 * t),
                      1e-12));
    CHECK(w[0].interval.status == baro::status::ok);
    CHECK(w[0].interval.method == "woodruff (wald)");
  }

  TEST_CASE("a limit of the share beyond 0 or 1 leaves that side open, without a figure") {
    const auto y = one_to(20);
    const design d{baro::rows(20)};
    const auto low =
        baro::woodruff(baro::quantile(d, y, probability(0.05)), confidence_level(0.95))[0];
    CHECK(low.interval.status == baro::status::open_interval);
    CHECK(std::isinf(low.interval.low));
    CHECK(low.interval.high > low.value);
    CHECK(std::isnan(low.standard_error));
    const auto top =
        baro::woodruff(baro::quantile(d, y, probability(1)), confidence_level(0.95))[0];
    CHECK(top.value == 20);
    CHECK(top.interval.status == baro::status::open_interval);
    CHECK(std::isinf(top.interval.high));
  }

  TEST_CASE("any method for the share may be used, and is named") {
    const auto y = one_to(200);
    const design d{baro::rows(200)};
    const auto q = baro::quantile(d, y, probability(0.9));
    const auto wald = baro::woodruff(q, confidence_level(0.95))[0].interval;
    const auto logit = baro::woodruff(q, confidence_level(0.95), baro::logit{})[0].interval;
    CHECK(logit.method == "woodruff (logit)");
    CHECK(logit.low < wald.low);  // skewed away from 1
  }

  TEST_CASE("monotone in the level, and equivariant: doubled answers double the limits") {
    const auto y = one_to(300);
    std::vector<double> twice;
    for (const double v : y) twice.push_back(2 * v);
    const design d{baro::rows(300)};
    const auto q = baro::quantile(d, y, probability(0.3));
    const auto q2 = baro::quantile(d, twice, probability(0.3));
    double width = 0;
    for (const double level : {0.5, 0.8, 0.95, 0.99}) {
      const auto a = baro::woodruff(q, confidence_level(level))[0];
      const auto b = baro::woodruff(q2, confidence_level(level))[0];
      CHECK(b.interval.low == 2 * a.interval.low);
      CHECK(b.interval.high == 2 * a.interval.high);
      CHECK(a.interval.width() >= width);
      width = a.interval.width();
    }
  }

  TEST_CASE("an empty domain has no limits and keeps its status") {
    const std::vector<double> y{1, 2, 3};
    const std::vector<char> nobody{0, 0, 0};
    const design d{baro::rows(3)};
    const auto w = baro::woodruff(baro::quantile(d, y, probability(0.5), baro::where(nobody)),
                                  confidence_level(0.95));
    REQUIRE(w.size() == 1);
    CHECK(w[0].interval.status == baro::status::empty_domain);
    CHECK(std::isnan(w[0].interval.low));
  }
}

}  // namespace interval_woodruff
