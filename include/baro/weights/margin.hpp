// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/core/error.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// The known total of one level of a margin.
struct level_target {
  std::string level;
  double target = 0;
};

/// What is known of the population: the size of each level of a question, or the total of a
/// number. Views the host's columns.
///
///   margin::counts(sex, {{"F", 5210}, {"M", 4790}})      margin::total(income, 3.2e8)
///
/// `crossed(sex, age)` makes one question of two, and of a wave and a question: calibration
/// inside each wave.
class margin {
 public:
  enum class unit { counts, shares, percentages, total };

  /// Respondents of the population by level.
  /// @throws value_error a target that is not above 0 and finite, a level twice, no level
  static margin counts(categories question, std::vector<level_target> targets) {
    return {unit::counts, std::move(question), std::move(targets)};
  }
  /// Shares of the total of the starting weights; they must sum to 1.
  static margin shares(categories question, std::vector<level_target> targets) {
    return {unit::shares, std::move(question), std::move(targets)};
  }
  /// Shares in percent; they must sum to 100.
  static margin percentages(categories question, std::vector<level_target> targets) {
    return {unit::percentages, std::move(question), std::move(targets)};
  }
  /// The total of a number over the population, Σ w y. Everybody must have answered.
  /// @throws value_error a target that is not finite
  static margin total(answers number, double target) { return {std::move(number), target}; }

  /// Lets the margin be missed, at a cost: the constraint becomes Σ w x + λ / cost = target.
  /// The higher the cost the closer; without one it is met exactly. Ridge calibration (Bardsley
  /// and Chambers 1984, Applied Statistics 33:290; Rao and Singh 1997).
  /// @throws value_error a cost that is not above 0 and finite
  margin with_cost(double cost) && {
    if (!(cost > 0 && std::isfinite(cost)))
      detail::refuse("margin", "cost of " + name(), cost, "must be above 0 and finite");
    cost_ = cost;
    return std::move(*this);
  }
  margin with_cost(double cost) const& { return margin(*this).with_cost(cost); }

  /// The targets are estimates themselves, with these standard errors (independent of each
  /// other and of the sample), one for each target: variances take them in. Of targets that
  /// others imply (two questions repeat the size of the population, one level of the second is
  /// told by the rest) the error is that of the others.
  /// @throws size_error, value_error
  margin with_standard_errors(std::vector<double> errors) && {
    detail::check_size("margin", "standard errors of " + name(), errors.size(),
                       is_total() ? 1 : targets_.size());
    for (std::size_t l = 0; l < errors.size(); ++l)
      if (!(errors[l] >= 0 && std::isfinite(errors[l])))
        detail::refuse("margin", "standard errors of " + name(), l, errors[l],
                       "must be finite and >= 0");
    errors_ = std::move(errors);
    return std::move(*this);
  }
  margin with_standard_errors(std::vector<double> errors) const& {
    return margin(*this).with_standard_errors(std::move(errors));
  }

  const std::string& name() const noexcept {
    return is_total() ? number_->name() : question_->name();
  }
  unit given_as() const noexcept { return unit_; }
  bool is_total() const noexcept { return unit_ == unit::total; }
  std::size_t size() const noexcept { return is_total() ? number_->size() : question_->size(); }
  const categories& question() const { return *question_; }
  const answers& number() const { return *number_; }
  /// Targets as given; of a total one, without a level.
  const std::vector<level_target>& targets() const noexcept { return targets_; }
  const std::optional<double>& cost() const noexcept { return cost_; }
  const std::vector<double>& standard_errors() const noexcept { return errors_; }

 private:
  margin(unit u, categories question, std::vector<level_target> targets)
      : unit_(u), question_(std::move(question)), targets_(std::move(targets)) {
    if (targets_.empty()) throw value_error("margin: " + name() + " has no target");
    std::set<std::string> met;
    double sum = 0;
    for (const level_target& t : targets_) {
      if (!met.insert(t.level).second)
        throw value_error("margin: " + name() + " has two targets for '" + t.level + "'");
      if (!(t.target > 0 && std::isfinite(t.target)))
        detail::refuse("margin", "target of " + name() + "='" + t.level + "'", t.target,
                       "must be above 0 and finite");
      sum += t.target;
    }
    const double whole = u == unit::shares ? 1 : u == unit::percentages ? 100 : sum;
    if (!(std::abs(sum - whole) <= 1e-6 * whole))
      detail::refuse("margin", "targets of " + name() + " sum to", sum,
                     "must be " + detail::text(whole));
  }
  margin(answers number, double target)
      : unit_(unit::total), number_(std::move(number)), targets_{{"", target}} {
    if (!std::isfinite(target))
      detail::refuse("margin", "target of " + name(), target, "must be finite");
  }

  unit unit_;
  std::optional<categories> question_;
  std::optional<answers> number_;
  std::vector<level_target> targets_;
  std::optional<double> cost_;
  std::vector<double> errors_;
};

}  // namespace baro
