// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/detail/dual.hpp>

#include <boost/math/differentiation/autodiff.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>
#include <support/close.hpp>
#include <type_traits>

namespace {

using baro::detail::dual;
using test::close;
using real50 = boost::multiprecision::cpp_bin_float_50;

/// Calls `check` with each function and the points, in hundredths, to try it at.
template <class Check>
void each_function(Check check) {
  const auto both = [&](auto f) { check(f, {-170, -40, 20, 90, 250}); };
  const auto within_one = [&](auto f) { check(f, {-70, -1, 30, 90}); };
  const auto positive = [&](auto f) { check(f, {1, 70, 130, 4000}); };
  both([](const auto& x) { return (x + 3) * (2 - x) / (x * x + 1) - x / 7; });
  both([](const auto& x) { return -x + 5 / x + abs(x) * fabs(x - 1); });
  both([](const auto& x) { return exp(x) * sin(x) - cos(x * x); });
  both([](const auto& x) { return tan(x / 2) + atan(x) + atan2(x, x * x + 1); });
  both([](const auto& x) { return sinh(x) / cosh(x / 3) + tanh(x) + asinh(x); });
  both([](const auto& x) { return pow(x, 3) + pow(x, -2) + pow(2, x); });
  both([](const auto& x) { return erf(x) - erfc(x / 2); });
  within_one([](const auto& x) { return asin(x) * acos(x / 2) + atanh(x); });
  positive([](const auto& x) { return sqrt(x) / (1 + log(x) * log(x)) + acosh(x + 2); });
  positive([](const auto& x) { return pow(x, x / 10) + pow(x, .25); });
}

TEST_SUITE("estimate/dual") {
  TEST_CASE("values and slopes are those of Boost.Math's autodiff") {
    each_function([](auto f, std::initializer_list<int> hundredths) {
      for (const int h : hundredths) {
        const double x = h / 100.0;
        const dual<double> ours = f(dual<double>(x, 1));
        const auto theirs = f(boost::math::differentiation::make_fvar<double, 1>(x));
        CHECK(close(ours.value(), theirs.derivative(0), 4e-15));
        CHECK(close(ours.slope(), theirs.derivative(1), 4e-15));
      }
    });
  }

  TEST_CASE("double and long double agree with 50 digits") {
    each_function([](auto f, std::initializer_list<int> hundredths) {
      for (const int h : hundredths) {
        const dual<real50> exact = f(dual<real50>(real50(h) / 100, 1));
        const dual<double> rounded = f(dual<double>(h / 100.0, 1));
        const dual<long double> wide = f(dual<long double>(h / 100.0L, 1));
        CHECK(close(rounded.value(), static_cast<double>(exact.value()), 1e-14));
        CHECK(close(rounded.slope(), static_cast<double>(exact.slope()), 1e-14));
        CHECK(close(wide.value(), static_cast<long double>(exact.value()), 5e-18));
        CHECK(close(wide.slope(), static_cast<long double>(exact.slope()), 5e-18));
      }
    });
  }

  TEST_CASE("functions that Boost.Math's autodiff lacks have their slopes by hand") {
    const auto both = [](const auto& y, long double value, long double slope) {
      CHECK(close(y.value(), value, 1e-18));
      CHECK(close(y.slope(), slope, 1e-18));
    };
    const dual<long double> x(.3L, 2), y(1.2L, -1);
    both(cbrt(x), std::cbrt(.3L), 2 / (3 * std::cbrt(.3L) * std::cbrt(.3L)));
    both(expm1(x), std::expm1(.3L), 2 * std::exp(.3L));
    both(log1p(x), std::log1p(.3L), 2 / 1.3L);
    both(log2(x), std::log2(.3L), 2 / (.3L * std::log(2.L)));
    both(log10(x), std::log10(.3L), 2 / (.3L * std::log(10.L)));
    both(hypot(x, y), std::hypot(.3L, 1.2L), (.3L * 2 - 1.2L) / std::hypot(.3L, 1.2L));
    both(atan2(y, x), std::atan2(1.2L, .3L), (-.3L - 2 * 1.2L) / (.3L * .3L + 1.2L * 1.2L));
    both(pow(x, y), std::pow(.3L, 1.2L),
         std::pow(.3L, 1.2L) * (1.2L * 2 / .3L - std::log(.3L)));
  }

  TEST_CASE("an expression written with assignments is the same expression") {
    const dual<double> x(3, 1);
    dual<double> y = x;
    y += 2;
    y *= x;
    y -= x / 3;
    y /= 2.0F;
    const auto same = ((x + 2) * x - x / 3) / 2;
    CHECK(y.value() == same.value());
    CHECK(y.slope() == same.slope());
    CHECK((+x).slope() == 1);
  }

  TEST_CASE("comparisons look at the value alone") {
    const dual<double> a(1, 5), b(1, 7), c(2, 0);
    CHECK(a == b);
    CHECK(a != c);
    CHECK(a < c);
    CHECK(a <= 1);
    CHECK(c > 1.5);
    CHECK(2 >= c);
  }

  TEST_CASE("what does not move has no slope, not even at a border") {
    const dual<double> zero(0), minus(-2), moving(0, 1);
    CHECK(sqrt(zero).slope() == 0);
    CHECK(pow(minus, 2).slope() == 0);
    CHECK(log(zero).slope() == 0);
    CHECK((zero / moving).slope() != 0);
    CHECK(sqrt(moving).slope() == std::numeric_limits<double>::infinity());
    CHECK(pow(moving, 0).slope() == 0);
    CHECK(pow(moving, 1).slope() == 1);
  }

  TEST_CASE("plain numbers of any kind are constants, a dual is never narrowed to one") {
    static_assert(std::is_convertible_v<int, dual<long double>>);
    static_assert(std::is_convertible_v<long double, dual<real50>>);
    static_assert(!std::is_convertible_v<dual<double>, double>);
    static_assert(!std::is_constructible_v<double, dual<double>>);
    CHECK(dual<double>(7).slope() == 0);
    CHECK(dual<double>().value() == 0);
  }
}

}  // namespace
