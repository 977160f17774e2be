// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace baro {

/// How weights (or factors) are spread, and what that costs: Kish's design effect
/// n Σ w² / (Σ w)², the loss of precision for a question that has nothing to do with the
/// weights (Kish 1965, 11.7). The design effect of a question is that of its estimate.
class weight_summary {
 public:
  explicit weight_summary(std::span<const double> w) : sorted_(w.begin(), w.end()) {
    if (w.empty()) throw size_error("weight_summary: 0 weights, must have at least 1");
    compensated_sum<double> sum, squares;
    for (const double x : w) {
      sum.add(x);
      squares.add(x * x);
      if (x < 0) ++negative_;
      if (x > 0) ++positive_;
    }
    sum_ = sum.value();
    squares_ = squares.value();
    std::sort(sorted_.begin(), sorted_.end());
  }

  std::size_t size() const noexcept { return sorted_.size(); }
  double sum() const noexcept { return sum_; }
  double mean() const noexcept { return sum_ / static_cast<double>(size()); }
  double smallest() const noexcept { return sorted_.front(); }
  double largest() const noexcept { return sorted_.back(); }
  std::size_t negative() const noexcept { return negative_; }
  /// The weight that share `p` of the respondents do not exceed (the smallest such).
  double quantile(double p) const {
    if (!(p >= 0 && p <= 1)) detail::refuse("quantile", "p", p, "must be in [0, 1]");
    const double at = std::ceil(p * static_cast<double>(size()) - 1e-9);
    return sorted_[at < 1 ? 0 : static_cast<std::size_t>(at) - 1];
  }
  /// (Σ w)² / Σ w²
  double effective_size() const noexcept { return sum_ * sum_ / squares_; }
  /// n / effective size, over the respondents whose weight is above 0.
  double kish_deff() const noexcept {
    return static_cast<double>(positive_) / effective_size();
  }
  /// 1 / deff, the share of the sample that is left: "weighting efficiency".
  double efficiency() const noexcept { return 1 / kish_deff(); }

 private:
  std::vector<double> sorted_;
  double sum_ = 0, squares_ = 0;
  std::size_t negative_ = 0, positive_ = 0;
};

/// The rows with the `count` largest weights, heaviest first.
inline std::vector<std::size_t> heaviest(std::span<const double> w, std::size_t count) {
  std::vector<std::size_t> rows(w.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  count = std::min(count, rows.size());
  std::partial_sort(
      rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(),
      [&](std::size_t a, std::size_t b) { return w[a] != w[b] ? w[a] > w[b] : a < b; });
  rows.resize(count);
  return rows;
}

/// A histogram for a terminal: one line per bin, `low – high  respondents  ####`.
/// @param bins at least 1
inline std::string histogram_text(std::span<const double> w, std::size_t bins = 10) {
  if (w.empty() || bins == 0) throw size_error("histogram_text: no weights or no bins");
  const auto [low, high] = std::minmax_element(w.begin(), w.end());
  const double from = *low, width = (*high - *low) / static_cast<double>(bins);
  std::vector<std::size_t> count(width > 0 ? bins : 1);
  for (const double x : w) {
    const double at = width > 0 ? (x - from) / width : 0;
    ++count[std::min(static_cast<std::size_t>(at), count.size() - 1)];
  }
  const std::size_t most = *std::max_element(count.begin(), count.end());
  std::string text;
  char line[96];
  for (std::size_t b = 0; b < count.size(); ++b) {
    const double at = from + width * static_cast<double>(b);
    std::snprintf(line, sizeof line, "%9.4g - %-9.4g %9zu  ", at,
                  b + 1 == count.size() ? *high : at + width, count[b]);
    text += line;
    text.append((count[b] * 40 + most - 1) / most, '#');
    while (text.back() == ' ') text.pop_back();
    text += '\n';
  }
  return text;
}

}  // namespace baro
