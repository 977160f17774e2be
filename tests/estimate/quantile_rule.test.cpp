// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/quantile_rule.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace estimate_quantile_rule {

using baro::quantile_rule;
static_assert(baro::quantile_rule_named("hf2") == quantile_rule::hf2);
static_assert(!baro::quantile_rule_named("math"));
static_assert(!baro::quantile_rule_named(""));

TEST_SUITE("estimate/quantile_rule") {
  TEST_CASE("every rule has a name of its own, by which it is found") {
    std::set<std::string_view> names;
    for (const quantile_rule r : {quantile_rule::hf1, quantile_rule::hf2, quantile_rule::hf4,
                                  quantile_rule::hf5, quantile_rule::hf7}) {
      CHECK(baro::quantile_rule_named(name(r)) == r);
      names.insert(name(r));
    }
    CHECK(names.size() == 5);
  }
}

}  // namespace estimate_quantile_rule
