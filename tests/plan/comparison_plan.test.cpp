// SPDX-License-Identifier: BSL-1.0
// What is planned: its defaults, what each part does to the variance, what is refused.
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/power.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/comparison_plan");

namespace plan_comparison_plan {

using baro::comparison_plan, baro::group_sizes, baro::population_size;
using test::close;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// (|difference| − z s) / s at p = ½ with equal errors: z of the power, from which s follows.
double error_of(const comparison_plan& plan, const group_sizes& n) {
  const baro::detail::drawn_variance<double> drawn(plan, n.a, n.b);
  return std::sqrt(drawn.of(.5, .5));
}

TEST_CASE("two independent simple random samples are the default") {
  const comparison_plan plan;
  CHECK(!plan.overlap);
  CHECK(plan.level.value() == .95);
  CHECK(plan.family.value() == 1);
  CHECK(plan.sides == baro::test_sides::two);
  CHECK(plan.correction == baro::finite_population::ignored);
  CHECK(close(error_of(plan, {122, 1000}), std::sqrt(.25 / 122 + .25 / 1000), 1e-15));
}

TEST_CASE("each design effect multiplies the variance of its own group") {
  CHECK(close(error_of({.a = {.deff = 1.4}, .b = {.deff = 2}}, {122, 1000}),
              std::sqrt(1.4 * .25 / 122 + 2 * .25 / 1000), 1e-15));
}

TEST_CASE("a known population takes nothing off unless it is asked to") {
  comparison_plan plan{.a = {.population = population_size(400)}};
  CHECK(error_of(plan, {122, 1000}) == error_of({}, {122, 1000}));
  plan.correction = baro::finite_population::hypergeometric;
  CHECK(
      close(error_of(plan, {122, 1000}), std::sqrt(.25 / 122 * 278 / 399 + .25 / 1000), 1e-14));
  plan.correction = baro::finite_population::fraction;
  CHECK(close(error_of(plan, {122, 1000}), std::sqrt(.25 / 122 * (1 - 122. / 400) + .25 / 1000),
              1e-14));
  plan.b.population = population_size(1000);
  plan.a.population = population_size(122);
  CHECK(error_of(plan, {122, 1000}) <= 1e-10);  // everybody was asked
}

TEST_CASE("an overlap leaves 1 − ρP") {
  const baro::wave_overlap kept{.share = 2. / 3, .correlation = .5};
  CHECK(close(kept.variance_factor(), 2. / 3, 1e-15));
  const double with = error_of({.overlap = kept}, group_sizes::each(1000));
  const double without = error_of({}, group_sizes::each(1000));
  CHECK(close(with * with, kept.variance_factor() * without * without, 1e-14));
  // n_c = ⅔ 500 of the smaller wave: 2 ρ n_c / (n_a n_b) less.
  const double unequal = error_of({.overlap = kept}, {500, 1000});
  CHECK(close(unequal * unequal,
              .25 * (1. / 500 + 1. / 1000 - 2 * .5 * (2. / 3 * 500) / (500. * 1000)), 1e-14));
  // The same people asked twice, with the same answers: nothing varies.
  CHECK(error_of({.overlap = baro::wave_overlap{1, 1}}, group_sizes::each(50)) == 0);
  // Nobody again, or answers that have nothing in common: independent.
  CHECK(error_of({.overlap = baro::wave_overlap{0, .5}}, group_sizes::each(50)) ==
        error_of({}, group_sizes::each(50)));
  CHECK(error_of({.overlap = baro::wave_overlap{.5, 0}}, group_sizes::each(50)) ==
        error_of({}, group_sizes::each(50)));
}

TEST_CASE("two waves of one population: everybody twice varies by nothing") {
  comparison_plan plan{.a = {.population = population_size(400)},
                       .overlap = baro::wave_overlap{.share = 1, .correlation = .3},
                       .correction = baro::finite_population::fraction};
  plan.b = plan.a;
  CHECK(error_of(plan, group_sizes::each(400)) <= 1e-10);
  // Tam (1984): 2 S² (1 − ρ) (1/n − 1/N) when all are asked again.
  const double e = error_of(plan, group_sizes::each(100));
  CHECK(close(e * e, 2 * .25 * .7 * (1. / 100 - 1. / 400), 1e-14));
}

TEST_CASE("the level is shared out over the family") {
  CHECK(close(baro::detail::alpha_of_one<double>({.family = baro::family_size(10)}), .005,
              1e-14));
  CHECK(close(baro::detail::tail_of_one<double>({}), .025, 1e-14));
  CHECK(close(baro::detail::tail_of_one<double>({.sides = baro::test_sides::one}), .05, 1e-14));
}

std::string refused(const comparison_plan& plan) {
  return test::refused<baro::value_error>([&] { baro::detail::check_plan(plan); });
}

TEST_CASE("what cannot be planned is refused") {
  CHECK(refused({}) == "nothing was refused");
  CHECK(refused({.a = {.deff = 0}}) ==
        "comparison_plan: a.deff = 0, must be positive and below 1e9");
  CHECK(refused({.b = {.deff = -1}}) ==
        "comparison_plan: b.deff = -1, must be positive and below 1e9");
  for (const double bad : {nan, infinite})
    CHECK(refused({.b = {.deff = bad}}) != "nothing was refused");
  CHECK(refused({.a = {.population = population_size(10.5)}}) ==
        "comparison_plan: a.population = 10.5, must be a whole number up to 1e10");
  CHECK(refused({.overlap = baro::wave_overlap{.share = 1.5}}) ==
        "comparison_plan: overlap.share = 1.5, must be in [0, 1]");
  CHECK(refused({.overlap = baro::wave_overlap{.share = nan}}) != "nothing was refused");
  CHECK(refused({.overlap = baro::wave_overlap{.share = .5, .correlation = -2}}) ==
        "comparison_plan: overlap.correlation = -2, must be in [-1, 1]");
  CHECK(refused({.overlap = baro::wave_overlap{.share = .5, .correlation = nan}}) !=
        "nothing was refused");
  CHECK(refused({.a = {.population = population_size(400)},
                 .b = {.population = population_size(500)},
                 .overlap = baro::wave_overlap{.5, .5}}) ==
        "comparison_plan: b.population = 500, must be that of a, whose respondents are asked "
        "again");
  CHECK(test::refused<baro::value_error>([] { static_cast<void>(baro::family_size(0)); }) ==
        "family_size: m = 0, must be a whole number from 1 to 1000");
  CHECK_THROWS_AS(static_cast<void>(baro::family_size(1001)), baro::value_error);
}

}  // namespace plan_comparison_plan

TEST_SUITE_END();
