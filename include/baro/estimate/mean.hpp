// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/tally.hpp>

#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Weighted mean of the answers, to be asked in a pass.
///   ȳ = Σ w y / Σ w        (sums over respondents in the domain with an answer)
///   u = w (y − ȳ) / Σ w    linearised (Särndal, Swensson and Wretman 1992, 5.7)
/// The simple random sample that `deff` compares with has variance s²/n,
/// s² = n/(n − 1) Σ w (y − ȳ)² / Σ w.
template <class Real = double>
request<Real> mean_of(answers y) {
  std::string name = y.name();
  std::vector<answers> columns;
  columns.push_back(std::move(y));
  auto r = detail::numeric_request<Real>(statistic::mean, std::move(name), std::move(columns),
                                         variable_shape::kind::numbers);
  const Real center(r.shape.centers[0]);
  r.figures = [center](const detail::reading<Real>& data, std::size_t v, std::size_t d) {
    const std::vector<Real> t = data.total(v, d);
    const Real* more = data.domain(v, d);
    detail::linearized<Real> f;
    f.n = more[0];
    f.sum_weights = t[0];
    f.sum_squared_weights = more[1];
    if (!(t[0] > Real(0))) {
      f.status = status::empty_domain;
      f.coefficients.assign(2, Real(0));
      return std::vector{f};
    }
    const Real from_center = t[1] / t[0];
    f.value = center + from_center;
    f.coefficients = {-from_center / t[0], Real(1) / t[0]};
    const Real mean_square = more[2] / t[0] - from_center * from_center;
    f.srs_variance = detail::srs_of_mean(mean_square, f.n);
    return std::vector{f};
  };
  return r;
}

/// Weighted mean with its linearised variance under the design.
/// @param d     n respondents, already validated; weights may be on any scale
/// @param y     n × 1, NaN (or a missing code) is no answer: the row leaves the domain and
/// keeps
///              its place in the design
/// @param how   `by(…)`, `where(…)`, `threads(…)` in any order
/// @returns     one entry per domain, with their joint covariance
/// @throws size_error   y.size() != d.size()
/// @throws value_error  an infinite answer
/// @status empty_domain nobody with an answer and a positive weight: the value is NaN
/// @cost        O(n) time; memory for 2 sums per PSU (or stratum) and domain
/// @checked     R survey svymean(), tests/reference
template <class Real = double, class... How>
estimate<Real> mean(const design& d, const answers& y, const How&... how) {
  return tabulate<Real>(d, how..., mean_of<Real>(y));
}

}  // namespace baro
