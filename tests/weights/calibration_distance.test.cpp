// SPDX-License-Identifier: BSL-1.0
#include <baro/weights/calibration_distance.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("weights/calibration_distance");

namespace weights_calibration_distance {

using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

struct own_distance {  // F = exp(u) for u < 0, 1 + u above: smooth enough
  double factor(double u) const { return u < 0 ? std::exp(u) : 1 + u; }
  double slope(double u) const { return u < 0 ? std::exp(u) : 1; }
};
struct no_slope {
  double factor(double u) const { return u; }
};
static_assert(baro::calibration_distance<baro::linear_distance>);
static_assert(baro::calibration_distance<own_distance>);
static_assert(!baro::calibration_distance<no_slope>);
static_assert(!baro::calibration_distance<double>);

/// F(0) = F'(0) = 1, F never falls, and F' is what differences of F give in 50 digits.
template <class Distance>
void check(const Distance& d) {
  CHECK(d.factor(0.0) == doctest::Approx(1).epsilon(1e-15));
  CHECK(d.slope(0.0) == doctest::Approx(1).epsilon(1e-15));
  const real50 h("1e-20");
  double last = d.factor(-8.0);
  for (double u = -7.75; u < 8; u += 0.25) {
    CAPTURE(u);
    CHECK(d.factor(u) >= last);
    last = d.factor(u);
    const real50 at(u);
    CHECK(close(last, d.factor(at), 1e-14));
    const real50 difference = (d.factor(real50(at + h)) - d.factor(real50(at - h))) / (2 * h);
    if (difference > 1e-12) CHECK(close(d.slope(u), difference, 1e-12));
  }
}

TEST_CASE("factors and slopes belong together") {
  check(baro::linear_distance{});
  check(baro::raking_distance{});
  check(baro::logit_distance({.low = 0.5, .high = 3}));
  check(baro::logit_distance({.low = 0, .high = 1.5}));
  check(baro::sinh_distance{});
  check(baro::sinh_distance(0.25));
}

TEST_CASE("the logit distance stays within its bounds, however far it is asked") {
  const baro::logit_distance d({.low = 0.3, .high = 2.5});
  CHECK(close(d.factor(1e6), 2.5, 1e-12));
  CHECK(close(d.factor(-1e6), 0.3, 1e-12));
  CHECK(close(d.factor(1e300), 2.5, 1e-12));
}

TEST_CASE("the truncated distance is the linear one between its bounds") {
  const baro::truncated_distance d({.low = 0.5, .high = 2});
  CHECK(d.factor(0.25) == 1.25);
  CHECK(d.factor(-3.0) == 0.5);
  CHECK(d.factor(3.0) == 2.0);
  CHECK(d.slope(0.25) == 1.0);
  CHECK(d.slope(3.0) == 0.0);
}

TEST_CASE("the hyperbolic sine solves its equation") {
  for (const double alpha : {0.5, 1.0, 2.0})
    for (const double u : {-3.0, -0.1, 0.2, 5.0}) {
      const double f = baro::sinh_distance(alpha).factor(u);
      CHECK(close(std::sinh(alpha * (f - 1 / f)) / (2 * alpha), u, 1e-12));
    }
}

TEST_CASE("bounds that exclude 1 are refused") {
  using test::refused;
  CHECK(refused<baro::value_error>([] { baro::logit_distance({.low = 1, .high = 2}); }) ==
        "logit_distance: low = 1, must be in [0, 1)");
  CHECK(refused<baro::value_error>([] { baro::truncated_distance({.low = 0.5, .high = 1}); }) ==
        "truncated_distance: high = 1, must be above 1 and finite");
  CHECK(refused<baro::value_error>([] { baro::sinh_distance(0); }) ==
        "sinh_distance: alpha = 0, must be above 0 and finite");
}

}  // namespace weights_calibration_distance

TEST_SUITE_END();
