// SPDX-License-Identifier: BSL-1.0
// Adjusted p-values: R p.adjust, and what each method promises.
#include <baro/hypothesis/adjust.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/adjust");

namespace hypothesis_adjust {

using baro::adjusted, baro::adjustment;
using test::close;
using numbers = std::vector<double>;

constexpr adjustment all[] = {adjustment::none,
                              adjustment::bonferroni,
                              adjustment::holm,
                              adjustment::hochberg,
                              adjustment::hommel,
                              adjustment::benjamini_hochberg,
                              adjustment::benjamini_yekutieli};

/// Benjamini and Hochberg (1995), conventions 5.
const numbers fifteen{.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                      .0459, .324,  .4262, .5719, .6528, .759,  1};

void check(adjustment method, const numbers& expected) {
  const numbers got = adjusted(fifteen, method);
  REQUIRE(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    CAPTURE(i);
    CHECK(close(got[i], expected[i], 1e-6));
  }
}

TEST_CASE("fifteen p-values as R adjusts them") {
  check(adjustment::none, fifteen);
  check(adjustment::bonferroni,
        {.0015, .006, .0285, .1425, .3015, .417, .447, .516, .6885, 1, 1, 1, 1, 1, 1});
  check(adjustment::holm,
        {.0015, .0056, .0247, .1140, .2211, .2780, .2780, .2780, .3213, 1, 1, 1, 1, 1, 1});
  check(adjustment::hochberg,
        {.0015, .0056, .0247, .1140, .2211, .2682, .2682, .2752, .3213, 1, 1, 1, 1, 1, 1});
  check(adjustment::hommel,
        {.0015, .0056, .0247, .0950, .1608, .1946, .2086, .2408, .3213, 1, 1, 1, 1, 1, 1});
  check(adjustment::benjamini_hochberg,
        {.0015, .003, .0095, .035625, .0603, .06385714, .06385714, .0645, .0765, .486,
         .58118182, .714875, .75323077, .81321429, 1});
  check(adjustment::benjamini_yekutieli,
        {.00497734, .00995469, .03152318, .11821191, .20008921, .21189262, .21189262, .21402577,
         .25384452, 1, 1, 1, 1, 1, 1});
}

TEST_CASE("at 5 % BH finds four, Bonferroni and Holm three") {
  const auto found = [](adjustment method) {
    const numbers q = adjusted(fifteen, method);
    return std::count_if(q.begin(), q.end(), [](double x) { return x <= 0.05; });
  };
  CHECK(found(adjustment::benjamini_hochberg) == 4);
  CHECK(found(adjustment::bonferroni) == 3);
  CHECK(found(adjustment::holm) == 3);
}

/// Hommel by its definition: the largest Simes p-value of all sets that hold a hypothesis.
double hommel_by_sets(const numbers& p, std::size_t of) {
  double most = 0;
  for (std::size_t set = 1; set < (std::size_t{1} << p.size()); ++set) {
    if ((set >> of & 1) == 0) continue;
    numbers in;
    for (std::size_t i = 0; i < p.size(); ++i)
      if ((set >> i & 1) != 0) in.push_back(p[i]);
    std::sort(in.begin(), in.end());
    double simes = 1;
    for (std::size_t k = 0; k < in.size(); ++k)
      simes =
          std::min(simes, static_cast<double>(in.size()) * in[k] / static_cast<double>(k + 1));
    most = std::max(most, simes);
  }
  return most;
}

TEST_CASE("what the methods promise, for p-values drawn at random and in any order") {
  test::dice dice(3);
  for (int draw = 0; draw < 60; ++draw) {
    numbers p;
    for (int i = 0; i < 7; ++i) p.push_back(std::pow(dice.uniform(), 2));
    if (draw % 3 == 0) p[2] = p[5];
    const auto holm = adjusted(p, adjustment::holm);
    const auto hochberg = adjusted(p, adjustment::hochberg);
    const auto hommel = adjusted(p, adjustment::hommel);
    const auto bonferroni = adjusted(p, adjustment::bonferroni);
    const auto bh = adjusted(p, adjustment::benjamini_hochberg);
    for (std::size_t i = 0; i < p.size(); ++i) {
      CHECK(close(hommel[i], hommel_by_sets(p, i), 1e-14));
      CHECK(holm[i] <= bonferroni[i]);
      CHECK(hochberg[i] <= holm[i]);
      CHECK(hommel[i] <= hochberg[i] * (1 + 1e-15));
      CHECK(bh[i] <= hommel[i] * (1 + 1e-15));
      CHECK(bh[i] >= p[i]);
      for (const adjustment method : all) {
        const auto q = adjusted(p, method);
        for (std::size_t j = 0; j < p.size(); ++j)
          if (p[i] <= p[j]) CHECK(q[i] <= q[j]);
      }
    }
  }
}

TEST_CASE("what was not tested does not count") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const auto q = adjusted(numbers{.01, none, .04}, adjustment::bonferroni);
  CHECK(close(q[0], .02, 1e-15));
  CHECK(std::isnan(q[1]));
  CHECK(close(q[2], .08, 1e-15));
  CHECK(adjusted(numbers{}, adjustment::holm).empty());
  for (const adjustment method : all) CHECK(adjusted(numbers{.3}, method)[0] == .3);
}

TEST_CASE("a number that is no p-value is refused with its place") {
  CHECK_THROWS_WITH_AS(adjusted(numbers{.1, 1.5}, adjustment::holm),
                       "adjusted: p_values[1] = 1.5, must be in [0, 1]", baro::value_error);
  CHECK_THROWS_AS(adjusted(numbers{-.1}, adjustment::holm), baro::value_error);
}

TEST_CASE("names") {
  for (const adjustment method : all) CHECK(baro::adjustment_by_name(name(method)) == method);
  CHECK(!baro::adjustment_by_name("fdr"));
}

TEST_CASE("families: each by itself, in the place where it was") {
  const std::vector<double> p{0.01, 0.04, 0.03, 0.2, 0.005};
  const std::vector<std::size_t> row{7, 2, 7, 2, 7};
  const auto q = baro::adjusted(p, row, baro::adjustment::bonferroni);
  CHECK(close(q[0], 0.03, 1e-15));
  CHECK(close(q[1], 0.08, 1e-15));
  CHECK(close(q[2], 0.09, 1e-15));
  CHECK(close(q[3], 0.4, 1e-15));
  CHECK(close(q[4], 0.015, 1e-15));
  const std::vector<std::size_t> one(5, 0);
  CHECK(baro::adjusted(p, one, baro::adjustment::holm) ==
        baro::adjusted(p, baro::adjustment::holm));
  CHECK_THROWS_AS(static_cast<void>(baro::adjusted(p, std::vector<std::size_t>{1, 2},
                                                   baro::adjustment::holm)),
                  baro::size_error);
}

}  // namespace hypothesis_adjust

TEST_SUITE_END();
