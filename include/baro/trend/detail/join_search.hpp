// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/detail/solved_or_nan.hpp>
#include <baro/trend/detail/generalized_fit.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// Continuous piecewise lines through the figures of a series by generalized least squares:
/// where their joins are best, and their slopes. Places are places in `there`, the waves that
/// have a figure, but where said otherwise.
template <class Real>
class join_search {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  using places = std::vector<std::size_t>;

  join_search(const wave_series<Real>& series, const std::vector<std::size_t>& there)
      : fit_(series, there), at_(series.times(), there), times_(series.times()), there_(there) {
    if (!fit_.ok()) return;
    const matrix line = columns({});
    const matrix of_line = fit_.coefficients(line);
    chi_squared_of_line_ = fit_.chi_squared(line, of_line);
    const vector left = fit_.y() - line * (of_line * fit_.y());
    // 1, x, and the bend at each place: what any set of joins needs is among their products.
    places all;
    for (std::size_t t = 0; t < there.size(); ++t) all.push_back(t);
    const matrix bends = columns(all), weighted = bends.transpose() * fit_.weight();
    products_ = weighted * bends;
    left_ = weighted * left;
  }

  bool ok() const {
    return fit_.ok() && chi_squared_of_line_ - chi_squared_of_line_ == Real(0);
  }

  /// The k places with the smallest χ²; of equal ones the earliest.
  places best_places(std::size_t k) const {
    places now(k), best;
    Real most = -std::numeric_limits<Real>::infinity();
    for (std::size_t j = 0; j < k; ++j) now[j] = 2 + 3 * j;
    if (k == 0 || now.back() + 2 >= there_.size()) return {};
    for (bool more = true; more; more = next(now)) {
      const Real gain = explained(now);
      if (best.empty() || gain > most * (1 + Real(1e-12))) {
        most = gain;
        best = now;
      }
    }
    return best;
  }

  Real chi_squared(const places& joins) const {
    const matrix x = columns(joins);
    return fit_.chi_squared(x, fit_.coefficients(x));
  }

  /// The slopes of the pieces as linear functions of the figures of `there`.
  /// @param joins  numbers of waves
  matrix slopes(const std::vector<std::size_t>& joins) const {
    const matrix b = fit_.coefficients(columns(place_of(joins)));
    matrix out(b.rows() - 1, b.cols());
    out.row(0) = b.row(1) / at_.half;
    for (Eigen::Index j = 1; j < out.rows(); ++j)
      out.row(j) = out.row(j - 1) + b.row(j + 1) / at_.half;
    return out;
  }

  /// The figures of all waves on the trend.
  /// @param joins  numbers of waves
  std::vector<Real> line(const std::vector<std::size_t>& joins) const {
    const places at = place_of(joins);
    const vector b = fit_.coefficients(columns(at)) * fit_.y();
    std::vector<Real> out;
    for (const double time : times_) {
      const Real z = (Real(time) - at_.middle) / at_.half;
      Real y = b(0) + b(1) * z;
      for (std::size_t j = 0; j < at.size(); ++j)
        if (z > at_.z[at[j]]) y += b(static_cast<Eigen::Index>(j) + 2) * (z - at_.z[at[j]]);
      out.push_back(y);
    }
    return out;
  }

 private:
  matrix columns(const places& joins) const {
    matrix x = matrix::Zero(static_cast<Eigen::Index>(there_.size()),
                            static_cast<Eigen::Index>(joins.size()) + 2);
    for (std::size_t t = 0; t < there_.size(); ++t) {
      const auto row = static_cast<Eigen::Index>(t);
      x(row, 0) = Real(1);
      x(row, 1) = at_.z[t];
      for (std::size_t j = 0; j < joins.size(); ++j)
        if (t > joins[j]) x(row, static_cast<Eigen::Index>(j) + 2) = at_.z[t] - at_.z[joins[j]];
    }
    return x;
  }

  /// By how much joins lower the χ² of the straight line.
  Real explained(const places& joins) const {
    std::vector<Eigen::Index> at{0, 1};
    for (const std::size_t j : joins) at.push_back(static_cast<Eigen::Index>(j) + 2);
    const auto p = static_cast<Eigen::Index>(at.size());
    matrix m(p, p);
    vector g(p);
    for (Eigen::Index i = 0; i < p; ++i) {
      g(i) = left_(at[static_cast<std::size_t>(i)]);
      for (Eigen::Index j = 0; j < p; ++j)
        m(i, j) = products_(at[static_cast<std::size_t>(i)], at[static_cast<std::size_t>(j)]);
    }
    return g.dot(solved_or_nan<Real>(m, g).col(0));
  }

  /// The next set of places with two waves before, between and after them.
  bool next(places& now) const {
    const std::size_t k = now.size();
    for (std::size_t j = k; j-- > 0;) {
      if (now[j] + 1 + 3 * (k - 1 - j) + 2 >= there_.size()) continue;
      ++now[j];
      for (std::size_t i = j + 1; i < k; ++i) now[i] = now[i - 1] + 3;
      return true;
    }
    return false;
  }

  places place_of(const std::vector<std::size_t>& waves) const {
    places out;
    for (const std::size_t wave : waves)
      for (std::size_t t = 0; t < there_.size(); ++t)
        if (there_[t] == wave) out.push_back(t);
    return out;
  }

  generalized_fit<Real> fit_;
  centred_times<Real> at_;
  std::vector<double> times_;
  std::vector<std::size_t> there_;
  matrix products_;
  vector left_;
  Real chi_squared_of_line_ = std::numeric_limits<Real>::quiet_NaN();
};

}  // namespace baro::detail
