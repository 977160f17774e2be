// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/methods_by_name.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string_view>
#include <support/refused.hpp>

namespace interval_methods_by_name {

using namespace test;

TEST_SUITE("interval/methods_by_name") {
  TEST_CASE("every name finds the method that bears it, and gives its limits") {
    for (const auto& m : baro::named_intervals) {
      const auto found = baro::interval_named(m.name());
      CHECK(found.name() == m.name());
      CHECK(found.method.index() == m.method.index());
    }
    CHECK(interval(comp_imp(), at95, baro::interval_named("korn_graubard")).low ==
          interval(comp_imp(), at95, baro::korn_graubard{}).low);
    CHECK(interval(comp_imp(), at95, baro::interval_named("wilson_df_adjusted")).low ==
          interval(comp_imp(), at95, baro::wilson{baro::effective_size::df_adjusted}).low);
    CHECK(interval(comp_imp(), at95, baro::interval_named("default")).method ==
          "guarded_jeffreys");
  }

  TEST_CASE("the ten names of the host program are all there, and no name is there twice") {
    for (const char* name :
         {"normal", "wald", "logit", "wilson", "clopper_pearson", "korn_graubard",
          "agresti_coull", "arcsine", "likelihood", "jeffreys"})
      CHECK(baro::interval_named(name).name() == name);
    std::set<std::string_view> names;
    for (const auto& m : baro::named_intervals) names.insert(m.name());
    CHECK(names.size() == baro::named_intervals.size());
  }

  TEST_CASE("a name nobody bears is refused with the names there are") {
    CHECK(refused<baro::value_error>([] { (void)baro::interval_named("wilsson"); }) ==
          "interval_named: name = 'wilsson', must be one of default, normal, wald, logit, "
          "wilson, "
          "wilson_df_adjusted, clopper_pearson, korn_graubard, korn_graubard_capped, "
          "agresti_coull, arcsine, likelihood, jeffreys, guarded_jeffreys");
  }

  TEST_CASE("it knows what applies before it is asked for limits") {
    CHECK(baro::interval_named("wald").applies_to(baro::statistic::mean));
    CHECK(baro::interval_named("default").applies_to(baro::statistic::total));
    CHECK_FALSE(baro::interval_named("wilson").applies_to(baro::statistic::mean));
    CHECK(baro::interval_named("wilson").applies_to(baro::statistic::share));
    check_refusals(baro::interval_named("jeffreys"));
  }
}

}  // namespace interval_methods_by_name
