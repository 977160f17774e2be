// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/sum.hpp>
#include <baro/estimate/detail/bracket.hpp>
#include <baro/estimate/quantile_rule.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace baro::detail {

/// The quantile of one domain by a rule, from the answers in its bracket: the few about it are
/// sorted, and no others.
template <class Real>
class quantile_in {
 public:
  quantile_in(const bracket<Real>& of, const Real& p, quantile_rule rule)
      : of_(of), p_(p), rule_(rule), slack_(of.weight * Real(1e-12)) {
    find_items();
  }

  /// Nothing when answers outside the bracket would have a say.
  std::optional<Real> value() const {
    if (items_.empty()) return std::nullopt;
    return rule_ == quantile_rule::hf1 || rule_ == quantile_rule::hf2 ? on_steps() : on_lines();
  }

 private:
  /// The bucket in which p W is reached, with the nearest ones on both sides.
  void find_items() {
    const Real target = p_ * of_.weight - slack_;
    // hf7 counts without the largest answer, which may be heavy: it can lie well below.
    const Real lower =
        rule_ == quantile_rule::hf7 ? Real(target - p_ * of_.largest_weight) : target;
    compensated_sum<Real> cumulated;
    cumulated.add(of_.below);
    std::vector<std::size_t> filled;
    std::vector<Real> before;
    std::size_t at = 0, low = 0;
    bool found = false, found_low = false;
    for (std::size_t b = 0; b < of_.bucket_weight.size(); ++b) {
      if (!(of_.bucket_weight[b] > Real(0))) continue;
      filled.push_back(b);
      before.push_back(cumulated.value());
      cumulated.add(of_.bucket_weight[b]);
      if (!found_low && cumulated.value() >= lower) {
        found_low = true;
        low = filled.size() - 1;
      }
      if (!found && cumulated.value() >= target) {
        found = true;
        at = filled.size() - 1;
      }
    }
    if (filled.empty()) return;
    if (!found) at = filled.size() - 1;
    if (!found_low) low = at;
    const std::size_t from = low == 0 ? 0 : low - 1, to = std::min(at + 1, filled.size() - 1);
    before_ = before[from];
    more_ = of_.above || to + 1 < filled.size();
    const auto begin = of_.items.begin();
    const std::size_t first = filled[from] == 0 ? 0 : of_.bucket_end[filled[from] - 1];
    items_.assign(begin + static_cast<std::ptrdiff_t>(first),
                  begin + static_cast<std::ptrdiff_t>(of_.bucket_end[filled[to]]));
    std::sort(items_.begin(), items_.end());
  }

  /// hf1 and hf2: where C(x) comes to p W.
  std::optional<Real> on_steps() const {
    const Real aim = p_ * of_.weight;
    Real c = before_;
    if (c > Real(0) && !(c < aim - slack_)) return std::nullopt;
    for (std::size_t k = 0; k < items_.size(); ++k) {
      c += items_[k].second;
      const Real& x = items_[k].first;
      const bool last = k + 1 == items_.size();
      if (!last && items_[k + 1].first == x) continue;
      if (c < aim - slack_) continue;
      if (rule_ == quantile_rule::hf1 || c > aim + slack_) return x;
      if (!last) return Real((x + items_[k + 1].first) / Real(2));
    }
    return last_item();
  }

  /// The other rules: where straight lines through the answers come to p.
  std::optional<Real> on_lines() const {
    Real c = before_, last_p(0), last_x = items_.front().first;
    for (std::size_t k = 0; k < items_.size(); ++k) {
      const auto& [x, w] = items_[k];
      const Real at = height(c, w);
      c += w;
      if (at >= p_) {
        if (k == 0 && before_ > Real(0)) return std::nullopt;
        if (k == 0 || !(at > last_p)) return x;
        return last_x + (x - last_x) * ((p_ - last_p) / (at - last_p));
      }
      last_p = at;
      last_x = x;
    }
    return last_item();
  }

  /// The probability at which a line passes an answer of weight w, those before it weighing c.
  Real height(const Real& c, const Real& w) const {
    if (rule_ == quantile_rule::hf4) return (c + w) / of_.weight;
    if (rule_ == quantile_rule::hf5) return (c + w / Real(2)) / of_.weight;
    const Real rest = of_.weight - of_.largest_weight;
    return of_.weight > of_.largest_weight ? Real(c / rest) : Real(0);
  }

  /// The last item, when it is the largest answer of all.
  std::optional<Real> last_item() const {
    if (more_) return std::nullopt;
    return items_.back().first;
  }

  const bracket<Real>& of_;
  Real p_;
  quantile_rule rule_;
  Real slack_;         ///< rounding in a sum of weights must not hide that C(x) = p W
  Real before_{0};     ///< Σ w of the answers below the first item
  bool more_ = false;  ///< are there answers above the last item?
  std::vector<weighted_answer<Real>> items_{};
};

}  // namespace baro::detail
