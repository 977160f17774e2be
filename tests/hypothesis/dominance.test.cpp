// SPDX-License-Identifier: BSL-1.0
// Two distributions over ordered levels: R survey and mvtnorm, pairs counted one by one, the
// jackknife, a simulation, 50 digits.
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>
#include <baro/hypothesis/dominance.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/sample.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/dominance");

namespace hypothesis_dominance {

using baro::comparison_degrees, baro::dominance, baro::dominance_order, baro::levels_of;
using test::close;

const baro::confidence_level usual(0.95);

/// cut(api00, c(0, 550, 620, 700, 780, 1000))
std::vector<int> fifths_of(const std::vector<double>& y) {
  std::vector<int> out;
  for (const double x : y)
    out.push_back(1 + (x > 550 ? 1 : 0) + (x > 620 ? 1 : 0) + (x > 700 ? 1 : 0) +
                  (x > 780 ? 1 : 0));
  return out;
}

struct of_r {
  const char* design;
  double gap[4], error[4], t[4], p[4], ks, largest_t_p;
};

// d <- update(design, c1 = 1 * (q5 <= 1), ...); s <- svyby(~c1 + c2 + c3 + c4, ~comp.imp, d,
// svymean, covmat = TRUE), the gaps No - Yes as contrasts; z <- qnorm(pt(-abs(t), degf(d))),
// 1 - pmvnorm(-z, z, corr, GenzBretz(maxpts = 5e6, abseps = 1e-8)). mvtnorm is good to 1e-8.
const of_r expected[] = {
    {"apiclus1",
     {-0.0406015037594, 0.07654135338346, 0.0809022556391, 0.0603007518797},
     {0.07402089232884, 0.08918766928311, 0.05383910147104, 0.04335950303854},
     {-0.5485141084091, 0.8582055568746, 1.50266727023, 1.390715936622},
     {0.9436330765521, 0.8012385238899, 0.4077741735798, 0.4712013930353},
     0.5401031395085,
     0.4077741735798},
    {"apistrat",
     {0.1133099683837, 0.07455962592139, 0.103515433964, 0.09090959424655},
     {0.06517743610505, 0.07540142429983, 0.07628361158323, 0.0586970487968},
     {1.738484591524, 0.988835776164, 1.35698129409, 1.548793271724},
     {0.239400451396, 0.7030065955731, 0.4488156473197, 0.3336257267578},
     0.2834383280463,
     0.239400451396},
};

TEST_CASE("the api surveys by R survey and mvtnorm") {
  for (const of_r& r : expected) {
    CAPTURE(r.design);
    test::survey s(r.design);
    const std::vector<int> q5 = fifths_of(s.numbers("api00"));
    const auto e = baro::share(s.design(), baro::categories(q5),
                               baro::by(baro::categories(s.text("comp.imp"))));
    const double nu = s.design().size() == 183 ? 14 : 197;
    const auto d = dominance(e, levels_of(e, {"No"}), levels_of(e, {"Yes"}), usual,
                             comparison_degrees::fixed(nu));
    CHECK(d.status == baro::status::ok);
    REQUIRE(d.gaps.size() == 4);
    for (std::size_t l = 0; l < 4; ++l) {
      CHECK(d.gaps[l].level == std::to_string(l + 1));
      CHECK(close(d.gaps[l].difference, r.gap[l], 1e-11));
      CHECK(close(d.gaps[l].standard_error, r.error[l], 1e-11));
      CHECK(close(d.gaps[l].statistic, r.t[l], 1e-10));
      CHECK(close(d.gaps[l].p_value, r.p[l], 5e-5));
    }
    CHECK(close(d.largest_gap, *std::max_element(r.gap, r.gap + 4), 1e-11));
    CHECK(close(d.largest_gap_p, r.ks, 5e-5));
    CHECK(close(d.largest_t, *std::max_element(r.t, r.t + 4), 1e-10));
    CHECK(close(d.largest_t_p, r.largest_t_p, 5e-5));
    CHECK(d.shown == dominance_order::neither);
  }
}

/// A Brownian bridge at k points, as the gaps of simple random samples: R's integrate(), one
/// point after the other (it is a Markov chain), to 1e-9.
TEST_CASE("the joint law where it can be integrated in one dimension") {
  const struct {
    int k;
    double c, p;
  } known[] = {{1, 2, 0.0455002638964},   {2, 0.5, 0.834914739309},  {2, 2.5, 0.023499883061},
               {3, 1, 0.618502889124},    {3, 4, 0.000186148034551}, {4, 2, 0.139988315296},
               {6, 2.5, 0.0565651724369}, {10, 2, 0.242137750452},   {10, 4, 0.000538428749699},
               {12, 1, 0.90908956688},    {12, 2.5, 0.0878662417189}};
  for (const auto& x : known) {
    Eigen::MatrixXd r(x.k, x.k);
    for (int i = 0; i < x.k; ++i)
      for (int j = 0; j < x.k; ++j) {
        const double a = (std::min(i, j) + 1.) / (x.k + 1),
                     b = (std::max(i, j) + 1.) / (x.k + 1);
        r(i, j) = std::sqrt(a * (1 - b) / (b * (1 - a)));
      }
    const std::vector<double> limits(static_cast<std::size_t>(x.k), x.c);
    const double p = baro::detail::beyond_limits(r).probability(limits);
    CAPTURE(x.k);
    CHECK(close(p, x.p, x.k == 1 ? 1e-11 : x.k < 10 ? 5e-5 : 5e-4));
  }
  // A figure twice, and its opposite, is one figure: the matrix is singular.
  Eigen::MatrixXd again(3, 3);
  again << 1, 1, -1, 1, 1, -1, -1, -1, 1;
  CHECK(
      close(baro::detail::beyond_limits(again).probability({2, 2, 2}), 0.0455002638964, 1e-9));
}

struct people {
  std::vector<int> answer, group;
  std::vector<double> weight;
};

people of_sample(const test::sample& s) { return {s.answer, s.region, s.weight}; }

/// P(a > b) − P(a < b), pair by pair.
double by_pairs(const people& x, int a, int b) {
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < x.answer.size(); ++i)
    for (std::size_t j = 0; j < x.answer.size(); ++j) {
      if (x.group[i] != a || x.group[j] != b) continue;
      const double w = x.weight[i] * x.weight[j];
      all += w;
      sum += x.answer[i] > x.answer[j] ? w : x.answer[i] < x.answer[j] ? -w : 0;
    }
  return sum / all;
}

TEST_CASE("D by counting pairs, its standard error as that of a total, and by the jackknife") {
  const test::sample s = test::sample::of(400, 9, 1, 40);
  const people x = of_sample(s);
  const baro::design d = s.clustered();
  const auto e =
      baro::share(d, baro::categories(x.answer), baro::by(baro::categories(x.group)));
  const auto r = dominance(e, levels_of(e, {"1"}), levels_of(e, {"2"}), usual);
  const double whole = by_pairs(x, 1, 2);
  CHECK(close(r.ordinal.difference, whole, 1e-12));
  CHECK(close(r.ordinal.value_a - r.ordinal.value_b, whole, 1e-12));
  CHECK(r.ordinal.test == "ordinal_dominance_t");
  CHECK(r.ordinal.a.domain == std::vector<std::string>{"1"});

  // Linearised: of i in a, (P(b below y_i) − P(b above y_i) − D) / W_a; of those in b likewise.
  std::vector<double> u(x.answer.size(), 0);
  double all[2] = {};
  for (std::size_t i = 0; i < u.size(); ++i)
    if (x.group[i] < 3) all[x.group[i] - 1] += x.weight[i];
  for (std::size_t i = 0; i < u.size(); ++i) {
    if (x.group[i] == 3) continue;
    const int own = x.group[i], other = 3 - own;
    double score = 0;
    for (std::size_t j = 0; j < u.size(); ++j)
      if (x.group[j] == other)
        score += x.weight[j] * ((x.answer[i] > x.answer[j]) - (x.answer[i] < x.answer[j])) /
                 all[other - 1];
    u[i] = ((own == 1 ? score : -score) - whole) / all[own - 1];
  }
  const auto total = baro::total(d, u);
  CHECK(close(r.ordinal.standard_error, total.standard_error(0), 1e-10));

  double square = 0, mean = 0;
  std::vector<double> without;
  for (int out = 0; out < 40; ++out) {
    people some = x;
    for (std::size_t i = 0; i < s.size(); ++i)
      if (s.psu[i] == out) some.weight[i] = 0;
    without.push_back(by_pairs(some, 1, 2));
    mean += without.back() / 40;
  }
  for (const double v : without) square += (v - mean) * (v - mean);
  CHECK(close(r.ordinal.standard_error, std::sqrt(square * 39 / 40), .05));
}

TEST_CASE("two levels are the difference of two shares") {
  test::survey s("apiclus1");
  const baro::categories group(s.text("stype"));
  const auto e = baro::share(s.design(), baro::categories(s.text("awards")), baro::by(group));
  const auto d = dominance(e, levels_of(e, {"E"}), levels_of(e, {"M"}), usual);
  const auto c = baro::difference(e, e.index_of("Yes", {"E"}), e.index_of("Yes", {"M"}), usual);
  CHECK(close(d.ordinal.difference, c.difference, 1e-12));
  CHECK(close(d.ordinal.p_value, c.p_value, 1e-11));
  CHECK(close(d.ordinal.limits.low, c.limits.low, 1e-11));
  CHECK(close(d.gaps[0].statistic, -c.statistic, 1e-12));
  CHECK(close(d.gaps[0].p_value, c.p_value, 1e-9));
  CHECK(close(d.largest_gap_p, c.p_value, 1e-9));
  CHECK(d.estimated ==
        (c.difference > 0 ? dominance_order::a_above : dominance_order::b_above));
}

TEST_CASE("a and b exchanged, and the scale turned around") {
  const test::sample s = test::sample::of(300, 21);
  const auto e = baro::share(s.stratified(), baro::categories(s.answer),
                             baro::by(baro::categories(s.region)));
  auto a = levels_of(e, {"1"}), b = levels_of(e, {"3"});
  const auto d = dominance(e, a, b, usual);
  const auto exchanged = dominance(e, b, a, usual);
  CHECK(close(exchanged.ordinal.difference, -d.ordinal.difference, 1e-11));
  CHECK(close(exchanged.ordinal.p_value, d.ordinal.p_value, 1e-11));
  CHECK(close(exchanged.largest_gap_p, d.largest_gap_p, 1e-9));
  std::reverse(a.begin(), a.end());
  std::reverse(b.begin(), b.end());
  CHECK(levels_of(e, {"1"}, {"5", "4", "3", "2", "1"}) == a);
  const auto turned = dominance(e, a, b, usual);
  CHECK(close(turned.ordinal.difference, -d.ordinal.difference, 1e-11));
  CHECK(close(turned.largest_gap, d.largest_gap, 1e-11));
  CHECK(close(turned.largest_gap_p, d.largest_gap_p, 1e-4));
  // Simultaneous is never below one alone, nor above Bonferroni.
  for (const auto& g : d.gaps) {
    const double alone = baro::detail::two_sided_t(g.df, g.statistic);
    CHECK(g.p_value >= alone * (1 - 1e-4));
    CHECK(g.p_value <= std::min(1.0, 4 * alone * (1 + 1e-4)));
    CHECK(g.p_value >= d.largest_t_p);
  }
}

baro::estimate<double> two_samples(const std::vector<int>& a, const std::vector<int>& b) {
  const std::vector<std::string> levels{"1", "2", "3", "4", "5"};
  const auto shares = [&](const std::vector<int>& y) {
    return baro::share(baro::design{baro::rows(y.size())},
                       baro::categories(y, baro::coded_labels{levels}));
  };
  return baro::concatenate(shares(a), shares(b));
}

std::vector<int> people_of(const std::vector<int>& counts) {
  std::vector<int> out;
  for (std::size_t l = 0; l < counts.size(); ++l)
    out.insert(out.end(), static_cast<std::size_t>(counts[l]), static_cast<int>(l));
  return out;
}

const std::vector<std::size_t> first{0, 1, 2, 3, 4}, second{5, 6, 7, 8, 9};

TEST_CASE("who is above") {
  // b is one level higher with some, and lower with none.
  const auto moved =
      two_samples(people_of({60, 60, 60, 60, 60}), people_of({20, 50, 60, 70, 100}));
  const auto d = dominance(moved, first, second, usual, comparison_degrees::satterthwaite());
  CHECK(d.estimated == dominance_order::b_above);
  CHECK(d.shown == dominance_order::b_above);
  CHECK(d.ordinal.difference < 0);
  CHECK(d.largest_t_p < 1e-4);
  CHECK(dominance(moved, second, first, usual).shown == dominance_order::a_above);
  // Same middle, wider: nobody is above.
  const auto wider =
      two_samples(people_of({60, 60, 60, 60, 60}), people_of({20, 80, 100, 80, 20}));
  const auto n = dominance(wider, first, second, usual);
  CHECK(n.estimated == dominance_order::neither);
  CHECK(n.shown == dominance_order::neither);
  CHECK(n.largest_t_p < 1e-4);
  CHECK(std::abs(n.ordinal.difference) < 1e-12);
  CHECK(n.ordinal.p_value > .999);
}

/// The classical asymptotic p-value of √(nm/(n + m)) D, for answers without ties.
double kolmogorov(double d, double n, double m) {
  const double x = std::sqrt(n * m / (n + m)) * d;
  double p = 0;
  for (int k = 1; k < 100; ++k) p += (k % 2 == 1 ? 2 : -2) * std::exp(-2. * k * k * x * x);
  return p;
}

TEST_CASE("simple random samples: the order of magnitude of Kolmogorov and Smirnov") {
  const std::vector<std::string> levels{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
  test::dice dice(8);
  for (const double shift : {.3, .6, 1.2}) {
    std::vector<int> y, group;
    for (int i = 0; i < 350; ++i) {
      group.push_back(i < 150 ? 0 : 1);
      const double x = std::floor(5.5 + 2.5 * dice.bell() + (i < 150 ? shift : 0));
      y.push_back(static_cast<int>(std::clamp(x, 0., 10.)));
    }
    const auto e = baro::share(baro::design{baro::rows(350)},
                               baro::categories(y, baro::coded_labels{levels}),
                               baro::by(baro::categories(group)));
    const auto d = dominance(e, levels_of(e, {"0"}), levels_of(e, {"1"}), usual);
    const double classical = kolmogorov(d.largest_gap, 150, 200);
    CAPTURE(classical);
    CHECK(d.largest_gap_p < classical);  // which is conservative with ties
    CHECK(d.largest_gap_p > classical / 5);
  }
}

TEST_CASE("under the null one in ten is below .1") {
  test::dice dice(31);
  int gap = 0, t = 0, ordinal = 0;
  constexpr int times = 100;
  for (int k = 0; k < times; ++k) {
    std::vector<int> y, psu, group;
    for (int i = 0; i < 240; ++i) {
      psu.push_back(i / 4);
      group.push_back(static_cast<int>(dice.below(2)));
      y.push_back(static_cast<int>(dice.below(4)));
    }
    const auto e = baro::share(baro::design{baro::psus(psu)}, baro::categories(y),
                               baro::by(baro::categories(group)));
    const auto d = dominance(e, levels_of(e, {"0"}), levels_of(e, {"1"}), usual);
    gap += d.largest_gap_p < .1 ? 1 : 0;
    t += d.largest_t_p < .1 ? 1 : 0;
    ordinal += d.ordinal.p_value < .1 ? 1 : 0;
  }
  for (const int below : {gap, t, ordinal}) {
    CHECK(below <= 10 + 4 * 3);
    CHECK(below >= 1);
  }
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  test::survey s("apiclus1");
  const std::vector<int> q5 = fifths_of(s.numbers("api00"));
  const baro::by group{baro::categories(s.text("comp.imp"))};
  const auto e = baro::share(s.design(), baro::categories(q5), group);
  const auto exact = baro::share<real>(s.design(), baro::categories(q5), group);
  const auto d = dominance(e, levels_of(e, {"No"}), levels_of(e, {"Yes"}), usual);
  const auto x = dominance(exact, levels_of(exact, {"No"}), levels_of(exact, {"Yes"}), usual);
  CHECK(close(d.ordinal.difference, static_cast<double>(x.ordinal.difference), 1e-12));
  CHECK(close(d.ordinal.standard_error, static_cast<double>(x.ordinal.standard_error), 1e-12));
  CHECK(close(d.ordinal.p_value, static_cast<double>(x.ordinal.p_value), 1e-11));
  CHECK(close(d.gaps[2].statistic, static_cast<double>(x.gaps[2].statistic), 1e-11));
  CHECK(close(d.gaps[2].p_value, static_cast<double>(x.gaps[2].p_value), 1e-9));
  CHECK(close(d.largest_gap_p, static_cast<double>(x.largest_gap_p), 1e-9));
}

TEST_CASE("what cannot be said, and what is refused") {
  // At the lowest level nobody of either: its gap is out of the family.
  const auto none_low =
      two_samples(people_of({0, 20, 30, 20, 10}), people_of({0, 30, 20, 20, 10}));
  const auto d = dominance(none_low, first, second, usual);
  CHECK(d.status == baro::status::ok);
  CHECK(d.gaps[0].status == baro::status::undefined);
  CHECK(std::isnan(d.gaps[0].p_value));
  CHECK(d.gaps[1].status == baro::status::ok);
  CHECK(d.largest_t_p > 0);
  // Nothing varies at all.
  const auto alike = two_samples(people_of({0, 9, 0, 0, 0}), people_of({0, 0, 9, 0, 0}));
  const auto fixed = dominance(alike, first, second, usual);
  CHECK(fixed.status == baro::status::undefined);
  CHECK(fixed.ordinal.status == baro::status::undefined);
  CHECK(fixed.ordinal.difference == -1);
  CHECK(std::isnan(fixed.largest_t_p));
  CHECK(fixed.largest_gap == 1);
  CHECK(fixed.estimated == dominance_order::b_above);
  CHECK(fixed.shown == dominance_order::neither);

  const std::vector<std::string> answer{"x", "y", "x", ""}, group{"a", "a", "b", "c"};
  const auto e = baro::share(baro::design{baro::rows(4)}, baro::categories(answer),
                             baro::by(baro::categories(group)));
  const auto nobody = dominance(e, levels_of(e, {"a"}), levels_of(e, {"c"}), usual);
  CHECK(nobody.status == baro::status::empty_domain);
  CHECK(nobody.ordinal.status == baro::status::empty_domain);
  CHECK(nobody.gaps.empty());
  // One respondent has no degrees of freedom of its own.
  CHECK(dominance(e, levels_of(e, {"a"}), levels_of(e, {"b"}), usual).status ==
        baro::status::no_degrees);
  const std::vector<std::size_t> one{0}, other{1}, two{0, 3};
  CHECK_THROWS_AS(static_cast<void>(dominance(e, one, two, usual)), baro::size_error);
  CHECK(dominance(e, one, other, usual).status == baro::status::undefined);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(dominance(none_low, std::vector<std::size_t>{0, 1},
                                  std::vector<std::size_t>{5, 6}, usual)),
      "dominance: sum of shares of a = 0.25, must be 1: every level of one question in one "
      "domain",
      baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(levels_of(e, {"a"}, {"x", "z"})), baro::value_error);
  CHECK(name(dominance_order::b_above) == "b_above");
}

}  // namespace hypothesis_dominance

TEST_SUITE_END();
