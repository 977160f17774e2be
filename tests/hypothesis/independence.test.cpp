// SPDX-License-Identifier: BSL-1.0
// Two questions in a table: R survey svychisq, what it is for a simple random sample, 50
// digits.
#include <baro/hypothesis/independence.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/independence");

namespace hypothesis_independence {

using baro::independence, baro::independence_test, baro::shares_of_cells;
using test::close;

constexpr double infinite = std::numeric_limits<double>::infinity();

struct of_r {
  const char *design, *rows, *columns;
  independence_test test;
  double statistic, df1, df2, p;
};

// svychisq(~rows + columns, design, statistic), survey 4.1.1; of "Chisq" R prints X² where we
// have X² / (tr Δ / q), with the same p-value.
const of_r expected[] = {
    {"apiclus1", "sch.wide", "stype", independence_test::rao_scott, 5.19336954147488,
     1.49463977770746, 20.9249568879044, 0.0217474623708},
    {"apiclus1", "sch.wide", "stype", independence_test::rao_scott_first_order, 10.38673908, 2,
     infinite, 0.00555326330311},
    {"apiclus1", "sch.wide", "stype", independence_test::wald, 2.40105860060268, 2, 14,
     0.126896300602},
    {"apiclus1", "sch.wide", "stype", independence_test::adjusted_wald, 2.22955441484534, 2, 13,
     0.147057886901},
    {"apiclus1", "sch.wide", "stype", independence_test::pearson, 11.9408920807453, 2, infinite,
     0.002553102378},
    {"apistrat", "comp.imp", "awards", independence_test::rao_scott, 149.657294219085, 1, 197,
     5.73415318483e-26},
    {"apistrat", "comp.imp", "awards", independence_test::wald, 414.05430270719, 1, 197,
     2.59237082403e-50},
    {"apistrat", "stype", "awards", independence_test::rao_scott, 14.1694081180078,
     1.88513588503461, 371.371769351819, 2.08210867643e-06},
    {"apistrat", "stype", "awards", independence_test::wald, 14.9443701737184, 2, 197,
     9.0645926959e-07},
    {"apistrat", "stype", "awards", independence_test::adjusted_wald, 14.8685104266437, 2, 196,
     9.7279572499e-07},
    {"apiclus2", "stype", "both", independence_test::rao_scott, 10.548842471596,
     1.80276206996392, 70.307720728593, 0.000168254576453},
    {"apiclus2", "stype", "both", independence_test::wald, 2.50778290462012, 2, 39,
     0.0945011735942},
    {"apiclus2", "stype", "both", independence_test::adjusted_wald, 2.44348077886063, 2, 38,
     0.100394065829},
};

TEST_CASE("the tables of the api surveys as R svychisq tests them") {
  for (const of_r& r : expected) {
    CAPTURE(r.design);
    CAPTURE(r.rows);
    CAPTURE(name(r.test));
    test::survey s(r.design);
    const auto table = shares_of_cells(s.design(), baro::categories(s.text(r.rows)),
                                       baro::categories(s.text(r.columns)));
    const auto t = independence(table, r.test);
    CHECK(t.status == baro::status::ok);
    CHECK(close(t.statistic, r.statistic, 1e-8));
    CHECK(close(t.df1, r.df1, 1e-8));
    if (r.df2 < infinite)
      CHECK(close(t.df2, r.df2, 1e-8));
    else
      CHECK(std::isinf(t.df2));
    CHECK(close(t.p_value, r.p, 1e-7));
    // The order of the questions changes nothing.
    const auto turned =
        independence(shares_of_cells(s.design(), baro::categories(s.text(r.columns)),
                                     baro::categories(s.text(r.rows))),
                     r.test);
    CHECK(close(turned.statistic, t.statistic, 1e-9));
    CHECK(close(turned.p_value, t.p_value, 1e-7));
  }
}

struct answers {
  std::vector<std::string> a, b;
};

answers fill(const std::vector<std::vector<int>>& counts) {
  answers out;
  for (std::size_t r = 0; r < counts.size(); ++r)
    for (std::size_t c = 0; c < counts[r].size(); ++c)
      for (int k = 0; k < counts[r][c]; ++k) {
        out.a.push_back("r" + std::to_string(r));
        out.b.push_back("c" + std::to_string(c));
      }
  return out;
}

TEST_CASE("a simple random sample: all design effects are n / (n − 1)") {
  const answers x = fill({{20, 15, 5}, {10, 18, 12}, {4, 9, 7}});
  const auto n = x.a.size();
  const auto table = shares_of_cells(baro::design{baro::rows(n)}, baro::categories(x.a),
                                     baro::categories(x.b));
  const auto plain = independence(table, independence_test::pearson);
  const auto first = independence(table, independence_test::rao_scott_first_order);
  const auto second = independence(table);
  const double effect = static_cast<double>(n) / static_cast<double>(n - 1);
  CHECK(close(plain.statistic, 9.25157563025, 1e-10));  // R chisq.test
  CHECK(close(first.statistic, plain.statistic / effect, 1e-12));
  CHECK(close(second.statistic, plain.statistic / effect / 4, 1e-12));
  CHECK(close(second.df1, 4, 1e-12));
  CHECK(close(second.df2, 4 * static_cast<double>(n - 1), 1e-12));
  const auto g = independence(table, independence_test::likelihood_ratio);
  CHECK(g.statistic > 0.9 * second.statistic);
  CHECK(g.statistic < 1.2 * second.statistic);
}

TEST_CASE("an empty cell and a level that nobody has") {
  const answers x = fill({{12, 0, 5}, {10, 8, 2}});
  std::vector<std::string> a = x.a, b = x.b;
  a.emplace_back("r2");  // only where the other answer is missing
  b.emplace_back("");
  const auto table = shares_of_cells(baro::design{baro::rows(a.size())}, baro::categories(a),
                                     baro::categories(b));
  CHECK(table.rows == std::vector<std::string>{"r0", "r1"});
  CHECK(table.columns == std::vector<std::string>{"c0", "c1", "c2"});
  CHECK(table.cells.value(1) == 0);
  for (int t = 0; t <= static_cast<int>(independence_test::pearson); ++t) {
    const auto r = independence(table, static_cast<independence_test>(t));
    CAPTURE(r.test);
    CHECK(r.status == baro::status::ok);
    CHECK(r.p_value > 0);
    CHECK(r.p_value < 0.5);
  }
}

TEST_CASE("a domain is a part of the sample, not a sample: svychisq of a subset") {
  test::survey s("apiclus1");
  std::vector<signed char> inside;
  for (const std::string& level : s.text("both")) inside.push_back(level == "Yes" ? 1 : 0);
  const auto t =
      independence(shares_of_cells(s.design(), baro::categories(s.text("stype")),
                                   baro::categories(s.text("awards")), baro::where(inside)));
  CHECK(close(t.statistic, 3.92823914884, 1e-9));
  CHECK(close(t.df1, 1.12071788197, 1e-9));
  CHECK(close(t.df2, 14.5693324657, 1e-9));
  CHECK(close(t.p_value, 0.0630457562236, 1e-9));
}

TEST_CASE("more contrasts than degrees of freedom are too many for Wald") {
  test::survey s("apiclus1");
  std::vector<signed char> inside(s.rows(), 0);
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < s.rows(); ++i) {
    const std::string& d = s.text("dnum")[i];
    if (std::find(seen.begin(), seen.end(), d) == seen.end() && seen.size() < 2)
      seen.push_back(d);
    inside[i] = std::find(seen.begin(), seen.end(), d) != seen.end() ? 1 : 0;
  }
  std::vector<int> a, b;
  for (std::size_t i = 0; i < s.rows(); ++i) {
    a.push_back(static_cast<int>(i % 3));
    b.push_back(static_cast<int>(i % 5));
  }
  const auto table = shares_of_cells(s.design(), baro::categories(a), baro::categories(b),
                                     baro::where(inside));
  for (const auto t : {independence_test::wald, independence_test::adjusted_wald}) {
    const auto r = independence(table, t);
    CHECK(r.status == baro::status::no_degrees);
    CHECK(std::isnan(r.p_value));
  }
  CHECK(independence(table).status == baro::status::ok);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  test::survey s("apiclus1");
  const baro::categories rows(s.text("sch.wide")), columns(s.text("stype"));
  const auto table = shares_of_cells(s.design(), rows, columns);
  const auto exact = shares_of_cells<real>(s.design(), rows, columns);
  for (int t = 0; t <= static_cast<int>(independence_test::pearson); ++t) {
    const auto a = independence(table, static_cast<independence_test>(t));
    const auto b = independence(exact, static_cast<independence_test>(t));
    CAPTURE(a.test);
    CHECK(close(a.statistic, static_cast<double>(b.statistic), 1e-10));
    CHECK(close(a.p_value, static_cast<double>(b.p_value), 1e-9));
  }
}

TEST_CASE("nobody, one column, and names") {
  const std::vector<std::string> none{"", ""}, one{"x", "x"}, two{"u", "v"}, shorter{"u"};
  const baro::design d{baro::rows(2)};
  CHECK(
      independence(shares_of_cells(d, baro::categories(none), baro::categories(two))).status ==
      baro::status::empty_domain);
  CHECK(independence(shares_of_cells(d, baro::categories(one), baro::categories(two))).status ==
        baro::status::undefined);
  CHECK_THROWS_AS(shares_of_cells(d, baro::categories(one), baro::categories(shorter)),
                  baro::size_error);
  CHECK(baro::independence_test_by_name("adjusted_wald") == independence_test::adjusted_wald);
  CHECK(!baro::independence_test_by_name("chi2"));
}

}  // namespace hypothesis_independence

TEST_SUITE_END();
