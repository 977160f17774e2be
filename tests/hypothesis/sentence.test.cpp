// SPDX-License-Identifier: BSL-1.0
// A difference in words, in English and in French.
#include <baro/hypothesis/sentence.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>

TEST_SUITE_BEGIN("hypothesis/sentence");

namespace hypothesis_sentence {

using baro::language, baro::sentence;

baro::comparison<double> shares() {
  baro::comparison<double> c;
  c.a.statistic = c.b.statistic = baro::statistic::share;
  c.a.variable = c.b.variable = "networks";
  c.a.level = c.b.level = "yes";
  c.a.domain = {"DRH"};
  c.b.domain = {"salariés"};
  c.value_a = 0.25;
  c.value_b = 0.67;
  c.difference = -0.42;
  c.standard_error = 0.0423;
  c.df = 1120;
  c.limits.low = -0.503;
  c.limits.high = -0.337;
  c.limits.level = baro::confidence_level(0.95);
  c.statistic = -9.93;
  c.p_value = 2e-22;
  return c;
}

TEST_CASE("two shares") {
  const auto c = shares();
  CHECK(sentence(c) ==
        "DRH 25.0 %, salariés 67.0 %: difference −42.0 points [−50.3; −33.7] at 95 %, "
        "p < 0.001 (t test, 1120 df)");
  CHECK(sentence(c, language::french) ==
        "DRH 25,0 %, salariés 67,0 % : écart −42,0 points [−50,3 ; −33,7] à 95 %, "
        "p < 0,001 (test t, 1120 ddl)");
}

TEST_CASE("means, a normal test, and a difference that rounds to nothing") {
  auto c = shares();
  c.a.statistic = c.b.statistic = baro::statistic::mean;
  c.difference = -0.0001;
  c.df = std::numeric_limits<double>::infinity();
  c.p_value = 0.9514;
  CHECK(sentence(c) ==
        "DRH 0.25, salariés 0.67: difference 0.00 [−0.50; −0.34] at 95 %, p = 0.951 (normal "
        "test)");
}

TEST_CASE("what was not tested says why") {
  auto c = shares();
  c.status = baro::status::no_degrees;
  CHECK(sentence(c) ==
        "DRH 25.0 %, salariés 67.0 %: difference −42.0 points, not tested (no_degrees)");
  c.difference = std::numeric_limits<double>::quiet_NaN();
  c.status = baro::status::empty_domain;
  CHECK(sentence(c, language::french).ends_with(" : rien à comparer (empty_domain)"));
}

TEST_CASE("a test with a name of its own is named, and may have no interval") {
  auto c = shares();
  c.test = "guarded_score";
  CHECK(sentence(c).ends_with("p < 0.001 (guarded_score test, 1120 df)"));
  c.test = "fisher";
  c.limits.low = c.limits.high = c.df = std::numeric_limits<double>::quiet_NaN();
  CHECK(sentence(c) ==
        "DRH 25.0 %, salariés 67.0 %: difference −42.0 points, p < 0.001 (fisher test)");
}

TEST_CASE("what a client can read, in both languages") {
  auto c = shares();
  CHECK(
      sentence(c, {"les DRH", "les salariés", "se dire stressés"}, language::french) ==
      "Les DRH sont moins nombreux que les salariés à se dire stressés (25,0 % contre 67,0 %) "
      ": écart −42,0 points [−50,3 ; −33,7] à 95 %, p < 0,001 (test t, 1120 ddl)");
  CHECK(sentence(c, {"HR directors", "employees", "call themselves stressed"})
            .starts_with("HR directors are less likely than employees to call themselves "
                         "stressed (25.0 % against 67.0 %): difference −42.0 points"));
  c.p_value = 0.2;
  CHECK(sentence(c, {"les DRH", "les salariés", "se dire stressés"}, language::french)
            .starts_with("Rien ne montre que les DRH soient plus ou moins nombreux que les "
                         "salariés à se dire stressés (25,0 %"));
  CHECK(sentence(c, {"HR directors", "employees", "stay"})
            .starts_with("Nothing shows that HR directors are more or less likely than "
                         "employees to stay"));
  c.a.statistic = baro::statistic::mean;
  CHECK_THROWS_AS(static_cast<void>(sentence(c, {"a", "b", "c"})), baro::value_error);
}

TEST_CASE("groups are named by what differs") {
  auto c = shares();
  c.a.domain = {"2011", "DRH"};
  c.b.domain = {"2011", "salariés"};
  CHECK(sentence(c).starts_with("DRH 25.0 %, salariés 67.0 %"));
  c.a.domain = c.b.domain = {};
  c.b.level = "no";
  CHECK(sentence(c).starts_with("yes 25.0 %, no 67.0 %"));
  c.a.wave = "2009";
  c.b.wave = "2011";
  CHECK(sentence(c).starts_with("2009 25.0 %, 2011 67.0 %"));
}

}  // namespace hypothesis_sentence

TEST_SUITE_END();
