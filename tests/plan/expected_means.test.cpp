// SPDX-License-Identifier: BSL-1.0
// The five tests two means may meet; the noncentral t by R pt; what is refused.
#include <baro/plan/expected_means.hpp>
#include <baro/plan/power.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/expected_means");

namespace plan_expected_means {

using baro::comparison_plan, baro::expected_means, baro::group_sizes, baro::mean_test,
    baro::power;
using test::close;

static_assert(baro::expected_difference<expected_means>);
static_assert(!baro::expected_difference<baro::reference_spread>);

TEST_CASE("the noncentral t distribution, R pt(x, df, ncp, lower.tail = FALSE)") {
  const auto tail = [](double df, double shift, double x) {
    return baro::detail::noncentral_t_tail(df, shift, x);
  };
  CHECK(close(tail(2, 0.5, 3), 0.0950978490366977, 1e-10));
  CHECK(close(tail(10, 1, 2), 0.192388437469689, 1e-10));
  CHECK(close(tail(38, 2.8, 2.25), 0.70786471377677, 1e-10));
  CHECK(close(tail(120, 6, 1.5), 0.999996303008608, 1e-10));
  CHECK(close(tail(5.5, 3, 4), 0.30367647305561, 1e-10));
  // Here R is 4e-7 off; integrate(\(s) pnorm(-2.25 * s - 2.8) * 76 * s * dchisq(38 * s^2, 38),
  // 0, Inf)
  CHECK(close(tail(38, -2.8, 2.25), 5.2147710948859886e-07, 1e-10));
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const real exact = baro::detail::noncentral_t_tail(real(38), real(2.75), real(2));
  CHECK(close(tail(38, 2.75, 2), static_cast<double>(exact), 1e-13));
  // Its limits: Student's t without a shift, the normal with all the degrees of freedom.
  CHECK(tail(7, 0, 2) == baro::detail::t_tail(7., 2.));
  CHECK(close(tail(1e9, 2.75, 2), baro::detail::normal_cdf(.75), 1e-8));
  CHECK(tail(1e17, 2.75, 2) == baro::detail::normal_cdf(.75));
}

TEST_CASE("the normal test is a formula") {
  const expected_means e{.difference = .4, .sd_a = 1.5, .sd_b = 2};
  const double error = std::sqrt(1.5 * 1.5 / 122 + 4. / 1000);
  const double z = baro::detail::normal_quantile_above(.025);
  CHECK(close(power(e, {122, 1000}).power, baro::detail::normal_cdf(.4 / error - z), 1e-12));
  const expected_means down{.difference = -.4, .sd_a = 1.5, .sd_b = 2};
  CHECK(power(down, {122, 1000}).power == power(e, {122, 1000}).power);
}

TEST_CASE("Welch's test, by scipy") {
  // va, vb = 1.5²/12, .7²/40; df = (va + vb)² / (va²/11 + vb²/39) = 12.4693
  // nct.sf(t.isf(.025, df), df, 1.1 / √(va + vb))
  const expected_means e{
      .difference = 1.1, .sd_a = 1.5, .sd_b = .7, .test = mean_test::welch()};
  CHECK(close(power(e, {12, 40}).power, 0.6214313406388732, 1e-10));
}

TEST_CASE("the tests are ordered by their degrees of freedom") {
  const group_sizes n{12, 20};
  const auto by = [&](mean_test test, const comparison_plan& plan = {}) {
    return power(expected_means{.difference = 1, .test = test}, n, plan).power;
  };
  CHECK(by(mean_test::student()) < by(mean_test::normal()));
  CHECK(by(mean_test::welch()) < by(mean_test::student()));
  CHECK(by(mean_test::fixed(5)) < by(mean_test::welch()));
  CHECK(by(mean_test::fixed(30)) == by(mean_test::student()));
  // As many pairs: the paired test knows the covariance, and has half the degrees of freedom.
  const auto each = group_sizes::each(20);
  const expected_means paired{.difference = .5, .test = mean_test::paired()};
  const comparison_plan again{.overlap = baro::wave_overlap{1, .5}};
  const expected_means fixed{.difference = .5, .test = mean_test::fixed(19)};
  CHECK(power(paired, each, again).power == power(fixed, each, again).power);
  CHECK(power(paired, each, again).power > power(fixed, each).power);
}

TEST_CASE("what cannot be expected is refused") {
  const auto refused = [](const expected_means& e, const comparison_plan& plan = {}) {
    return test::refused<baro::value_error>([&] { e.check(plan); });
  };
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(refused({.difference = 1}) == "nothing was refused");
  CHECK(refused({}) == "expected_means: difference = 0, must not be 0, and finite");
  CHECK(refused({.difference = nan}) != "nothing was refused");
  CHECK(refused({.difference = 1, .sd_a = -2}) ==
        "expected_means: sd_a = -2, must be above 0 and finite");
  CHECK(refused({.difference = 1, .sd_a = 1, .sd_b = 0}) ==
        "expected_means: sd_b = 0, must be above 0 and finite");
  CHECK(refused({.difference = 1, .sd_a = nan}) != "nothing was refused");
  CHECK(refused({.difference = 1, .sd_a = 1, .sd_b = 2, .test = mean_test::student()}) ==
        "expected_means: sd_b = 2, must be sd_a for Student's test; Welch's has two");
  const comparison_plan some{.overlap = baro::wave_overlap{.5, .5}};
  for (const mean_test t : {mean_test::student(), mean_test::welch()})
    CHECK(refused({.difference = 1, .test = t}, some) ==
          "expected_means: overlap.share = 0.5, must not be given for a test of independent "
          "samples: paired, normal or fixed");
  CHECK(refused({.difference = 1, .test = mean_test::paired()}, some) ==
        "expected_means: overlap.share = 0.5, must be 1 for a paired test");
  CHECK(refused({.difference = 1, .test = mean_test::paired()}) ==
        "expected_means: overlap.share = 0, must be 1 for a paired test");
  CHECK(test::refused<baro::value_error>([] { static_cast<void>(mean_test::fixed(0)); }) ==
        "mean_test: df = 0, must be at least 1");
  CHECK(test::refused<baro::value_error>([] { baro::reference_spread{.sd_a = 0}.check({}); }) ==
        "reference_spread: sd_a = 0, must be above 0 and finite");
}

}  // namespace plan_expected_means

TEST_SUITE_END();
