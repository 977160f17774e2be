// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/label.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace estimate_label {

using baro::statistic;
static_assert(name(statistic::balance) == "balance");

TEST_SUITE("estimate/label") {
  TEST_CASE("every statistic has a name of its own") {
    std::set<std::string_view> names;
    for (const statistic s :
         {statistic::mean, statistic::total, statistic::share, statistic::ratio,
          statistic::quantile, statistic::balance, statistic::nps, statistic::function})
      names.insert(name(s));
    CHECK(names.size() == 8);
    CHECK(names.contains("nps"));
  }

  TEST_CASE("labels are equal when every part is") {
    const baro::label l{statistic::share, "vote", "yes", {"North", "f"}, "2014"};
    CHECK(l == baro::label(l));
    baro::label other = l;
    other.wave = "2016";
    CHECK(l != other);
    other = l;
    other.domain = {"f", "North"};
    CHECK(l != other);
    other = l;
    other.statistic = statistic::mean;
    CHECK(l != other);
  }
}

}  // namespace estimate_label
