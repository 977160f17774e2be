// SPDX-License-Identifier: BSL-1.0
// The rules that link waves, by name.
#include <baro/trend/link_rule.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("trend/link_rule");

TEST_CASE("every rule is found by its name, and nothing else is") {
  using baro::link_rule, baro::link_rule_by_name;
  for (const auto r : {link_rule::pattern, link_rule::stratum, link_rule::berger_priam,
                       link_rule::independent})
    CHECK(link_rule_by_name(name(r)) == r);
  CHECK(name(link_rule::berger_priam) == "berger_priam");
  CHECK_FALSE(link_rule_by_name("Pattern"));
  CHECK_FALSE(link_rule_by_name(""));
}

TEST_SUITE_END();
