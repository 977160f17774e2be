// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/quantile.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <string>
#include <support/close.hpp>
#include <utility>
#include <vector>

namespace estimate_quantile {

using baro::design, baro::probability, baro::quantile_rule, baro::weights;
using numbers = std::vector<double>;

/// The smallest answer with C(x) ≥ p W, from a sorted copy.
double smallest_above(std::vector<std::pair<double, double>> rows, double p) {
  std::sort(rows.begin(), rows.end());
  double all = 0, sum = 0;
  for (const auto& r : rows) all += r.second;
  for (const auto& r : rows)
    if ((sum += r.second) >= p * all * (1 - 1e-12)) return r.first;
  return rows.back().first;
}

TEST_SUITE("estimate/quantile") {
  TEST_CASE("the rules differ where a small sample is cut exactly") {
    const numbers y{4, 1, 3, 2}, w{1, 1, 1, 1};
    const design d{weights(w)};
    const auto median = [&](quantile_rule r) {
      return baro::quantile(d, y, probability(0.5), r).value(0);
    };
    CHECK(median(quantile_rule::hf1) == 2);
    CHECK(median(quantile_rule::hf2) == 2.5);
    CHECK(median(quantile_rule::hf4) == 2);
    CHECK(median(quantile_rule::hf5) == 2.5);
    CHECK(median(quantile_rule::hf7) == 2.5);
  }

  TEST_CASE("hf7 of equal weights is what spreadsheets print") {
    const numbers y{15, 20, 35, 40, 50}, w{2, 2, 2, 2, 2};
    const design d{weights(w)};
    const auto at = [&](double p) {
      return baro::quantile(d, y, probability(p), quantile_rule::hf7).value(0);
    };
    CHECK(test::close(at(0.4), 29.0, 1e-14));  // 20 + (35 - 20) * 0.6
    CHECK(at(0) == 15);
    CHECK(at(1) == 50);
  }

  TEST_CASE("hf1 is the smallest answer that reaches the probability, in every domain") {
    std::mt19937 engine(7);
    const auto below = [&engine](unsigned n) { return static_cast<int>(engine() % n); };
    for (int round = 0; round < 200; ++round) {
      const std::size_t n = static_cast<std::size_t>(5 + below(60));
      numbers y(n), w(n);
      std::vector<int> group(n);
      std::vector<std::vector<std::pair<double, double>>> rows(3);
      for (std::size_t i = 0; i < n; ++i) {
        y[i] = below(5) == 0 ? std::numeric_limits<double>::quiet_NaN()
                             : std::pow(10.0, below(7)) + below(4);
        w[i] = below(6) == 0 ? 0 : 0.1 * (1 + below(9));
        group[i] = below(3);
        if (i == 0) y[i] = w[i] = 1;  // at least one answer
        if (!std::isnan(y[i]) && w[i] > 0)
          rows[static_cast<std::size_t>(group[i])].emplace_back(y[i], w[i]);
      }
      const double p = (1 + below(19)) / 20.0;
      const design d{weights(w)};
      const auto q = baro::quantile(d, y, probability(p), baro::by(group));
      for (std::size_t i = 0; i < q.size(); ++i) {
        const auto& of = rows[static_cast<std::size_t>(std::stoi(q.entry(i).label.domain[0]))];
        if (of.empty()) {
          CHECK(q.entry(i).status == baro::status::empty_domain);
          CHECK(std::isnan(q.value(i)));
        } else {
          CHECK(q.value(i) == smallest_above(of, p));
        }
      }
    }
  }

  TEST_CASE("the order of the rows does not matter, tied answers included") {
    const numbers y{2, 1, 2, 2, 3, 1}, w{1, 2, 5, 3, 1, 4};
    const numbers y2{1, 2, 3, 2, 1, 2}, w2{4, 3, 1, 5, 2, 1};
    for (const auto rule : {quantile_rule::hf1, quantile_rule::hf2, quantile_rule::hf4,
                            quantile_rule::hf5, quantile_rule::hf7})
      for (const double p : {0.1, 0.4, 0.5, 0.8})
        CHECK(baro::quantile(design{weights(w)}, y, probability(p), rule).value(0) ==
              baro::quantile(design{weights(w2)}, y2, probability(p), rule).value(0));
  }

  TEST_CASE("one answer is every quantile") {
    const numbers y{7, std::numeric_limits<double>::quiet_NaN()}, w{1, 1};
    const auto q = baro::quantile(design{weights(w)}, y, probability(0.25));
    CHECK(q.value(0) == 7);
    CHECK(q.entry(0).bases.n == 1);
    CHECK(q.entry(0).label.statistic == baro::statistic::quantile);
    CHECK(q.share_below().value(0) == 1);
  }

  TEST_CASE("an infinite answer is refused with its row") {
    const numbers y{1, std::numeric_limits<double>::infinity()}, w{1, 1};
    CHECK_THROWS_WITH_AS(
        baro::quantile(design{weights(w)}, baro::answers(y).named("income"), probability(0.5)),
        "quantile: income[1] = inf, must be finite, or NaN where there is no answer",
        baro::value_error);
  }

  TEST_CASE("a probability is between 0 and 1") {
    CHECK_THROWS_WITH_AS(probability(50), "probability: value = 50, must be in [0, 1]",
                         baro::value_error);
  }
}

}  // namespace estimate_quantile
