// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/weights/detail/calibration_solver.hpp>
#include <baro/weights/detail/instrument_rows.hpp>

#include <Eigen/Core>
#include <Eigen/QR>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// Newton's method for generalised calibration, Σ d F(zᵀλ) x = t. There is no function to
/// climb: a step is shortened until the sum of squared relative gaps falls.
template <class Real>
class instrument_solver {
 public:
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

  /// @param rows  its slope is written where the weights are solved
  instrument_solver(const calibration_problem& problem, instrument_rows& rows)
      : p_(problem), rows_(rows) {}

  template <class Factor, class Slope>
  calibration_solution<Real> solve(Factor factor, Slope slope,
                                   const calibration_settings& settings) {
    calibration_solution<Real> out;
    out.factor.resize(p_.x.units);
    vector lambda = vector::Zero(static_cast<Eigen::Index>(rows_.z.columns));
    vector gap = gap_at(lambda, factor, out.factor);
    const Real floor = std::numeric_limits<Real>::epsilon() * Real(8);
    out.largest_gap = largest(gap);
    while (out.largest_gap > floor && out.iterations < settings.iterations) {
      const vector step = step_at(lambda, slope, gap);
      if (step.size() == 0) break;
      const Real now = squares(gap);
      vector next, next_gap;
      std::vector<Real> next_factor(p_.x.units);
      bool found = false;
      Real length(1);
      for (int halving = 0; halving < 40 && !found; ++halving, length /= Real(2)) {
        next = lambda + length * step;
        next_gap = gap_at(next, factor, next_factor);
        found = squares(next_gap) <= (Real(1) - length / Real(1000)) * now;
      }
      if (!found) break;
      ++out.iterations;
      lambda = next;
      gap = next_gap;
      out.factor.swap(next_factor);
      out.largest_gap = largest(gap);
    }
    out.gap.assign(gap.data(), gap.data() + gap.size());
    rows_.slope.resize(p_.x.units);
    for (std::size_t u = 0; u < p_.x.units; ++u)
      rows_.slope[u] = static_cast<double>(slope(u, rows_.z.dot(u, lambda.data())));
    if (!(out.largest_gap <= Real(settings.tolerance))) out.status = status::iteration_limit;
    return out;
  }

 private:
  template <class Factor>
  vector gap_at(const vector& lambda, Factor factor, std::vector<Real>& out) const {
    vector gap(static_cast<Eigen::Index>(p_.x.columns));
    for (std::size_t j = 0; j < p_.x.columns; ++j)
      gap(static_cast<Eigen::Index>(j)) = Real(p_.target[j]);
    for (std::size_t u = 0; u < p_.x.units; ++u) {
      out[u] = Real(1);
      if (!(p_.d[u] > 0)) continue;
      out[u] = factor(u, rows_.z.dot(u, lambda.data()));
      const Real w = Real(p_.d[u]) * out[u];
      p_.x.each(u, [&](std::size_t j, double x) {
        gap(static_cast<Eigen::Index>(j)) -= w * Real(x);
      });
    }
    return gap;
  }

  /// Empty where the instruments say nothing of a constraint.
  template <class Slope>
  vector step_at(const vector& lambda, Slope slope, const vector& gap) const {
    const Eigen::ColPivHouseholderQR<matrix> qr(
        rows_.template cross<Real>(p_.x, [&](std::size_t u) {
          if (!(p_.d[u] > 0)) return Real(0);
          return Real(Real(p_.d[u]) * slope(u, rows_.z.dot(u, lambda.data())));
        }));
    if (!qr.isInvertible()) return {};
    vector right(static_cast<Eigen::Index>(rows_.x_columns.size()));
    for (Eigen::Index k = 0; k < right.size(); ++k)
      right(k) = gap(static_cast<Eigen::Index>(rows_.x_columns[static_cast<std::size_t>(k)]));
    const vector solved = qr.solve(right);
    vector step = vector::Zero(lambda.size());
    for (Eigen::Index k = 0; k < solved.size(); ++k)
      step(static_cast<Eigen::Index>(rows_.z_columns[static_cast<std::size_t>(k)])) = solved(k);
    return step;
  }

  Real relative(const vector& gap, Eigen::Index j) const {
    using std::abs;
    return abs(Real(gap(j))) / Real(p_.size[static_cast<std::size_t>(j)]);
  }
  Real largest(const vector& gap) const {
    Real most(0);
    for (Eigen::Index j = 0; j < gap.size(); ++j)
      if (!(relative(gap, j) <= most)) most = relative(gap, j);
    return most;
  }
  Real squares(const vector& gap) const {
    Real sum(0);
    for (Eigen::Index j = 0; j < gap.size(); ++j) sum += relative(gap, j) * relative(gap, j);
    return sum;
  }

  const calibration_problem& p_;
  instrument_rows& rows_;
};

}  // namespace baro::detail
