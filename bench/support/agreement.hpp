// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/estimate.hpp>
#include <baro/interval/woodruff.hpp>

#include "by_hand_median.hpp"
#include "by_hand_numbers.hpp"
#include "by_hand_share.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

/// No time is taken of an answer that is not the same on both sides.
namespace bench {

class agreement {
 public:
  /// @param tolerance relative to `expected`, or to `scale` when that is larger (covariances:
  ///                  the product of the two standard errors)
  void same(const std::string& what, double ours, double expected, double tolerance,
            double scale = 0) {
    const double most = tolerance * std::max(std::abs(expected), scale);
    if (std::abs(ours - expected) <= most) return;
    ++failures_;
    std::fprintf(stderr, "%s: baro %.17g, beside it %.17g\n", what.c_str(), ours, expected);
  }

  void same(const std::string& what, const baro::estimate<>& e, std::size_t i,
            const by_hand::figure& f) {
    const auto& entry = e.entry(i);
    same(what + ", value", e.value(i), f.value, 1e-11);
    same(what + ", standard error", e.standard_error(i), f.standard_error, 1e-9);
    same(what + ", deff", entry.deff, f.deff, 1e-9);
    same(what + ", n", entry.bases.n, f.n, 0);
    same(what + ", effective n", entry.bases.effective_n, f.effective_n, 1e-11);
  }

  void same(const std::string& what, const baro::estimate<>& e, const by_hand::figures& f) {
    same(what + ", entries", static_cast<double>(e.size()),
         static_cast<double>(f.entries.size()), 0);
    for (std::size_t i = 0; i < f.entries.size() && i < e.size(); ++i) {
      same(what + " " + std::to_string(i + 1), e, i, f.entries[i]);
      for (std::size_t j = 0; j < i; ++j)
        same(what + ", covariance", e.covariance(i, j),
             f.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), 1e-9,
             e.standard_error(i) * e.standard_error(j));
    }
  }

  void same(const std::string& what, const baro::estimate<>& e, const by_hand::shares& s) {
    same(what, e, s.of);
    for (std::size_t i = 0; i < s.counts.size() && i < e.size(); ++i)
      same(what + ", count", e.entry(i).bases.count, s.counts[i], 0);
  }

  void same(const std::string& what, const baro::quantile_interval<>& q,
            const by_hand::median_figure& m) {
    same(what, q.value, m.value, 0);
    same(what + ", low", q.interval.low, m.low, 0);
    same(what + ", high", q.interval.high, m.high, 0);
    same(what + ", standard error", q.standard_error, m.standard_error, 1e-12);
  }

  /// The two ways to a median by hand.
  void same(const std::string& what, const by_hand::median_figure& a,
            const by_hand::median_figure& b) {
    same(what, a.value, b.value, 0);
    same(what + ", low", a.low, b.low, 0);
    same(what + ", high", a.high, b.high, 0);
    same(what + ", effective n", a.effective_n, b.effective_n, 1e-12);
  }

  bool holds() const noexcept { return failures_ == 0; }

 private:
  std::size_t failures_ = 0;
};

}  // namespace bench
