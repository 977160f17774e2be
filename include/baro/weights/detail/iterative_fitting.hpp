// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/calibration_options.hpp>
#include <baro/weights/detail/calibration_solver.hpp>
#include <baro/weights/detail/stopping.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace baro::detail {

/// Iterative proportional fitting (Deming and Stephan 1940): margin after margin is met by a
/// factor per level, until all are.
class iterative_fitting {
 public:
  iterative_fitting(const calibration_problem& problem, const calibration_options& options)
      : problem_(problem), options_(options) {}

  calibration_solution<double> solve() {
    const calibration_matrix& x = problem_.x;
    solution_.factor.assign(x.units, 1.0);
    solution_.status = status::iteration_limit;
    std::vector<double> sum(x.columns);
    stopping<double> stop({options_.tolerance, options_.max_iterations, options_.stop},
                          problem_.d);
    const bool bounded = options_.final_weights || options_.cap;
    std::vector<double> before;
    while (solution_.iterations < options_.max_iterations) {
      double largest = 0, over_one = 0;
      before = solution_.factor;
      for (std::size_t m = 0; m < x.levels; ++m) {
        std::fill(sum.begin(), sum.end(), 0.0);
        for (std::size_t u = 0; u < x.units; ++u)
          sum[at(u, m)] += problem_.d[u] * solution_.factor[u];
        for (std::size_t j = 0; j < x.columns; ++j)
          if (sum[j] > 0) {
            const double target = problem_.target[j];
            largest = std::max(largest, std::abs(target / sum[j] - 1));
            over_one = std::max(over_one, std::abs(target - sum[j]) / (1 + target));
            sum[j] = target / sum[j];
          }
        for (std::size_t u = 0; u < x.units; ++u) {
          solution_.factor[u] *= sum[at(u, m)];
          if (options_.final_weights && problem_.d[u] > 0)
            solution_.factor[u] =
                std::clamp(solution_.factor[u], options_.final_weights->low / problem_.d[u],
                           options_.final_weights->high / problem_.d[u]);
        }
      }
      if (options_.cap) cut(*options_.cap);
      ++solution_.iterations;
      // The first margin of a sweep is met, and the last one after it: so all were.
      if (stop.by_gap(largest, over_one) || stop.by_change(before, solution_.factor) ||
          (x.levels == 1 && !bounded)) {
        solution_.status = status::ok;
        break;
      }
    }
    return solution_;
  }

 private:
  std::size_t at(std::size_t u, std::size_t m) const {
    return static_cast<std::size_t>(problem_.x.column[u * problem_.x.levels + m]);
  }

  /// Cuts weights above so many times the mean and brings all back to it, until none is above.
  void cut(double cap) {
    std::vector<double>& f = solution_.factor;
    const std::vector<double>& d = problem_.d;
    double sum = 0, count = 0;
    for (std::size_t u = 0; u < f.size(); ++u) {
      sum += d[u] * f[u];
      count += d[u] > 0 ? 1 : 0;
    }
    const double highest = cap * sum / count;
    for (int round = 0; round < 1000; ++round) {
      double now = 0, most = 0;
      for (std::size_t u = 0; u < f.size(); ++u) {
        if (!(d[u] > 0)) continue;
        f[u] = std::min(f[u], highest / d[u]);
        now += d[u] * f[u];
      }
      for (std::size_t u = 0; u < f.size(); ++u) {
        f[u] *= sum / now;
        most = std::max(most, d[u] * f[u]);
      }
      if (most <= highest * (1 + 1e-12)) return;
    }
  }

  const calibration_problem& problem_;
  const calibration_options& options_;
  calibration_solution<double> solution_;
};

}  // namespace baro::detail
