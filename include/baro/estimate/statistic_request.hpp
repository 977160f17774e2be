// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/estimate/label.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/reading.hpp>
#include <baro/totals/respondents.hpp>

#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace baro {

namespace detail {

/// One figure before its covariance: a value, its linear form, and what its label and bases
/// need.
template <class Real>
struct linearized {
  Real value{};
  std::vector<Real> coefficients;
  Real srs_variance = std::numeric_limits<Real>::quiet_NaN();  ///< of n drawn with replacement
  Real n{}, count{}, sum_weights{}, sum_squared_weights{};
  std::string level;
  baro::status status = baro::status::ok;
};

}  // namespace detail

/// One statistic of one question, to be estimated in a pass together with others: the columns
/// it reads, and how its figures come out of the totals of one domain.
template <class Real>
struct request {
  baro::statistic kind = statistic::mean;
  std::string name;
  detail::variable_columns columns;
  variable_shape shape;
  std::function<std::vector<detail::linearized<Real>>(const detail::reading<Real>&,
                                                      std::size_t variable, std::size_t domain)>
      figures;
};

namespace detail {

/// A provisional centre: the mean of the first answers, so that sums are about something near.
inline double provisional_center(const answers& y) {
  if (y.center()) return *y.center();
  constexpr std::size_t wanted = 256, batch = 512;
  std::vector<double> buffer(batch);
  double sum = 0, met = 0;
  for (std::size_t first = 0; first < y.size() && met < wanted; first += batch) {
    const std::size_t n = y.size() - first < batch ? y.size() - first : batch;
    const double* p = y.read(first, n, buffer.data());
    for (std::size_t i = 0; i < n && met < wanted; ++i)
      if (p[i] - p[i] == 0) {
        met += 1;
        sum += (p[i] - sum) / met;
      }
  }
  return sum - sum == 0 ? sum : 0.0;
}

template <class Real>
request<Real> numeric_request(statistic kind, std::string name, std::vector<answers> columns,
                              variable_shape::kind what) {
  request<Real> r;
  r.kind = kind;
  r.name = std::move(name);
  r.shape.what = what;
  r.shape.columns = columns.size();
  for (const answers& y : columns) r.shape.centers.push_back(provisional_center(y));
  r.columns.numbers = std::move(columns);
  return r;
}

/// n/(n − 1) · x / n, the variance of a mean of n from x = Σ w e² / Σ w; NaN for n = 1.
template <class Real>
Real srs_of_mean(const Real& mean_square, const Real& n) {
  return n > Real(1) ? Real(mean_square / (n - Real(1)))
                     : std::numeric_limits<Real>::quiet_NaN();
}

}  // namespace detail
}  // namespace baro
