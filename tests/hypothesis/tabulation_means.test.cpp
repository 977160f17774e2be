// SPDX-License-Identifier: BSL-1.0
// Means of two columns by the packages' formulas: worked out in R, R t.test without weights,
// 50 digits, what cannot be said.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/column_formula.hpp>
#include <baro/hypothesis/tabulation_means.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/tabulation_means");

namespace hypothesis_tabulation_means {

using baro::column_difference, baro::mean_column, baro::mean_sums;
using test::close;

using column = mean_column<double>;
static_assert(baro::tabulation_policy<baro::spss_means<>, column>);
static_assert(baro::tabulation_policy<baro::survey_reporter_means, column>);
static_assert(baro::tabulation_policy<baro::wincross_means, column>);
static_assert(baro::tabulation_policy<baro::displayr_means, column>);
// A mean is no share.
static_assert(!baro::tabulation_policy<baro::displayr_means>);

const std::vector<double> weight{.5, 1.5, 1, 2, .8, 1.2, .6, .4, 1.1, .9, 1.7, .3};
const std::vector<double> answer{3.1, 5.2, 4.4, 6.0, 2.2, 7.1, 5.5, 3.3, 4.8, 6.6, 5.0, 4.1};

/// Twelve and ten respondents with weights; sums, variances (survey svymean) and tests by
/// R 4.2.
const column a(mean_sums<double>{5.13333333333333, 12, 15.1, 12, 19.4726666666667,
                                 2.10931818181818, 0.138430134680135});
const column b(mean_sums<double>{3.51047619047619, 10.5, 13.25, 10, 10.5078476190476,
                                 1.08844444444444, 0.124086584407846});

template <class Comparison>
void check_test(const Comparison& c, double t, double df, double p) {
  CAPTURE(c.test);
  CHECK(c.status == baro::status::ok);
  CHECK(close(c.statistic, t, 1e-12));
  CHECK(close(c.df, df, 1e-12));
  CHECK(close(c.p_value, p, 1e-11));
}

TEST_CASE("weighted means as R works out the formulas") {
  check_test(column_difference(a, b, baro::spss_means<>{}), 3.17564316273502, 20.5,
             0.00465030803658243);
  check_test(column_difference(a, b, baro::survey_reporter_means{}), 2.79269571134228,
             15.8571785580407, 0.0131198013630517);
  check_test(column_difference(a, b, baro::wincross_means{}), 2.73533979736083,
             15.3562209928131, 0.015084489400826);
  check_test(column_difference(a, b, baro::displayr_means{}), 3.16739194141515, 19.958517428388,
             0.00485214706788886);
}

TEST_CASE("without weights they are R t.test, pooled and Welch's") {
  const auto plain = [](double mean, double n, double squares) {
    const double spread = squares / (n - 1);
    return column(mean_sums<double>{mean, n, n, n, squares, spread, spread / n});
  };
  const column x = plain(4.775, 12, 23.2025), y = plain(3.42, 10, 9.796);
  check_test(column_difference(x, y, baro::spss_means<>{}), 2.46369235728078, 20,
             0.0229407735264787);
  check_test(column_difference(x, y, baro::survey_reporter_means{}), 2.46369235728078, 20,
             0.0229407735264787);
  check_test(column_difference(x, y, baro::wincross_means{}), 2.53983706020826,
             19.6376204243661, 0.0196680658808978);
  check_test(column_difference(x, y, baro::displayr_means{}), 2.53983706020826,
             19.6376204243661, 0.0196680658808978);
}

TEST_CASE("the mean of an estimate is that of its sums") {
  const auto e = baro::mean(baro::design{baro::weights(weight)}, answer);
  const column c = baro::mean_column_of(e, 0);
  CHECK(close(c.sums().mean, a.sums().mean, 1e-14));
  CHECK(close(c.sum_weights(), 12, 1e-14));
  CHECK(close(c.sum_squared_weights(), 15.1, 1e-13));
  CHECK(close(c.sums().sum_squares, a.sums().sum_squares, 1e-12));
  CHECK(close(c.sums().variance, a.sums().variance, 1e-12));
  check_test(column_difference(c, b, baro::spss_means<>{}), 3.17564316273502, 20.5,
             0.00465030803658243);
  // The spread without weights is not in an estimate.
  const auto untold = column_difference(c, b, baro::wincross_means{});
  CHECK(untold.status == baro::status::undefined);
  CHECK(untold.reason == "unknown variance");
  CHECK(std::isnan(untold.p_value));
  const std::vector<int> yes{1, 0, 1};
  const auto share = baro::share(baro::design{baro::rows(3)}, baro::categories(yes));
  CHECK_THROWS_WITH_AS(static_cast<void>(baro::mean_column_of(share, 0)),
                       "mean_column_of: statistic = 'share', must be 'mean'",
                       baro::value_error);
}

TEST_CASE("the variance of all categories, by name") {
  const column c(mean_sums<double>{4.1, 8, 9, 8, 14.5, 2, .2});
  const std::array<column, 3> all{a, b, c};
  const double variance = baro::variance_of_categories<double>(all);
  CHECK(close(variance, (19.4726666666667 + 10.5078476190476 + 14.5) / (11 + 9.5 + 7), 1e-14));
  const auto t = column_difference(a, b, baro::spss_means<>{.variance = variance});
  CHECK(t.test == "spss_means_all_categories");
  CHECK(close(t.standard_error, std::sqrt(variance * (1 / 12.0 + 1 / 10.5)), 1e-14));
  // Of two columns it is the variance of the pair.
  const std::array<column, 2> two{a, b};
  const baro::spss_means<> pair{.variance = baro::variance_of_categories<double>(two)};
  CHECK(close(column_difference(a, b, pair).statistic, 3.17564316273502, 1e-12));
}

TEST_CASE("columns that overlap") {
  const baro::column_overlap<double> o{5, 5.5, 6.5};
  const double both = 5.5 * 5.5 / 6.5, e_a = 144 / 15.1, e_b = 10.5 * 10.5 / 13.25;
  const auto s = column_difference(a, b, o, baro::spss_means<>{});
  const auto alone = column_difference(a, b, baro::spss_means<>{});
  CHECK(close(s.standard_error / alone.standard_error,
              std::sqrt((1 / 12.0 + 1 / 10.5 - 2 * 5.5 / 126) / (1 / 12.0 + 1 / 10.5)), 1e-14));
  CHECK(close(s.df, 15, 1e-14));
  const auto u = column_difference(a, b, o, baro::survey_reporter_means{});
  const auto free = column_difference(a, b, baro::survey_reporter_means{});
  CHECK(close(u.standard_error / free.standard_error, std::sqrt(1 - 2 * both / (e_a + e_b)),
              1e-14));
  CHECK(close(u.df, e_a + e_b - both - 2, 1e-14));
  CHECK(column_difference(a, b, o, baro::displayr_means{}).reason == "no overlap term");
  CHECK(column_difference(a, b, o, baro::wincross_means{}).reason == "no overlap term");
  const baro::column_overlap<double> whole{12, 12, 15.1};
  CHECK(column_difference(a, a, whole, baro::spss_means<>{}).reason == "columns coincide");
}

TEST_CASE("a mean's formula with its numbers") {
  CHECK(baro::formula(a, b, baro::spss_means<>{}) ==
        "spss_means: t = (5.133 − 3.51) / √(1.462 × (1/12 + 1/10.5)) = 3.1756, p = 0.0047 "
        "(two-sided, 20.5 df)");
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const auto exact = [](const column& c) {
    const auto& s = c.sums();
    return mean_column<real>(mean_sums<real>{
        real(s.mean), real(s.sum_weights), real(s.sum_squared_weights), real(s.n),
        real(s.sum_squares), real(s.unweighted_spread), real(s.variance)});
  };
  const auto agrees = [&](const auto& policy, const auto& of_real) {
    const auto c = column_difference(a, b, policy);
    const auto x = column_difference(exact(a), exact(b), of_real);
    CHECK(close(c.statistic, static_cast<double>(x.statistic), 1e-13));
    CHECK(close(c.p_value, static_cast<double>(x.p_value), 1e-12));
  };
  agrees(baro::spss_means<>{}, baro::spss_means<real>{});
  agrees(baro::survey_reporter_means{}, baro::survey_reporter_means{});
  agrees(baro::wincross_means{}, baro::wincross_means{});
  agrees(baro::displayr_means{}, baro::displayr_means{});
}

TEST_CASE("borders and refusals") {
  const column empty(mean_sums<double>{});
  CHECK(empty.status() == baro::status::empty_domain);
  CHECK(column_difference(a, empty, baro::spss_means<>{}).status == baro::status::empty_domain);
  const column constant(mean_sums<double>{3, 5, 5, 5, 0, 0, 0});
  for (const auto& c : {column_difference(constant, constant, baro::spss_means<>{}),
                        column_difference(constant, constant, baro::displayr_means{}),
                        column_difference(constant, constant, baro::wincross_means{})})
    CHECK(c.reason == "no variance");
  const column one(mean_sums<double>{3, 1, 1, 1, 0, test::nan, test::nan});
  CHECK(column_difference(one, one, baro::spss_means<>{}).status == baro::status::undefined);
  const auto why = [](const mean_sums<double>& s) {
    return test::refused<baro::value_error>([&] { column{s}; });
  };
  CHECK(why({3, -1, 1, 1}) == "mean_column: sum = -1, must be a number and at least 0");
  CHECK(why({3, 1, test::nan, 1}) == "mean_column: sum = nan, must be a number and at least 0");
  CHECK(why({3, 1, 1, 1, -2}) ==
        "mean_column: spread = -2, must be at least 0, or NaN: not known");
  CHECK(why({test::nan, 1, 1, 1}) == "mean_column: mean = nan, must be a number");
}

}  // namespace hypothesis_tabulation_means

TEST_SUITE_END();
