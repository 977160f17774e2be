// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/tally.hpp>

#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Ratio of two totals, to be asked in a pass; a row counts when it answered both.
///   R = Σ w y / Σ w x,  u = w (y − R x) / Σ w x
/// `deff` compares with the variance of the mean of y − R x over (Σ w x / Σ w)².
template <class Real = double>
request<Real> ratio_of(answers numerator, answers denominator) {
  std::string name = numerator.name() + "/" + denominator.name();
  std::vector<answers> columns;
  columns.push_back(std::move(numerator));
  columns.push_back(std::move(denominator));
  auto r = detail::numeric_request<Real>(statistic::ratio, std::move(name), std::move(columns),
                                         variable_shape::kind::numbers);
  const Real cy(r.shape.centers[0]), cx(r.shape.centers[1]);
  r.figures = [cy, cx](const detail::reading<Real>& data, std::size_t v, std::size_t d) {
    const std::vector<Real> t = data.total(v, d);  // Σ w, Σ w (y − cy), Σ w (x − cx)
    const Real* more = data.domain(v, d);
    detail::linearized<Real> f;
    f.n = more[0];
    f.sum_weights = t[0];
    f.sum_squared_weights = more[1];
    f.coefficients.assign(3, Real(0));
    if (!(t[0] > Real(0))) {
      f.status = status::empty_domain;
      return std::vector{f};
    }
    const Real x = t[2] + cx * t[0];
    if (x == Real(0)) {
      f.status = status::zero_denominator;
      return std::vector{f};
    }
    f.value = (t[1] + cy * t[0]) / x;
    // y − R x = (y − cy) − R (x − cx) + (cy − R cx); the bracket without its cancellation:
    const Real rest = (cy * t[2] - cx * t[1]) / x;
    f.coefficients = {rest / x, Real(1) / x, -f.value / x};
    const Real &yy = more[2], &xy = more[3], &xx = more[4];
    // The weighted mean of e = y − R x is 0 by construction of R.
    const Real square = (yy - Real(2) * f.value * xy + f.value * f.value * xx +
                         Real(2) * rest * (t[1] - f.value * t[2])) /
                            t[0] +
                        rest * rest;
    const Real mean_x = x / t[0];
    f.srs_variance = detail::srs_of_mean(square, f.n) / (mean_x * mean_x);
    return std::vector{f};
  };
  return r;
}

/// Ratio of two totals with its linearised variance. See `mean` for the arguments.
/// @status zero_denominator Σ w x = 0: the value is NaN
/// @checked R survey svyratio(), tests/reference
template <class Real = double, class... How>
estimate<Real> ratio(const design& d, const answers& numerator, const answers& denominator,
                     const How&... how) {
  return tabulate<Real>(d, how..., ratio_of<Real>(numerator, denominator));
}

}  // namespace baro
