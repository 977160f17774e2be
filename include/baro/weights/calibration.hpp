// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/weights/detail/calibration_record.hpp>
#include <baro/weights/starting_weights.hpp>
#include <baro/weights/weight_summary.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace baro {

namespace detail {
class calibration_maker;
}

/// What became of one target, in sums of weights (or of weight times number).
struct margin_gap {
  std::string variable, level;
  double target = 0, before = 0, after = 0;
  /// after − target; not 0 where the margin has a cost, or the weights were not reached
  double gap = 0;
};

/// Weights with the record of the steps that made them. A design built on it,
/// `design{weights(c), …}`, takes the steps into its variances. Cheap to copy; the base weights
/// are seen in the host's memory.
class calibration {
 public:
  /// ok; iteration_limit: weights within the bounds exist but were not reached; infeasible:
  /// none exist.
  baro::status status() const noexcept { return status_; }

  /// The weights, n × 1.
  /// @throws value_error unless the status is ok; the message says what conflicts
  std::span<const double> weights() const& {
    if (status_ != status::ok) throw value_error(explanation());
    return record_->weights;
  }
  std::span<const double> weights() const&& = delete;
  /// The weights whatever the status: those nearest to the targets where they cannot be met.
  std::span<const double> weights_anyway() const& noexcept { return record_->weights; }
  std::span<const double> weights_anyway() const&& = delete;

  std::size_t size() const noexcept { return record_->weights.size(); }
  /// Targets in the order of the margins given.
  const std::vector<margin_gap>& margins() const noexcept { return margins_; }
  int iterations() const noexcept { return iterations_; }
  /// The largest gap relative to its target, where the margin has no cost.
  double largest_gap() const noexcept { return largest_gap_; }
  /// The margins of a smallest set that no weights meet together; empty unless infeasible.
  const std::vector<std::string>& conflict() const noexcept { return conflict_; }

  /// The rows whose weights vanish or sit at a bound that the method never reaches; empty
  /// unless that is why the weights are infeasible.
  const std::vector<std::size_t>& vanishing() const noexcept { return vanishing_; }

  /// The steps by name, first to last.
  std::vector<std::string> steps() const {
    std::vector<std::string> names;
    for (const auto& step : record_->steps) names.push_back(step->name);
    return names;
  }

  /// The weights, and the factors they are of the base weights.
  weight_summary summary() const { return weight_summary(record_->weights); }
  weight_summary factors() const {
    std::vector<double> factor(size());
    for (std::size_t i = 0; i < factor.size(); ++i)
      factor[i] = record_->base[i] > 0 ? record_->weights[i] / record_->base[i] : 1.0;
    return weight_summary(factor);
  }

  /// What happened, as a sentence.
  std::string explanation() const {
    if (status_ == status::ok)
      return function_ + ": " + std::to_string(margins_.size()) + " targets met in " +
             std::to_string(iterations_) + (iterations_ == 1 ? " iteration" : " iterations");
    std::string text = function_ + ": ";
    if (!vanishing_.empty())
      return text + "the margins are met only with weights that vanish or sit at a bound (" +
             std::to_string(vanishing_.size()) +
             (vanishing_.size() == 1 ? " respondent, row "
                                     : " respondents, the first in row ") +
             std::to_string(vanishing_.front()) + ")";
    if (status_ == status::infeasible) {
      text += "no weights within the bounds meet ";
      text += conflict_.size() == 1 ? "margin " : "margins ";
      for (std::size_t i = 0; i < conflict_.size(); ++i)
        text += (i == 0 ? "" : i + 1 == conflict_.size() ? " and " : ", ") + conflict_[i];
      if (conflict_.size() > 1) text += " together";
      text += "; the nearest";
    } else {
      text += "not converged after " + std::to_string(iterations_) + " iterations";
      text +=
          nearest_gap_ <= 1e-9
              ? ", though weights that meet the margins exist; the last"
              : ", and weights within the bounds that meet the margins may not exist; the last";
    }
    if (const margin_gap* worst = worst_gap()) {
      std::string after = rounded(worst->after, 6), target = rounded(worst->target, 6);
      if (after == target) {
        after = rounded(worst->after, 15);
        target = rounded(worst->target, 15);
      }
      text += " give " + worst->variable +
              (worst->level.empty() ? "" : "='" + worst->level + "'") + " " + after +
              " instead of " + target;
    }
    return text;
  }

  /// For the rooms below.
  const std::shared_ptr<const detail::calibration_record>& record() const noexcept {
    return record_;
  }

 private:
  friend class detail::calibration_maker;

  static std::string rounded(double x, int digits) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*g", digits, x);
    return text;
  }

  /// The largest gap relative to its target, of a margin of the conflict where there is one.
  const margin_gap* worst_gap() const {
    const margin_gap* worst = nullptr;
    double most = -1;
    for (const margin_gap& m : margins_) {
      if (!conflict_.empty() &&
          std::find(conflict_.begin(), conflict_.end(), m.variable) == conflict_.end())
        continue;
      const double size = std::abs(m.target) > 0 ? std::abs(m.target) : std::abs(m.before);
      const double relative = std::abs(m.gap) / (size > 0 ? size : 1);
      if (relative > most) {
        most = relative;
        worst = &m;
      }
    }
    return worst;
  }

  std::string function_;
  std::shared_ptr<const detail::calibration_record> record_;
  baro::status status_ = status::ok;
  int iterations_ = 0;
  double largest_gap_ = 0, nearest_gap_ = 0;
  std::vector<std::size_t> vanishing_;
  std::vector<margin_gap> margins_;
  std::vector<std::string> conflict_;
};

inline starting_weights::starting_weights(const calibration& earlier)
    : view_((static_cast<void>(earlier.weights()), earlier.record()->weights)),
      record_(earlier.record()) {}

}  // namespace baro
