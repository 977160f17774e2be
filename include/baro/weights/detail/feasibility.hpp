// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/detail/calibration_solver.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace baro::detail {

/// The lowest and the highest factor of each row of x.
struct factor_range {
  std::vector<double> low{}, high{};
};

/// Whether any weights within the bounds meet the margins, and those that come nearest: the
/// least sum of squared relative gaps, found as a calibration whose every gap has a price
/// (truncated linear distance, so the dual has a maximum whatever the targets).
class feasibility {
 public:
  feasibility(const calibration_problem& problem, factor_range range)
      : problem_(problem), range_(std::move(range)) {
    calibration_matrix& x = problem_.x;
    for (std::size_t k = 0; k < x.numbers; ++k) {
      const double center = problem_.center[k];
      const std::size_t j = x.columns - x.numbers + k;
      if (!(center != 0)) continue;
      double size = 0;
      for (std::size_t u = 0; u < x.units; ++u) {
        x.number[u * x.numbers + k] += center;
        size += problem_.d[u] * std::abs(x.number[u * x.numbers + k]);
      }
      problem_.target[j] += center * problem_.population;
      problem_.size[j] = std::max(std::abs(problem_.target[j]), size);
    }
  }

  calibration_solution<double> nearest() const { return solve(everything()); }

  /// Is it certain that no weights within the bounds meet the constraints? The gaps g of the
  /// nearest weights say so themselves where even the weights that give most of Σ g w x give
  /// less than Σ g t (Farkas).
  bool is_impossible(const calibration_solution<double>& s) const {
    return is_impossible(s, everything());
  }

  /// A smallest set of groups of constraints that no weights meet together: groups are left out
  /// one by one, and stay out where the others still conflict (deletion filter: Chinneck and
  /// Dravnieks 1991, ORSA Journal on Computing 3:157).
  /// @param group  column → group
  std::vector<std::size_t> smallest_conflict(const std::vector<std::size_t>& group) const {
    std::vector<char> in(problem_.x.columns, 1);
    std::vector<std::size_t> groups = group;
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    std::vector<std::size_t> left;
    for (const std::size_t g : groups) {
      std::vector<char> without = in;
      for (std::size_t j = 0; j < group.size(); ++j)
        if (group[j] == g) without[j] = 0;
      if (std::find(without.begin(), without.end(), 1) != without.end() &&
          is_impossible(solve(without), without))
        in = std::move(without);
      else
        left.push_back(g);
    }
    return left;
  }

 private:
  std::vector<char> everything() const { return std::vector<char>(problem_.x.columns, 1); }

  bool is_impossible(const calibration_solution<double>& s, const std::vector<char>& in) const {
    std::vector<double> v(problem_.x.columns);
    double wanted = 0, size = 0, largest = 0;
    for (std::size_t j = 0; j < v.size(); ++j) {
      if (in[j] == 0) continue;
      v[j] = s.gap[j] / (problem_.size[j] * problem_.size[j]);
      wanted += v[j] * problem_.target[j];
      size += std::abs(v[j] * problem_.target[j]);
    }
    std::vector<double> along(problem_.x.units);
    for (std::size_t u = 0; u < along.size(); ++u) {
      along[u] = problem_.x.dot(u, v.data());
      largest = std::max(largest, std::abs(along[u]));
    }
    double most = 0;
    for (std::size_t u = 0; u < along.size(); ++u) {
      if (std::abs(along[u]) <= 1e-7 * largest) continue;
      const double factor = along[u] > 0 ? range_.high[u] : range_.low[u];
      most += problem_.d[u] * factor * along[u];
    }
    return wanted - most > 1e-9 * size;
  }

  calibration_solution<double> solve(const std::vector<char>& in) const {
    calibration_problem p = problem_;
    for (std::size_t j = 0; j < p.x.columns; ++j)
      p.slack[j] = in[j] != 0 ? std::max(p.slack[j], 1e-9 * p.size[j]) : 1e12 * p.size[j];
    const auto factor = [this](std::size_t u, double x) {
      return std::clamp(1 + x, range_.low[u], range_.high[u]);
    };
    const auto slope = [this](std::size_t u, double x) {
      return 1 + x > range_.low[u] && 1 + x < range_.high[u] ? 1.0 : 0.0;
    };
    auto s = calibration_solver<double>(p).solve(factor, slope, {1e-9, 200});
    s.largest_gap = 0;
    std::vector<double> given(p.x.columns);
    for (std::size_t u = 0; u < p.x.units; ++u)
      p.x.each(u, [&](std::size_t j, double x) { given[j] += p.d[u] * s.factor[u] * x; });
    for (std::size_t j = 0; j < p.x.columns; ++j) {
      s.gap[j] = p.target[j] - given[j];
      if (in[j] != 0) s.largest_gap = std::max(s.largest_gap, std::abs(s.gap[j]) / p.size[j]);
    }
    return s;
  }

  calibration_problem problem_;
  factor_range range_;
};

}  // namespace baro::detail
