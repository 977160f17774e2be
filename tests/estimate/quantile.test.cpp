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

/// The quantile from a sorted copy of all rows, by the words of `quantile_rule`.
double by_definition(std::vector<std::pair<double, double>> rows, double p,
                     quantile_rule rule) {
  std::sort(rows.begin(), rows.end());
  double all = 0, c = 0, last_p = 0, last_x = rows.front().first;
  for (const auto& r : rows) all += r.second;
  const double slack = 1e-12 * all, without_last = all - rows.back().second;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto [x, w] = rows[k];
    const double before = c;
    c += w;
    if (rule == quantile_rule::hf1 || rule == quantile_rule::hf2) {
      if (k + 1 < rows.size() && rows[k + 1].first == x) continue;
      if (c < p * all - slack) continue;
      const bool middle = rule == quantile_rule::hf2 && c <= p * all + slack;
      return middle && k + 1 < rows.size() ? (x + rows[k + 1].first) / 2 : x;
    }
    const double at = rule == quantile_rule::hf4   ? c / all
                      : rule == quantile_rule::hf5 ? (before + w / 2) / all
                                                   : before / without_last;
    if (at >= p)
      return k == 0 || !(at > last_p) ? x
                                      : last_x + (x - last_x) * ((p - last_p) / (at - last_p));
    last_p = at;
    last_x = x;
  }
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

  TEST_CASE("many rows give what a sorted copy of them gives, wherever a sample points") {
    std::mt19937 engine(11);
    const auto below = [&engine](unsigned n) { return static_cast<int>(engine() % n); };
    const std::size_t n = 20'011;
    enum kind { smooth, tied, waves, heavy_end, rare };
    for (const kind what : {smooth, tied, waves, heavy_end, rare}) {
      numbers y(n), w(n);
      std::vector<int> group(n);
      std::vector<std::vector<std::pair<double, double>>> rows(2);
      for (std::size_t i = 0; i < n; ++i) {
        group[i] = below(what == rare ? 500U : 3U) == 0;
        w[i] = 0.25 * (1 + below(8));
        y[i] = what == tied    ? below(3)
               : what == waves ? static_cast<double>(i % 27) + below(1000) / 1000.0  // the step
                               : std::pow(below(10'000) / 10'000.0, 3);
        if (what == heavy_end && y[i] > 0.99) w[i] *= 1000;
        if (i % 50 == 7) y[i] = std::numeric_limits<double>::quiet_NaN();
        if (!std::isnan(y[i]))
          rows[static_cast<std::size_t>(group[i])].emplace_back(y[i], w[i]);
      }
      const design d{weights(w)};
      for (const auto rule : {quantile_rule::hf1, quantile_rule::hf2, quantile_rule::hf4,
                              quantile_rule::hf5, quantile_rule::hf7})
        for (const double p : {0.0, 0.001, 0.3, 0.5, 0.999, 1.0}) {
          const auto q = baro::quantile(d, y, probability(p), rule, baro::by(group));
          const auto by_three =
              baro::quantile(d, y, probability(p), rule, baro::by(group), baro::threads(3));
          for (std::size_t g = 0; g < 2; ++g) {
            CHECK(test::close(q.value(g), by_definition(rows[g], p, rule), 1e-11));
            CHECK(by_three.value(g) == q.value(g));
            CHECK(by_three.share_below().value(g) == q.share_below().value(g));
            // Far from the quantile, where the bracket has no answers.
            for (const double far : {0.05, 0.9})
              CHECK(test::close(q.invert({{g, far}})[0], by_definition(rows[g], far, rule),
                                1e-11));
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
