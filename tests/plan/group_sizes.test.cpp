// SPDX-License-Identifier: BSL-1.0
// How many in each of two groups, how interviews are shared out, what is refused.
#include <baro/plan/group_sizes.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/group_sizes");

namespace plan_group_sizes {

using baro::allocation, baro::comparison_plan, baro::group_sizes;

std::string refused(const group_sizes& n, const comparison_plan& plan = {}, double fewest = 1) {
  return test::refused<baro::value_error>(
      [&] { baro::detail::check_sizes("power", plan, n, fewest); });
}

TEST_CASE("as many in each, in a ratio, or one of them fixed") {
  CHECK(group_sizes::each(50).a == 50);
  CHECK(group_sizes::each(50).b == 50);
  CHECK(allocation::equal().kind() == allocation::rule::ratio);
  CHECK(allocation::equal().value() == 1);
  CHECK(allocation::ratio(8).value() == 8);
  CHECK(allocation::fixed_a(122).kind() == allocation::rule::fixed_a);
}

TEST_CASE("sizes that cannot be are refused") {
  CHECK(refused({122, 1000}) == "nothing was refused");
  CHECK(refused({76.7, 1}) == "nothing was refused");  // a formula has no whole people
  CHECK(refused({0, 5}) == "power: sizes.a = 0, must be from 1 to 1000000000");
  CHECK(refused({5, 1}, {}, 2) == "power: sizes.b = 1, must be from 2 to 1000000000");
  CHECK(refused({5, 2e9}) == "power: sizes.b = 2e+09, must be from 1 to 1000000000");
  CHECK(refused({5, std::numeric_limits<double>::quiet_NaN()}) != "nothing was refused");
  comparison_plan plan{.a = {.population = baro::population_size(400)}};
  CHECK(refused({401, 5}, plan) == "power: sizes.a = 401, must be at most the population");
  CHECK(refused({400, 500}, plan) == "nothing was refused");
  plan.overlap = baro::wave_overlap{.share = .5, .correlation = .5};
  CHECK(refused({200, 300}, plan) == "nothing was refused");
  CHECK(refused({300, 300}, plan) ==
        "power: overlap.share = 0.5, must be more: the population is too small for two waves "
        "of so few in common");
}

TEST_CASE("allocations that cannot be are refused") {
  const auto message = [](auto make) { return test::refused<baro::value_error>(make); };
  CHECK(message([] { static_cast<void>(allocation::ratio(0)); }) ==
        "allocation: ratio = 0, must be from 0.0001 to 10000");
  CHECK(message([] { static_cast<void>(allocation::fixed_a(.5)); }) ==
        "allocation: fixed_a = 0.5, must be from 1 to 1000000000");
  CHECK_THROWS_AS(
      static_cast<void>(allocation::ratio(std::numeric_limits<double>::quiet_NaN())),
      baro::value_error);
}

}  // namespace plan_group_sizes

TEST_SUITE_END();
