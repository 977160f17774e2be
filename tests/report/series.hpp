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

/// One wave of a series by hand. A value of NaN is a wave without answers.
struct wave_figure {
  std::string wave{};
  double value{};
  double n{};
};

/// Shares of simple random samples, V = p q / (n − 1), n − 1 df; anything else with V = 4 / n.
template <class Real = double>
baro::wave_series<Real> series_of(const std::vector<wave_figure>& waves,
                                  baro::statistic kind = baro::statistic::share) {
  const auto k = static_cast<Eigen::Index>(waves.size());
  typename baro::estimate<Real>::vector value(k);
  typename baro::estimate<Real>::matrix v = baro::estimate<Real>::matrix::Zero(k, k);
  std::vector<baro::entry<Real>> entries(waves.size());
  std::vector<std::string> names;
  for (Eigen::Index i = 0; i < k; ++i) {
    const wave_figure& w = waves[static_cast<std::size_t>(i)];
    baro::entry<Real>& e = entries[static_cast<std::size_t>(i)];
    const Real x(w.value), n(w.n);
    value(i) = x;
    v(i, i) = kind == baro::statistic::share ? Real(x * (1 - x) / (n - 1)) : Real(4 / n);
    e.label.statistic = kind;
    e.label.wave = w.wave;
    e.bases = {n, Real(n * x), n, n};
    e.df = n - 1;
    e.deff = Real(1);
    names.push_back(w.wave);
    if (std::isnan(w.value)) {
      e.status = baro::status::empty_domain;
      v.row(i).setConstant(std::numeric_limits<Real>::quiet_NaN());
      v.col(i).setConstant(std::numeric_limits<Real>::quiet_NaN());
    }
  }
  return {baro::estimate<Real>(std::move(value), std::move(v), std::move(entries)),
          baro::wave_times(names)};
}

/// The same with one wave said to be of another status, without degrees of freedom.
inline baro::wave_series<double> with_status(const baro::wave_series<double>& s, std::size_t t,
                                             baro::status status) {
  auto entries = s.figures().entries();
  entries[t].status = status;
  entries[t].df = 0;
  return {baro::estimate<double>(s.figures().value(), s.figures().covariance(), entries),
          s.times()};
}

}  // namespace test
