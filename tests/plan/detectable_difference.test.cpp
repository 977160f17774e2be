// SPDX-License-Identifier: BSL-1.0
// The smallest difference in truth that is found: conventions 4, R, `sample_size` turned round.
#include <baro/plan/detectable_difference.hpp>
#include <baro/plan/expected_means.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/sample_size.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/detectable_difference");

namespace plan_detectable_difference {

using baro::comparison_plan, baro::detectable_difference, baro::gap_direction,
    baro::group_sizes, baro::mean_test, baro::reference_share, baro::reference_spread,
    baro::share_test, baro::wanted_power;
using test::close;

const wanted_power usual(0.8);
const reference_share half{.share = .5, .test = share_test::common};

comparison_plan with_deff(double deff) { return {.a = {.deff = deff}, .b = {.deff = deff}}; }

double points(const group_sizes& n, double deff) {
  return 100 * detectable_difference(half, n, usual, with_deff(deff)).difference;
}

TEST_CASE("the table of conventions 4, to the decimal it has") {
  const double n[] = {500, 1000, 1500, 2000, 3000};
  const double one[] = {8.9, 6.3, 5.1, 4.4, 3.6}, more[] = {10.5, 7.4, 6.0, 5.2, 4.3};
  for (int i = 0; i < 5; ++i) {
    CAPTURE(n[i]);
    CHECK(std::abs(points(group_sizes::each(n[i]), 1) - one[i]) <= .05);
    // 6.05 of 1500 is 6.0 there, of the quantiles 1.96 and .84.
    const double shown = n[i] == 1500 ? points(group_sizes::each(n[i]), 1.4) * 2.8 / 2.8015852
                                      : points(group_sizes::each(n[i]), 1.4);
    CHECK(std::abs(shown - more[i]) <= .05);
  }
  CHECK(std::round(10 * points({122, 1000}, 1)) == 134);
  CHECK(std::round(10 * points({122, 1000}, 1.4)) == 159);
}

TEST_CASE("common is a formula") {
  const double z =
      baro::detail::normal_quantile_above(.025) + baro::detail::normal_quantile_above(.2);
  const comparison_plan plan{.a = {.deff = 1.3}, .b = {.deff = 1.7}};
  const reference_share at{.share = .3, .test = share_test::common};
  CHECK(close(detectable_difference(at, {122, 1000}, usual, plan).difference,
              z * std::sqrt(.21 * (1.3 / 122 + 1.7 / 1000)), 1e-12));
}

struct of_r {
  double power, n, from, level;
  double two, one, strict;
};

comparison_plan plan_of(double alpha, bool one, bool strict) {
  comparison_plan plan;
  plan.level = baro::confidence_level(1 - alpha);
  if (one) plan.sides = baro::test_sides::one;
  if (strict) plan.wrong = baro::wrong_side::counted;
  return plan;
}

TEST_CASE("R power.prop.test(n, p1, power, sig.level, tol = 1e-14)$p2 - p1") {
  const of_r expected[] = {
      {.8, 500, .5, .05, 0.0881450658813169, 0.0783058238141825, 0.0881449671761683},
      {.9, 122, .1, .05, 0.157707711970454, 0.139606097883318, 0.157707691786015},
      {.5, 80, .7, .01, 0.167648583567178, 0.153208228578641, 0.167648573583446},
  };
  for (const of_r& r : expected) {
    const auto d = [&](bool one, bool strict) {
      return detectable_difference(reference_share{.share = r.from}, group_sizes::each(r.n),
                                   wanted_power(r.power), plan_of(r.level, one, strict))
          .difference;
    };
    CHECK(close(d(false, false), r.two, 1e-10));
    CHECK(close(d(true, false), r.one, 1e-10));
    CHECK(close(d(false, true), r.strict, 1e-10));
  }
}

TEST_CASE("R power.t.test(n, sd, power, sig.level, tol = 1e-14)$delta") {
  const of_r expected[] = {
      {.9, 20, 1, .05, 1.05199312665833, 0.942398804711829, 1.05199294827702},
      {.8, 122, 1.5, .05, 0.540206346103365, 0.478881220689875, 0.540205684779735},
      {.6, 4, 1, .01, 2.75505940499869, 2.35757192007433, 2.75505939470975},
  };
  for (const of_r& r : expected) {
    const reference_spread from{.sd_a = r.from, .sd_b = r.from, .test = mean_test::student()};
    const auto d = [&](bool one, bool strict) {
      return detectable_difference(from, group_sizes::each(r.n), wanted_power(r.power),
                                   plan_of(r.level, one, strict))
          .difference;
    };
    CHECK(close(d(false, false), r.two, 1e-10));
    CHECK(close(d(true, false), r.one, 1e-10));
    CHECK(close(d(false, true), r.strict, 1e-10));
  }
}

TEST_CASE("it is the size turned round") {
  const comparison_plan plan{.a = {.deff = 1.4}, .family = baro::family_size(3)};
  for (const share_test t :
       {share_test::pooled, share_test::unpooled, share_test::common, share_test::arcsine})
    for (const double gap : {.08, -.08}) {
      const auto s = baro::sample_size(baro::expected_shares{.a = .3, .b = .3 + gap, .test = t},
                                       usual, plan, baro::allocation::ratio(4));
      const auto d = detectable_difference(
          reference_share{.share = .3,
                          .direction = gap > 0 ? gap_direction::rise : gap_direction::fall,
                          .test = t},
          {s.exact_a, s.exact_b}, usual, plan);
      CAPTURE(baro::name(t));
      CHECK(close(d.difference, std::abs(gap), 1e-11));
    }
}

TEST_CASE("a fall from a small share has nowhere to go") {
  const reference_share fall{.share = .03, .direction = gap_direction::fall};
  const auto none = detectable_difference(fall, group_sizes::each(60), usual);
  CHECK(none.status == baro::status::infeasible);
  CHECK(std::isnan(none.difference));
  const auto some = detectable_difference(fall, group_sizes::each(2000), usual);
  CHECK(some.status == baro::status::ok);
  CHECK(some.difference < .03);
  CHECK(detectable_difference(reference_share{.share = .03}, group_sizes::each(60), usual)
            .status == baro::status::ok);
}

TEST_CASE("the way to the end is walked: what is found before it counts") {
  // Of three respondents all alike vary by nothing, and less power is left than on the way.
  const auto d =
      detectable_difference(reference_share{.share = .5}, {1000, 3}, wanted_power(.1));
  REQUIRE(d.status == baro::status::ok);
  CHECK(d.difference < .45);
  const baro::expected_shares there{.a = .5, .b = .5 + d.difference}, end{.a = .5, .b = .999};
  CHECK(close(baro::power(there, {1000, 3}).power, .1, 1e-11));
  CHECK(baro::power(end, {1000, 3}).power < .1);
}

TEST_CASE("of everybody nothing is too small") {
  const auto everybody = baro::population_size(400);
  const comparison_plan all{.a = {.population = everybody},
                            .b = {.population = everybody},
                            .correction = baro::finite_population::fraction};
  CHECK(detectable_difference(reference_spread{}, group_sizes::each(400), usual, all)
            .difference == 0);
  CHECK(detectable_difference(half, group_sizes::each(400), usual, all).difference <= 1e-12);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const reference_share pooled{.share = .25};
  CHECK(close(
      detectable_difference(pooled, {122, 1000}, usual).difference,
      static_cast<double>(detectable_difference<real>(pooled, {122, 1000}, usual).difference),
      1e-13));
  const reference_spread spread{.sd_a = 1.5, .sd_b = 2};
  CHECK(close(
      detectable_difference(spread, {12, 30}, usual).difference,
      static_cast<double>(detectable_difference<real>(spread, {12, 30}, usual).difference),
      1e-12));
}

TEST_CASE("what cannot be asked is refused") {
  const auto refused = [](double share, double n, double wanted) {
    return test::refused<baro::value_error>([&] {
      static_cast<void>(detectable_difference(reference_share{.share = share}, {n, 1000},
                                              wanted_power(wanted)));
    });
  };
  CHECK(refused(.5, 122, .8) == "nothing was refused");
  CHECK(refused(1.5, 122, .8) == "reference_share: share = 1.5, must be between 0 and 1");
  CHECK(refused(.5, 0, .8) ==
        "detectable_difference: sizes.a = 0, must be from 1 to 1000000000");
  CHECK(
      refused(.5, 122, .01) ==
      "detectable_difference: wanted = 0.01, must be above the level of the test, which needs "
      "no difference to be met");
}

}  // namespace plan_detectable_difference

TEST_SUITE_END();
