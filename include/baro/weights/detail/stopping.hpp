// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/calibration_options.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// When a solver stops.
struct calibration_settings {
  double tolerance = 1e-10;
  int iterations = 100;
  stopping_rule stop = stopping_rule::gap;
};

/// Asks a `stopping_rule` after each step.
template <class Real>
class stopping {
 public:
  /// @param d  units: Σ of the starting weights
  stopping(const calibration_settings& settings, const std::vector<double>& d)
      : settings_(settings), d_(d), limit_(settings.tolerance) {
    if (settings.stop != stopping_rule::cell_change || settings.tolerance >= 1) return;
    Real sum(0);
    for (const double w : d) sum += Real(w);
    limit_ *= sum;
  }

  bool by_gap(const Real& relative, const Real& over_one_plus_target) const {
    switch (settings_.stop) {
      case stopping_rule::gap:
      case stopping_rule::first_gap:
        return relative <= limit_;
      case stopping_rule::gap_over_one_plus_target:
        return over_one_plus_target < limit_;
      default:
        return false;
    }
  }

  /// @param before, after  factors, by unit
  bool by_change(const std::vector<Real>& before, const std::vector<Real>& after) {
    using std::abs;
    if (settings_.stop <= stopping_rule::gap_over_one_plus_target) return false;
    Real most(0), sum(0);
    const bool of_weights = settings_.stop != stopping_rule::factor_change;
    for (std::size_t u = 0; u < d_.size(); ++u) {
      if (!(d_[u] > 0)) continue;
      const Real change =
          abs(Real(after[u] - before[u])) * (of_weights ? Real(d_[u]) : Real(1));
      if (change > most) most = change;
      sum += change;
    }
    if (settings_.stop == stopping_rule::factor_change) return most <= limit_;
    if (settings_.stop == stopping_rule::cell_change) return most < limit_;
    const bool slow = !(sum < (Real(1) - limit_) * last_change_);
    last_change_ = sum;
    return slow;
  }

 private:
  calibration_settings settings_;
  const std::vector<double>& d_;
  Real limit_, last_change_ = std::numeric_limits<Real>::max();
};

}  // namespace baro::detail
