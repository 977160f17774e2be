// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/default_interval.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace interval_default_interval {

using namespace test;

TEST_SUITE("interval/default_interval") {
  TEST_CASE("a share gets guarded_jeffreys, everything else wald, and the result says which") {
    auto f = comp_imp();
    CHECK(interval(f).method == "guarded_jeffreys");
    CHECK(interval(f).low == interval(f, at95, baro::guarded_jeffreys{}).low);
    for (const auto s :
         {baro::statistic::mean, baro::statistic::total, baro::statistic::ratio,
          baro::statistic::balance, baro::statistic::nps, baro::statistic::function}) {
      f.statistic = s;
      CHECK(interval(f).method == "wald");
      CHECK(interval(f).low == interval(f, at95, baro::wald{}).low);
    }
  }

  TEST_CASE("the level is 95 % unless another is named") {
    CHECK(interval(comp_imp()).level.value() == .95);
    CHECK(interval(comp_imp(), baro::confidence_level(.8)).width() <
          interval(comp_imp()).width());
  }

  TEST_CASE("an estimate gets one interval per entry, each by its own statistic") {
    baro::estimate<double>::vector v(2);
    v << .25, 640;
    baro::estimate<double>::matrix c(2, 2);
    c << .0004, 0, 0, 25;
    std::vector<baro::entry<double>> entries(2);
    entries[0].label.statistic = baro::statistic::share;
    entries[0].bases = {400, 100, 400, 400};
    const baro::estimate<double> e(v, c, entries);
    const auto all = interval(e);
    REQUIRE(all.size() == 2);
    CHECK(all[0].method == "guarded_jeffreys");
    CHECK(all[1].method == "wald");
    CHECK(close(all[1].high, 640 + 5 * 1.959963984540054, 1e-14));
  }
}

}  // namespace interval_default_interval
