// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <cmath>
#include <concepts>

namespace baro::detail {

/// A number that carries its derivative in one direction (forward automatic differentiation):
///   f(x + ε x′) = f(x) + ε f′(x) x′,  ε² = 0          (Griewank and Walther 2008, 3.1)
/// What a function of totals or figures is called with. It has the arithmetic, the comparisons
/// and the smooth functions of <cmath> that have a derivative of their own; any of them not
/// called is not compiled. Boost.Math's autodiff does the same for any order, but reading it
/// takes as long as reading all else that Boost.Math gives us.
///
/// A constant stays one whatever it is multiplied with: the slope of √0 is 0 where 0 does not
/// move, not NaN.
template <class Number>
class dual {
 public:
  dual() = default;
  template <std::convertible_to<Number> T>
  dual(const T& constant) : value_(static_cast<Number>(constant)) {}
  dual(const Number& value, const Number& slope) : value_(value), slope_(slope) {}

  const Number& value() const noexcept { return value_; }
  const Number& slope() const noexcept { return slope_; }

  friend dual operator+(const dual& x) { return x; }
  friend dual operator-(const dual& x) { return {Number(-x.value_), Number(-x.slope_)}; }
  friend dual operator+(const dual& a, const dual& b) {
    return {Number(a.value_ + b.value_), Number(a.slope_ + b.slope_)};
  }
  friend dual operator-(const dual& a, const dual& b) {
    return {Number(a.value_ - b.value_), Number(a.slope_ - b.slope_)};
  }
  friend dual operator*(const dual& a, const dual& b) {
    return {Number(a.value_ * b.value_), sum(a, b.value_, b, a.value_)};
  }
  friend dual operator/(const dual& a, const dual& b) {
    const Number quotient = a.value_ / b.value_;
    return {quotient, sum(a, Number(1 / b.value_), b, Number(-quotient / b.value_))};
  }
  dual& operator+=(const dual& other) { return *this = *this + other; }
  dual& operator-=(const dual& other) { return *this = *this - other; }
  dual& operator*=(const dual& other) { return *this = *this * other; }
  dual& operator/=(const dual& other) { return *this = *this / other; }

  friend bool operator==(const dual& a, const dual& b) { return a.value_ == b.value_; }
  friend bool operator<(const dual& a, const dual& b) { return a.value_ < b.value_; }
  friend bool operator>(const dual& a, const dual& b) { return a.value_ > b.value_; }
  friend bool operator<=(const dual& a, const dual& b) { return a.value_ <= b.value_; }
  friend bool operator>=(const dual& a, const dual& b) { return a.value_ >= b.value_; }

  friend dual abs(const dual& x) { return x.value_ < 0 ? -x : x; }
  friend dual fabs(const dual& x) { return abs(x); }
  friend dual sqrt(const dual& x) {
    using std::sqrt;
    const Number root = sqrt(x.value_);
    return x.then(root, Number(1 / (2 * root)));
  }
  friend dual cbrt(const dual& x) {
    using std::cbrt;
    const Number root = cbrt(x.value_);
    return x.then(root, Number(1 / (3 * root * root)));
  }
  friend dual hypot(const dual& a, const dual& b) { return sqrt(a * a + b * b); }
  friend dual exp(const dual& x) {
    using std::exp;
    const Number e = exp(x.value_);
    return x.then(e, e);
  }
  friend dual expm1(const dual& x) {
    using std::exp, std::expm1;
    return x.then(Number(expm1(x.value_)), Number(exp(x.value_)));
  }
  friend dual log(const dual& x) {
    using std::log;
    return x.then(Number(log(x.value_)), Number(1 / x.value_));
  }
  friend dual log1p(const dual& x) {
    using std::log1p;
    return x.then(Number(log1p(x.value_)), Number(1 / (1 + x.value_)));
  }
  friend dual log2(const dual& x) {
    using std::log, std::log2;
    return x.then(Number(log2(x.value_)), Number(1 / (x.value_ * log(Number(2)))));
  }
  friend dual log10(const dual& x) {
    using std::log, std::log10;
    return x.then(Number(log10(x.value_)), Number(1 / (x.value_ * log(Number(10)))));
  }
  friend dual pow(const dual& x, const dual& y) {
    using std::log, std::pow;
    const Number power = pow(x.value_, y.value_);
    const Number in_x =
        y.value_ == 0 ? Number(0) : Number(y.value_ * pow(x.value_, y.value_ - 1));
    return {power, sum(x, in_x, y, y.slope_ == 0 ? Number(0) : Number(power * log(x.value_)))};
  }

  friend dual sin(const dual& x) {
    using std::cos, std::sin;
    return x.then(Number(sin(x.value_)), Number(cos(x.value_)));
  }
  friend dual cos(const dual& x) {
    using std::cos, std::sin;
    return x.then(Number(cos(x.value_)), Number(-sin(x.value_)));
  }
  friend dual tan(const dual& x) {
    using std::tan;
    const Number t = tan(x.value_);
    return x.then(t, Number(1 + t * t));
  }
  friend dual asin(const dual& x) {
    using std::asin, std::sqrt;
    return x.then(Number(asin(x.value_)), Number(1 / sqrt(1 - x.value_ * x.value_)));
  }
  friend dual acos(const dual& x) {
    using std::acos, std::sqrt;
    return x.then(Number(acos(x.value_)), Number(-1 / sqrt(1 - x.value_ * x.value_)));
  }
  friend dual atan(const dual& x) {
    using std::atan;
    return x.then(Number(atan(x.value_)), Number(1 / (1 + x.value_ * x.value_)));
  }
  friend dual atan2(const dual& y, const dual& x) {
    using std::atan2;
    const Number square = x.value_ * x.value_ + y.value_ * y.value_;
    return {Number(atan2(y.value_, x.value_)),
            sum(y, Number(x.value_ / square), x, Number(-y.value_ / square))};
  }
  friend dual sinh(const dual& x) {
    using std::cosh, std::sinh;
    return x.then(Number(sinh(x.value_)), Number(cosh(x.value_)));
  }
  friend dual cosh(const dual& x) {
    using std::cosh, std::sinh;
    return x.then(Number(cosh(x.value_)), Number(sinh(x.value_)));
  }
  friend dual tanh(const dual& x) {
    using std::tanh;
    const Number t = tanh(x.value_);
    return x.then(t, Number(1 - t * t));
  }
  friend dual asinh(const dual& x) {
    using std::asinh, std::sqrt;
    return x.then(Number(asinh(x.value_)), Number(1 / sqrt(1 + x.value_ * x.value_)));
  }
  friend dual acosh(const dual& x) {
    using std::acosh, std::sqrt;
    return x.then(Number(acosh(x.value_)), Number(1 / sqrt(x.value_ * x.value_ - 1)));
  }
  friend dual atanh(const dual& x) {
    using std::atanh;
    return x.then(Number(atanh(x.value_)), Number(1 / (1 - x.value_ * x.value_)));
  }
  friend dual erf(const dual& x) {
    using std::erf;
    return x.then(Number(erf(x.value_)), bell(x.value_));
  }
  friend dual erfc(const dual& x) {
    using std::erfc;
    return x.then(Number(erfc(x.value_)), Number(-bell(x.value_)));
  }

 private:
  /// f(x) with f′(x) known.
  dual then(const Number& f, const Number& derivative) const {
    return {f, slope_ == 0 ? Number(0) : Number(derivative * slope_)};
  }
  /// a′ ∂f/∂a + b′ ∂f/∂b
  static Number sum(const dual& a, const Number& in_a, const dual& b, const Number& in_b) {
    const Number first = a.slope_ == 0 ? Number(0) : Number(in_a * a.slope_);
    return b.slope_ == 0 ? first : Number(first + in_b * b.slope_);
  }
  /// 2 / √π · exp(−x²)
  static Number bell(const Number& x) {
    using std::acos, std::exp, std::sqrt;
    return 2 * exp(Number(-x * x)) / sqrt(Number(acos(Number(-1))));
  }

  Number value_{0};
  Number slope_{0};
};

}  // namespace baro::detail
