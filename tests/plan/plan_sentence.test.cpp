// SPDX-License-Identifier: BSL-1.0
// Plans as an institute says them, in two languages.
#include <baro/plan/plan_sentence.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("plan/plan_sentence");

namespace plan_plan_sentence {

using baro::comparison_plan, baro::expected_means, baro::expected_shares, baro::group_sizes,
    baro::language, baro::power, baro::reference_share, baro::sample_size, baro::sentence,
    baro::share_test, baro::wanted_power;

const wanted_power usual(0.8);
const expected_shares rise{.a = .5, .b = .55};
const comparison_plan waves{.between = baro::compared::waves};
const comparison_plan named{.a = {.name = "DRH"}, .b = {.name = "salariés"}};

TEST_CASE("interviews") {
  CHECK(sentence(sample_size(rise, usual, waves)) ==
        "1565 interviews per wave show a rise from 50 % to 55 % with 80 % power at 5 % "
        "two-sided");
  CHECK(sentence(sample_size(rise, usual, waves), language::french) ==
        "1565 interviews par vague montrent une hausse de 50 % à 55 % avec une puissance de "
        "80 % au seuil de 5 % bilatéral");
  CHECK(sentence(sample_size(expected_shares{.a = .5, .b = .425}, wanted_power(.995), waves)) ==
        "1813 interviews per wave show a fall from 50 % to 42.5 % with 99.5 % power at 5 % "
        "two-sided");
  CHECK(sentence(sample_size(rise, usual, {.sides = baro::test_sides::one})) ==
        "1233 interviews per group show a gap of 5 points (50 % against 55 %) with 80 % power "
        "at 5 % one-sided");
  CHECK(sentence(sample_size(expected_shares{.a = .5, .b = .65}, usual, named,
                             baro::allocation::fixed_a(122))) ==
        "122 DRH and 269 salariés show a gap of 15 points (50 % against 65 %) with 80 % power "
        "at 5 % two-sided");
  CHECK(sentence(sample_size(rise, usual, named, baro::allocation::fixed_a(122)),
                 language::french) ==
        "aucun nombre d'interviews ne montre un écart de 5 points (50 % contre 55 %) avec une "
        "puissance de 80 % au seuil de 5 % bilatéral");
  CHECK(
      sentence(sample_size(rise, usual, {}, baro::allocation::fixed_a(122))) ==
      "no number of interviews shows a gap of 5 points (50 % against 55 %) with 80 % power at "
      "5 % two-sided");
}

TEST_CASE("what the plan takes for granted is said") {
  comparison_plan plan = waves;
  plan.a.deff = plan.b.deff = 1.4;
  plan.overlap = baro::wave_overlap{.share = 2. / 3, .correlation = .5};
  plan.level = baro::confidence_level(.99);
  plan.family = baro::family_size(10);
  plan.correction = baro::finite_population::fraction;
  plan.a.population = plan.b.population = baro::population_size(1e6);
  CHECK(sentence(power(rise, group_sizes::each(2000), plan)) ==
        "2000 interviews per wave show a rise from 50 % to 55 % with 50 % power at 1 % "
        "two-sided over 10 comparisons (Holm), deff 1.4, 66.7 % in both waves with correlation "
        "0.5, finite population");
  CHECK(sentence(power(rise, group_sizes::each(2000), plan), language::french) ==
        "2000 interviews par vague montrent une hausse de 50 % à 55 % avec une puissance de "
        "50 % au seuil de 1 % bilatéral pour 10 comparaisons (Holm), deff 1,4, 66,7 % dans les "
        "deux vagues, corrélation 0,5, population finie");
  CHECK(sentence(power(rise, {50, 60}, {.a = {.deff = 1.25}})) ==
        "50 interviews and 60 interviews show a gap of 5 points (50 % against 55 %) with 7 % "
        "power at 5 % two-sided, deff 1.25 and 1");
}

TEST_CASE("power") {
  CHECK(sentence(power(expected_shares{.a = .5, .b = .6, .test = share_test::common},
                       {122, 1000}, named)) ==
        "122 DRH and 1000 salariés show a gap of 10 points (50 % against 60 %) with 55 % power "
        "at 5 % two-sided");
  // No power is 100 %.
  CHECK(sentence(power(expected_shares{.a = .5, .b = .9}, {122, 1000}, named),
                 language::french) ==
        "122 DRH et 1000 salariés montrent un écart de 40 points (50 % contre 90 %) avec une "
        "puissance de plus de 99 % au seuil de 5 % bilatéral");
  CHECK(
      sentence(power(expected_means{.difference = -.25, .sd_a = 2}, group_sizes::each(800))) ==
      "800 interviews per group show a difference of −0.25 with 71 % power at 5 % two-sided");
}

TEST_CASE("gaps") {
  const reference_share half{.share = .5, .test = share_test::common};
  CHECK(
      sentence(baro::detectable_difference(half, {122, 1000}, usual, named)) ==
      "122 DRH and 1000 salariés show a gap of at least 13.4 points from 50 % with 80 % power "
      "at 5 % two-sided");
  CHECK(sentence(baro::detectable_difference(half, {122, 1000}, usual, named),
                 language::french) ==
        "122 DRH et 1000 salariés montrent un écart d'au moins 13,4 points à partir de 50 % "
        "avec une puissance de 80 % au seuil de 5 % bilatéral");
  CHECK(sentence(baro::significant_difference(half, {122, 1000}, named)) ==
        "122 DRH and 1000 salariés: a gap is significant if it is at least 9.4 points from "
        "50 %, at 5 % two-sided");
  CHECK(sentence(baro::significant_difference(half, {122, 1000}, named), language::french) ==
        "122 DRH et 1000 salariés : un écart est significatif s'il est d'au moins 9,4 points à "
        "partir de 50 %, au seuil de 5 % bilatéral");
  const reference_share fall{.share = .01, .direction = baro::gap_direction::fall};
  CHECK(sentence(baro::detectable_difference(fall, {20, 20}, usual)) ==
        "20 interviews per group show no gap with 80 % power at 5 % two-sided");
  CHECK(sentence(baro::significant_difference(fall, {20, 20}), language::french) ==
        "20 interviews par groupe : aucun écart n'est significatif au seuil de 5 % bilatéral");
  CHECK(sentence(baro::significant_difference(baro::reference_spread{.sd_a = 2},
                                              group_sizes::each(1000))) ==
        "1000 interviews per group: a gap is significant if it is at least 0.18, at 5 % "
        "two-sided");
  // French has no plural below two.
  CHECK(sentence(power(expected_shares{.a = .5, .b = .515}, group_sizes::each(1e4)),
                 language::french)
            .find("un écart de 1,5 point (") != std::string::npos);
  CHECK(sentence(power(expected_shares{.a = .5, .b = .515}, group_sizes::each(1e4)))
            .find("a gap of 1.5 points (") != std::string::npos);
}

TEST_CASE("families") {
  comparison_plan ten = waves;
  ten.family = baro::family_size(10);
  const auto of = [&](const baro::family_target& target, language in) {
    return sentence(baro::family_sample_size(rise, target, usual, ten), in);
  };
  CHECK(of({}, language::english) ==
        "2655 interviews per wave show each of 10 differences, a rise from 50 % to 55 %, with "
        "80 % power at 5 % two-sided over 10 comparisons (Holm)");
  CHECK(
      of({baro::family_goal::all, baro::dependence::independent, baro::family_size(4)},
         language::french) ==
      "3674 interviews par vague montrent l'ensemble des 4 écarts, une hausse de 50 % à 55 %, "
      "avec une puissance de 80 % au seuil de 5 % bilatéral pour 10 comparaisons (Holm), "
      "s'ils sont indépendants");
  CHECK(of({baro::family_goal::any, baro::dependence::independent}, language::english) ==
        "623 interviews per wave show at least one of 10 differences, a rise from 50 % to "
        "55 %, with 80 % power at 5 % two-sided over 10 comparisons (Holm), if they are "
        "independent");
  CHECK(sentence(baro::family_sample_size(rise, {}, usual, ten, baro::allocation::fixed_a(122)),
                 language::french)
            .starts_with("aucun nombre d'interviews ne montre chacun des 10 écarts, "));
}

}  // namespace plan_plan_sentence

TEST_SUITE_END();
