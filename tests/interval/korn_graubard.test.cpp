// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/clopper_pearson.hpp>
#include <baro/interval/korn_graubard.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace interval_korn_graubard {

using namespace test;

TEST_SUITE("interval/korn_graubard") {
  TEST_CASE("the limits are those of R survey, capped or not, where n* is below n") {
    for (const auto& m :
         {baro::korn_graubard{}, baro::korn_graubard{baro::size_cap::respondents}}) {
      const auto c = interval(comp_imp(), at95, m);
      CHECK(close(c.low, .6560773616, 1e-9));
      CHECK(close(c.high, .7899569915, 1e-9));
      CHECK(close(c.base, 182.711131, 1e-8));
      const auto e = interval(ell_0(), at95, m);
      CHECK(close(e.low, .0002161468, 1e-6));
      CHECK(close(e.high, .1375077639, 1e-9));
    }
    CHECK(assumption_text(interval(comp_imp(), at95, baro::korn_graubard{})) ==
          "effective base 182.7, 14 df");
    check_against_r(baro::korn_graubard{}, "beta", 1e-9);
  }

  TEST_CASE("with deff 1 and a degree of freedom per person it is Clopper and Pearson's") {
    for (const int k : {0, 1, 7, 20, 39, 40}) {
      auto f = textbook(k, 40);
      f.df = 39;
      const auto c = interval(f, at95, baro::korn_graubard{});
      const auto d = interval(sampled(k, 40), at95, baro::clopper_pearson{});
      CHECK(close(c.low, d.low, 1e-12));
      CHECK(close(c.high, d.high, 1e-12));
    }
  }

  TEST_CASE("the cap keeps the effective size at the number who answered") {
    const auto f = share_figure(.3, .02, 40.0, 200.0, 180.0, .5);  // n* = 525
    CHECK(interval(f, at95, baro::korn_graubard{}).base > 490);
    const auto c = interval(f, at95, baro::korn_graubard{baro::size_cap::respondents});
    CHECK(c.base == 200);
    CHECK(c.method == "korn_graubard_capped");
    CHECK(c.width() > interval(f, at95, baro::korn_graubard{}).width());
  }

  TEST_CASE("nobody and everybody stand on Kish's size, less for few degrees of freedom") {
    const auto f =
        share_figure(0.0, 0.0, 10.0, 100.0, 60.0, std::numeric_limits<double>::quiet_NaN());
    const double ratio = 1.9842169515864172 / 2.2281388519862735;  // t at 99 and at 10 df
    const double n = 60 * ratio * ratio;
    const auto c = interval(f, at95, baro::korn_graubard{});
    CHECK(close(c.base, n, 1e-12));
    CHECK(c.low == 0);
    CHECK(close(c.high, 1 - std::pow(.025, 1 / n), 1e-12));
  }

  TEST_CASE("more degrees of freedom than people never enlarge the size") {
    auto f = textbook(37, 122);  // df infinite
    CHECK(close(interval(f, at95, baro::korn_graubard{}).base, 122, 1e-12));
    auto one = sampled(1, 1);
    one.df = 14;
    CHECK(interval(one, at95, baro::korn_graubard{}).base == 1);
  }

  TEST_CASE("a standard error of 0 is a census: no width, and with the cap the width of n") {
    const auto f = share_figure(.25, 0.0, 100.0, 400.0, 400.0, 0.0);
    CHECK(interval(f, at95, baro::korn_graubard{}).width() == 0);
    CHECK(interval(f, at95, baro::korn_graubard{baro::size_cap::respondents}).base == 400);
  }

  TEST_CASE("no information at all leaves [0, 1]") {
    const double inf = std::numeric_limits<double>::infinity();
    const auto f = share_figure(.25, inf, 10.0, 400.0, 400.0, inf);
    const auto c = interval(f, at95, baro::korn_graubard{});
    CHECK(c.low == 0);
    CHECK(c.high == 1);
  }

  TEST_CASE(
      "it holds the share, mirrors, widens with the level, and refuses what it cannot mean") {
    for (const auto& m :
         {baro::korn_graubard{}, baro::korn_graubard{baro::size_cap::respondents}}) {
      check_share_method(m);
      check_refusals(m);
    }
  }
}

}  // namespace interval_korn_graubard
