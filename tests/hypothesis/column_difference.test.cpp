// SPDX-License-Identifier: BSL-1.0
// Column against column, cell against rest and against total: the identities between them, a
// simulation of the overlap term, a policy of one's own, refusals.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/column_difference.hpp>
#include <baro/hypothesis/independence.hpp>
#include <baro/hypothesis/tabulation_policy.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/column_difference");

namespace hypothesis_column_difference {

using baro::cell_against_rest, baro::cell_against_total, baro::column_counts,
    baro::column_difference, baro::column_overlap, baro::column_sums, baro::overlap_with_total,
    baro::pooled_share, baro::spss;
using test::close;

using column = baro::table_column<double>;

/// 67 of the 122 in the column, 517 of the 1122 in all.
const column part(column_counts<double>{67, 122}), total(column_counts<double>{517, 1122});

TEST_CASE("cell against rest, against total and the adjusted residual are one") {
  // R chisq.test(matrix(c(67, 55, 450, 550), 2), correct = FALSE): stdres, statistic, p.value
  constexpr double residual = 2.07481282853576, chi_squared = 4.30484827345657;
  const auto rest = cell_against_rest(part, total, spss{});
  CHECK(close(rest.statistic, residual, 1e-13));
  CHECK(close(rest.statistic * rest.statistic, chi_squared, 1e-13));
  CHECK(close(rest.p_value, 0.0380038851696572, 1e-12));
  CHECK(close(rest.value_b, .45, 1e-15));
  const auto once =
      cell_against_total(part, total, spss{.pooled = pooled_share::of_respondents});
  CHECK(close(once.statistic, residual, 1e-13));
  CHECK(close(once.value_b, 517.0 / 1122, 1e-15));
  const double expected = 517.0 * 122 / 1122;
  CHECK(close((67 - expected) / std::sqrt(expected * (1 - 517.0 / 1122) * (1 - 122.0 / 1122)),
              residual, 1e-13));
}

TEST_CASE("SPSS counts the column twice, and the overlap cannot be left out") {
  CHECK(close(cell_against_total(part, total, spss{}).statistic, 2.0722923, 3e-8));
  const auto alone = column_difference(part, total, spss{});
  CHECK(close(alone.statistic, 1.8579791, 3e-8));
  // About √((1 − f) / (1 + f)) of it.
  const double f = 122.0 / 1122;
  CHECK(close(alone.statistic, 2.0722923 * std::sqrt((1 - f) / (1 + f)), 1e-3));
}

TEST_CASE("columns that coincide are not tested") {
  const auto not_tested = [](const auto& c) {
    return c.status == baro::status::undefined && c.reason == "columns coincide" &&
           std::isnan(c.statistic) && std::isnan(c.p_value);
  };
  const column weighted(column_sums<double>{7.9, 12.1, 15.3, 12, 10.95});
  for (const column& c : {total, weighted}) {
    CHECK(not_tested(cell_against_total(c, c, spss{})));
    CHECK(not_tested(cell_against_total(c, c, spss{.base = baro::spss_base::effective})));
    CHECK(not_tested(cell_against_total(c, c, baro::quantum{})));
    CHECK(cell_against_total(c, c, baro::survey_reporter{}).status == baro::status::undefined);
    CHECK(cell_against_rest(c, c, spss{}).status == baro::status::empty_domain);
  }
}

TEST_CASE("a cell against its total, from an estimate, weighted") {
  const std::vector<double> w{.5, 1.5, 1, 2, .8, 1.2, .6, .4, 1.1, .9, 1.7, .3};
  const std::vector<int> y{1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0};
  const std::vector<int> group{1, 1, 2, 1, 2, 2, 1, 2, 1, 1, 2, 2};
  const baro::design d{baro::weights(w)};
  const baro::categories answers(y), banner(group);
  const auto all = baro::share(d, answers);
  const auto each = baro::share(d, answers, baro::by(banner));
  const column whole = baro::column_of(all, all.index_of("1"));
  const column first = baro::column_of(each, each.index_of("1", {"1"}));
  const column second = baro::column_of(each, each.index_of("1", {"2"}));
  const auto against = cell_against_rest(first, whole, spss{});
  const auto direct = column_difference(first, second, spss{});
  CHECK(close(against.statistic, direct.statistic, 1e-12));
  CHECK(close(
      cell_against_total(first, whole, spss{.pooled = pooled_share::of_respondents}).statistic,
      direct.statistic, 1e-12));
  CHECK(close(cell_against_rest(first, whole, baro::survey_reporter{}).statistic,
              column_difference(first, second, baro::survey_reporter{}).statistic, 1e-12));
  // The variance of the rest cannot be told from those of the two.
  CHECK(cell_against_rest(first, whole, baro::displayr{}).reason == "unknown variance");
  // The z of weights as counts is Pearson's test of the two by two table, n for Σ w.
  const auto pearson = baro::independence(baro::shares_of_cells(d, answers, banner),
                                          baro::independence_test::pearson);
  CHECK(close(direct.statistic * direct.statistic, pearson.statistic, 1e-12));
}

TEST_CASE("a banner of several answers: the overlap out of the respondents in both") {
  test::dice dice(11);
  std::vector<int> y, in_a, in_b, in_both;
  std::vector<double> w;
  column_sums<double> a, b;
  column_overlap<double> o;
  for (int i = 0; i < 200; ++i) {
    y.push_back(dice.uniform() < .4 ? 1 : 0);
    in_a.push_back(dice.uniform() < .5 ? 1 : 0);
    in_b.push_back(dice.uniform() < .6 ? 1 : 0);
    in_both.push_back(in_a.back() * in_b.back());
    w.push_back(.5 + dice.uniform());
    const auto add = [&](auto& s) {
      s.n += 1;
      s.sum_weights += w.back();
      s.sum_squared_weights += w.back() * w.back();
      s.count += y.back() * w.back();
    };
    if (in_a.back() == 1) add(a);
    if (in_b.back() == 1) add(b);
    if (in_both.back() == 1) add(o);
  }
  const baro::design d{baro::weights(w)};
  const baro::categories answers(y);
  const auto of = [&](const std::vector<int>& mask) {
    return baro::share(d, answers, baro::where(mask));
  };
  const auto e = of(in_a), f = of(in_b), both = of(in_both);
  const auto read = baro::overlap_of(both, 1);
  CHECK(read.n == o.n);
  CHECK(close(read.effective_n(), o.effective_n(), 1e-12));
  const auto c = column_difference(baro::column_of(e, 1), baro::column_of(f, 1), read,
                                   baro::survey_reporter{});
  const auto by_hand = column_difference(column(a), column(b), o, baro::survey_reporter{});
  CHECK(close(c.statistic, by_hand.statistic, 1e-11));
  CHECK(close(c.df, by_hand.df, 1e-12));
  CHECK(std::abs(column_difference(column(a), column(b), baro::survey_reporter{}).statistic) <
        std::abs(c.statistic));
}

TEST_CASE("with the overlap term z has variance 1, without it less") {
  test::dice dice(5);
  constexpr int draws = 20000;
  double with = 0, without = 0;
  for (int k = 0; k < draws; ++k) {
    double a = 0, b = 0, shared = 0;  // 120 in the one alone, 180 in the other, 100 in both
    for (int i = 0; i < 400; ++i)
      if (dice.uniform() < .4) (i < 120 ? a : i < 300 ? b : shared) += 1;
    const column x(column_counts<double>{a + shared, 220}),
        y(column_counts<double>{b + shared, 280});
    const double z = column_difference(x, y, {100, 100, 100, shared}, spss{}).statistic;
    const double alone = column_difference(x, y, spss{}).statistic;
    with += z * z;
    without += alone * alone;
  }
  // Three times the standard error of a variance of `draws` normals.
  CHECK(std::abs(with / draws - 1) < 3 * std::sqrt(2.0 / draws));
  CHECK(std::abs(without / draws - (1 - 2.0 * 100 / 500)) < 3 * std::sqrt(2.0 / draws));
}

TEST_CASE("order changes the sign alone, and the scale of weights nothing but counts") {
  const column a(column_sums<double>{7.9, 12, 15.1, 12, 10.95});
  const column b(column_sums<double>{4.3, 10.5, 13.25, 10, 7.05});
  const auto holds = [&](const auto& policy, double scale) {
    const auto c = column_difference(a, b, policy), back = column_difference(b, a, policy);
    CAPTURE(c.test);
    CHECK(back.statistic == -c.statistic);
    CHECK(close(back.p_value, c.p_value, 1e-15));
    const auto more = column_difference(a.rescaled(4), b.rescaled(4), policy);
    CHECK(close(more.statistic, scale * c.statistic, 1e-13));
  };
  holds(spss{}, 2);
  holds(baro::askia{}, 2);
  holds(baro::survey_reporter{}, 1);
  holds(baro::quantum{}, 1);
  holds(baro::displayr{}, 1);
  holds(baro::wincross{}, 1);
}

/// A policy of one's own: unweighted and unpooled.
struct my_own {
  std::string name() const { return "my_own"; }
  baro::column_terms<double> operator()(const column& a, const column& b,
                                        const column_overlap<double>&) const {
    baro::column_terms<double> t;
    t.value_a = a.share();
    t.value_b = b.share();
    t.variance_a = a.share() * (1 - a.share()) / a.n();
    t.variance_b = b.share() * (1 - b.share()) / b.n();
    return t;
  }
};
static_assert(baro::tabulation_policy<my_own, column>);
struct without_a_name {
  baro::column_terms<double> operator()(const column&, const column&,
                                        const column_overlap<double>&) const;
};
static_assert(!baro::tabulation_policy<without_a_name, column>);

TEST_CASE("a policy of one's own is a struct with a name and its terms") {
  const auto c = column_difference(part, column(column_counts<double>{450, 1000}), my_own{});
  CHECK(c.test == "my_own");
  CHECK(close(c.statistic,
              column_difference(part, column(column_counts<double>{450, 1000}), baro::askia{})
                  .statistic,
              1e-15));
}

TEST_CASE("the status of a column is that of the test; an overlap that cannot be is refused") {
  const column empty(column_sums<double>{});
  const auto c = column_difference(part, empty, spss{});
  CHECK(c.status == baro::status::empty_domain);
  CHECK(c.reason == "empty_domain");
  CHECK(std::isnan(c.p_value));
  const auto why = [&](const column_overlap<double>& o) {
    return test::refused<baro::value_error>(
        [&] { static_cast<void>(column_difference(part, total, o, spss{})); });
  };
  CHECK(why({123, 100, 100}) ==
        "column_difference: overlap.n = 123, must be from 0 to that of either column");
  CHECK(
      why({100, 123, 100}) ==
      "column_difference: overlap.sum_weights = 123, must be from 0 to that of either column");
  CHECK(
      why({100, 100, 123}) ==
      "column_difference: overlap.sum_squared_weights = 123, must be from 0 to that of either "
      "column");
  CHECK(why({100, 100, 0}) ==
        "column_difference: overlap.sum_squared_weights = 0, must be above 0 where there are "
        "weights");
  CHECK(why({std::nan(""), 100, 100}) ==
        "column_difference: overlap.n = nan, must be from 0 to that of either column");
  CHECK(why({100, 100, 100, 0, 1.5}) ==
        "column_difference: overlap.correlation = 1.5, must be from −1 to 1");
}

}  // namespace hypothesis_column_difference

TEST_SUITE_END();
