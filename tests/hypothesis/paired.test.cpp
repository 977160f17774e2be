// SPDX-License-Identifier: BSL-1.0
// Two answers of the same people under a design: R survey, the counts where all weights are 1,
// the difference of two figures of one estimate, 50 digits.
#include <baro/hypothesis/paired.hpp>
#include <baro/hypothesis/paired_counts.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/sample.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/paired");

namespace hypothesis_paired {

using baro::comparison_degrees, baro::independence_test, baro::marginal_homogeneity,
    baro::paired_difference, baro::shares_of_cells;
using test::close;

const baro::confidence_level usual(0.95);
constexpr double infinite = std::numeric_limits<double>::infinity();

struct of_r {
  const char* design;
  double t, df, p, low, high, difference, error;
};

// svyttest(I(api00 - api99) ~ 0, design), survey 4.1.1
const of_r expected[] = {
    {"apiclus1", 12.05474309408, 13, 1.978692755069e-08, 30.5260940043, 43.8564196569,
     37.1912568306, 3.085196966899},
    {"apistrat", 16.03642894056, 196, 1.60104068705e-37, 28.84743504585, 36.93760170487,
     32.89251837536, 2.051112407711},
    {"apiclus2", 9.070358865862, 38, 4.781519285492e-11, 20.02455390992, 31.53116564727,
     25.7778597786, 2.841988962048},
};

TEST_CASE("the same schools in two years as R svyttest compares them") {
  for (const of_r& r : expected) {
    CAPTURE(r.design);
    test::survey s(r.design);
    const baro::answers now(s.numbers("api00")), before(s.numbers("api99"));
    const auto c =
        paired_difference(s.design(), now, before, usual, comparison_degrees::fixed(r.df));
    CHECK(c.status == baro::status::ok);
    CHECK(c.test == "paired_t");
    CHECK(close(c.difference, r.difference, 1e-11));
    CHECK(close(c.standard_error, r.error, 1e-11));
    CHECK(close(c.statistic, r.t, 1e-10));
    CHECK(close(c.p_value, r.p, 1e-9));
    CHECK(close(c.limits.low, r.low, 1e-9));
    CHECK(close(c.limits.high, r.high, 1e-9));
    CHECK(close(c.value_a - c.value_b, c.difference, 1e-12));
    // By default the degrees of freedom of the design, one more than R's.
    CHECK(paired_difference(s.design(), now, before, usual).df == r.df + 1);
    // The same as two figures of one estimate.
    const auto e = baro::tabulate(s.design(), baro::mean_of(now), baro::mean_of(before));
    const auto two = baro::difference(e, 0, 1, usual, comparison_degrees::fixed(r.df));
    CHECK(close(two.standard_error, c.standard_error, 1e-9));
    CHECK(close(two.p_value, c.p_value, 1e-8));
  }
}

TEST_CASE("a simple random sample: the textbook's paired t, of those with both answers") {
  const std::vector<double> a{3, 5, 4, 6, test::nan, 2, 9}, b{2, 5, 1, 7, 3, test::nan, 4};
  const auto c = paired_difference(baro::design{baro::rows(7)}, a, b, usual);
  // Differences 1 0 3 −1 5: mean 1.6, variance 5.8.
  CHECK(close(c.difference, 1.6, 1e-14));
  CHECK(close(c.value_a, 5.4, 1e-14));
  CHECK(close(c.value_b, 3.8, 1e-14));
  const std::vector<double> both_a{3, 5, 4, 6, 9}, both_b{2, 5, 1, 7, 4};
  const auto only = paired_difference(baro::design{baro::rows(5)}, both_a, both_b, usual);
  CHECK(close(only.standard_error, std::sqrt(5.8 / 5), 1e-14));
  CHECK(only.df == 4);
  CHECK(close(only.p_value, 0.2115789946, 1e-9));  // R t.test(a, b, paired = TRUE)
}

TEST_CASE("answers far from 0 that hardly differ lose no digits") {
  const test::sample s = test::sample::of(120, 3);
  std::vector<double> a, b, small, none;
  for (std::size_t i = 0; i < s.size(); ++i) {
    b.push_back(1e9 + 1024 * s.x[i]);
    a.push_back(b.back() + std::round(8 * s.y[i]) / 1024);
    small.push_back(a.back() - b.back());
    none.push_back(0);
  }
  const baro::design d = s.clustered();
  const auto far = paired_difference(d, a, b, usual);
  const auto near = paired_difference(d, small, none, usual);
  CHECK(close(far.standard_error, near.standard_error, 1e-12));
  CHECK(close(far.difference, near.difference, 1e-12));
}

struct shares_of_r {
  const char* design;
  double difference, error, t, p;
};

// m <- svymean(~I((comp.imp == "Yes") - (sch.wide == "Yes")), design); pt with degf(design)
const shares_of_r of_shares[] = {
    {"apiclus1", -0.1475409836066, 0.01710830923127, -8.623937153118, 5.652992178333e-07},
    {"apistrat", -0.1722989994718, 0.03194082582609, -5.394318869837, 1.959912944738e-07},
};

TEST_CASE("McNemar's question under a design") {
  for (const shares_of_r& r : of_shares) {
    CAPTURE(r.design);
    test::survey s(r.design);
    const baro::categories a(s.text("comp.imp")), b(s.text("sch.wide"));
    const auto c = paired_difference(s.design(), a, b, "Yes", usual);
    CHECK(close(c.difference, r.difference, 1e-11));
    CHECK(close(c.standard_error, r.error, 1e-11));
    CHECK(close(c.statistic, r.t, 1e-11));
    CHECK(close(c.p_value, r.p, 1e-10));
    CHECK(c.a.statistic == baro::statistic::share);
    CHECK(c.a.level == "Yes");
    const auto no = paired_difference(s.design(), a, b, "No", usual);
    CHECK(close(no.difference, -c.difference, 1e-12));
    // Two shares of one estimate, and the margins of the table of both.
    const auto e =
        baro::tabulate(s.design(), baro::share_of(a, {"Yes"}), baro::share_of(b, {"Yes"}));
    CHECK(close(baro::difference(e, 0, 1, usual).p_value, c.p_value, 1e-10));
    const auto table = shares_of_cells(s.design(), a, b);
    for (const auto method : {independence_test::rao_scott, independence_test::wald,
                              independence_test::adjusted_wald}) {
      const auto t = marginal_homogeneity(table, method);
      CHECK(close(t.statistic, c.statistic * c.statistic, 1e-10));
      CHECK(close(t.p_value, c.p_value, 1e-9));
    }
  }
}

/// cut(y, c(0, 600, 700, 1000))
std::vector<std::string> thirds_of(const std::vector<double>& y) {
  std::vector<std::string> out;
  for (const double x : y) out.emplace_back(x <= 600 ? "low" : x <= 700 ? "middle" : "top");
  return out;
}

struct homogeneity_of_r {
  const char* design;
  independence_test test;
  double statistic, df1, df2, p;
};

// x1, x2: (a0 == l) - (a9 == l); d <- svymean(~x1 + x2), V its vcov; S from svytable(~a0 + a9);
// X2 <- n * sum(d * solve(S, d)); D <- n * solve(S) %*% V; Wald's sum(d * solve(V, d)).
const homogeneity_of_r of_margins[] = {
    {"apiclus1", independence_test::pearson, 34.44137931034, 2, infinite, 0},
    {"apiclus1", independence_test::rao_scott, 13.4864813184, 1.878253669636, 26.29555137491,
     0.0001199934088464},
    {"apiclus1", independence_test::rao_scott_first_order, 26.97296263679, 2, infinite,
     1.389618486839e-06},
    {"apiclus1", independence_test::wald, 11.03569527726, 2, 14, 0.001326649069322},
    {"apiclus1", independence_test::adjusted_wald, 10.24743132889, 2, 13, 0.002129479586465},
    {"apistrat", independence_test::pearson, 38.57101059329, 2, infinite, 0},
    {"apistrat", independence_test::rao_scott, 17.19722562349, 1.972393203468, 388.5614610832,
     8.279674116984e-08},
    {"apistrat", independence_test::rao_scott_first_order, 34.39445124698, 2, infinite,
     3.398911116464e-08},
    {"apistrat", independence_test::wald, 19.47865564267, 2, 197, 1.909103868323e-08},
    {"apistrat", independence_test::adjusted_wald, 19.37977921809, 2, 196, 2.089359460644e-08},
};

TEST_CASE("three levels in two years, the formulas written out in R") {
  for (const homogeneity_of_r& r : of_margins) {
    CAPTURE(r.design);
    CAPTURE(name(r.test));
    test::survey s(r.design);
    const auto now = thirds_of(s.numbers("api00")), before = thirds_of(s.numbers("api99"));
    const auto t = marginal_homogeneity(
        shares_of_cells(s.design(), baro::categories(now), baro::categories(before)), r.test);
    CHECK(t.status == baro::status::ok);
    CHECK(t.test == name(r.test));
    CHECK(close(t.statistic, r.statistic, 1e-10));
    CHECK(close(t.df1, r.df1, 1e-10));
    CHECK(close(t.df2, r.df2, 1e-10));
    if (r.p > 0) CHECK(close(t.p_value, r.p, 1e-9));
    const auto exchanged = marginal_homogeneity(
        shares_of_cells(s.design(), baro::categories(before), baro::categories(now)), r.test);
    CHECK(close(exchanged.statistic, t.statistic, 1e-10));
  }
}

TEST_CASE("with weights of 1 it is Stuart-Maxwell and Bhapkar of the counts") {
  test::dice d(5);
  std::vector<int> a, b;
  std::vector<std::size_t> counts(16, 0);
  for (int i = 0; i < 250; ++i) {
    a.push_back(static_cast<int>(d.below(4)));
    b.push_back(d.uniform() < .5 ? a.back() : static_cast<int>(d.below(4)));
    ++counts[static_cast<std::size_t>(4 * a.back() + b.back())];
  }
  const auto table =
      shares_of_cells(baro::design{baro::rows(250)}, baro::categories(a), baro::categories(b));
  const auto plain = marginal_homogeneity(table, independence_test::pearson);
  const auto stuart = baro::equal_margins(counts);
  CHECK(close(plain.statistic, stuart.statistic, 1e-11));
  CHECK(close(plain.p_value, stuart.p_value, 1e-11));
  const auto wald = marginal_homogeneity(table, independence_test::wald);
  const auto bhapkar = baro::equal_margins(counts, baro::equal_margins_test::bhapkar);
  CHECK(close(wald.statistic * 3, bhapkar.statistic * 249 / 250, 1e-11));
}

TEST_CASE("a level that only one of the questions knows") {
  const std::vector<std::string> a{"x", "x", "y", "y", "x", "y", "x", "y", "x", ""},
      b{"x", "z", "y", "x", "y", "y", "x", "z", "z", "x"};
  const auto table =
      shares_of_cells(baro::design{baro::rows(10)}, baro::categories(a), baro::categories(b));
  // x to z 2, x to y 1, y to x 1, y to z 1 of 9.
  const std::vector<std::size_t> counts{2, 1, 2, 1, 2, 1, 0, 0, 0};
  CHECK(close(marginal_homogeneity(table, independence_test::pearson).statistic,
              baro::equal_margins(counts).statistic, 1e-12));
  const auto turned = marginal_homogeneity(
      shares_of_cells(baro::design{baro::rows(10)}, baro::categories(b), baro::categories(a)));
  CHECK(close(turned.statistic, marginal_homogeneity(table).statistic, 1e-11));
  const auto z = paired_difference(baro::design{baro::rows(10)}, baro::categories(a),
                                   baro::categories(b), "z", usual);
  CHECK(close(z.difference, -3. / 9, 1e-13));
}

TEST_CASE("a domain is a part of the sample, not a sample") {
  test::survey s("apiclus1");
  const auto& now = s.numbers("api00");
  const auto& before = s.numbers("api99");
  std::vector<signed char> inside;
  std::vector<double> blank;
  for (std::size_t i = 0; i < s.rows(); ++i) {
    inside.push_back(s.text("stype")[i] == "E" ? 1 : 0);
    blank.push_back(inside[i] != 0 ? now[i] : test::nan);
  }
  const auto c = paired_difference(s.design(), baro::answers(now), baro::answers(before), usual,
                                   comparison_degrees::design(), baro::where(inside));
  const auto same =
      paired_difference(s.design(), baro::answers(blank), baro::answers(before), usual);
  CHECK(close(c.difference, same.difference, 1e-13));
  CHECK(close(c.standard_error, same.standard_error, 1e-12));
  CHECK(close(c.value_b, same.value_b, 1e-13));
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  test::survey s("apiclus1");
  const baro::answers now(s.numbers("api00")), before(s.numbers("api99"));
  const auto c = paired_difference(s.design(), now, before, usual);
  const auto x = paired_difference<real>(s.design(), now, before, usual);
  CHECK(close(c.standard_error, static_cast<double>(x.standard_error), 1e-12));
  CHECK(close(c.p_value, static_cast<double>(x.p_value), 1e-11));
  const auto a = thirds_of(s.numbers("api00")), b = thirds_of(s.numbers("api99"));
  const auto table = shares_of_cells(s.design(), baro::categories(a), baro::categories(b));
  const auto exact =
      shares_of_cells<real>(s.design(), baro::categories(a), baro::categories(b));
  for (const auto method : {independence_test::rao_scott, independence_test::adjusted_wald}) {
    const auto t = marginal_homogeneity(table, method);
    const auto u = marginal_homogeneity(exact, method);
    CHECK(close(t.statistic, static_cast<double>(u.statistic), 1e-11));
    CHECK(close(t.p_value, static_cast<double>(u.p_value), 1e-11));
  }
}

TEST_CASE("what cannot be said, and what is refused") {
  const baro::design d{baro::rows(4)};
  const std::vector<double> a{1, 2, 3, 4}, b{0, 1, 2, 3}, nobody(4, test::nan);
  const auto same = paired_difference(d, a, b, usual);
  CHECK(same.status == baro::status::undefined);
  CHECK(same.difference == 1);
  CHECK(std::isnan(same.p_value));
  CHECK(paired_difference(d, a, nobody, usual).status == baro::status::empty_domain);
  const std::vector<double> once{1, test::nan, test::nan, test::nan};
  CHECK(paired_difference(d, a, once, usual).status == baro::status::no_degrees);
  const std::vector<double> shorter{1, 2};
  CHECK_THROWS_AS(static_cast<void>(paired_difference(d, a, shorter, usual)), baro::size_error);
  CHECK_THROWS_AS(static_cast<void>(paired_difference(d, shorter, shorter, usual)),
                  baro::size_error);
  const std::vector<std::string> x{"u", "v", "u", "v"}, none{"", "", "", ""};
  CHECK_THROWS_WITH_AS(static_cast<void>(paired_difference(d, baro::categories(x),
                                                           baro::categories(x), "w", usual)),
                       "paired_difference: level = 'w', must be one of u, v",
                       baro::value_error);
  const auto still = shares_of_cells(d, baro::categories(x), baro::categories(x));
  CHECK(marginal_homogeneity(still).status == baro::status::undefined);
  CHECK(marginal_homogeneity(shares_of_cells(d, baro::categories(x), baro::categories(none)))
            .status == baro::status::empty_domain);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(marginal_homogeneity(still, independence_test::likelihood_ratio)),
      "marginal_homogeneity: method = 'likelihood_ratio', must be one of the other tests: it "
      "has no closed form",
      baro::value_error);
}

TEST_CASE("differences that are the same but for rounding are no evidence") {
  std::vector<double> before, after;
  for (int i = 0; i < 50; ++i) {
    before.push_back(7.1 + 0.3 * i);
    after.push_back(7.0 + 0.3 * i);
  }
  const auto c = baro::paired_difference(baro::design{baro::rows(50)}, baro::answers(before),
                                         baro::answers(after), baro::confidence_level(0.95));
  CHECK(c.status == baro::status::undefined);
  CHECK(std::isnan(c.p_value));
  CHECK(std::abs(c.difference - 0.1) < 1e-12);
}

}  // namespace hypothesis_paired

TEST_SUITE_END();
