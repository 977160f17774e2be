// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/interval/confidence_interval.hpp>
#include <baro/interval/detail/share_figure.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace baro {

/// How the degrees of freedom of a comparison of two figures are counted.
///   design         the smaller of the two figures' own
///   satterthwaite  (V_a + V_b)² / (V_a²/ν_a + V_b²/ν_b): two independent samples
///                  (Satterthwaite 1946, Biometrics Bulletin 2:110)
///   normal         infinite
///   fixed          the number given, such as PSUs − strata − 1 of the two domains together
///                  (R survey `svyttest`)
class comparison_degrees {
 public:
  enum class rule { design, satterthwaite, normal, fixed };

  static constexpr comparison_degrees design() noexcept { return {rule::design, 0}; }
  static constexpr comparison_degrees satterthwaite() noexcept {
    return {rule::satterthwaite, 0};
  }
  static constexpr comparison_degrees normal() noexcept { return {rule::normal, 0}; }
  /// A number that is not above 0 is none: the comparison has `no_degrees`.
  static constexpr comparison_degrees fixed(double value) noexcept {
    return {rule::fixed, value};
  }

  constexpr rule kind() const noexcept { return rule_; }
  constexpr double value() const noexcept { return value_; }

 private:
  constexpr comparison_degrees(rule r, double v) noexcept : rule_(r), value_(v) {}
  rule rule_;
  double value_;
};

/// Two figures compared: test and interval are of one method and agree with each other. What
/// cannot be said is NaN, and `status` says why.
template <class Real = double>
struct comparison {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  label a{}, b{};
  Real value_a = unknown(), value_b = unknown();
  Real difference = unknown();         ///< a − b, or a / b, or the ratio of odds
  Real standard_error = unknown();     ///< of the difference, or of the logarithm of the ratio
  Real df = unknown();                 ///< infinite: normal
  confidence_interval<Real> limits{};  ///< of `difference`
  Real statistic = unknown();          ///< t
  Real p_value = unknown();            ///< two-sided, that there is no difference
  std::string test{};
  baro::status status = baro::status::ok;
};

namespace detail {

/// Degrees of freedom of a comparison of two figures with variances v and their own ν.
template <class Real>
Real degrees_together(comparison_degrees rule, const Real& v_a, const Real& nu_a,
                      const Real& v_b, const Real& nu_b) {
  switch (rule.kind()) {
    case comparison_degrees::rule::normal:
      return std::numeric_limits<Real>::infinity();
    case comparison_degrees::rule::fixed:
      return Real(rule.value());
    case comparison_degrees::rule::satterthwaite:
      if (const Real nu = satterthwaite_df(v_a, nu_a, v_b, nu_b); nu >= Real(0)) return nu;
      break;
    case comparison_degrees::rule::design:
      break;
  }
  return nu_a < nu_b ? nu_a : nu_b;
}

/// Does an entry without degrees of freedom of its own vary at all? A single respondent does
/// not, but for rounding, which is not being known exactly.
template <class Real>
bool varies(const estimate<Real>& e, std::size_t k) {
  const Real rounding = 1024 * std::numeric_limits<Real>::epsilon() * e.value(k);
  return e.variance(k) > rounding * rounding;
}

/// The status of the first of two figures that has no value. One without degrees of freedom of
/// its own may have them together with the other, but not one that does not vary.
template <class Real>
status status_together(const estimate<Real>& e, std::size_t i, std::size_t j) {
  for (const std::size_t k : {i, j})
    if (const status s = e.entry(k).status;
        s != status::ok && !(s == status::no_degrees && varies(e, k)))
      return s;
  return status::ok;
}

/// g(a) − g(b) of one estimate by the t test, g′ at both given.
template <class Real>
class compared_pair {
 public:
  compared_pair(const estimate<Real>& e, std::size_t i, std::size_t j, comparison_degrees df)
      : e_(e), i_(i), j_(j) {
    if (i == j) refuse("difference", "b", j, "must not be the entry it is compared with");
    out_.a = e.entry(i).label;
    out_.b = e.entry(j).label;
    out_.value_a = e.value(i);
    out_.value_b = e.value(j);
    out_.status = status_together(e, i, j);
    out_.df = degrees(df);
  }

  /// The same on the scale of logarithms, said of the ratio.
  comparison<Real> test_ratio(std::string_view name, const Real& logarithm, const Real& slope_a,
                              const Real& slope_b, confidence_level level) {
    using std::exp;
    auto c = test(name, logarithm, slope_a, slope_b, level);
    for (Real* x : {&c.difference, &c.limits.low, &c.limits.high}) *x = exp(*x);
    return c;
  }

  comparison<Real> test(std::string_view name, const Real& difference, const Real& slope_a,
                        const Real& slope_b, confidence_level level) {
    measure(name, difference, slope_a, slope_b, level);
    if (out_.status == status::ok && !(out_.df > Real(0))) out_.status = status::no_degrees;
    // No spread at all is no evidence of a difference, nor of none.
    if (out_.status == status::ok && !(out_.standard_error > rounding()))
      out_.status = status::undefined;
    if (out_.status == status::ok) {
      const Real t = t_quantile_above(out_.df, half_alpha<Real>(level));
      out_.statistic = difference / out_.standard_error;
      out_.p_value = two_sided_t(out_.df, out_.statistic);
      out_.limits.low = difference - t * out_.standard_error;
      out_.limits.high = difference + t * out_.standard_error;
    }
    out_.limits.status = out_.status;
    return out_;
  }

  /// The difference and its standard error, not tested.
  comparison<Real> measure(std::string_view name, const Real& difference, const Real& slope_a,
                           const Real& slope_b, confidence_level level) {
    using std::sqrt;
    out_.test = name;
    out_.limits.level = level;
    out_.limits.method = name;
    out_.limits.df = out_.df;
    if (out_.status == status::no_degrees) out_.difference = difference;
    if (out_.status != status::ok) return out_;
    out_.difference = difference;
    const Real apart =
        slope_a * slope_a * e_.variance(i_) + slope_b * slope_b * e_.variance(j_);
    Real variance = apart - 2 * slope_a * slope_b * e_.covariance(i_, j_);
    // What rounding leaves of nothing is nothing; less than that is no variance.
    const Real nothing = 64 * std::numeric_limits<Real>::epsilon() * apart;
    if (variance <= nothing && variance >= -nothing) variance = Real(0);
    out_.standard_error = variance >= Real(0) ? Real(sqrt(variance)) : out_.unknown();
    if (variance < Real(0)) out_.status = status::undefined;
    // Written so that a variance that is not a number is not a standard error of 0.
    if (!(variance <= (std::numeric_limits<Real>::max)()) ||
        !(difference - difference == Real(0))) {
      out_.difference = out_.standard_error = out_.unknown();
      out_.status = status::undefined;
    }
    return out_;
  }

 private:
  /// A standard error of this size is what is left of one that is 0.
  Real rounding() const {
    using std::abs;
    const Real a = abs(Real(out_.value_a)), b = abs(Real(out_.value_b));
    return std::numeric_limits<Real>::epsilon() * (a > b ? a : b);
  }

  Real degrees(comparison_degrees rule) const {
    return degrees_together(rule, e_.variance(i_), e_.entry(i_).df, e_.variance(j_),
                            e_.entry(j_).df);
  }

  const estimate<Real>& e_;
  std::size_t i_, j_;
  comparison<Real> out_;
};

}  // namespace detail

/// Is entry i different from entry j of one estimate (two domains, two levels, two waves; two
/// samples one after the other by `concatenate`)? The design-based t test, with the covariance
/// between the two:
///   t = (a − b) / √(V_a + V_b − 2 C_ab)
/// @status that of the first figure that is not ok; no_degrees; undefined where neither figure
///         varies (two shares of 0)
/// @throws value_error  an entry that is not there, or compared with itself
/// @checked R survey svyttest, svycontrast
template <class Real>
[[nodiscard]] comparison<Real> difference(
    const estimate<Real>& e, std::size_t i, std::size_t j, confidence_level level,
    comparison_degrees df = comparison_degrees::design()) {
  detail::compared_pair<Real> pair(e, i, j, df);
  return pair.test("design_t", Real(e.value(i) - e.value(j)), Real(1), Real(1), level);
}

/// The same of a / b, on the scale of logarithms: of two shares the risk ratio.
/// @returns `standard_error` and `statistic` are of log(a / b); the limits are of a / b
/// @status undefined unless both figures are above 0
template <class Real>
[[nodiscard]] comparison<Real> relative_difference(
    const estimate<Real>& e, std::size_t i, std::size_t j, confidence_level level,
    comparison_degrees df = comparison_degrees::design()) {
  using std::log;
  detail::compared_pair<Real> pair(e, i, j, df);
  const Real a = e.value(i), b = e.value(j);
  return pair.test_ratio("log_ratio_t", Real(log(Real(a / b))), Real(1 / a), Real(1 / b),
                         level);
}

/// The same of the odds a / (1 − a) to b / (1 − b), on the scale of logarithms.
/// @returns `standard_error` and `statistic` are of the logarithm; the limits of the ratio
/// @status undefined unless both shares are between 0 and 1
template <class Real>
[[nodiscard]] comparison<Real> odds_ratio(
    const estimate<Real>& e, std::size_t i, std::size_t j, confidence_level level,
    comparison_degrees df = comparison_degrees::design()) {
  using std::log;
  detail::compared_pair<Real> pair(e, i, j, df);
  const Real a = e.value(i), b = e.value(j), qa = 1 - a, qb = 1 - b;
  return pair.test_ratio("log_odds_t", Real(log(Real(a / qa)) - log(Real(b / qb))),
                         Real(1 / (a * qa)), Real(1 / (b * qb)), level);
}

}  // namespace baro
