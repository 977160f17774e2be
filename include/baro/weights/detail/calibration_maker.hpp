// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/weights/calibration.hpp>
#include <baro/weights/calibration_options.hpp>
#include <baro/weights/detail/build_problem.hpp>
#include <baro/weights/detail/feasibility.hpp>
#include <baro/weights/detail/instrument_solver.hpp>
#include <baro/weights/detail/iterative_fitting.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace baro::detail {

/// Solves one step and writes it down.
class calibration_maker {
 public:
  calibration_maker(std::string function, std::string step, const starting_weights& start,
                    const std::vector<margin>& margins, const calibration_options& options,
                    bool row_by_row = false)
      : function_(std::move(function)),
        step_name_(std::move(step)),
        start_(start),
        margins_(margins),
        options_(checked(function_, options)),
        builder_(function_, margins_, start_, options_,
                 row_by_row || options_.final_weights || options_.cap ||
                     !options_.instruments.empty()),
        problem_(builder_.problem()) {}

  /// Only these rows are brought to the targets, which are totals of all; the others get 0.
  void only(std::vector<char> responded) {
    for (std::size_t i = 0; i < responded.size(); ++i)
      if (responded[i] == 0) problem_.d[i] = 0;
    responded_ = std::move(responded);
  }

  template <class Distance>
  calibration by_newton(const Distance& distance) {
    for (const margin& m : margins_)
      if (m.cost() && !options_.instruments.empty())
        throw value_error(function_ + ": " + m.name() +
                          " has a cost, must be met where there are instruments");
    if (options_.cap)
      throw value_error(function_ + ": cap is inside the loop of rake; here final_weights is");
    if (options_.residuals != residual_rule::regression)
      throw value_error(function_ + ": residuals r_rake are those of rake");
    const auto& bounds = options_.final_weights;
    const std::vector<double>& d = problem_.d;
    const auto factor = [&](std::size_t u, double x) {
      const double f = distance.factor(x);
      return bounds && d[u] > 0 ? std::clamp(f, bounds->low / d[u], bounds->high / d[u]) : f;
    };
    const auto slope = [&](std::size_t u, double x) {
      if (bounds && d[u] > 0) {
        const double f = distance.factor(x);
        if (!(f > bounds->low / d[u] && f < bounds->high / d[u])) return 0.0;
      }
      return static_cast<double>(distance.slope(x));
    };
    const calibration_settings settings{options_.tolerance, options_.max_iterations,
                                        options_.stop};
    if (options_.instruments.empty()) {
      solution_ = calibration_solver<double>(problem_).solve(factor, slope, settings);
    } else {
      auto rows = std::make_shared<instrument_rows>(
          read_instruments(function_, options_.instruments, problem_.x, problem_.d));
      solution_ = instrument_solver<double>(problem_, *rows).solve(factor, slope, settings);
      instruments_ = std::move(rows);
    }
    // The lowest and the highest factor there can be.
    const double low = distance.factor(-1e300), high = distance.factor(1e300);
    constexpr bool attained = requires { Distance::attains_bounds; };
    return finish(std::isfinite(low) ? low : -no_bound, std::isfinite(high) ? high : no_bound,
                  attained);
  }

  calibration by_fitting() {
    residuals_ = options_.residuals;
    if (!options_.instruments.empty())
      throw value_error(function_ + ": instruments are for calibrate");
    for (const margin& m : margins_)
      if (m.is_total() || m.cost())
        throw value_error(
            "rake: " + m.name() +
            " is a total or has a cost, must be met level by level; calibrate can");
    solution_ = iterative_fitting(problem_, options_).solve();
    return finish(0, no_bound, false);
  }

  /// A further step is told from the weights before the earlier one.
  static calibration told_from(const calibration& earlier, calibration later) {
    for (std::size_t i = 0; i < later.margins_.size() && i < earlier.margins_.size(); ++i) {
      margin_gap& m = later.margins_[i];
      const margin_gap& e = earlier.margins_[i];
      if (m.variable != e.variable || m.level != e.level) continue;
      m.before = e.before;
      m.target = e.target;
      m.gap = m.after - m.target;
    }
    return later;
  }

  static calibration scale(const calibration& made, double total) {
    if (!(total > 0 && std::isfinite(total)))
      refuse("scaled", "total", total, "must be above 0 and finite");
    calibration out = made;
    const double factor = total / made.summary().sum();
    auto record = std::make_shared<calibration_record>(*made.record());
    for (double& w : record->weights) w *= factor;
    auto step = std::make_shared<calibration_step>();
    step->name = "scale";
    step->factor = {factor};
    record->steps.push_back(std::move(step));
    out.record_ = std::move(record);
    for (margin_gap& m : out.margins_) {
      m.target *= factor;
      m.before *= factor;
      m.after *= factor;
      m.gap *= factor;
    }
    return out;
  }

 private:
  static constexpr double no_bound = 1e300;

  static calibration_options checked(const std::string& function,
                                     const calibration_options& o) {
    const bool counted = o.stop == stopping_rule::cell_change;
    if (!(o.tolerance > 0 && (counted ? std::isfinite(o.tolerance) : o.tolerance < 1)))
      refuse(function, "tolerance", o.tolerance,
             counted ? "must be above 0 and finite" : "must be in (0, 1)");
    if (o.cap && !(*o.cap > 1 && std::isfinite(*o.cap)))
      refuse(function, "cap", *o.cap, "must be above 1 and finite");
    if (!o.instruments.empty()) check_instruments(function, o);
    if (o.cap && o.final_weights)
      throw value_error(function + ": cap and final_weights exclude each other");
    if (o.max_iterations < 1)
      refuse(function, "max_iterations", o.max_iterations, "must be at least 1");
    if (o.final_weights &&
        !(o.final_weights->low >= 0 && o.final_weights->low < o.final_weights->high))
      refuse(function, "final_weights.low", o.final_weights->low,
             "must be >= 0 and below final_weights.high");
    return o;
  }

  static void check_instruments(const std::string& function, const calibration_options& o) {
    const std::string with = ": instruments go with no ";
    if (o.q) throw value_error(function + with + "q: scale the instruments");
    if (o.household) throw value_error(function + with + "household");
    if (o.stop != stopping_rule::gap) throw value_error(function + with + "stopping rule");
  }

  /// @param attained  can a factor be at its bound, or only near it?
  calibration finish(double low, double high, bool attained) {
    calibration out;
    out.function_ = function_;
    out.iterations_ = solution_.iterations;
    out.status_ = solution_.status;
    if (out.status_ != status::ok) find_conflict(low, high, out);
    // Another program's rule takes what it is near to for made.
    const bool to_the_end = options_.stop == stopping_rule::gap && !options_.cap;
    if (out.status_ == status::ok && !attained && to_the_end) find_vanishing(low, high, out);
    for (std::size_t i = 0; i < responded_.size(); ++i)
      if (responded_[i] == 0) solution_.factor[i] = 0;
    auto record = std::make_shared<calibration_record>();
    record->base = start_.view();
    if (start_.record()) {
      record->base = start_.record()->base;
      record->steps = start_.record()->steps;
    }
    write_weights(record->weights);
    report(out);
    auto step = std::make_shared<calibration_step>();
    step->name = step_name_;
    if (options_.final_weights) step->clipped = clipped();
    step->own_totals = !responded_.empty();
    step->factor = std::move(solution_.factor);
    step->target_variance = builder_.target_variance();
    step->x = std::move(problem_.x);
    step->d = std::move(problem_.d);
    step->q = std::move(problem_.q);
    step->slack = std::move(problem_.slack);
    step->residuals = residuals_;
    step->instruments = std::move(instruments_);
    record->steps.push_back(std::move(step));
    out.record_ = std::move(record);
    return out;
  }

  std::vector<char> clipped() const {
    const weight_bounds& bounds = *options_.final_weights;
    std::vector<char> out(problem_.x.units, 0);
    for (std::size_t u = 0; u < out.size(); ++u) {
      const double d = problem_.d[u], f = solution_.factor[u];
      out[u] = d > 0 && (f <= bounds.low / d || f >= bounds.high / d) ? 1 : 0;
    }
    return out;
  }

  /// The factors there can be, final weights bounded too: their bounds win.
  factor_range range_of(double low, double high) const {
    factor_range range{std::vector<double>(problem_.x.units, low),
                       std::vector<double>(problem_.x.units, high)};
    if (const auto& bounds = options_.final_weights)
      for (std::size_t u = 0; u < problem_.x.units; ++u)
        if (problem_.d[u] > 0) {
          const double least = bounds->low / problem_.d[u], most = bounds->high / problem_.d[u];
          range.low[u] = std::clamp(low, least, most);
          range.high[u] = std::clamp(high, least, most);
        }
    return range;
  }

  /// Margins that only weights of 0 (or at another bound that is not attained) meet: the method
  /// goes there without end, and what it is near to is not a solution. Factors that small are
  /// believed to have to be where no others, a little inside the bounds, meet the margins.
  void find_vanishing(double low, double high, calibration& out) const {
    factor_range inside = range_of(low, high);
    std::vector<char> at_bound(problem_.x.units, 0);
    bool any = false;
    for (std::size_t u = 0; u < problem_.x.units; ++u) {
      if (!(problem_.d[u] > 0)) continue;
      const double f = solution_.factor[u];
      const bool near_low = inside.low[u] == low && f - low <= 1e-9 * (1 - low);
      const bool near_high =
          high != no_bound && inside.high[u] == high && high - f <= 1e-9 * (high - 1);
      if (near_low) inside.low[u] += 1e-6 * (1 - low);
      if (near_high) inside.high[u] -= 1e-6 * (high - 1);
      at_bound[u] = near_low || near_high ? 1 : 0;
      any = any || at_bound[u] != 0;
    }
    if (!any || !feasibility(problem_, std::move(inside)).is_impossible()) return;
    out.status_ = status::infeasible;
    for (std::size_t i = 0; i < start_.size(); ++i)
      if (at_bound[problem_.x.unit(i)] != 0) out.vanishing_.push_back(i);
  }

  void find_conflict(double low, double high, calibration& out) {
    const feasibility test(problem_, range_of(low, high));
    auto answer = test.ask();
    out.nearest_gap_ = answer.nearest.largest_gap;
    if (!answer.impossible) return;
    out.status_ = status::infeasible;
    solution_.factor = std::move(answer.nearest.factor);
    std::vector<std::size_t> group;
    for (const constraint& c : builder_.constraints()) group.push_back(c.margin);
    for (const std::size_t m : test.smallest_conflict(group))
      out.conflict_.push_back(margins_[m].name());
  }

  void write_weights(decltype(calibration_record::weights)& w) const {
    w.resize(start_.size());
    const double* const factor = solution_.factor.data();
    const unit_column& units = problem_.x.unit_of_row;
    if (units.empty())
      multiply(w.data(), [&](std::size_t i) { return factor[i]; });
    else
      units.visit([&](const auto* unit) {
        multiply(w.data(), [&](std::size_t i) { return factor[unit[i]]; });
      });
  }

  /// w_i = d_i times the factor of i
  template <class Factor>
  void multiply(double* w, Factor factor_of) const {
    constexpr std::size_t batch = 1024;
    std::vector<double> buffer(batch);
    for (std::size_t first = 0; first < start_.size(); first += batch) {
      const std::size_t count = std::min(batch, start_.size() - first);
      const double* const d = start_.view().read(first, count, buffer.data());
      for (std::size_t i = 0; i < count; ++i) w[first + i] = d[i] * factor_of(first + i);
    }
  }

  void report(calibration& out) const {
    const calibration_matrix& x = problem_.x;
    std::vector<double> short_of(x.columns);
    for (std::size_t j = 0; j < x.columns; ++j) short_of[j] = problem_.target[j];
    for (std::size_t u = 0; u < x.units; ++u)
      x.each(u, [&](std::size_t j, double value) {
        short_of[j] -= problem_.d[u] * solution_.factor[u] * value;
      });
    const auto& constraints = builder_.constraints();
    // Where the size is not met a centred number is not met by what its own gap says.
    double sum = 0;
    for (std::size_t u = 0; u < x.units; ++u) sum += problem_.d[u] * solution_.factor[u];
    for (std::size_t k = 0; k < x.numbers; ++k)
      if (problem_.center[k] != 0)
        short_of[x.columns - x.numbers + k] += problem_.center[k] * (problem_.population - sum);
    for (std::size_t m = 0; m < margins_.size(); ++m)
      for (std::size_t j = 0; j < constraints.size(); ++j) {
        const constraint& c = constraints[j];
        if (c.margin != m) continue;
        out.margins_.push_back({margins_[m].name(), c.level, c.target, c.before,
                                c.target - short_of[j], -short_of[j]});
        if (!margins_[m].cost())
          out.largest_gap_ =
              std::max(out.largest_gap_, std::abs(short_of[j]) / problem_.size[j]);
      }
  }

  std::string function_, step_name_;
  const starting_weights& start_;
  std::vector<margin> margins_;
  calibration_options options_;
  problem_builder builder_;
  calibration_problem& problem_;
  calibration_solution<double> solution_;
  std::vector<char> responded_;  // empty: everybody
  residual_rule residuals_ = residual_rule::regression;
  std::shared_ptr<const instrument_rows> instruments_;
};

}  // namespace baro::detail
