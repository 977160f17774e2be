// SPDX-License-Identifier: BSL-1.0
// All tests of a table at once: the same as one by one.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/adjust.hpp>
#include <baro/hypothesis/every_pair.hpp>
#include <baro/hypothesis/newcombe_score.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/every_pair");

namespace hypothesis_every_pair {

const baro::confidence_level usual(0.95);

TEST_CASE("each is what share_difference says of the pair") {
  test::survey s("apiclus1");
  const auto e = baro::share(s.design(), baro::categories(s.text("sch.wide")),
                             baro::by(baro::categories(s.text("stype"))));
  const auto all = baro::every_pair(e);
  REQUIRE(all.size() == 2 * 3);
  for (const auto& t : all) {
    const auto one = baro::share_difference(e, t.a, t.b, usual);
    CHECK(t.p_value == one.p_value);
    CHECK(t.statistic == one.statistic);
    CHECK(t.df == one.df);
    CHECK(t.difference == one.difference);
    CHECK(t.status == one.status);
    CHECK(e.entry(t.a).label.level == e.entry(t.b).label.level);
    CHECK(e.entry(t.a).label.domain != e.entry(t.b).label.domain);
  }
  const auto newcombe =
      baro::every_pair(e, baro::newcombe_score{}, baro::comparison_degrees::normal());
  CHECK(newcombe[0].p_value == baro::share_difference(e, newcombe[0].a, newcombe[0].b, usual,
                                                      baro::newcombe_score{},
                                                      baro::comparison_degrees::normal())
                                   .p_value);
}

TEST_CASE("a column with nobody is not tested, and does not stop the others") {
  const std::vector<std::string> column{"a", "a", "a", "b", "b", "b", "c"};
  const std::vector<std::string> answer{"x", "y", "x", "y", "y", "x", ""};
  const auto e = baro::share(baro::design{baro::rows(7)}, baro::categories(answer),
                             baro::by(baro::categories(column)));
  std::size_t tested = 0, untested = 0;
  for (const auto& t : baro::every_pair(e)) {
    (t.status == baro::status::ok ? tested : untested) += 1;
    CHECK((t.status == baro::status::ok) == !std::isnan(t.p_value));
  }
  CHECK(tested == 2);
  CHECK(untested % 2 == 0);
}

}  // namespace hypothesis_every_pair
