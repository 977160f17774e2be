// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/weights/detail/calibration_matrix.hpp>
#include <baro/weights/detail/independent_columns.hpp>
#include <baro/weights/detail/stopping.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// Constraints Σ_u d_u F(q_u x_uᵀλ) x_u + C λ = t, over the rows u of a matrix.
struct calibration_problem {
  calibration_matrix x{};
  std::vector<double> d{};       ///< units: Σ of the starting weights
  std::vector<double> q{};       ///< units, or empty: all 1
  std::vector<double> target{};  ///< p
  std::vector<double> slack{};   ///< p: 1 / cost, 0 where the target must be met
  std::vector<double> size{};    ///< p: what a gap is measured against
  /// What was taken from each number (0, or its mean), and the size of the population that
  /// makes Σ w (x − c) = t − c N say the same as Σ w x = t.
  std::vector<double> center{};
  double population = 0;
};

template <class Real>
struct calibration_solution {
  std::vector<Real> factor{};  ///< units
  std::vector<Real> gap{};     ///< p: target less what the weights give (and the slack takes)
  Real largest_gap{};          ///< relative
  int iterations = 0;
  baro::status status = baro::status::ok;
};

/// Newton's method on the dual of calibration: a concave function of λ whose gradient is the
/// gap (Deville, Särndal and Sautory 1993, JASA 88:1013). A step is shortened until the gap
/// still points along it: the maximum has not been passed by much.
template <class Real>
class calibration_solver {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;

  explicit calibration_solver(const calibration_problem& problem)
      : p_(problem), columns_(static_cast<Eigen::Index>(problem.x.columns)) {}

  /// @param factor  factor(unit, u) → F, slope(unit, u) → F′
  template <class Factor, class Slope>
  calibration_solution<Real> solve(Factor factor, Slope slope,
                                   const calibration_settings& settings) const {
    calibration_solution<Real> out;
    vector lambda = vector::Zero(columns_);
    out.factor.resize(p_.x.units);
    vector gap = gap_at(lambda, factor, out.factor);
    Real largest = relative(gap);
    const Real floor = std::numeric_limits<Real>::epsilon() * Real(8);
    stopping<Real> stop(settings, p_.d);
    bool done = stop.by_gap(largest, over_one_plus_target(gap));
    // Once near enough, further steps are taken as long as they pay: Newton's last one is free.
    const bool go_on = settings.stop == stopping_rule::gap;
    while (largest > floor && (go_on || !done)) {
      if (out.iterations == settings.iterations) break;
      const matrix h = hessian(lambda, slope);
      const vector step = pivoted_cholesky<Real>(h).solve(gap);
      const Real along = gap.dot(step);
      if (!(along > Real(0))) break;
      Real length(1);
      vector next, next_gap;
      std::vector<Real> next_factor(p_.x.units);
      bool found = false;
      for (int halving = 0; halving < 60 && !found; ++halving, length /= Real(2)) {
        next = lambda + length * step;
        next_gap = gap_at(next, factor, next_factor);
        const Real there = next_gap.dot(step);
        found = there - there == Real(0) && there >= -along / Real(2);
      }
      if (!found) break;
      const Real next_largest = relative(next_gap);
      if (go_on && done && !(next_largest < largest)) break;
      ++out.iterations;
      lambda = next;
      gap = next_gap;
      largest = next_largest;
      out.factor.swap(next_factor);
      done = stop.by_gap(largest, over_one_plus_target(gap)) ||
             stop.by_change(next_factor, out.factor);
    }
    out.largest_gap = largest;
    out.gap.assign(gap.data(), gap.data() + gap.size());
    if (!done && !(largest <= floor) && !is_rounding(gap, out.factor))
      out.status = status::iteration_limit;
    return out;
  }

 private:
  Real q(std::size_t u) const { return p_.q.empty() ? Real(1) : Real(p_.q[u]); }

  template <class Factor>
  vector gap_at(const vector& lambda, Factor factor, std::vector<Real>& out) const {
    vector gap(columns_);
    for (Eigen::Index j = 0; j < columns_; ++j) {
      const auto k = static_cast<std::size_t>(j);
      gap(j) = Real(p_.target[k]) - Real(p_.slack[k]) * lambda(j);
    }
    for (std::size_t u = 0; u < p_.x.units; ++u) {
      out[u] = Real(1);
      if (!(p_.d[u] > 0)) continue;
      out[u] = factor(u, Real(q(u) * p_.x.dot(u, lambda.data())));
      const Real w = Real(p_.d[u]) * out[u];
      p_.x.each(u, [&](std::size_t j, double x) {
        gap(static_cast<Eigen::Index>(j)) -= w * Real(x);
      });
    }
    return gap;
  }

  template <class Slope>
  matrix hessian(const vector& lambda, Slope slope) const {
    matrix h = weighted_square<Real>(p_.x, [&](std::size_t u) {
      if (!(p_.d[u] > 0)) return Real(0);
      const Real f = slope(u, Real(q(u) * p_.x.dot(u, lambda.data())));
      // At a bound a factor has no slope; with a trace of one, nobody's way back is lost.
      return Real(Real(p_.d[u]) * q(u) * (f > Real(0) ? f : Real(1e-7)));
    });
    for (Eigen::Index j = 0; j < columns_; ++j)
      h(j, j) += Real(p_.slack[static_cast<std::size_t>(j)]);
    return h;
  }

  /// Is each gap no more than what rounding factors, near 1 or larger, makes of its sum?
  bool is_rounding(const vector& gap, const std::vector<Real>& factor) const {
    using std::abs;
    vector mass = vector::Zero(columns_);
    for (std::size_t u = 0; u < p_.x.units; ++u) {
      const Real f = abs(factor[u]) > Real(1) ? Real(abs(factor[u])) : Real(1);
      p_.x.each(u, [&](std::size_t j, double x) {
        mass(static_cast<Eigen::Index>(j)) += abs(Real(Real(p_.d[u]) * f * Real(x)));
      });
    }
    const Real most = std::numeric_limits<Real>::epsilon() * Real(16);
    for (Eigen::Index j = 0; j < columns_; ++j)
      if (!(abs(Real(gap(j))) <= most * mass(j))) return false;
    return true;
  }

  Real relative(const vector& gap) const {
    using std::abs;
    Real most(0);
    for (Eigen::Index j = 0; j < columns_; ++j) {
      const Real g = abs(Real(gap(j))) / Real(p_.size[static_cast<std::size_t>(j)]);
      if (!(g <= most)) most = g;
    }
    return most;
  }

  Real over_one_plus_target(const vector& gap) const {
    using std::abs;
    Real most(0);
    for (Eigen::Index j = 0; j < columns_; ++j) {
      const Real g = abs(Real(gap(j))) / Real(1 + abs(p_.target[static_cast<std::size_t>(j)]));
      if (!(g <= most)) most = g;
    }
    return most;
  }

  const calibration_problem& p_;
  Eigen::Index columns_;
};

}  // namespace baro::detail
