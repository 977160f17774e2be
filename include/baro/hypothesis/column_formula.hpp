// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/column_difference.hpp>
#include <baro/hypothesis/tabulation_policy.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <system_error>

namespace baro {

namespace detail {

/// The pieces of a formula's line, whatever the locale.
class formula_writer {
 public:
  /// `digits` that count, or after the point with `std::chars_format::fixed`.
  template <class Real>
  static std::string number(const Real& x, int digits,
                            std::chars_format as = std::chars_format::general) {
    char buffer[64];
    const double value = static_cast<double>(x);
    auto [end, code] =
        std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), as, digits);
    if (code != std::errc{})  // longer than the buffer
      end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(value)).ptr;
    const std::string out(buffer, end);
    const bool zero = out.find_first_not_of("0.") == out.npos;
    return (value < 0 && !zero ? "−" : "") + out;
  }
  template <class Real>
  static std::string share(const Real& x) {
    return number(x, 4);
  }
  /// "122", "105.79"
  template <class Real>
  static std::string base(const Real& x) {
    std::string out = number(x, 2, std::chars_format::fixed);
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
    return out;
  }

  /// "1.9728, p = 0.0488 (two-sided, 908 df)"
  template <class Real>
  static std::string ending(const column_comparison<Real>& c) {
    const double p = static_cast<double>(c.p_value);
    return " = " + number(c.statistic, 4, std::chars_format::fixed) + ", p " +
           (p < 0.0001 ? "< 0.0001" : "= " + number(p, 4, std::chars_format::fixed)) +
           " (two-sided" + (is_infinite(c.df) ? "" : ", " + number(c.df, 5) + " df") + ")";
  }
  template <class Real>
  static std::string opening(const column_comparison<Real>& c) {
    if (c.status != status::ok)
      return c.test + ": not tested (" + (c.reason.empty() ? name_of(c.status) : c.reason) +
             ")";
    return c.test + (is_infinite(c.df) ? ": z = " : ": t = ");
  }

 private:
  static std::string name_of(status s) { return std::string(name(s)); }
};

/// Terms and what came of them, in one line.
template <class Real>
std::string formula_of_terms(const column_terms<Real>& t, const column_comparison<Real>& c) {
  using w = formula_writer;
  std::string out = w::opening(c);
  if (c.status != status::ok) return out;
  const std::string apart = w::share(t.value_a) + " − " + w::share(t.value_b);
  if (t.continuity > Real(0))
    out += std::string(c.difference < Real(0) ? "−" : "") + "(|" + apart + "| − " +
           w::share(t.continuity) + ")";
  else
    out += "(" + apart + ")";
  const bool common = t.common_variance == t.common_variance;
  std::string factor;
  if (t.over != Real(1))
    factor = " × " + w::base(t.times) + "/" + w::base(t.over);
  else if (t.times != Real(1))
    factor = " × " + w::share(t.times);
  out += " / √(";
  if (common) {
    out += t.pooled_share == t.pooled_share
               ? w::share(t.pooled_share) + " × " + w::share(Real(1 - t.pooled_share))
               : w::share(t.common_variance);
    out += " × (1/" + w::base(t.base_a) + " + 1/" + w::base(t.base_b);
    if (t.base_both > Real(0)) {
      out += " − 2 × ";
      if (t.correlation != Real(1)) out += w::share(t.correlation) + " × ";
      out += w::base(t.base_both) + "/(" + w::base(t.base_a) + " × " + w::base(t.base_b) + ")";
    }
    out += ")" + factor;
  } else {
    const std::string sum = w::share(t.variance_a) + " + " + w::share(t.variance_b);
    out += factor.empty() ? sum : "(" + sum + ")" + factor;
  }
  return out + ")" + w::ending(c);
}

}  // namespace detail

/// The test of a policy with its formula and numbers, in one line:
///   "spss: z = (0.55 − 0.45) / √(0.4609 × 0.5391 × (1/122 + 1/1000)) = 2.0919, p = 0.0364
///   (two-sided)"
/// What is not tested says why. The numbers are rounded for the eye, the test is not.
template <class Column, class Policy>
requires tabulation_policy<Policy, Column>
[[nodiscard]] std::string formula(const Column& a, const Column& b,
                                  const column_overlap<typename Column::real>& overlap,
                                  const Policy& policy) {
  const auto terms = detail::terms_of_columns(a, b, overlap, policy);
  return detail::formula_of_terms(terms, detail::test_of_terms(terms, policy.name()));
}

template <class Column, class Policy>
requires tabulation_policy<Policy, Column>
[[nodiscard]] std::string formula(const Column& a, const Column& b, const Policy& policy) {
  return formula(a, b, {}, policy);
}

/// The same of the design's test, with the variances and the covariance of the two figures.
template <class Real>
[[nodiscard]] std::string formula(const estimate<Real>& e, std::size_t i, std::size_t j,
                                  const design_based& policy) {
  using w = detail::formula_writer;
  const auto c = column_difference(e, i, j, policy);
  if (c.status != status::ok) return w::opening(c);
  const Real covariance = e.covariance(i, j);
  std::string both;
  if (covariance != Real(0)) {
    const Real size = covariance > Real(0) ? covariance : Real(-covariance);
    both = (covariance > Real(0) ? " − 2 × " : " + 2 × ") + w::share(size);
  }
  return w::opening(c) + "(" + w::share(e.value(i)) + " − " + w::share(e.value(j)) + ") / √(" +
         w::share(e.variance(i)) + " + " + w::share(e.variance(j)) + both + ")" + w::ending(c);
}

}  // namespace baro
