// SPDX-License-Identifier: BSL-1.0
// Rank tests: R survey svyranktest, ranks counted one by one, what does not change them.
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/rank_test.hpp>

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

TEST_SUITE_BEGIN("hypothesis/rank_test");

namespace hypothesis_rank_test {

using baro::compare_ranks, baro::population_ranks, baro::rank_test, baro::tied_ranks;
using test::close;

struct of_r {
  const char *design, *y, *group;
  rank_test test;
  double statistic, df1, df2, p, difference;
};

// svyranktest(y ~ group, design, test), survey 4.1.1. Of two groups R prints t, here t²; of
// three W, here W / 2.
const of_r expected[] = {
    {"apiclus1", "ell", "comp.imp", rank_test::wilcoxon, 4.56558841809005, 1, 13,
     0.0522058126264, 0.136315789473685},
    {"apiclus1", "ell", "comp.imp", rank_test::kruskal_wallis, 4.56558841809005, 1, 13,
     0.0522058126264, 0.136315789473685},
    {"apiclus1", "ell", "comp.imp", rank_test::van_der_waerden, 4.67338868052726, 1, 13,
     0.0498691119202, 0.486150678430839},
    {"apiclus1", "ell", "comp.imp", rank_test::median, 2.84455822273405, 1, 13, 0.115518288953,
     0.191428571428572},
    {"apiclus1", "ell", "stype", rank_test::wilcoxon, 9.15515538273266, 2, 12, 0.00385074838142,
     0},
    {"apiclus1", "ell", "stype", rank_test::kruskal_wallis, 9.15515538273266, 2, 12,
     0.00385074838142, 0},
    {"apiclus1", "ell", "stype", rank_test::van_der_waerden, 5.56760486643628, 2, 12,
     0.0194736262506, 0},
    {"apiclus1", "ell", "stype", rank_test::median, 7.89576595245661, 2, 12, 0.00648056033688,
     0},
    {"apiclus1", "api00", "comp.imp", rank_test::wilcoxon, 0.628336998949397, 1, 13,
     0.442192497851, 0.0353383458646619},
    {"apiclus1", "api00", "comp.imp", rank_test::kruskal_wallis, 0.628336998949397, 1, 13,
     0.442192497851, 0.0353383458646619},
    {"apiclus1", "api00", "comp.imp", rank_test::van_der_waerden, 1.18084116443974, 1, 13,
     0.296923358371, 0.163807562653139},
    {"apiclus1", "api00", "comp.imp", rank_test::median, 0.0992311069854283, 1, 13,
     0.757753528446, 0.0237593984962411},
    {"apiclus1", "api00", "stype", rank_test::wilcoxon, 1.11198741068776, 2, 12, 0.360546784857,
     0},
    {"apiclus1", "api00", "stype", rank_test::kruskal_wallis, 1.11198741068776, 2, 12,
     0.360546784857, 0},
    {"apiclus1", "api00", "stype", rank_test::van_der_waerden, 1.52036244340477, 2, 12,
     0.257913972651, 0},
    {"apiclus1", "api00", "stype", rank_test::median, 0.0468520712085703, 2, 12, 0.954402211002,
     0},
    {"apistrat", "ell", "comp.imp", rank_test::wilcoxon, 0.0146241612380158, 1, 196,
     0.903870046272, -0.00535020474549315},
    {"apistrat", "ell", "comp.imp", rank_test::kruskal_wallis, 0.0146241612380158, 1, 196,
     0.903870046272, -0.00535020474549315},
    {"apistrat", "ell", "comp.imp", rank_test::van_der_waerden, 0.0249874792443454, 1, 196,
     0.874561004191, 0.0231605206579831},
    {"apistrat", "ell", "comp.imp", rank_test::median, 0.0244942236246011, 1, 196,
     0.87579503741, -0.0120922079726772},
    {"apistrat", "ell", "stype", rank_test::wilcoxon, 5.28105568260697, 2, 195,
     0.00584016755161, 0},
    {"apistrat", "ell", "stype", rank_test::kruskal_wallis, 5.28105568260697, 2, 195,
     0.00584016755161, 0},
    {"apistrat", "ell", "stype", rank_test::van_der_waerden, 5.66070859313223, 2, 195,
     0.00407665692972, 0},
    {"apistrat", "ell", "stype", rank_test::median, 3.69351037857889, 2, 195, 0.0266419194441,
     0},
    {"apistrat", "api00", "comp.imp", rank_test::wilcoxon, 3.53887072095785, 1, 196,
     0.0614289005643, 0.0861841985229115},
    {"apistrat", "api00", "comp.imp", rank_test::kruskal_wallis, 3.53887072095785, 1, 196,
     0.0614289005643, 0.0861841985229115},
    {"apistrat", "api00", "comp.imp", rank_test::van_der_waerden, 5.25265198519966, 1, 196,
     0.0229759302059, 0.365265655981971},
    {"apistrat", "api00", "comp.imp", rank_test::median, 1.12873064585334, 1, 196,
     0.289353521961, 0.0821829040877291},
    {"apistrat", "api00", "stype", rank_test::wilcoxon, 3.35520303804379, 2, 195,
     0.0369287832088, 0},
    {"apistrat", "api00", "stype", rank_test::kruskal_wallis, 3.35520303804379, 2, 195,
     0.0369287832088, 0},
    {"apistrat", "api00", "stype", rank_test::van_der_waerden, 3.66929356792625, 2, 195,
     0.02727093809, 0},
    {"apistrat", "api00", "stype", rank_test::median, 2.16296237745427, 2, 195, 0.117734925378,
     0},
};

TEST_CASE("the api surveys as R svyranktest tests them") {
  for (const of_r& r : expected) {
    CAPTURE(r.design);
    CAPTURE(r.y);
    CAPTURE(r.group);
    CAPTURE(name(r.test));
    test::survey s(r.design);
    const baro::categories group(s.text(r.group));
    const auto c = compare_ranks(s.design(), baro::answers(s.numbers(r.y)), group, r.test,
                                 tied_ranks::survey);
    CHECK(c.test.status == baro::status::ok);
    CHECK(c.test.test == name(r.test));
    CHECK(close(c.test.statistic, r.statistic, 1e-10));
    CHECK(c.test.df1 == r.df1);
    CHECK(c.test.df2 == r.df2);
    CHECK(close(c.test.p_value, r.p, 1e-10));
    if (r.df1 > 1) continue;
    const auto d = baro::difference(c.scores, 1, 0, baro::confidence_level(.95),
                                    baro::comparison_degrees::fixed(r.df2));
    CHECK(close(d.difference, r.difference, 1e-9));
    CHECK(close(d.statistic * d.statistic, r.statistic, 1e-10));
    CHECK(close(d.p_value, r.p, 1e-10));
  }
}

// svyranktest(ell ~ comp.imp, subset(dclus1, sch.wide == "Yes")),
// svyranktest(ell ~ stype, subset(dclus1, awards == "Yes"))
TEST_CASE("in a domain ranks are those inside, and the design stays") {
  test::survey s("apiclus1");
  const auto inside = [&](const char* column) {
    std::vector<signed char> out;
    for (const std::string& level : s.text(column)) out.push_back(level == "Yes" ? 1 : 0);
    return out;
  };
  const baro::answers ell(s.numbers("ell"));
  const auto wide = inside("sch.wide"), awards = inside("awards");
  const auto two = compare_ranks(s.design(), ell, baro::categories(s.text("comp.imp")),
                                 rank_test::wilcoxon, tied_ranks::survey, baro::where(wide));
  CHECK(close(two.test.statistic, 2.659697566816 * 2.659697566816, 1e-10));
  CHECK(two.test.df2 == 13);
  CHECK(close(two.test.p_value, 0.01964587510341, 1e-10));
  const auto three =
      compare_ranks(s.design(), ell, baro::categories(s.text("stype")),
                    rank_test::kruskal_wallis, tied_ranks::survey, baro::where(awards));
  CHECK(close(three.test.statistic, 5.093450268973 / 2, 1e-10));
  CHECK(three.test.df2 == 11);
  CHECK(close(three.test.p_value, 0.1233358626122, 1e-10));
}

TEST_CASE("a rank is the weight below and half of the weight at the answer") {
  const test::sample s = test::sample::of(300, 7);
  std::vector<double> y(s.answer.begin(), s.answer.end());
  std::vector<std::string> group;
  for (std::size_t i = 0; i < s.size(); ++i)
    group.push_back(s.region[i] == 3 ? "" : std::to_string(s.region[i]));
  y[5] = test::nan;
  std::vector<double> w = s.weight;
  w[6] = 0;
  const baro::design d{baro::weights(w)};
  const auto rank = population_ranks(d, y, baro::categories(group));
  const auto counts = [&](std::size_t i) {
    return !group[i].empty() && y[i] == y[i] && w[i] > 0;
  };
  for (std::size_t i = 0; i < s.size(); ++i) {
    double below = 0, all = 0;
    for (std::size_t j = 0; j < s.size(); ++j) {
      if (!counts(j)) continue;
      all += w[j];
      below += y[j] < y[i] ? w[j] : y[j] == y[i] ? w[j] / 2 : 0;
    }
    if (counts(i))
      CHECK(close(rank[i], below / all, 1e-13));
    else
      CHECK(std::isnan(rank[i]));
  }
}

TEST_CASE("the order of the file does not matter, but to the rule of R") {
  const test::sample s = test::sample::of(200, 11);
  test::dice shuffle(3);
  const test::sample t = s.rows(shuffle.order(s.size()));
  const auto tested = [](const test::sample& x, rank_test method, tied_ranks ties) {
    const std::vector<double> y(x.answer.begin(), x.answer.end());
    return compare_ranks(x.clustered(), y, baro::categories(x.region), method, ties)
        .test.statistic;
  };
  for (const auto method : {rank_test::wilcoxon, rank_test::van_der_waerden, rank_test::median})
    CHECK(close(tested(t, method, tied_ranks::mid_distribution),
                tested(s, method, tied_ranks::mid_distribution), 1e-10));
  CHECK(!close(tested(t, rank_test::wilcoxon, tied_ranks::survey),
               tested(s, rank_test::wilcoxon, tied_ranks::survey), 1e-6));
}

TEST_CASE("only the order of the answers counts, and their scale turned around") {
  const test::sample s = test::sample::of(200, 5);
  std::vector<double> far, turned;
  for (const double y : s.y) {
    far.push_back(std::exp(y / 3));
    turned.push_back(-y);
  }
  const baro::design d = s.clustered();
  const baro::categories group(s.region);
  for (const auto method :
       {rank_test::wilcoxon, rank_test::van_der_waerden, rank_test::median}) {
    const auto a = compare_ranks(d, s.y, group, method);
    CHECK(close(compare_ranks(d, far, group, method).test.statistic, a.test.statistic, 1e-11));
    CHECK(close(compare_ranks(d, turned, group, method).test.p_value, a.test.p_value, 1e-9));
  }
}

/// With equal weights and two groups it is Wilcoxon's test with Welch's variance of the ranks.
TEST_CASE("a simple random sample: near Wilcoxon's, exactly Welch's statistic of ranks") {
  const std::vector<double> a{1.1, 2.4, 3.3, 4.8, 0.7, 2.9}, b{5.1, 3.9, 6.4, 2.6, 7.7, 4.1, 8};
  std::vector<double> y(a);
  y.insert(y.end(), b.begin(), b.end());
  std::vector<int> group(6, 0);
  group.resize(13, 1);
  const auto c = compare_ranks(baro::design{baro::rows(13)}, y, baro::categories(group));
  double mean[2] = {}, square[2] = {};
  for (std::size_t i = 0; i < 13; ++i) {
    double rank = .5;
    for (const double other : y) rank += other < y[i] ? 1 : 0;
    mean[group[i]] += rank / 13 / (group[i] == 0 ? 6 : 7);
    square[group[i]] += rank / 13 * rank / 13;
  }
  const double v =
      (square[0] / 6 - mean[0] * mean[0]) / 6 + (square[1] / 7 - mean[1] * mean[1]) / 7;
  const double t2 = (mean[1] - mean[0]) * (mean[1] - mean[0]) / (v * 13 / 12);
  CHECK(close(c.test.statistic, t2, 1e-12));
  // wilcox.test(a, b)$p.value is .02214452214452; with n this small only the order agrees.
  CHECK(c.test.p_value > .0022);
  CHECK(c.test.p_value < .044);
}

TEST_CASE("under the null one in ten is below .1") {
  test::dice d(2024);
  int below = 0;
  constexpr int times = 400;
  for (int k = 0; k < times; ++k) {
    std::vector<double> y, w;
    std::vector<int> group, psu;
    for (int i = 0; i < 160; ++i) {
      psu.push_back(i / 4);
      group.push_back(static_cast<int>(d.below(3)));
      y.push_back(std::floor(2 * d.bell()));  // with ties
      w.push_back(.5 + d.uniform());
    }
    const auto c = compare_ranks(baro::design{baro::weights(w), baro::psus(psu)}, y,
                                 baro::categories(group));
    below += c.test.p_value < .1 ? 1 : 0;
  }
  CHECK(below > 40 - 4 * 6);
  CHECK(below < 40 + 4 * 6);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  test::survey s("apistrat");
  const baro::categories group(s.text("stype"));
  const baro::answers y(s.numbers("ell"));
  for (const auto method :
       {rank_test::wilcoxon, rank_test::van_der_waerden, rank_test::median}) {
    const auto a = compare_ranks(s.design(), y, group, method);
    const auto b = compare_ranks<real>(s.design(), y, group, method);
    CHECK(close(a.test.statistic, static_cast<double>(b.test.statistic), 1e-11));
    CHECK(close(a.test.p_value, static_cast<double>(b.test.p_value), 1e-11));
  }
}

TEST_CASE("what cannot be said, and what is refused") {
  const std::vector<double> y{1, 2, 3, 4}, nobody(4, test::nan);
  const std::vector<int> one(4, 1), two{1, 1, 2, 2};
  const baro::design d{baro::rows(4)};
  CHECK(compare_ranks(d, y, baro::categories(one)).test.status == baro::status::undefined);
  const auto none = compare_ranks(d, nobody, baro::categories(two));
  CHECK(none.test.status == baro::status::empty_domain);
  CHECK(none.scores.empty());
  const std::vector<double> half{1, 2, test::nan, test::nan};
  CHECK(compare_ranks(d, half, baro::categories(two)).test.status == baro::status::undefined);
  // Everybody has the same answer: no spread.
  const std::vector<double> same(4, 7);
  CHECK(compare_ranks(d, same, baro::categories(two)).test.status == baro::status::undefined);
  const std::vector<int> psu{1, 1, 2, 2}, mixed{1, 2, 1, 2};
  const auto few = compare_ranks(baro::design{baro::psus(psu)}, y, baro::categories(mixed));
  CHECK(few.test.status == baro::status::no_degrees);
  CHECK(std::isnan(few.test.p_value));
  const std::vector<double> endless{1, 2, std::numeric_limits<double>::infinity(), 4};
  CHECK_THROWS_WITH_AS(
      static_cast<void>(compare_ranks(d, endless, baro::categories(two))),
      "population_ranks: answers[2] = inf, must be finite, or NaN where there is no answer",
      baro::value_error);
  const std::vector<double> shorter{1, 2};
  CHECK_THROWS_AS(static_cast<void>(compare_ranks(d, shorter, baro::categories(two))),
                  baro::size_error);
  CHECK(baro::rank_test_by_name("van_der_waerden") == rank_test::van_der_waerden);
  CHECK(!baro::rank_test_by_name("mood"));
}

TEST_CASE("a weight of next to nothing leaves ranks inside (0, 1)") {
  const std::vector<double> y{1, 2, 3, 4, 5, 6}, w{1, 1, 1, 1, 1, 1e-20};
  const std::vector<int> group{1, 2, 1, 2, 1, 2};
  const baro::design d{baro::weights(w)};
  const auto found = baro::compare_ranks(d, baro::answers(y), baro::categories(group),
                                         baro::rank_test::van_der_waerden);
  CHECK(found.test.status == baro::status::ok);
}

}  // namespace hypothesis_rank_test

TEST_SUITE_END();
