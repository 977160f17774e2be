// SPDX-License-Identifier: BSL-1.0
// Differences of two figures: R survey svyttest, identities, 50 digits, what cannot be said.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/transform.hpp>
#include <baro/hypothesis/difference.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <support/close.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/difference");

namespace hypothesis_difference {

using baro::comparison_degrees, baro::difference;
using test::close;

const baro::confidence_level usual(0.95);

struct of_r {
  const char *design, *y, *group, *a, *b;
  double difference, error, df, t, p;
};

// svyttest(y ~ I(group == a), subset(design, group %in% c(a, b))), survey 4.1.1.
const of_r expected[] = {
    {"apiclus1", "enroll", "comp.imp", "Yes", "No", -55.4560902255639, 75.8580168521418, 13,
     -0.731051146956, 0.477718390069},
    {"apiclus1", "api00", "stype", "E", "M", 17.4280555555555, 14.3373902342166, 13,
     1.21556679918, 0.245764334313},
    {"apistrat", "api00", "comp.imp", "No", "Yes", -40.9899300351759, 19.6665764132913, 196,
     -2.08424329552, 0.0384341879512},
    {"apistrat", "api00", "stype", "E", "H", 48.6100000000001, 19.4021553995334, 147,
     2.50539174638, 0.013321766692},
    {"apistrat", "meals", "awards", "Yes", "No", 0.277487631871532, 4.62845190183916, 196,
     0.0599525797732, 0.952254486936},
    {"apiclus2", "api00", "awards", "Yes", "No", 165.173731257209, 26.2271782992392, 38,
     6.29780792172, 2.22393641677e-07},
};

TEST_CASE("two domains of a survey, with the covariance between them, as R svyttest") {
  for (const of_r& r : expected) {
    CAPTURE(r.design);
    CAPTURE(r.group);
    test::survey s(r.design);
    const baro::categories group(s.text(r.group));
    const auto e = baro::mean(s.design(), baro::answers(s.numbers(r.y)), baro::by(group));
    const auto c = difference(e, e.index_of("", {r.a}), e.index_of("", {r.b}), usual,
                              comparison_degrees::fixed(r.df));
    CHECK(c.status == baro::status::ok);
    CHECK(close(c.difference, r.difference, 1e-11));
    CHECK(close(c.standard_error, r.error, 1e-10));
    CHECK(close(c.statistic, r.t, 1e-9));
    CHECK(close(c.p_value, r.p, 1e-8));
    CHECK(c.a.domain == std::vector<std::string>{r.a});
    CHECK(c.test == "design_t");
    // Test and interval are two sides of one thing.
    CHECK((c.p_value < 0.05) == !c.limits.contains(0));
    const auto at_p =
        difference(e, e.index_of("", {r.a}), e.index_of("", {r.b}),
                   baro::confidence_level(1 - c.p_value), comparison_degrees::fixed(r.df));
    const double nearest = c.difference > 0 ? at_p.limits.low : at_p.limits.high;
    CHECK(std::abs(nearest) <= 1e-6 * std::abs(c.difference));
  }
}

TEST_CASE(
    "two independent samples have no covariance, and Satterthwaite's degrees of freedom") {
  const std::vector<double> x{3, 5, 4, 6, 8, 2}, y{9, 7, 8, 10};
  const auto e = baro::concatenate(baro::mean(baro::design{baro::rows(6)}, x),
                                   baro::mean(baro::design{baro::rows(4)}, y));
  const auto c = difference(e, 0, 1, usual, comparison_degrees::satterthwaite());
  // Welch's t test, R t.test(x, y).
  CHECK(close(c.statistic, -3.50746711765, 1e-10));
  CHECK(close(c.df, 7.97670405522, 1e-10));
  CHECK(close(c.p_value, 0.00802815602715, 1e-9));
  const auto smaller = difference(e, 0, 1, usual);
  CHECK(smaller.df == 3);
  const auto normal = difference(e, 0, 1, usual, comparison_degrees::normal());
  CHECK(std::isinf(normal.df));
  CHECK(normal.limits.width() < c.limits.width());
  CHECK(c.limits.width() < smaller.limits.width());
}

TEST_CASE("two levels of one question move against each other") {
  const std::vector<std::string> answers{"a", "a", "a", "b", "b", "c", "a", "c", "b", "a"};
  const auto e = baro::share(baro::design{baro::rows(10)}, baro::categories(answers));
  const auto c = difference(e, 0, 1, usual);
  // n / (n − 1) (p_a + p_b − (p_a − p_b)²) / n
  CHECK(close(c.standard_error, std::sqrt((.5 + .3 - .04) / 9), 1e-14));
  const auto back = difference(e, 1, 0, usual);
  CHECK(back.difference == -c.difference);
  CHECK(back.p_value == c.p_value);
  CHECK(close(back.limits.low, -c.limits.high, 1e-15));
}

TEST_CASE("ratios are differences of logarithms") {
  test::survey s("apiclus1");
  const baro::categories group(s.text("comp.imp"));
  const auto e = baro::mean(s.design(), baro::answers(s.numbers("enroll")), baro::by(group));
  const auto logs = baro::transform(e, [](const auto& m) {
    using std::log;
    return std::array{log(m[0]), log(m[1])};
  });
  const auto c = baro::relative_difference(e, 1, 0, usual);
  CHECK(close(c.difference, e.value(1) / e.value(0), 1e-15));
  const double error =
      std::sqrt(logs.variance(0) + logs.variance(1) - 2 * logs.covariance(0, 1));
  CHECK(close(c.standard_error, error, 1e-12));
  CHECK(close(c.limits.low * c.limits.high, c.difference * c.difference, 1e-13));
  CHECK((c.p_value < 0.05) == !c.limits.contains(1));

  auto elementary = s.text("stype");
  for (std::string& type : elementary) type = type == "E" ? "yes" : "no";
  const auto shares = baro::share(s.design(), baro::categories(elementary), baro::by(group));
  const auto odds = baro::odds_ratio(shares, shares.index_of("yes", {"Yes"}),
                                     shares.index_of("yes", {"No"}), usual);
  REQUIRE(odds.status == baro::status::ok);
  const double p = odds.value_a, q = odds.value_b;
  CHECK(close(odds.difference, p / (1 - p) / (q / (1 - q)), 1e-14));
  // The other level has the inverse.
  const auto inverse = baro::odds_ratio(shares, shares.index_of("no", {"Yes"}),
                                        shares.index_of("no", {"No"}), usual);
  CHECK(close(inverse.difference, 1 / odds.difference, 1e-12));
  CHECK(close(inverse.standard_error, odds.standard_error, 1e-10));

  // Every school with comp.imp has sch.wide: no odds, rather than infinite ones.
  const auto all =
      baro::share(s.design(), baro::categories(s.text("sch.wide")), baro::by(group));
  const auto none =
      baro::odds_ratio(all, all.index_of("Yes", {"Yes"}), all.index_of("Yes", {"No"}), usual);
  CHECK(none.status == baro::status::undefined);
  CHECK(std::isnan(none.difference));
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  test::survey s("apiclus1");
  const baro::categories group(s.text("stype"));
  const baro::answers y(s.numbers("api00"));
  const auto e = baro::mean(s.design(), y, baro::by(group));
  const auto exact = baro::mean<real>(s.design(), y, baro::by(group));
  const auto c = difference(e, 0, 2, usual);
  const auto x = difference(exact, 0, 2, usual);
  CHECK(close(c.difference, static_cast<double>(x.difference), 1e-12));
  CHECK(close(c.standard_error, static_cast<double>(x.standard_error), 1e-11));
  CHECK(close(c.p_value, static_cast<double>(x.p_value), 1e-10));
  CHECK(close(c.limits.low, static_cast<double>(x.limits.low), 1e-10));
}

TEST_CASE("what cannot be said has a status and no figure") {
  const std::vector<std::string> group{"a", "a", "b", "b", "c"};
  const std::vector<double> y{0, 0, 0, 0, 1};
  const auto e = baro::mean(baro::design{baro::rows(5)}, y, baro::by(baro::categories(group)));
  const auto none = difference(e, 0, 1, usual);
  CHECK(none.status == baro::status::undefined);
  CHECK(none.difference == 0);
  CHECK(none.standard_error == 0);
  CHECK(std::isnan(none.p_value));
  CHECK(std::isnan(none.limits.low));
  // One respondent does not vary, which is not knowing the mean exactly, whatever the law.
  CHECK(difference(e, 0, 2, usual, comparison_degrees::normal()).status ==
        baro::status::no_degrees);
  CHECK(difference(e, 0, 2, usual, comparison_degrees::normal()).difference == -1);
  CHECK(difference(e, 0, 2, usual).status == baro::status::no_degrees);
  CHECK(difference(e, 0, 2, usual, comparison_degrees::fixed(0)).status ==
        baro::status::no_degrees);
  CHECK(std::isnan(difference(e, 0, 2, usual).p_value));
  CHECK(baro::relative_difference(e, 0, 1, usual, comparison_degrees::normal()).status ==
        baro::status::undefined);
  CHECK_THROWS_WITH_AS(static_cast<void>(difference(e, 1, 1, usual)),
                       "difference: b = 1, must not be the entry it is compared with",
                       baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(difference(e, 0, 3, usual)), baro::value_error);
}

}  // namespace hypothesis_difference

TEST_SUITE_END();
