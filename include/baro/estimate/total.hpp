// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/tally.hpp>

#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Weighted total of the answers, to be asked in a pass.
///   T = Σ w y,  u = w y
/// `deff` compares with (Σ w)² s²/n, s² as for the mean (R survey `svytotal(deff=)`).
template <class Real = double>
request<Real> total_of(answers y) {
  std::string name = y.name();
  std::vector<answers> columns;
  columns.push_back(std::move(y));
  auto r = detail::numeric_request<Real>(statistic::total, std::move(name), std::move(columns),
                                         variable_shape::kind::shifted);
  const Real center(r.shape.centers[0]);
  r.figures = [center](const detail::reading<Real>& data, std::size_t v, std::size_t d) {
    const std::vector<Real> t = data.total(v, d);  // n, Σ w, Σ w (y − c)
    const Real* more = data.domain(v, d);
    detail::linearized<Real> f;
    f.n = more[0];
    f.sum_weights = t[1];
    f.sum_squared_weights = more[1];
    f.coefficients = {Real(0), center, Real(1)};
    if (!(t[1] > Real(0))) {
      f.status = status::empty_domain;
      return std::vector{f};
    }
    f.value = t[2] + center * t[1];
    const Real from_center = t[2] / t[1];
    const Real mean_square = more[2] / t[1] - from_center * from_center;
    f.srs_variance = t[1] * t[1] * detail::srs_of_mean(mean_square, f.n);
    return std::vector{f};
  };
  return r;
}

/// Weighted total with its variance under the design. See `mean` for the arguments.
/// @checked R survey svytotal(), tests/reference
template <class Real = double, class... How>
estimate<Real> total(const design& d, const answers& y, const How&... how) {
  return tabulate<Real>(d, how..., total_of<Real>(y));
}

/// Size of the population as the weights see it: the total of 1 over all rows of the domain.
template <class Real = double, class... How>
estimate<Real> population_total(const design& d, const How&... how) {
  const std::vector<signed char> ones(d.size(), 1);
  return tabulate<Real>(d, how..., total_of<Real>(answers(ones).named("1")));
}

}  // namespace baro
