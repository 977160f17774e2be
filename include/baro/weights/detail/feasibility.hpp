// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/detail/calibration_solver.hpp>
#include <baro/weights/detail/independent_columns.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace baro::detail {

/// The lowest and the highest factor of each row of x.
struct factor_range {
  std::vector<double> low{}, high{};
};

/// Whether any weights within the bounds meet the margins, and those that come nearest: the
/// least sum of squared relative gaps. Each round is a calibration whose every gap has a price
/// (truncated linear distance, so the dual has a maximum whatever the targets) and that starts
/// from the weights of the round before (proximal point method: Rockafellar 1976, SIAM Journal
/// on Control and Optimization 14:877), so what changing weights costs comes to nothing.
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

  struct answer {
    bool impossible = false;  ///< proven: no weights within the bounds meet the constraints
    calibration_solution<double> nearest{};
  };

  answer ask() const { return ask(exact(), want::nearest); }

  /// Is it proven that no weights meet the constraints?
  bool is_impossible() const { return ask(exact(), want::proof).impossible; }

  /// A smallest set of groups of constraints that no weights meet together: groups are left out
  /// one by one, and stay out where the others still conflict (deletion filter: Chinneck and
  /// Dravnieks 1991, ORSA Journal on Computing 3:157).
  /// @param group  column → group
  std::vector<std::size_t> smallest_conflict(const std::vector<std::size_t>& group) const {
    std::vector<char> in = exact();
    std::vector<std::size_t> groups = group;
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    std::vector<std::size_t> left;
    for (const std::size_t g : groups) {
      std::vector<char> without = in;
      for (std::size_t j = 0; j < group.size(); ++j)
        if (group[j] == g) without[j] = 0;
      if (std::find(without.begin(), without.end(), 1) != without.end() &&
          ask(without, want::proof).impossible)
        in = std::move(without);
      else
        left.push_back(g);
    }
    return left;
  }

 private:
  enum class want { proof, nearest };

  /// Constraints with a price can be missed, and exclude nothing.
  std::vector<char> exact() const {
    std::vector<char> in(problem_.x.columns, 1);
    for (std::size_t j = 0; j < in.size(); ++j)
      if (problem_.slack[j] > 0) in[j] = 0;
    return in;
  }

  /// @param in  constraint → does it count?
  answer ask(const std::vector<char>& in, want wanted) const {
    answer out;
    const std::vector<double> high = highest(in);
    out.impossible = is_contradiction(in) || is_out_of_reach(in, high);
    if (out.impossible && wanted == want::proof) return out;
    std::vector<double> from(problem_.x.units);
    for (std::size_t u = 0; u < from.size(); ++u)
      from[u] = std::clamp(1.0, range_.low[u], range_.high[u]);
    double before = std::numeric_limits<double>::infinity();
    for (int round = 0; round < 50; ++round) {
      out.nearest = solve(in, from);
      out.impossible = out.impossible || is_proof(out.nearest, in, high);
      if (out.impossible && wanted == want::proof) return out;
      from = out.nearest.factor;
      const double gap = out.nearest.largest_gap;
      if (gap <= 1e-9 || std::abs(before - gap) <= 1e-9 * before) break;
      before = gap;
    }
    return out;
  }

  /// Is the target of a single constraint above the most, or below the least, that there can
  /// be?
  bool is_out_of_reach(const std::vector<char>& in, const std::vector<double>& high) const {
    std::vector<double> least(problem_.x.columns), most(problem_.x.columns);
    for (std::size_t u = 0; u < problem_.x.units; ++u)
      problem_.x.each(u, [&](std::size_t j, double x) {
        if (!(problem_.d[u] > 0) || x == 0) return;
        const double a = problem_.d[u] * range_.low[u] * x, b = problem_.d[u] * high[u] * x;
        least[j] += std::min(a, b);
        most[j] += std::max(a, b);
      });
    for (std::size_t j = 0; j < in.size(); ++j) {
      const double room = 1e-9 * problem_.size[j], target = problem_.target[j];
      if (in[j] != 0 && (target > most[j] + room || target < least[j] - room)) return true;
    }
    return false;
  }

  /// The gaps g of the nearest weights say themselves that there are none where even the
  /// weights that give most of Σ g w x give less than Σ g t (Farkas).
  bool is_proof(const calibration_solution<double>& s, const std::vector<char>& in,
                const std::vector<double>& high) const {
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
      if (std::abs(along[u]) <= 1e-12 * largest) continue;
      most += problem_.d[u] * (along[u] > 0 ? high[u] : range_.low[u]) * along[u];
    }
    return wanted - most > 1e-9 * size;
  }

  /// The highest factors there can be: where weights are not negative nobody weighs more than
  /// the target of their level.
  std::vector<double> highest(const std::vector<char>& in) const {
    std::vector<double> high = range_.high;
    const calibration_matrix& x = problem_.x;
    for (std::size_t u = 0; u < x.units; ++u) {
      if (range_.low[u] < 0) return range_.high;
      for (std::size_t m = 0; m < x.levels; ++m) {
        const auto j = static_cast<std::size_t>(x.column[u * x.levels + m]);
        if (in[j] != 0 && !(problem_.slack[j] > 0) && problem_.d[u] > 0)
          high[u] = std::min(high[u], problem_.target[j] / problem_.d[u]);
      }
    }
    return high;
  }

  /// Does a constraint that the others imply ask for something else than they do?
  bool is_contradiction(const std::vector<char>& in) const {
    const auto p = static_cast<Eigen::Index>(problem_.x.columns);
    Eigen::MatrixXd square =
        weighted_square<double>(problem_.x, [&](std::size_t u) { return problem_.d[u]; });
    Eigen::VectorXd totals(p);
    for (Eigen::Index j = 0; j < p; ++j) {
      const auto k = static_cast<std::size_t>(j);
      totals(j) = problem_.target[k];
      if (in[k] != 0 && !(problem_.slack[k] > 0)) continue;
      square.row(j).setZero();
      square.col(j).setZero();
    }
    const Eigen::VectorXd diagonal = square.diagonal();
    const pivoted_cholesky<double> factors(std::move(square));
    for (std::size_t k = factors.rank(); k < problem_.x.columns; ++k) {
      const std::size_t j = factors.order()[k];
      if (!(diagonal(static_cast<Eigen::Index>(j)) > 0)) continue;
      if (std::abs(factors.implied(k, totals) - problem_.target[j]) > 1e-8 * problem_.size[j])
        return true;
    }
    return false;
  }

  calibration_solution<double> solve(const std::vector<char>& in,
                                     const std::vector<double>& from) const {
    calibration_problem p = problem_;
    double all = 0;
    for (const double d : p.d) all += d;
    for (std::size_t j = 0; j < p.x.columns; ++j) {
      const double slack = p.size[j] / all * p.size[j] / price;
      p.slack[j] = in[j] != 0 ? std::max(p.slack[j], slack) : 1e12 * p.size[j];
    }
    const auto factor = [&](std::size_t u, double x) {
      return std::clamp(from[u] + x, range_.low[u], range_.high[u]);
    };
    const auto slope = [&](std::size_t u, double x) {
      return from[u] + x > range_.low[u] && from[u] + x < range_.high[u] ? 1.0 : 0.0;
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

  /// Of a squared gap relative to that of changing weights: the higher the fewer rounds, the
  /// lower the surer that each arrives.
  static constexpr double price = 1e6;

  calibration_problem problem_;
  factor_range range_;
};

}  // namespace baro::detail
