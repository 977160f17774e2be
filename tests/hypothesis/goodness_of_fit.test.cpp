// SPDX-License-Identifier: BSL-1.0
// Shares against given proportions: R survey svygofchisq, chisq.test, identities, 50 digits.
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>
#include <baro/estimate/transform.hpp>
#include <baro/hypothesis/goodness_of_fit.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/goodness_of_fit");

namespace hypothesis_goodness_of_fit {

using baro::comparison_degrees, baro::goodness_of_fit, baro::independence_test;
using test::close;

constexpr double infinite = std::numeric_limits<double>::infinity();

/// cut(meals, c(-1, 20, 60, 1000))
std::vector<int> meals_of(test::survey& s) {
  std::vector<int> out;
  for (const double m : s.numbers("meals")) out.push_back(m <= 20 ? 1 : m <= 60 ? 2 : 3);
  return out;
}

const std::vector<double> thirds{.3, .3, .4}, of_awards{.4, .6};

// svygofchisq(~y, p, dstrat), survey 4.1.1: its X² over (scale · df), df and p. In this design
// the weights of each sample add up to the same, so R's rule and ours are one.
TEST_CASE("a stratified sample as R svygofchisq tests it") {
  test::survey s("apistrat");
  const std::vector<int> m3 = meals_of(s);
  const auto meals = baro::share(s.design(), baro::categories(m3));
  const auto t = goodness_of_fit<double>(meals, thirds, independence_test::rao_scott,
                                         comparison_degrees::normal());
  CHECK(t.status == baro::status::ok);
  CHECK(t.test == "rao_scott");
  CHECK(close(t.statistic, 5.612479917761, 1e-11));
  CHECK(close(t.df1, 1.919331042782, 1e-11));
  CHECK(std::isinf(t.df2));
  CHECK(close(t.p_value, 0.004148149827228, 1e-10));
  const auto awards = baro::share(s.design(), baro::categories(s.text("awards")));
  const auto two = goodness_of_fit<double>(awards, of_awards, independence_test::rao_scott,
                                           comparison_degrees::normal());
  CHECK(close(two.statistic, 1.280671649303, 1e-11));
  CHECK(close(two.p_value, 0.2577741908245, 1e-11));
}

struct of_r {
  const char *design, *question;
  independence_test test;
  double statistic, df1, df2, p;
};

// m <- svymean(~y, d); V <- vcov(m); n <- nrow(d); D <- n * diag(1/pi) %*% V; X <- n * sum((m -
// pi)^2 / pi), and Wald's by solve() without the last level.
const of_r expected[] = {
    {"apistrat", "meals", independence_test::rao_scott, 5.612479917761, 1.919331042782,
     378.108215428, 0.004477284972669},
    {"apistrat", "meals", independence_test::rao_scott_first_order, 11.22495983552, 2, infinite,
     0.003652001455281},
    {"apistrat", "meals", independence_test::wald, 5.313290033561, 2, 197, 0.005656563298322},
    {"apistrat", "meals", independence_test::adjusted_wald, 5.286319018162, 2, 196,
     0.005807122848283},
    {"apiclus1", "awards", independence_test::rao_scott, 11.17612248671, 1, 14,
     0.004830099271123},
    {"apiclus1", "awards", independence_test::wald, 11.17612248671, 1, 14, 0.004830099271123},
    {"apiclus1", "meals", independence_test::rao_scott, 4.726918557202, 1.454661202123,
     20.36525682972, 0.02970712584207},
    {"apiclus1", "meals", independence_test::rao_scott_first_order, 9.453837114403, 2, infinite,
     0.008853711253372},
    {"apiclus1", "meals", independence_test::wald, 10.63886689871, 2, 14, 0.001550213442255},
    {"apiclus1", "meals", independence_test::adjusted_wald, 9.878947834513, 2, 13,
     0.002460808509827},
};

TEST_CASE("the formulas written out in R") {
  for (const of_r& r : expected) {
    CAPTURE(r.design);
    CAPTURE(r.question);
    CAPTURE(name(r.test));
    test::survey s(r.design);
    const bool meals = r.question == std::string("meals");
    const std::vector<int> m3 = meals_of(s);
    const auto e = meals ? baro::share(s.design(), baro::categories(m3))
                         : baro::share(s.design(), baro::categories(s.text("awards")));
    const auto t = goodness_of_fit<double>(e, meals ? thirds : of_awards, r.test);
    CHECK(t.status == baro::status::ok);
    CHECK(close(t.statistic, r.statistic, 1e-10));
    CHECK(close(t.df1, r.df1, 1e-10));
    CHECK(close(t.df2, r.df2, 1e-10));
    CHECK(close(t.p_value, r.p, 1e-9));
    // The order of the levels changes nothing.
    std::vector<std::size_t> back;
    std::vector<double> proportions = meals ? thirds : of_awards;
    for (std::size_t l = e.size(); l-- > 0;) back.push_back(l);
    const auto turned = goodness_of_fit<double>(
        e.slice(back), std::vector<double>(proportions.rbegin(), proportions.rend()), r.test);
    CHECK(close(turned.p_value, t.p_value, 1e-10));
  }
}

// svygofchisq(~m3, c(.3, .3, .4), dclus1): where the sum of the weights is random R adds the
// error of √N, which is none where the null holds.
TEST_CASE("R's rule for a cluster sample, by the residuals as a function of the totals") {
  test::survey s("apiclus1");
  const std::vector<int> m3 = meals_of(s);
  const auto e = baro::tabulate(s.design(), baro::share_of(baro::categories(m3)),
                                baro::total_of(baro::answers(s.numbers("one"))));
  const auto residuals = baro::transform(e, [](const auto& t) {
    auto out = std::array{t[0], t[1], t[2]};
    for (std::size_t l = 0; l < 3; ++l)
      out[l] = sqrt(t[3]) * (t[l] - thirds[l]) / std::sqrt(thirds[l]);
    return out;
  });
  const Eigen::MatrixXd v = residuals.covariance();
  const double first = v.trace(), second = (v * v).trace();
  CHECK(close(residuals.value().squaredNorm() / first, 4.891478651845, 1e-9));
  CHECK(close(first * first / second, 1.535289995571, 1e-9));
}

TEST_CASE("a simple random sample: chisq.test, but for n / (n − 1)") {
  std::vector<int> y;
  const int counts[] = {40, 35, 60, 15};
  for (int l = 0; l < 4; ++l)
    for (int k = 0; k < counts[l]; ++k) y.push_back(l);
  const auto e = baro::share(baro::design{baro::rows(150)}, baro::categories(y));
  // chisq.test(c(40, 35, 60, 15), p = c(.3, .2, .4, .1))
  const std::vector<double> percent{30, 20, 40, 10};  // rescaled
  const auto t = goodness_of_fit<double>(e, percent, independence_test::pearson);
  CHECK(close(t.statistic, 1.388888888889, 1e-11));
  CHECK(t.df1 == 3);
  CHECK(std::isinf(t.df2));
  CHECK(close(t.p_value, 0.7081412920725, 1e-11));
  // G² = 2 Σ n log(p / π)
  double g = 0;
  for (std::size_t l = 0; l < 4; ++l)
    g += 2 * counts[l] * std::log(counts[l] / (1.5 * percent[l]));
  const auto deviance =
      goodness_of_fit<double>(e, percent, independence_test::likelihood_ratio);
  const auto second = goodness_of_fit<double>(e, percent);
  CHECK(close(deviance.statistic / second.statistic, g / t.statistic, 1e-12));
  // Where the null holds all design effects are n / (n − 1).
  const std::vector<double> own{40, 35, 60, 15};
  const auto fits = goodness_of_fit<double>(e, own);
  CHECK(close(fits.df1, 3, 1e-12));
  CHECK(close(fits.df2, 3 * 149, 1e-12));
  CHECK(close(fits.p_value, 1, 1e-12));
}

TEST_CASE("two levels are the t test of one share") {
  test::survey s("apiclus1");
  const auto e = baro::share(s.design(), baro::categories(s.text("comp.imp")));
  const double t = (e.value(0) - .35) / e.standard_error(0);
  for (const auto method : {independence_test::rao_scott, independence_test::wald,
                            independence_test::adjusted_wald}) {
    const auto r = goodness_of_fit<double>(e, std::vector<double>{.35, .65}, method);
    CHECK(close(r.statistic, t * t, 1e-11));
    CHECK(close(r.df2, 14, 1e-12));
  }
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  test::survey s("apiclus1");
  const std::vector<int> m3 = meals_of(s);
  const auto e = baro::share(s.design(), baro::categories(m3));
  const auto exact = baro::share<real>(s.design(), baro::categories(m3));
  for (int t = 0; t <= static_cast<int>(independence_test::pearson); ++t) {
    const auto method = static_cast<independence_test>(t);
    const auto a = goodness_of_fit<double>(e, thirds, method);
    const auto b = goodness_of_fit<real>(exact, thirds, method);
    CAPTURE(a.test);
    CHECK(close(a.statistic, static_cast<double>(b.statistic), 1e-11));
    CHECK(close(a.p_value, static_cast<double>(b.p_value), 1e-11));
  }
}

TEST_CASE("what cannot be said, and what is refused") {
  test::survey s("apistrat");
  // Strata: their shares are those of the design and do not vary.
  const auto fixed = baro::share(s.design(), baro::categories(s.text("stype")));
  const std::vector<double> p{.7, .1, .2};
  for (const auto method :
       {independence_test::rao_scott, independence_test::rao_scott_first_order,
        independence_test::wald, independence_test::adjusted_wald}) {
    const auto t = goodness_of_fit<double>(fixed, p, method);
    CHECK(t.status == baro::status::undefined);
    CHECK(std::isnan(t.statistic));
    CHECK(std::isnan(t.p_value));
  }
  // A level nobody gave.
  const std::vector<int> codes{0, 0, 1, 1, 1, 0, 0, 1};
  const auto e = baro::share(baro::design{baro::rows(8)},
                             baro::categories(codes, baro::coded_labels{{"a", "b", "c"}}));
  CHECK(goodness_of_fit<double>(e, p).status == baro::status::ok);
  CHECK(goodness_of_fit<double>(e, p, independence_test::wald).status ==
        baro::status::undefined);
  const std::vector<std::string> one{"x", "x"}, none{"", ""};
  const baro::design d{baro::rows(2)};
  CHECK(goodness_of_fit<double>(baro::share(d, baro::categories(one)), std::vector<double>{1})
            .status == baro::status::undefined);
  CHECK(goodness_of_fit<double>(baro::share(d, baro::categories(none)), std::vector<double>{})
            .status == baro::status::empty_domain);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(goodness_of_fit<double>(e, std::vector<double>{.5, .5, 0})),
      "goodness_of_fit: proportions[2] = 0, must be above 0 and finite", baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(goodness_of_fit<double>(e, of_awards)), baro::size_error);
  const std::size_t two[] = {0, 1}, first[] = {0, 2};
  CHECK(goodness_of_fit<double>(e.slice(two), of_awards).status == baro::status::ok);
  CHECK_THROWS_AS(static_cast<void>(goodness_of_fit<double>(e.slice(first), of_awards)),
                  baro::value_error);
}

}  // namespace hypothesis_goodness_of_fit

TEST_SUITE_END();
