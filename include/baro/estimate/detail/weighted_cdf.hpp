// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/sum.hpp>
#include <baro/estimate/quantile_rule.hpp>
#include <baro/totals/respondents.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace baro::detail {

/// The weighted distribution of one question in each domain, without a sorted copy of it:
/// weights are counted in narrow buckets of the answers, and a quantile collects only the
/// bucket it falls in, with its neighbours. Three passes of O(n); the sort is of one bucket.
template <class Real>
class weighted_cdf {
 public:
  weighted_cdf(const respondents& rows, std::size_t domains) : rows_(rows), domains_(domains) {
    buckets_ = std::max<std::size_t>(64, std::size_t{4096} / std::max<std::size_t>(1, domains));
    find_ranges();
    fill_buckets();
  }

  /// Σ w of those who answered in domain d; 0 for an empty domain.
  const Real& weight(std::size_t d) const { return range_[d].weight; }

  /// The quantiles of each (domain, probability) asked for, in one pass.
  std::vector<Real> at(const std::vector<std::pair<std::size_t, Real>>& wanted,
                       quantile_rule rule) const {
    std::vector<window> windows;
    std::vector<std::vector<std::size_t>> of_domain(domains_);
    for (const auto& [d, p] : wanted) {
      of_domain[d].push_back(windows.size());
      windows.push_back(window_of(d, p, rule));
    }
    each([&](std::size_t d, const Real& y, const Real& w) {
      const std::size_t b = bucket(range_[d], y);
      for (const std::size_t i : of_domain[d])
        if (b >= windows[i].first && b <= windows[i].last) windows[i].items.emplace_back(y, w);
    });
    std::vector<Real> out;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      out.push_back(quantile(windows[i], wanted[i].second, rule));
    return out;
  }

 private:
  struct range {
    Real low{0}, high{0}, weight{0}, last_weight{0};
    Real scale{0};  ///< buckets per unit of the answers
    bool any = false;
  };
  /// The answers around one quantile: its bucket and the nearest ones on both sides.
  struct window {
    std::size_t domain = 0;
    std::size_t first = 0, last = 0;
    Real before{0};  ///< Σ w of the answers below the first bucket
    std::vector<std::pair<Real, Real>> items;
  };

  template <class F>
  void each(F use) const {
    constexpr std::size_t batch = 512;
    std::vector<Real> y_buffer(batch), w_buffer(batch, Real(1));
    std::vector<std::int32_t> domain(batch), scratch(batch);
    const design& who = *rows_.who;
    const answers& column = rows_.variables[0].numbers[0];
    const bool all = !rows_.has_domains();
    for (std::size_t first = 0; first < who.size(); first += batch) {
      const std::size_t n = std::min(batch, who.size() - first);
      const Real* y = column.read(first, n, y_buffer.data());
      const Real* w = who.is_weighted() ? who.weights_column().read(first, n, w_buffer.data())
                                        : w_buffer.data();
      if (!all) rows_.read_domains(first, n, domain.data(), scratch.data());
      for (std::size_t i = 0; i < n; ++i) {
        const Real weight = w[i];
        if (!(y[i] - y[i] == Real(0))) {
          if (y[i] == y[i])
            refuse("quantile", column.name().empty() ? "answers" : column.name(), first + i,
                   static_cast<double>(y[i]),
                   "must be finite, or NaN where there is no answer");
          continue;
        }
        if (!(weight > Real(0)) || (!all && domain[i] < 0)) continue;
        use(all ? std::size_t{0} : static_cast<std::size_t>(domain[i]), y[i], weight);
      }
    }
  }

  void find_ranges() {
    range_.resize(domains_);
    each([this](std::size_t d, const Real& y, const Real& w) {
      range& r = range_[d];
      if (!r.any) {
        r.low = r.high = y;
        r.last_weight = w;
        r.any = true;
      } else if (y < r.low) {
        r.low = y;
      } else if (y > r.high) {
        r.high = y;
        r.last_weight = w;
      } else if (y == r.high && w > r.last_weight) {
        r.last_weight = w;
      }
    });
  }

  /// Monotone in y, so that a bucket holds all answers between two limits.
  std::size_t bucket(const range& r, const Real& y) const {
    const auto at = static_cast<std::size_t>(static_cast<double>((y - r.low) * r.scale));
    return std::min(at, buckets_ - 1);
  }

  void fill_buckets() {
    for (range& r : range_) {
      const Real scale = Real(static_cast<double>(buckets_)) / (r.high - r.low);
      r.scale = r.high > r.low && scale - scale == Real(0) ? scale : Real(0);
    }
    bucket_weight_.assign(domains_ * buckets_, Real(0));
    each([this](std::size_t d, const Real& y, const Real& w) {
      bucket_weight_[d * buckets_ + bucket(range_[d], y)] += w;
    });
    for (std::size_t d = 0; d < domains_; ++d) {
      compensated_sum<Real> sum;
      for (std::size_t b = 0; b < buckets_; ++b) sum.add(bucket_weight_[d * buckets_ + b]);
      range_[d].weight = sum.value();
    }
  }

  /// Rounding in a sum of weights must not hide that C(x) = p W.
  static Real slack(const Real& total) { return total * Real(1e-12); }

  window window_of(std::size_t d, const Real& p, quantile_rule rule) const {
    window win;
    win.domain = d;
    const Real* weight = bucket_weight_.data() + d * buckets_;
    const Real target = p * range_[d].weight - slack(range_[d].weight);
    std::vector<std::size_t> filled;
    compensated_sum<Real> cumulated;
    std::vector<Real> before;
    // hf7 counts without the largest answer, which may be heavy: it can lie well below.
    const Real lower =
        rule == quantile_rule::hf7 ? Real(target - p * range_[d].last_weight) : target;
    std::size_t at = 0, low = 0;
    bool found = false, found_low = false;
    for (std::size_t b = 0; b < buckets_; ++b) {
      if (!(weight[b] > Real(0))) continue;
      filled.push_back(b);
      before.push_back(cumulated.value());
      cumulated.add(weight[b]);
      if (!found_low && cumulated.value() >= lower) {
        found_low = true;
        low = filled.size() - 1;
      }
      if (!found && cumulated.value() >= target) {
        found = true;
        at = filled.size() - 1;
      }
    }
    if (filled.empty()) return win;
    if (!found) at = filled.size() - 1;
    if (!found_low) low = at;
    const std::size_t first = low == 0 ? 0 : low - 1,
                      last = std::min(at + 1, filled.size() - 1);
    win.first = filled[first];
    win.last = filled[last];
    win.before = before[first];
    return win;
  }

  Real quantile(window& win, const Real& p, quantile_rule rule) const {
    auto& items = win.items;
    std::sort(items.begin(), items.end());
    const range& r = range_[win.domain];
    const Real total = r.weight, slack_ = slack(total);
    if (rule == quantile_rule::hf1 || rule == quantile_rule::hf2) {
      Real c = win.before;
      for (std::size_t k = 0; k < items.size(); ++k) {
        c += items[k].second;
        if (k + 1 < items.size() && items[k + 1].first == items[k].first) continue;
        if (c < p * total - slack_) continue;
        const bool exact = rule == quantile_rule::hf2 && c <= p * total + slack_;
        return exact && k + 1 < items.size()
                   ? Real((items[k].first + items[k + 1].first) / Real(2))
                   : items[k].first;
      }
      return items.back().first;
    }
    Real c = win.before, last_p(0), last_x = items.front().first;
    for (std::size_t k = 0; k < items.size(); ++k) {
      const auto& [x, w] = items[k];
      Real at(0);
      if (rule == quantile_rule::hf4) at = (c + w) / total;
      if (rule == quantile_rule::hf5) at = (c + w / Real(2)) / total;
      if (rule == quantile_rule::hf7)
        at = total > r.last_weight ? c / (total - r.last_weight) : Real(0);
      c += w;
      if (at >= p) {
        if (k == 0 || !(at > last_p)) return x;
        return last_x + (x - last_x) * ((p - last_p) / (at - last_p));
      }
      last_p = at;
      last_x = x;
    }
    return items.back().first;
  }

  const respondents& rows_;
  std::size_t domains_, buckets_ = 64;
  std::vector<range> range_;
  std::vector<Real> bucket_weight_;
};

}  // namespace baro::detail
