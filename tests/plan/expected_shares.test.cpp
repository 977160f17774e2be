// SPDX-License-Identifier: BSL-1.0
// The four tests two shares may meet, against their formulas; what is refused.
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/power.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/expected_shares");

namespace plan_expected_shares {

using baro::comparison_plan, baro::expected_shares, baro::power, baro::share_test;
using test::close;

static_assert(baro::expected_difference<expected_shares>);
static_assert(!baro::expected_difference<baro::reference_share>);
static_assert(!baro::expected_difference<double>);

TEST_CASE("unequal groups, by scipy") {
  // P = (90 × .2 + 240 × .35) / 330
  // norm.cdf((.15 − 1.96 √(P Q (1/90 + 1/240))) / √(.16/90 + .2275/240))
  CHECK(close(power(expected_shares{.a = .2, .b = .35}, {90, 240}).power, 0.7669303886053945,
              1e-12));
  // norm.cdf(.15 / √(.16/90 + .2275/240) − 1.96)
  CHECK(close(
      power(expected_shares{.a = .2, .b = .35, .test = share_test::unpooled}, {90, 240}).power,
      0.819417856085997, 1e-12));
  // h = 2 asin √.5 − 2 asin √.3, norm.cdf(h / √(1/80 + 1/200) − 1.96)
  CHECK(close(
      power(expected_shares{.a = .5, .b = .3, .test = share_test::arcsine}, {80, 200}).power,
      0.8750949951677615, 1e-12));
}

TEST_CASE("the share pooled is of the bases that count") {
  // 180 and 480 with a deff of 2 are 90 and 240, whatever the test.
  const comparison_plan doubled{.a = {.deff = 2}, .b = {.deff = 2}};
  const comparison_plan one{.a = {.deff = 2}};
  for (const share_test t :
       {share_test::pooled, share_test::unpooled, share_test::common, share_test::arcsine}) {
    const expected_shares e{.a = .2, .b = .35, .test = t};
    CAPTURE(baro::name(t));
    CHECK(close(power(e, {180, 480}, doubled).power, power(e, {90, 240}).power, 1e-13));
    CHECK(close(power(e, {180, 240}, one).power, power(e, {90, 240}).power, 1e-13));
  }
}

TEST_CASE("who comes first and which answer is counted change nothing but for common") {
  for (const share_test t : {share_test::pooled, share_test::unpooled, share_test::arcsine}) {
    const double p = power(expected_shares{.a = .2, .b = .35, .test = t}, {90, 240}).power;
    CHECK(
        close(power(expected_shares{.a = .35, .b = .2, .test = t}, {240, 90}).power, p, 1e-12));
    CHECK(
        close(power(expected_shares{.a = .8, .b = .65, .test = t}, {90, 240}).power, p, 1e-12));
  }
  const auto common = [](double b) {
    return power(expected_shares{.a = .3, .b = b, .test = share_test::common}, {90, 240}).power;
  };
  CHECK(close(common(.2), common(.4), 1e-12));  // a rise as a fall
}

TEST_CASE("what cannot be expected is refused") {
  const auto refused = [](double a, double b) {
    return test::refused<baro::value_error>([&] { expected_shares{.a = a, .b = b}.check({}); });
  };
  CHECK(refused(.2, .3) == "nothing was refused");
  CHECK(refused(0, .3) == "expected_shares: a = 0, must be between 0 and 1");
  CHECK(refused(.3, 1) == "expected_shares: b = 1, must be between 0 and 1");
  CHECK(refused(50, .3) == "expected_shares: a = 50, must be between 0 and 1");
  CHECK(refused(.3, std::numeric_limits<double>::quiet_NaN()) != "nothing was refused");
  CHECK(refused(.3, .3) == "expected_shares: b = 0.3, must differ from a");
  CHECK(test::refused<baro::value_error>([] { baro::reference_share{}.check({}); }) ==
        "reference_share: share = 0, must be between 0 and 1");
}

TEST_CASE("tests have names") {
  CHECK(baro::name(share_test::pooled) == "pooled");
  CHECK(baro::name(share_test::arcsine) == "arcsine");
}

}  // namespace plan_expected_shares

TEST_SUITE_END();
