// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// A series of given figures and covariance, waves named "1", "2", …; a figure that is NaN is
/// of a wave where nobody was asked.
template <class Real = double>
baro::wave_series<Real> made_series(const std::vector<double>& value, const Eigen::MatrixXd& v,
                                    std::vector<double> times,
                                    double df = std::numeric_limits<double>::infinity()) {
  const auto k = static_cast<Eigen::Index>(value.size());
  typename baro::estimate<Real>::vector y(k);
  typename baro::estimate<Real>::matrix c = v.cast<Real>();
  std::vector<baro::entry<Real>> about(value.size());
  for (Eigen::Index i = 0; i < k; ++i) {
    const auto at = static_cast<std::size_t>(i);
    y(i) = Real(value[at]);
    about[at].df = Real(df);
    about[at].label.statistic = baro::statistic::share;
    about[at].label.wave = std::to_string(at + 1);
    if (value[at] == value[at]) continue;
    about[at].status = baro::status::empty_domain;
    c.row(i).setConstant(y(i));
    c.col(i).setConstant(y(i));
  }
  return {baro::estimate<Real>(std::move(y), std::move(c), std::move(about)), std::move(times)};
}

/// Standard errors s and correlations r^|i − j|.
inline Eigen::MatrixXd decaying(const std::vector<double>& s, double r) {
  const auto k = static_cast<Eigen::Index>(s.size());
  Eigen::MatrixXd v(k, k);
  for (Eigen::Index i = 0; i < k; ++i)
    for (Eigen::Index j = 0; j < k; ++j)
      v(i, j) = s[static_cast<std::size_t>(i)] * s[static_cast<std::size_t>(j)] *
                std::pow(r, std::abs(static_cast<double>(i - j)));
  return v;
}

}  // namespace test
