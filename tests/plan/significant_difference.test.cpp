// SPDX-License-Identifier: BSL-1.0
// The smallest difference that is significant: conventions 4, the z or t of the test there.
#include <baro/plan/expected_means.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/power.hpp>
#include <baro/plan/significant_difference.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("plan/significant_difference");

namespace plan_significant_difference {

using baro::comparison_plan, baro::gap_direction, baro::group_sizes, baro::reference_share,
    baro::reference_spread, baro::share_test, baro::significant_difference;
using test::close;

static_assert(baro::gap_reference<reference_share>);
static_assert(baro::gap_reference<reference_spread>);
static_assert(!baro::gap_reference<baro::expected_shares>);

TEST_CASE("the table of conventions 4, to the decimal it has") {
  const auto points = [](const group_sizes& n, double deff) {
    const comparison_plan plan{.a = {.deff = deff}, .b = {.deff = deff}};
    return std::round(1000 *
                      significant_difference(
                          reference_share{.share = .5, .test = share_test::common}, n, plan)
                          .difference);
  };
  const double n[] = {500, 1000, 1500, 2000, 3000};
  const double one[] = {62, 44, 36, 31, 25}, more[] = {73, 52, 42, 37, 30};
  for (int i = 0; i < 5; ++i) {
    CHECK(points(group_sizes::each(n[i]), 1) == one[i]);
    CHECK(points(group_sizes::each(n[i]), 1.4) == more[i]);
  }
  CHECK(points({122, 1000}, 1) == 94);
}

TEST_CASE("there the test is just significant") {
  const double z = baro::detail::normal_quantile_above(.025);
  for (const double sign : {1., -1.}) {
    const auto d = significant_difference(
        reference_share{.share = .3,
                        .direction = sign > 0 ? gap_direction::rise : gap_direction::fall},
        {122, 1000});
    const double b = .3 + sign * d.difference, both = (122 * .3 + 1000 * b) / 1122;
    CHECK(
        close(d.difference / std::sqrt(both * (1 - both) * (1. / 122 + 1. / 1000)), z, 1e-12));
  }
  // Two means of 12 and 30 answers against t with 40 degrees of freedom, qt(.975, 40).
  const auto m = significant_difference(
      reference_spread{.sd_a = 1.5, .sd_b = 1.5, .test = baro::mean_test::student()}, {12, 30});
  CHECK(close(m.difference, 2.02107539030627 * 1.5 * std::sqrt(1. / 12 + 1. / 30), 1e-12));
}

TEST_CASE("were it the truth, it would be found every other time") {
  for (const share_test t :
       {share_test::pooled, share_test::unpooled, share_test::common, share_test::arcsine}) {
    const auto d = significant_difference(reference_share{.share = .4, .test = t}, {122, 1000});
    const baro::expected_shares e{.a = .4, .b = .4 + d.difference, .test = t};
    CHECK(close(baro::power(e, {122, 1000}).power, .5, 1e-11));
  }
}

TEST_CASE("one side asks for less, a family for more, an overlap for √(1 − ρP)") {
  const reference_share half{.share = .5, .test = share_test::common};
  const auto d = [&](const comparison_plan& plan) {
    return significant_difference(half, group_sizes::each(1000), plan).difference;
  };
  CHECK(d({.sides = baro::test_sides::one}) < d({}));
  CHECK(close(d({.level = baro::confidence_level(.995)}), d({.family = baro::family_size(10)}),
              1e-12));
  CHECK(
      close(d({.overlap = baro::wave_overlap{2. / 3, .5}}), d({}) * std::sqrt(2. / 3), 1e-12));
}

TEST_CASE("three against three: nothing is significant, in means something is") {
  const auto none = significant_difference(reference_share{.share = .5}, group_sizes::each(3));
  CHECK(none.status == baro::status::infeasible);
  CHECK(std::isnan(none.difference));
  const auto m = significant_difference(reference_spread{.test = baro::mean_test::student()},
                                        group_sizes::each(2));
  CHECK(close(m.difference, 4.30265272974946, 1e-12));  // qt(.975, 2), error 1
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const reference_share from{.share = .25};
  CHECK(close(significant_difference(from, {122, 1000}).difference,
              static_cast<double>(significant_difference<real>(from, {122, 1000}).difference),
              1e-13));
}

TEST_CASE("what cannot be asked is refused") {
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(significant_difference(reference_share{.share = .5}, {0, 5}));
        }) == "significant_difference: sizes.a = 0, must be from 1 to 1000000000");
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(significant_difference(reference_share{.share = 50}, {5, 5}));
        }) == "reference_share: share = 50, must be between 0 and 1");
}

}  // namespace plan_significant_difference

TEST_SUITE_END();
