// SPDX-License-Identifier: BSL-1.0
// Equivalence: R's one-sided tests, test and interval agree, how often it errs, words.
#include <baro/estimate/mean.hpp>
#include <baro/hypothesis/agresti_caffo.hpp>
#include <baro/hypothesis/equivalence.hpp>
#include <baro/hypothesis/miettinen_nurminen.hpp>
#include <baro/hypothesis/newcombe_score.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <hypothesis/figures.hpp>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <support/survey.hpp>
#include <tuple>

TEST_SUITE_BEGIN("hypothesis/equivalence");

namespace hypothesis_equivalence {

using baro::equivalence_margin, baro::equivalent, baro::not_inferior, baro::shares_equivalent;
using baro::share_not_inferior, baro::status;
using test::close;

const baro::confidence_level usual(0.95);

TEST_CASE("shares by hand") {
  // a <- .5; b <- 245/480; s <- sqrt(a*(1-a)/499 + b*(1-b)/479); tl <- (a-b+.1)/s;
  // th <- (a-b-.1)/s; pt(tl, 479, lower = FALSE); pt(th, 479); a-b + c(-1, 1)*qt(.95, 479)*s
  const auto e = test::two_samples(250, 500, 245, 480);
  const auto r = equivalent(e, 0, 1, equivalence_margin(0.1), usual);
  CHECK(r.status == status::ok);
  CHECK(r.test == "design_t");
  CHECK(close(r.difference, -0.010416666666666630, 1e-14));
  CHECK(close(r.standard_error, 0.031979620760708490, 1e-14));
  CHECK(r.df == 479);
  CHECK(close(r.t_below, 2.801263154546199008, 1e-12));
  CHECK(close(r.t_above, -3.452719702115079503, 1e-12));
  CHECK(close(r.p_value, 0.002648149208272935, 1e-11));
  CHECK(close(r.limits.low, -0.063120391955396177, 1e-12));
  CHECK(close(r.limits.high, 0.042287058622062910, 1e-12));
  CHECK(close(r.limits.level.value(), 0.9, 1e-15));
  CHECK(r.established);
  const auto uneven = equivalent(e, 0, 1, equivalence_margin({.below = 0.03, .above = 0.1}),
                                 usual, baro::comparison_degrees::normal());
  CHECK(close(uneven.p_value, 0.270146772439300742, 1e-11));
  CHECK_FALSE(uneven.established);
}

TEST_CASE("means of two domains under a design") {
  // b <- svyby(~enroll, ~comp.imp, apiclus1 design, svymean, covmat = TRUE); d, s of b;
  // pt((d + 200)/s, 14, lower = FALSE); pt((d - 200)/s, 14); d + c(-1, 1)*qt(.95, 14)*s
  test::survey s("apiclus1");
  const std::vector<double>& enroll = s.numbers("enroll");
  const auto e = baro::mean(s.design(), baro::answers(enroll),
                            baro::by(baro::categories(s.text("comp.imp"))));
  const auto r =
      equivalent(e, 0, 1, equivalence_margin(200), usual, baro::comparison_degrees::fixed(14));
  CHECK(close(r.difference, 55.4560902255639, 1e-12));
  CHECK(close(r.t_above, -1.90545331624174730, 1e-10));
  CHECK(close(r.p_value, 0.03873336022100368, 1e-10));
  CHECK(close(r.limits.high, 189.0655841870239, 1e-11));
  const auto n = not_inferior(e, 0, 1, equivalence_margin(100), usual,
                              baro::comparison_degrees::fixed(14));
  CHECK(close(n.p_value, 0.029827836351054, 1e-10));
  CHECK(n.established);
  CHECK(close(n.limits.low, -78.1534037358961, 1e-11));
  CHECK(std::isinf(n.limits.high));
  CHECK(n.limits.status == status::open_interval);
  CHECK(n.limits.level.value() == 0.95);
  CHECK(std::isnan(n.t_above));
}

template <class Visit>
void each_way(Visit visit) {
  std::apply([&](const auto&... m) { (visit(m), ...); },
             std::tuple{baro::guarded_score{}, baro::miettinen_nurminen{},
                        baro::newcombe_score{}, baro::agresti_caffo{}});
}

TEST_CASE("established where the interval is inside the margin, and nowhere else") {
  int established = 0, not_established = 0;
  each_way([&](const auto& m) {
    CAPTURE(m.name());
    for (const auto& [x, n, y, k] : {std::array{60, 122, 480, 1000},
                                     {450, 900, 470, 1000},
                                     {0, 80, 3, 400},
                                     {100, 100, 99, 100},
                                     {20, 40, 21, 40}})
      for (int step = 1; step <= 60; ++step) {
        const double below = 0.004 * step, above = 0.006 * step;
        const auto e = test::two_samples(x, n, y, k);
        const equivalence_margin margin({.below = below, .above = above});
        const auto r = shares_equivalent(e, 0, 1, margin, usual, m);
        REQUIRE(r.status == status::ok);
        CHECK(r.established == (r.limits.low >= -below && r.limits.high <= above));
        CHECK(r.established == (r.p_value <= usual.alpha()));
        const auto one = share_not_inferior(e, 0, 1, margin, usual, m);
        CHECK(one.established == (one.limits.low >= -below));
        CHECK(one.limits.low == r.limits.low);
        CHECK(one.p_value <= r.p_value);
        const auto t = equivalent(e, 0, 1, margin, usual);
        if (t.status == status::ok)
          CHECK(t.established == (t.limits.low >= -below && t.limits.high <= above));
        (r.established ? established : not_established)++;
        // Seen from the other side.
        const auto back = shares_equivalent(
            e, 1, 0, equivalence_margin({.below = above, .above = below}), usual, m);
        CHECK(close(back.p_value, r.p_value, 1e-10));
      }
  });
  CHECK(established > 100);
  CHECK(not_established > 100);
}

TEST_CASE("at the margin it is established once in twenty") {
  // 400 and 400 people, true difference 10 points, the margin 10 points.
  test::dice d(4711);
  constexpr int times = 4000;
  int t = 0, guarded = 0;
  for (int k = 0; k < times; ++k) {
    int a = 0, b = 0;
    for (int i = 0; i < 400; ++i) {
      a += d.uniform() < 0.5;
      b += d.uniform() < 0.4;
    }
    const auto e = test::two_samples(a, 400, b, 400);
    t += equivalent(e, 0, 1, equivalence_margin(0.1), usual).established;
    guarded += shares_equivalent(e, 0, 1, equivalence_margin(0.1), usual).established;
  }
  // 4 standard errors of a share of 5 % of 4000 are 1.4 points.
  CHECK(std::abs(t / double(times) - 0.05) < 0.014);
  CHECK(std::abs(guarded / double(times) - 0.05) < 0.014);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const equivalence_margin margin(0.1);
  const auto r = equivalent(test::two_samples(30, 122, 312, 1000), 0, 1, margin, usual);
  const auto x = equivalent(test::two_samples<real>(30, 122, 312, 1000), 0, 1, margin, usual);
  CHECK(close(r.p_value, static_cast<double>(x.p_value), 1e-12));
  CHECK(close(r.limits.low, static_cast<double>(x.limits.low), 1e-12));
  const auto g = shares_equivalent(test::two_samples(30, 122, 312, 1000), 0, 1, margin, usual);
  const auto y =
      shares_equivalent(test::two_samples<real>(30, 122, 312, 1000), 0, 1, margin, usual);
  CHECK(close(g.p_value, static_cast<double>(y.p_value), 1e-12));
  CHECK(close(g.limits.high, static_cast<double>(y.limits.high), 1e-11));
}

TEST_CASE("what cannot be said has a status and is not established") {
  const auto nobody =
      equivalent(test::two_samples(0, 30, 0, 50), 0, 1, equivalence_margin(0.05), usual);
  CHECK(nobody.status == status::undefined);
  CHECK_FALSE(nobody.established);
  CHECK(std::isnan(nobody.p_value));
  CHECK(std::isnan(nobody.limits.low));
  // A test made for shares knows better: many people of whom nobody does are the same.
  CHECK(shares_equivalent(test::two_samples(0, 300, 0, 500), 0, 1, equivalence_margin(0.05),
                          usual)
            .established);
  const auto degrees =
      not_inferior(test::two_samples(3, 30, 4, 50), 0, 1, equivalence_margin(0.05), usual,
                   baro::comparison_degrees::fixed(0));
  CHECK(degrees.status == status::no_degrees);
  CHECK(std::isnan(degrees.limits.high));
}

TEST_CASE("refusals") {
  using baro::value_error;
  CHECK(test::refused<value_error>([] { static_cast<void>(equivalence_margin(0)); }) ==
        "equivalence_margin: margin = 0, must be above 0 and finite");
  CHECK_THROWS_AS(
      static_cast<void>(equivalence_margin(test::two_samples(1, 2, 1, 2).value(0) -
                                           std::numeric_limits<double>::quiet_NaN())),
      value_error);
  CHECK_THROWS_AS(static_cast<void>(equivalence_margin({.below = 0.1, .above = -0.1})),
                  value_error);
  const auto e = test::two_samples(3, 30, 4, 50);
  CHECK(test::refused<value_error>([&] {
          static_cast<void>(shares_equivalent(e, 0, 1, equivalence_margin(5), usual));
        }) == "equivalence: margin = 5, must be below 1 for shares");
  CHECK(test::refused<value_error>([&] {
          static_cast<void>(
              equivalent(e, 0, 1, equivalence_margin(0.1), baro::confidence_level(0.5)));
        }) == "equivalence: level = 0.5, must be above 0.5");
  CHECK_THROWS_AS(static_cast<void>(equivalent(e, 1, 1, equivalence_margin(0.1), usual)),
                  value_error);
}

TEST_CASE("in words") {
  using baro::language, baro::sentence;
  auto e = test::two_samples(605, 1122, 612, 1200);
  auto entries = e.entries();
  entries[0].label.domain = {"DRH"};
  entries[1].label.domain = {"salariés"};
  e = baro::estimate<double>(e.value(), e.covariance(), entries);
  const equivalence_margin wide(0.08), narrow(0.05), uneven({.below = 0.015, .above = 0.01});
  CHECK(sentence(equivalent(e, 0, 1, wide, usual)) ==
        "DRH and salariés are no more than 8 points apart: difference 2.9 points [−0.5; 6.3] "
        "at 90 %, p = 0.007 (t test, 1121 df)");
  CHECK(sentence(equivalent(e, 0, 1, narrow, usual), language::french) ==
        "Rien ne montre que DRH et salariés aient au plus 5 points d'écart : écart 2,9 points "
        "[−0,5 ; 6,3] à 90 %, p = 0,158 (test t, 1121 ddl)");
  CHECK(
      sentence(equivalent(e, 0, 1, uneven, usual))
          .starts_with("Nothing shows that DRH are between 1.5 points below and 1 point above "
                       "salariés: difference"));
  CHECK(sentence(equivalent(e, 0, 1, uneven, usual), language::french)
            .starts_with("Rien ne montre que DRH soient entre 1,5 point au-dessous et 1 point "
                         "au-dessus de salariés : écart"));
  CHECK(sentence(not_inferior(e, 0, 1, uneven, usual)) ==
        "DRH are not more than 1.5 points below salariés: difference 2.9 points [−0.5; ∞[ at "
        "95 %, p = 0.017 (t test, 1121 df)");
  CHECK(sentence(not_inferior(e, 1, 0, narrow, usual), language::french)
            .starts_with("Rien ne montre que salariés ne soient pas à plus de 5 points "
                         "au-dessous de DRH : écart −2,9 points [−6,3 ; ∞[ à 95 %"));
  CHECK(sentence(equivalent(e, 0, 1, wide, usual, baro::comparison_degrees::fixed(0)))
            .ends_with("difference 2.9 points, not tested (no_degrees)"));
}

}  // namespace hypothesis_equivalence

TEST_SUITE_END();
