// SPDX-License-Identifier: BSL-1.0
// Interviews for a whole family under Holm: what is reached at what is returned, what the
// guarantees cost.
#include <baro/plan/expected_means.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/family_sample_size.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/family_sample_size");

namespace plan_family_sample_size {

using baro::comparison_plan, baro::dependence, baro::expected_shares, baro::family_goal,
    baro::family_sample_size, baro::family_size, baro::family_target, baro::group_sizes,
    baro::holm_power, baro::power, baro::wanted_power;
using test::close;

const expected_shares rise{.a = .5, .b = .55};
const wanted_power usual(0.8);
const comparison_plan ten{.family = family_size(10)};
constexpr family_goal goals[] = {family_goal::each, family_goal::any, family_goal::all};

double reached(const baro::holm_outcome<>& h, family_goal g) {
  return g == family_goal::each ? h.each : g == family_goal::any ? h.any : h.all;
}

TEST_CASE("a family of one asks for what one comparison asks for") {
  const auto n = baro::sample_size(rise, usual).exact_a;
  for (const family_goal g : goals)
    for (const dependence d : {dependence::unknown, dependence::independent})
      CHECK(close(family_sample_size(rise, {g, d}, usual, {}).sizes.exact_a, n, 1e-11));
}

TEST_CASE("each at α/m: the closed formula at the first step") {
  const auto f = family_sample_size(rise, {}, usual, ten);
  const double z = baro::detail::normal_quantile_above(.0025),
               beta = baro::detail::normal_quantile_above(.2);
  const double root = z * std::sqrt(2 * .525 * .475) + beta * std::sqrt(.25 + .55 * .45);
  CHECK(close(f.sizes.exact_a, root * root / (.05 * .05), 1e-11));
  CHECK(f.sizes.a == 2655);
  CHECK(f.attained == f.sizes.power);
  CHECK(f.sizes.exact_a == baro::sample_size(rise, usual, ten).exact_a);
}

TEST_CASE("what is returned reaches the goal, and no less does") {
  for (const family_goal g : goals)
    for (const std::int64_t r : {3, 10}) {
      const family_size differing(r);
      CAPTURE(baro::name(g));
      CAPTURE(r);
      const auto exact =
          family_sample_size(rise, {g, dependence::independent, differing}, usual, ten);
      REQUIRE(exact.sizes.status == baro::status::ok);
      const auto n = static_cast<double>(exact.sizes.a);
      const auto here = holm_power(rise, group_sizes::each(n), ten, differing);
      CHECK(reached(here, g) == exact.attained);
      CHECK(exact.attained >= .8);
      CHECK(reached(holm_power(rise, group_sizes::each(n - 1), ten, differing), g) < .8);
      // A guarantee costs more, and is kept where the comparisons are independent too.
      const auto sure =
          family_sample_size(rise, {g, dependence::unknown, differing}, usual, ten);
      CHECK(sure.sizes.a >= exact.sizes.a);
      CHECK(sure.attained >= .8);
      const auto there = holm_power(rise, group_sizes::each(static_cast<double>(sure.sizes.a)),
                                    ten, differing);
      CHECK(reached(there, g) >= sure.attained * (1 - 1e-12));
    }
}

TEST_CASE("goals are ordered: one of them, each, all") {
  for (const dependence d : {dependence::unknown, dependence::independent}) {
    const auto n = [&](family_goal g) {
      return family_sample_size(rise, {g, d}, usual, ten).sizes.a;
    };
    CHECK(n(family_goal::any) <= n(family_goal::each));
    CHECK(n(family_goal::each) < n(family_goal::all));
  }
  // All, whatever they do: each at α/10 with a miss of .02.
  const auto all = family_sample_size(rise, {family_goal::all}, usual, ten);
  CHECK(all.sizes.exact_a == baro::sample_size(rise, wanted_power(.98), ten).exact_a);
  CHECK(all.sizes.wanted.value() == .8);
}

/// The worst dependence: the same answers ten times. Each and all are then one event.
TEST_CASE("the guarantee holds where nothing else does") {
  const auto f = family_sample_size(rise, {family_goal::each}, usual, ten);
  // Ten equal p-values: Holm rejects all at α/10 or none.
  CHECK(power(rise, group_sizes::each(static_cast<double>(f.sizes.a)), ten).power >= .8);
  const auto independent =
      family_sample_size(rise, {family_goal::each, dependence::independent}, usual, ten);
  CHECK(power(rise, group_sizes::each(static_cast<double>(independent.sizes.a)), ten).power <
        .8);
}

TEST_CASE("means, groups of other sizes, and what cannot be reached") {
  const baro::expected_means e{.difference = .5, .test = baro::mean_test::student()};
  const auto f = family_sample_size(e, {family_goal::all, dependence::independent}, usual,
                                    {.family = family_size(4)}, baro::allocation::ratio(2));
  CHECK(f.attained >= .8);
  CHECK(close(f.sizes.exact_b, 2 * f.sizes.exact_a, 1e-14));
  for (const dependence d : {dependence::unknown, dependence::independent}) {
    const auto none = family_sample_size(rise, {family_goal::each, d}, usual, ten,
                                         baro::allocation::fixed_a(122));
    CHECK(none.sizes.status == baro::status::infeasible);
    CHECK(std::isnan(none.attained));
  }
}

TEST_CASE("what cannot be asked is refused") {
  const auto refused = [](dependence d, std::int64_t m, std::int64_t r, double wanted) {
    return test::refused<baro::value_error>([&] {
      static_cast<void>(family_sample_size(rise,
                                           family_target{family_goal::each, d, family_size(r)},
                                           wanted_power(wanted), {.family = family_size(m)}));
    });
  };
  for (const dependence d : {dependence::unknown, dependence::independent}) {
    CHECK(refused(d, 10, 11, .8) ==
          "family_sample_size: differing = 11, must be at most the family");
    CHECK(refused(d, 10, 3, .001) ==
          "sample_size: wanted = 0.001, must be above the level of the test, which needs no "
          "difference to be met");
  }
  CHECK(refused(dependence::unknown, 200, 3, .8) == "nothing was refused");
  CHECK(refused(dependence::independent, 200, 3, .8) ==
        "holm_power: family = 200, must be at most 100 where Holm's steps are followed");
}

TEST_CASE("goals have names") {
  CHECK(baro::name(family_goal::each) == "each");
  CHECK(baro::name(family_goal::any) == "any");
  CHECK(baro::name(family_goal::all) == "all");
}

}  // namespace plan_family_sample_size

TEST_SUITE_END();
