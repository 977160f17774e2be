// SPDX-License-Identifier: BSL-1.0
// What a table knows of a column: out of sums, an estimate, a published share; the rest of a
// total, overlaps, refusals.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/table_column.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/table_column");

namespace hypothesis_table_column {

using baro::column_counts, baro::column_of, baro::column_sums, baro::table_column;
using test::close;

const std::vector<double> weight{.5, 1.5, 1, 2, .8, 1.2, .6, .4, 1.1, .9, 1.7, .3};
const std::vector<int> answer{1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0};
const column_sums<double> sums{7.9, 12, 15.1, 12, 10.95};

TEST_CASE("sums give the share, Kish's base and the variance of R svymean") {
  const table_column<double> c(sums);
  CHECK(c.status() == baro::status::ok);
  CHECK(close(c.share(), 7.9 / 12, 1e-15));
  CHECK(close(c.effective_n(), 144 / 15.1, 1e-15));
  // vcov(svymean(~y, svydesign(~1, weights = ~w, data))), survey 4.1.1
  CHECK(close(c.variance(), 0.0233097117003367, 1e-13));
}

TEST_CASE("an estimate of answers and its sums are one column") {
  const baro::design d{baro::weights(weight)};
  const auto e = baro::share(d, baro::categories(answer));
  const auto c = column_of(e, e.index_of("1"));
  CHECK(close(c.count(), 7.9, 1e-14));
  CHECK(close(c.sum_weights(), 12, 1e-14));
  CHECK(close(c.sum_squared_weights(), 15.1, 1e-14));
  CHECK(c.n() == 12);
  CHECK(close(c.variance(), table_column<double>(sums).variance(), 1e-12));
  CHECK_THROWS_WITH_AS(static_cast<void>(column_of(baro::mean(d, weight), 0)),
                       "column_of: statistic = 'mean', must be 'share'", baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(column_of(e, 2)), baro::value_error);
}

TEST_CASE("a published share and its base are a column") {
  const auto c = column_of(.55, baro::base(122), {.deff = 122.0 / 110});
  CHECK(close(c.count(), 67.1, 1e-15));
  CHECK(c.sum_weights() == 122);
  CHECK(c.n() == 122);
  CHECK(close(c.effective_n(), 110, 1e-14));
  CHECK(close(c.variance(), .55 * .45 / 110, 1e-14));
  const auto counted = column_of(67.0 / 122, baro::base(122));
  const table_column<double> same(column_counts<double>{67, 122});
  CHECK(close(counted.effective_n(), same.effective_n(), 1e-15));
  CHECK(close(counted.share(), same.share(), 1e-15));
  // The one divides by n, the other by n − 1.
  CHECK(close(counted.variance() * 122 / 121, same.variance(), 1e-13));
  CHECK(column_of(baro::published_share(.5, std::nullopt), 0).status() ==
        baro::status::no_base);
}

TEST_CASE("an empty column is a status, a wrong one is refused") {
  CHECK(table_column<double>(column_sums<double>{}).status() == baro::status::empty_domain);
  CHECK(table_column<double>(column_counts<double>{0, 0}).status() ==
        baro::status::empty_domain);
  const auto why = [](column_sums<double> s) {
    return test::refused<baro::value_error>([&] { table_column<double>{s}; });
  };
  CHECK(why({13, 12, 15, 12}) == "table_column: count = 13, must be from 0 to sum_weights");
  CHECK(why({-1, 12, 15, 12}) == "table_column: count = -1, must be from 0 to sum_weights");
  CHECK(why({test::nan, 12, 15, 12}) ==
        "table_column: count = nan, must be from 0 to sum_weights");
  CHECK(why({1, test::nan, 15, 12}) ==
        "table_column: sum_weights = nan, must be a number and at least 0");
  CHECK(why({1, 12, -1, 12}) ==
        "table_column: sum_squared_weights = -1, must be a number and at least 0");
  CHECK(why({1, 12, 0, 12}) ==
        "table_column: sum_squared_weights = 0, must be above 0 where there are weights");
  CHECK(why({1, 12, 15, test::nan}) ==
        "table_column: n = nan, must be a number and at least 0");
  CHECK(why({1, 2 * 1e308 * 10, 15, 3}) ==
        "table_column: sum_weights = inf, must be a number and at least 0");
  // A count that rounding left above its column is the column.
  CHECK(table_column<double>(column_sums<double>{12 + 4e-15, 12, 15.1, 12}).share() == 1);
}

TEST_CASE("the rest of a total is what its own sums say") {
  const table_column<double> part(sums);
  const column_sums<double> others{4.3, 10.5, 13.25, 10, 7.05};
  const table_column<double> total(column_sums<double>{12.2, 22.5, 28.35, 22, 18});
  const auto rest = baro::rest_of(total, part);
  const table_column<double> expected(others);
  CHECK(close(rest.share(), expected.share(), 1e-14));
  CHECK(close(rest.effective_n(), expected.effective_n(), 1e-14));
  CHECK(rest.n() == 10);
  CHECK(close(rest.variance(), 0.0352518869309713, 1e-13));  // R svymean
  CHECK(baro::rest_of(total, total).status() == baro::status::empty_domain);
  CHECK(baro::rest_of(total, table_column<double>(column_sums<double>{})).n() == 22);
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(baro::rest_of(part, total));
        }) == "rest_of: n = 22, must be within the total");
}

TEST_CASE("weights on another scale") {
  const table_column<double> c(sums);
  const auto twice = c.rescaled(2);
  CHECK(twice.sum_weights() == 24);
  CHECK(close(twice.share(), c.share(), 1e-15));
  CHECK(close(twice.effective_n(), c.effective_n(), 1e-15));
  CHECK(close(twice.variance(), c.variance(), 1e-15));
  CHECK(twice.n() == 12);
  CHECK_THROWS_WITH_AS(static_cast<void>(c.rescaled(0)),
                       "table_column: factor = 0, must be above 0", baro::value_error);
}

TEST_CASE("the overlap of two columns, out of the respondents in both") {
  const auto e = baro::share(baro::design{baro::weights(weight)}, baro::categories(answer));
  const auto o = baro::overlap_of(e, e.index_of("1"));
  CHECK(o.n == 12);
  CHECK(close(o.sum_weights, 12, 1e-14));
  CHECK(close(o.effective_n(), 144 / 15.1, 1e-14));
  CHECK(close(o.count, 7.9, 1e-14));
  CHECK(o.correlation == 1);
  CHECK_FALSE(o.none());
  const auto same = baro::overlap_with_total(table_column<double>(sums));
  CHECK(close(same.sum_squared_weights, o.sum_squared_weights, 1e-14));
  CHECK(baro::column_overlap<double>{}.none());
  CHECK(baro::column_overlap<double>{}.effective_n() == 0);
  CHECK(baro::overlap_with_total(table_column<double>(column_sums<double>{})).none());
}

TEST_CASE("the correlation of two answers is Pearson's") {
  using baro::answer_correlation, baro::answers_in_both;
  // R cor(c(1,1,1,0,0,0,1,0,1,0), c(1,1,0,0,0,1,1,0,0,0))
  CHECK(
      close(answer_correlation(answers_in_both<double>{.3, .5, .4}), 0.408248290463863, 1e-13));
  CHECK(close(answer_correlation(answers_in_both<double>{.4, .4, .4}), 1, 1e-15));
  CHECK(close(answer_correlation(answers_in_both<double>{0, .4, .6}), -1, 1e-15));
  CHECK(std::abs(answer_correlation(answers_in_both<double>{.12, .4, .3})) < 1e-15);
  CHECK(answer_correlation(answers_in_both<double>{.4, 1, .4}) == 0);
  CHECK_THROWS_AS(static_cast<void>(answer_correlation(answers_in_both<double>{.5, .4, .6})),
                  baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(answer_correlation(answers_in_both<double>{.1, .9, .9})),
                  baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(answer_correlation(answers_in_both<double>{.1, 1.1, .1})),
                  baro::value_error);
  CHECK_THROWS_AS(
      static_cast<void>(answer_correlation(answers_in_both<double>{test::nan, .1, .1})),
      baro::value_error);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const table_column<double> c(sums);
  const table_column<real> x(
      column_sums<real>{real("7.9"), real(12), real("15.1"), real(12), real("10.95")});
  CHECK(close(c.share(), static_cast<double>(x.share()), 1e-15));
  CHECK(close(c.effective_n(), static_cast<double>(x.effective_n()), 1e-15));
  CHECK(close(c.variance(), static_cast<double>(x.variance()), 1e-14));
  const table_column<float> f(column_sums<float>{7.9f, 12.f, 15.1f, 12.f, 10.95f});
  CHECK(close(f.variance(), c.variance(), 1e-5));
  const baro::answers_in_both<real> both{real("0.3"), real("0.5"), real("0.4")};
  CHECK(close(baro::answer_correlation(baro::answers_in_both<double>{.3, .5, .4}),
              static_cast<double>(baro::answer_correlation(both)), 1e-14));
}

TEST_CASE("squares of the row that are more than those of the column are refused") {
  CHECK_THROWS_AS(static_cast<void>(baro::table_column<double>(
                      baro::column_sums<double>{10, 20, 30, 15, 100})),
                  baro::value_error);
}

}  // namespace hypothesis_table_column

TEST_SUITE_END();
