// SPDX-License-Identifier: BSL-1.0
// What cannot be said is a status beside the value, and nothing else in the table suffers.
#include <baro/estimate/balance.hpp>
#include <baro/estimate/function.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_undefined {

using baro::design;
using baro::status;
using numbers = std::vector<double>;
constexpr double infinity = std::numeric_limits<double>::infinity();
const test::sample s = test::sample::of(90, 111);

/// Every statistic there is, in one pass over three groups.
baro::estimate<> everything(const design& d, const numbers& y, const std::vector<int>& group) {
  const baro::categories level(s.answer);
  return baro::tabulate(d, baro::by(group), baro::mean_of(y), baro::total_of(y),
                        baro::ratio_of(y, s.x), baro::share_of(level),
                        baro::balance_of(level, {"5"}, {"1"}), baro::nps_of(level),
                        baro::function_of({y}, [](const auto& t) { return sqrt(t[1]); }));
}

void check_no_value(const baro::estimate<>& e, std::size_t i, status why) {
  CAPTURE(name(e.entry(i).label.statistic));
  CHECK(e.entry(i).status == why);
  CHECK(std::isnan(e.value(i)));
  for (std::size_t j = 0; j < e.size(); ++j) {
    REQUIRE(std::isnan(e.covariance(i, j)));
    REQUIRE(std::isnan(e.covariance(j, i)));
  }
}

TEST_SUITE("estimate/undefined") {
  TEST_CASE("a domain where nobody weighs anything is empty for every statistic") {
    numbers w = s.weight;
    for (std::size_t i = 0; i < s.size(); ++i)
      if (s.region[i] == 2) w[i] = 0;
    const design strata{baro::weights(w), baro::strata(s.stratum)},
        psus{baro::weights(w), baro::strata(s.stratum), baro::psus(s.psu)};
    for (const design& d : {strata, psus}) {
      const baro::estimate<> e = everything(d, s.y, s.region);
      REQUIRE(e.size() == 33);
      for (std::size_t i = 0; i < e.size(); ++i) {
        if (e.entry(i).label.domain[0] == "2") {
          check_no_value(e, i, status::empty_domain);
          CHECK(e.entry(i).bases.sum_weights == 0);
          CHECK(e.entry(i).bases.effective_n == 0);
        } else {
          CHECK(e.entry(i).status == status::ok);
          CHECK(std::isfinite(e.value(i)));
          // All five levels are below 7, and some have nobody: those figures do not vary.
          if (e.entry(i).label.statistic == baro::statistic::mean) CHECK(e.variance(i) > 0);
          CHECK(e.variance(i) >= 0);
        }
      }
    }
  }

  TEST_CASE("a domain where nobody answered is empty, whatever it weighs") {
    numbers y = s.y;
    for (std::size_t i = 0; i < s.size(); ++i)
      if (s.region[i] == 3) y[i] = test::nan;
    for (const design& d : {s.stratified(), s.clustered()}) {
      const baro::estimate<> e = everything(d, y, s.region);
      for (std::size_t i = 0; i < 9; i += 3) {
        CHECK(e.entry(i).status == status::ok);
        check_no_value(e, i + 2, status::empty_domain);
        CHECK(e.entry(i + 2).bases.n == 0);
      }
    }
  }

  TEST_CASE("a base of one has a value, its bases and no degrees of freedom") {
    std::vector<int> group(s.size(), 1);
    group[40] = 2;
    for (const design& d : {s.stratified(), s.clustered()}) {
      const baro::estimate<> e = everything(d, s.y, group);
      for (std::size_t i = 1; i < e.size(); i += 2) {
        CAPTURE(name(e.entry(i).label.statistic));
        CHECK(e.entry(i).bases.n == 1);
        CHECK(e.entry(i).bases.effective_n == doctest::Approx(1));
        CHECK(e.entry(i).df == 0);
        CHECK(e.entry(i).status == status::no_degrees);
        CHECK(std::isfinite(e.value(i)));
        CHECK(std::isnan(e.entry(i).deff));
      }
      CHECK(e.value(1) == s.y[40]);
    }
  }

  TEST_CASE("a sample of one, by any policy, has a value and no interval to come") {
    const numbers y{7};
    for (const auto policy : {baro::single_psu::remove, baro::single_psu::average,
                              baro::single_psu::center, baro::single_psu::certainty}) {
      const baro::estimate<> e = baro::mean(design{baro::rows(1), policy}, y);
      CHECK(e.value(0) == 7);
      CHECK(e.entry(0).status == status::no_degrees);
    }
    const design everybody{baro::rows(1), baro::population_size(1)};
    CHECK(baro::mean(everybody, y).variance(0) == 0);
  }

  TEST_CASE("a mask that lets nobody in leaves one empty figure") {
    const std::vector<char> nobody(s.size(), 0);
    const baro::estimate<> e = baro::mean(s.clustered(), s.y, baro::where(nobody));
    REQUIRE(e.size() == 1);
    check_no_value(e, 0, status::empty_domain);
    CHECK(e.entry(0).df == 0);
  }

  TEST_CASE("infinite answers are refused by every statistic, wherever they stand") {
    numbers y = s.y;
    y[71] = infinity;
    const std::string says =
        "answers: pay[71] = inf, must be finite, or NaN where there is no answer";
    const baro::answers pay = baro::answers(y).named("pay");
    const auto check = [&](const auto& request) {
      for (const design& d : {s.stratified(), s.clustered()})
        CHECK(test::refused<baro::value_error>(
                  [&] { static_cast<void>(baro::tabulate(d, request)); }) == says);
    };
    check(baro::mean_of(pay));
    check(baro::total_of(pay));
    check(baro::ratio_of(pay, s.x));
    check(baro::ratio_of(s.x, pay));
    check(baro::function_of({s.x, pay}, [](const auto& t) { return t[1]; }));
  }

  TEST_CASE("sums that no number can hold are undefined") {
    const std::vector<int> psu{1, 1, 2, 3};
    const numbers huge{1e308, -1e308, 1e308, -1e308}, squares_only{1e160, -1e160, 3e160, 0};
    for (const numbers& y : {huge, squares_only}) {
      const numbers w(4, 1e10);
      for (const design& d :
           {design{baro::weights(w)}, design{baro::weights(w), baro::psus(psu)}})
        check_no_value(baro::mean(d, y), 0, status::undefined);
    }
  }
}

}  // namespace estimate_undefined
