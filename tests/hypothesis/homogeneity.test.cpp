// SPDX-License-Identifier: BSL-1.0
// Shares of k groups by counts: R prop.test, conventions 5, the z test, 50 digits.
#include <baro/hypothesis/homogeneity.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/homogeneity");

namespace hypothesis_homogeneity {

using baro::continuity_correction, baro::homogeneity, baro::homogeneity_interval;
using baro::status, baro::yes_count;
using test::close;
using groups = std::vector<yes_count>;

const baro::confidence_level usual(0.95);
const auto yates = continuity_correction::yates;

TEST_CASE("four groups of smokers, and R prop.test") {
  // prop.test(c(83, 90, 129, 70), c(86, 93, 136, 82))
  const auto r = homogeneity(groups{{83, 86}, {90, 93}, {129, 136}, {70, 82}});
  CHECK(r.test == "homogeneity");
  CHECK(r.status == status::ok);
  CHECK(close(r.statistic, 12.600411297127639187, 1e-12));
  CHECK(r.df1 == 3);
  CHECK(std::isinf(r.df2));
  CHECK(close(r.p_value, 0.005585476661627025, 1e-12));
  // prop.test(c(5, 0, 2), c(10, 3, 9))
  const auto few = homogeneity(groups{{5, 10}, {0, 3}, {2, 9}});
  CHECK(close(few.statistic, 3.3058201058201053, 1e-13));
  CHECK(close(few.p_value, 0.1914918456155585, 1e-12));
}

struct of_r {
  yes_count a, b;
  double level, statistic, p_value, low, high, statistic_yates, p_yates, low_yates, high_yates;
};

TEST_CASE("two groups by R prop.test, correct = FALSE and TRUE") {
  // prop.test(c(15, 25), c(50, 50), correct = …); c(67, 450), c(122, 1000), conf.level = .9;
  // c(3, 4), c(10, 13); c(0, 9), c(10, 10)
  for (const of_r& x : {of_r{{15, 50},
                             {25, 50},
                             .95,
                             4.16666666666666696,
                             0.04122683333716357,
                             -0.38799314123229589,
                             -0.01200685876770416,
                             3.375,
                             0.066192579722193390,
                             -0.407993141232295853,
                             0.007993141232295831},
                        of_r{{67, 122},
                             {450, 1000},
                             .9,
                             4.30484827345657717,
                             0.03800388516965704,
                             0.02069383338538600,
                             0.17766682235231901,
                             3.91492507847924909,
                             0.04785914856158029,
                             0.01609547272964829,
                             0.18226518300805672},
                        of_r{{3, 10},
                             {4, 13},
                             .95,
                             0.001579670329670325,
                             0.968296371984811333,
                             -0.386660256249158507,
                             0.371275640864543066,
                             0,
                             1,
                             -0.3943525639414662,
                             0.3789679485568508},
                        of_r{{0, 10},
                             {9, 10},
                             .95,
                             16.36363636363636,
                             5.227865783267435e-05,
                             -1,
                             -0.7140614903086316,
                             12.9292929292929290597,
                             0.0003234799467258458,
                             -1,
                             -0.6140614903086316634}}) {
    const baro::confidence_level level(x.level);
    const auto plain = homogeneity(groups{x.a, x.b});
    CHECK(close(plain.statistic, x.statistic, 1e-12));
    CHECK(close(plain.p_value, x.p_value, 1e-12));
    const auto limits = homogeneity_interval(x.a, x.b, level);
    CHECK(close(limits.low, x.low, 1e-12));
    CHECK(close(limits.high, x.high, 1e-12));
    CHECK(limits.method == "prop_test");
    const auto corrected = homogeneity(groups{x.a, x.b}, yates);
    CHECK(corrected.test == "homogeneity_yates");
    CHECK(close(corrected.statistic, x.statistic_yates, 1e-12));
    CHECK(close(corrected.p_value, x.p_yates, 1e-12));
    const auto wider = homogeneity_interval(x.a, x.b, level, yates);
    CHECK(close(wider.low, x.low_yates, 1e-12));
    CHECK(close(wider.high, x.high_yates, 1e-12));
    CHECK(wider.method == "prop_test_yates");
  }
}

TEST_CASE("two groups are the square of the pooled z, and Pearson's X² of the table") {
  test::dice d(3);
  for (int k = 0; k < 200; ++k) {
    groups g;
    double yes = 0, n = 0, x2 = 0;
    for (int i = 0; i < 2 + k % 4; ++i) {
      const std::size_t size = 1 + d.below(400);
      g.push_back({d.below(size + 1), size});
      yes += static_cast<double>(g.back().yes);
      n += static_cast<double>(size);
    }
    if (yes == 0 || yes == n) continue;
    for (const yes_count& one : g)
      for (const bool of_yes : {true, false}) {
        const auto size = static_cast<double>(one.n);
        const double seen =
            of_yes ? static_cast<double>(one.yes) : size - static_cast<double>(one.yes);
        const double expected = size * (of_yes ? yes : n - yes) / n;
        x2 += (seen - expected) * (seen - expected) / expected;
      }
    CHECK(std::abs(homogeneity(g).statistic - x2) <= 1e-11 * (1 + x2));
    if (g.size() > 2) continue;
    const auto a = static_cast<double>(g[0].n), b = static_cast<double>(g[1].n);
    const double gap = static_cast<double>(g[0].yes) / a - static_cast<double>(g[1].yes) / b;
    const double z = gap / std::sqrt(yes / n * (1 - yes / n) * (1 / a + 1 / b));
    CHECK(std::abs(homogeneity(g).statistic - z * z) <= 1e-11 * (1 + z * z));
    // Yates never says more, and the order of the groups is nothing.
    CHECK(homogeneity(g, yates).p_value >= homogeneity(g).p_value);
    CHECK(close(homogeneity(groups{g[1], g[0]}, yates).p_value, homogeneity(g, yates).p_value,
                1e-12));
  }
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const groups four{{83, 86}, {90, 93}, {129, 136}, {70, 82}}, two{{15, 50}, {25, 50}};
  CHECK(close(homogeneity(four).statistic,
              static_cast<double>(homogeneity<real>(four).statistic), 1e-13));
  CHECK(close(homogeneity(four).p_value, static_cast<double>(homogeneity<real>(four).p_value),
              1e-13));
  CHECK(close(homogeneity(two, yates).p_value,
              static_cast<double>(homogeneity<real>(two, yates).p_value), 1e-13));
  CHECK(
      close(homogeneity_interval(two[0], two[1], usual, yates).high,
            static_cast<double>(homogeneity_interval<real>(two[0], two[1], usual, yates).high),
            1e-12));
  CHECK(homogeneity<float>(two).p_value == doctest::Approx(0.0412268));
}

TEST_CASE("one in twenty is rejected where all groups are the same") {
  test::dice d(9);
  constexpr int times = 4000;
  int rejected = 0;
  for (int k = 0; k < times; ++k) {
    groups g;
    for (const std::size_t n : {120U, 200U, 300U}) {
      std::size_t yes = 0;
      for (std::size_t i = 0; i < n; ++i) yes += d.uniform() < 0.3;
      g.push_back({yes, n});
    }
    rejected += homogeneity(g).p_value < 0.05;
  }
  CHECK(std::abs(rejected / double(times) - 0.05) < 0.014);  // 4 standard errors
}

TEST_CASE("borders and refusals") {
  CHECK(homogeneity(groups{{0, 10}, {0, 20}}).status == status::undefined);
  CHECK(homogeneity(groups{{10, 10}, {20, 20}}, yates).status == status::undefined);
  CHECK(std::isnan(homogeneity(groups{{0, 10}, {0, 20}}).statistic));
  CHECK(homogeneity(groups{{1, 3}, {3, 9}, {7, 21}}).statistic == 0);
  CHECK(homogeneity(groups{{1, 3}, {3, 9}, {7, 21}}).p_value == 1);
  CHECK(homogeneity_interval({0, 5}, {5, 5}, usual).low == -1);
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(homogeneity(groups{{1, 3}}));
        }) == "homogeneity: groups = 1, must be at least 2");
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(homogeneity(groups{{1, 3}, {1, 3}, {1, 3}}, yates));
        }) == "homogeneity: groups = 3, must be 2 for Yates' correction");
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(homogeneity(groups{{1, 3}, {4, 3}}));
        }) == "homogeneity: yes[1] = 4, must be at most n");
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(homogeneity_interval({0, 0}, {1, 3}, usual));
        }) == "homogeneity_interval: n[0] = 0, must be above 0");
}

}  // namespace hypothesis_homogeneity

TEST_SUITE_END();
