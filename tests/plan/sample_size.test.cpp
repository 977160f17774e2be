// SPDX-License-Identifier: BSL-1.0
// Interviews it takes: conventions 4, R power.prop.test and power.t.test, the closed formulas,
// `power` at what is returned.
#include <baro/plan/expected_means.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/sample_size.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/sample_size");

namespace plan_sample_size {

using baro::allocation, baro::comparison_plan, baro::expected_means, baro::expected_shares,
    baro::group_sizes, baro::mean_test, baro::population_size, baro::power, baro::sample_size,
    baro::share_test, baro::wanted_power;
using test::close;

const wanted_power usual(0.8);

TEST_CASE("a rise of 5 points between two waves") {
  const auto n = [](double before, double deff) {
    const auto s = sample_size(expected_shares{.a = before, .b = before + .05}, usual,
                               {.a = {.deff = deff}, .b = {.deff = deff}});
    CHECK(s.a == s.b);
    return s.a;
  };
  CHECK(n(.5, 1) == 1565);
  CHECK(n(.3, 1) == 1377);
  CHECK(n(.1, 1) == 686);
  CHECK(n(.5, 1.4) == 2191);
  CHECK(n(.3, 1.4) == 1927);
  CHECK(n(.1, 1.4) == 960);
}

struct of_r {
  double power, a, b, level;
  double two, one, strict;
};

comparison_plan plan_of(double alpha, bool one, bool strict) {
  comparison_plan plan;
  plan.level = baro::confidence_level(1 - alpha);
  if (one) plan.sides = baro::test_sides::one;
  if (strict) plan.wrong = baro::wrong_side::counted;
  return plan;
}

TEST_CASE("R power.prop.test(p1, p2, power, sig.level, tol = 1e-14)$n") {
  const of_r expected[] = {
      {.9, .5, .75, .05, 76.7069284517774, 62.3355080370964, 76.7069161158174},
      {.8, .1, .15, .05, 685.596858325361, 539.926431129771, 685.595273360766},
      {.95, .02, .05, .01, 1333.57726306719, 1180.39001809733, 1333.57726303812},
      {.3, .4, .45, .1, 245.727727130203, 112.274533960546, 242.107773652273},
  };
  for (const of_r& r : expected) {
    CAPTURE(r.two);
    const expected_shares e{.a = r.a, .b = r.b};
    const wanted_power w(r.power);
    CHECK(close(sample_size(e, w, plan_of(r.level, false, false)).exact_a, r.two, 1e-11));
    CHECK(close(sample_size(e, w, plan_of(r.level, true, false)).exact_a, r.one, 1e-11));
    CHECK(close(sample_size(e, w, plan_of(r.level, false, true)).exact_b, r.strict, 1e-11));
  }
}

TEST_CASE(
    "R power.t.test(delta, sd, power, sig.level, tol = 1e-14)$n, two samples and paired") {
  const of_r two_samples[] = {
      {.9, 1, 1, .05, 22.0210955700939, 17.8471206265367, 22.0210884263736},
      {.8, .2, 1, .05, 393.406656228128, 309.806469759667, 393.405695019504},
      {.95, 1, 2, .01, 144.18270375133, 127.527085404918, 144.182703747735},
      {.8, .5, 4, .1, 792.044579255506, 577.417791589892, 792.003567284394},
  };
  const of_r paired[] = {
      {.9, 1, 1, .05, 12.5854630057138, 10.0810702241052, 12.5854602772255},
      {.8, .2, 1, .05, 198.151301266652, 155.925671585668, 198.150820954209},
      {.95, 1, 2, .01, 74.610886678447, 65.8277481565921, 74.6108866767386},
      {.8, .5, 4, .1, 397.039948629065, 289.327694006641, 397.019443972728},
  };
  for (const bool pairs : {false, true})
    for (const of_r& r : pairs ? paired : two_samples) {
      CAPTURE(r.two);
      const expected_means e{.difference = r.a,
                             .sd_a = r.b,
                             .sd_b = r.b,
                             .test = pairs ? mean_test::paired() : mean_test::student()};
      const auto n = [&](bool one, bool strict) {
        auto plan = plan_of(r.level, one, strict);
        if (pairs) plan.overlap = baro::wave_overlap{.share = 1, .correlation = .5};
        return sample_size(e, wanted_power(r.power), plan).exact_a;
      };
      CHECK(close(n(false, false), r.two, 1e-10));
      CHECK(close(n(true, false), r.one, 1e-10));
      CHECK(close(n(false, true), r.strict, 1e-10));
    }
}

TEST_CASE("the closed formulas") {
  const double alpha = baro::detail::normal_quantile_above(.025),
               beta = baro::detail::normal_quantile_above(.2);
  // Fleiss, Levin and Paik (2003), equation 4.17: r in b for one in a.
  const double p = .3, q = .42, r = 8, both = (p + r * q) / (1 + r);
  const double root = alpha * std::sqrt((r + 1) * both * (1 - both)) +
                      beta * std::sqrt(r * p * (1 - p) + q * (1 - q));
  const auto s = sample_size(expected_shares{.a = p, .b = q}, usual, {}, allocation::ratio(r));
  CHECK(close(s.exact_a, root * root / (r * (q - p) * (q - p)), 1e-12));
  CHECK(close(s.exact_b, r * s.exact_a, 1e-14));
  // Means, each with its own standard deviation and design effect.
  const auto m = sample_size(expected_means{.difference = .4, .sd_a = 1.5, .sd_b = 2}, usual,
                             {.a = {.deff = 1.4}, .b = {.deff = 1.1}});
  CHECK(close(m.exact_a, (alpha + beta) * (alpha + beta) * (1.4 * 2.25 + 1.1 * 4) / (.4 * .4),
              1e-12));
}

TEST_CASE("an overlap multiplies by 1 − ρP") {
  const expected_shares e{.a = .5, .b = .55, .test = share_test::common};
  const baro::wave_overlap kept{.share = 2. / 3, .correlation = .5};
  const auto without = sample_size(e, usual), with = sample_size(e, usual, {.overlap = kept});
  CHECK(close(with.exact_a, without.exact_a * kept.variance_factor(), 1e-12));
  CHECK(std::round(1000 * with.exact_a / without.exact_a) == 667);
  // Pooled, two shares have not quite the same variance.
  const expected_shares pooled{.a = .5, .b = .55};
  CHECK(close(sample_size(pooled, usual, {.overlap = kept}).exact_a,
              sample_size(pooled, usual).exact_a * 2 / 3, 1e-5));
}

TEST_CASE("a finite population asks for n / (1 + (n − 1) / N)") {
  const expected_shares e{.a = .5, .b = .6};
  comparison_plan plan{.a = {.population = population_size(1200)},
                       .b = {.population = population_size(1200)}};
  const double n = sample_size(e, usual).exact_a;
  CHECK(sample_size(e, usual, plan).exact_a == n);  // unless it is left out
  plan.correction = baro::finite_population::hypergeometric;
  CHECK(close(sample_size(e, usual, plan).exact_a, n / (1 + (n - 1) / 1200), 1e-12));
  plan.correction = baro::finite_population::fraction;
  CHECK(close(sample_size(e, usual, plan).exact_a, n / (1 + n / 1200), 1e-12));
}

TEST_CASE("what is rounded up has the power wanted, one less has not") {
  for (const double wanted : {.3, .6, .8, .95})
    for (const double gap : {-.25, -.04, .02, .1, .6})
      for (const double ratio : {1., .2, 8.}) {
        const expected_shares e{.a = .3, .b = .3 + gap};
        const auto s = sample_size(e, wanted_power(wanted), {}, allocation::ratio(ratio));
        CAPTURE(wanted);
        CAPTURE(gap);
        CAPTURE(ratio);
        REQUIRE(s.status == baro::status::ok);
        CHECK(s.power >= wanted * (1 - 1e-12));
        CHECK(power(e, {double(s.a), double(s.b)}).power == s.power);
        if (s.exact_a > 1.01 && s.exact_b > 1.01) {
          const double back = power(e, {s.exact_a, s.exact_b}).power;
          CHECK(close(back, wanted, 1e-11));
          if (s.a > 1 && s.b > 1)
            CHECK(power(e, {double(s.a) - 1, double(s.b) - 1}).power < wanted);
        }
      }
}

TEST_CASE("122 DRH there are: how many salariés?") {
  const expected_shares far{.a = .5, .b = .65}, near{.a = .5, .b = .6};
  const auto s = sample_size(far, usual, {}, allocation::fixed_a(122));
  CHECK(s.a == 122);
  CHECK(s.exact_a == 122);
  CHECK(close(power(far, {122, s.exact_b}).power, .8, 1e-11));
  // No number of salariés makes up for 122 DRH.
  const auto none = sample_size(near, usual, {}, allocation::fixed_a(122));
  CHECK(none.status == baro::status::infeasible);
  CHECK(none.b == 0);
  CHECK(std::isnan(none.exact_b));
  CHECK(power(near, {122, 1e9}).power < .8);
}

TEST_CASE("no more people than there are") {
  const expected_shares e{.a = .5, .b = .55};
  comparison_plan plan{.a = {.population = population_size(1500)}};
  CHECK(sample_size(e, usual, plan).status == baro::status::infeasible);
  plan.a.population = population_size(1565);
  CHECK(sample_size(e, usual, plan).a == 1565);
  plan.b.population = population_size(1500);
  CHECK(sample_size(e, usual, plan).status == baro::status::infeasible);
  // Everybody, where everybody counts.
  plan.a.population = plan.b.population = population_size(10);
  plan.correction = baro::finite_population::fraction;
  const auto all = sample_size(expected_shares{.a = .5, .b = .500001}, usual, plan);
  CHECK(all.a == 10);
  CHECK(all.power == 1);
  // Two waves of 2000 with 10 % in common are 3800 people.
  comparison_plan waves{.a = {.population = population_size(2900)},
                        .overlap = baro::wave_overlap{.share = .1, .correlation = .2}};
  const auto few = sample_size(e, usual, waves);
  CHECK(few.status == baro::status::infeasible);
  waves.a.population = population_size(2950);
  CHECK(sample_size(e, usual, waves).a == 1534);
}

TEST_CASE("never fewer than the test takes") {
  const auto s = sample_size(expected_shares{.a = .01, .b = .99}, wanted_power(.6),
                             {.level = baro::confidence_level(.5)});
  CHECK(s.a == 1);
  CHECK(s.power > .99);
  const auto m = sample_size(expected_means{.difference = 100, .test = mean_test::student()},
                             wanted_power(.9), {}, allocation::ratio(.5));
  CHECK(m.a == 4);
  CHECK(m.b == 2);
  CHECK(m.power > .9);
}

TEST_CASE("a difference too small for any number of interviews") {
  const auto s = sample_size(expected_shares{.a = .5, .b = .500001}, usual);
  CHECK(s.status == baro::status::infeasible);
  CHECK(s.a == 0);
  CHECK(std::isnan(s.power));
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const comparison_plan plan{.a = {.deff = 1.4, .population = population_size(4000)},
                             .b = {.deff = 1.2, .population = population_size(4000)},
                             .overlap = baro::wave_overlap{.share = .25, .correlation = .5},
                             .correction = baro::finite_population::fraction};
  const expected_shares e{.a = .5, .b = .625};
  const auto s = sample_size(e, usual, plan, allocation::ratio(3));
  const auto x = sample_size<real>(e, usual, plan, allocation::ratio(3));
  CHECK(close(s.exact_a, static_cast<double>(x.exact_a), 1e-13));
  CHECK(s.a == x.a);
  CHECK(s.b == x.b);
  const auto f = sample_size<float>(e, usual, plan, allocation::ratio(3));
  CHECK(close(f.exact_a, static_cast<float>(s.exact_a), 1e-4));
  const expected_means m{.difference = .5, .test = mean_test::student()};
  CHECK(close(sample_size(m, usual).exact_a,
              static_cast<double>(sample_size<real>(m, usual).exact_a), 1e-12));
}

TEST_CASE("what cannot be asked is refused") {
  const auto refused = [](double wanted, const comparison_plan& plan = {},
                          allocation how = allocation::equal()) {
    return test::refused<baro::value_error>([&] {
      static_cast<void>(
          sample_size(expected_shares{.a = .5, .b = .6}, wanted_power(wanted), plan, how));
    });
  };
  CHECK(refused(.8) == "nothing was refused");
  CHECK(refused(.05, {.level = baro::confidence_level(.9)}) ==
        "sample_size: wanted = 0.05, must be above the level of the test, which needs no "
        "difference to be met");
  CHECK(refused(.4, {}, allocation::fixed_a(122)) ==
        "sample_size: wanted = 0.4, must be at least 0.5 when a is fixed");
  CHECK(refused(.8, {.overlap = baro::wave_overlap{.5, .5}}, allocation::fixed_a(122)) ==
        "sample_size: fixed_a = 122, must not be given with an overlap, where more in b alone "
        "can say less");
  CHECK(refused(.8, {.a = {.population = population_size(100)}}, allocation::fixed_a(122)) ==
        "sample_size: fixed_a = 122, must be at most the population");
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(
              sample_size(expected_means{.difference = 1}, usual, {}, allocation::fixed_a(1)));
        }) == "sample_size: fixed_a = 1, must be at least 2");
}

TEST_CASE("a difference that nobody can miss takes the fewest there can be") {
  const auto huge = baro::sample_size(
      baro::expected_means{1e6, 1, 1, baro::mean_test::student()}, baro::wanted_power(0.8));
  CHECK(huge.status == baro::status::ok);
  CHECK(huge.a <= 3);
}

}  // namespace plan_sample_size

TEST_SUITE_END();
