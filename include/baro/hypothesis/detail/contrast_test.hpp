// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/solved_or_nan.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/test_result.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <limits>
#include <string_view>

namespace baro::detail {

/// A test that says nothing, and why.
template <class Real>
test_result<Real> no_test(std::string_view name, status why) {
  test_result<Real> out;
  out.test = name;
  out.status = why;
  return out;
}

/// A statistic with its p-value, or with the reason why there is none.
template <class Real>
test_result<Real> test_against_f(std::string_view name, const Real& statistic, const Real& df1,
                                 const Real& df2) {
  test_result<Real> out;
  out.test = name;
  out.df1 = df1;
  out.df2 = df2;
  if (df2 <= Real(0)) {
    out.status = status::no_degrees;
    return out;
  }
  const Real p = f_tail(df1, df2, statistic);
  if (!(p >= Real(0))) {
    out.status = status::undefined;
    return out;
  }
  out.statistic = statistic;
  out.p_value = p;
  return out;
}

/// The same of x against χ²(df).
template <class Real>
test_result<Real> test_against_chi_squared(std::string_view name, const Real& x,
                                           const Real& df) {
  auto out =
      test_against_f<Real>(name, Real(x / df), df, std::numeric_limits<Real>::infinity());
  out.statistic *= df;  // χ², not χ² / df
  return out;
}

/// yᵀ V⁻¹ y of figures of the size of 1 (shares, scores); NaN where V is singular, or holds
/// variances of which nothing but rounding is left.
template <class Real>
Real wald_form(const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& v,
               const Eigen::Matrix<Real, Eigen::Dynamic, 1>& y) {
  const Real rounding = std::numeric_limits<Real>::epsilon();
  for (Eigen::Index j = 0; j < y.size(); ++j)
    if (!(v(j, j) > rounding * rounding)) return std::numeric_limits<Real>::quiet_NaN();
  return y.dot(solved_or_nan<Real>(v, y).col(0));
}

/// Are q contrasts of shares of one sample 0? What all tests of `independence_test` need.
template <class Real>
struct share_contrasts {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  vector value{};        ///< q × 1
  matrix covariance{};   ///< under the design
  matrix multinomial{};  ///< n times the covariance of a random sample, if all were 0
  Real n{}, df{};        ///< respondents; ν of the design

  /// n yᵀ M⁻¹ y
  Real pearson() const { return n * value.dot(solved_or_nan<Real>(multinomial, value).col(0)); }

  /// @param statistic  of the three that correct one for the design: X² or G²
  test_result<Real> test(independence_test method, const Real& statistic) const {
    const Real q(static_cast<double>(value.size()));
    const auto against = [&](const Real& s, const Real& df1, const Real& df2) {
      return test_against_f<Real>(name(method), s, df1, df2);
    };
    if (!(q > Real(0))) return no_test<Real>(name(method), status::undefined);
    switch (method) {
      case independence_test::pearson:
        break;
      case independence_test::rao_scott:
      case independence_test::likelihood_ratio:
      case independence_test::rao_scott_first_order: {
        const matrix effects = n * solved_or_nan<Real>(multinomial, covariance);
        Real first = effects.trace();
        // Shares that the design fixes (of its strata) have no distribution.
        if (!(first > 64 * q * std::numeric_limits<Real>::epsilon()))
          first = std::numeric_limits<Real>::quiet_NaN();
        const Real second = (effects * effects).trace(), df1 = first * first / second;
        if (method != independence_test::rao_scott_first_order)
          return against(Real(statistic / first), df1, Real(df1 * df));
        return test_against_chi_squared<Real>(name(method), Real(statistic / first * q), q);
      }
      case independence_test::wald:
        return against(Real(wald_form(covariance, value) / q), q, df < q ? Real(0) : df);
      case independence_test::adjusted_wald: {
        const Real rest = df - q + 1;
        // rest / df is 1 where both are infinite.
        const Real part = is_infinite(df) ? Real(1) : Real(rest / df);
        return against(Real(wald_form(covariance, value) * part / q), q, rest);
      }
    }
    return test_against_chi_squared<Real>(name(method), statistic, q);
  }
};

}  // namespace baro::detail
