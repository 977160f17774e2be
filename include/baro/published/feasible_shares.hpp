// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/published/base.hpp>
#include <baro/published/published_design.hpp>
#include <baro/published/share_range.hpp>

#include <cstdint>

namespace baro {

/// The shares a sample of n can have shown, knowing how the share was printed. Unweighted, only
/// k/n for whole k: 25 % of 122 is 30 or 31 respondents. Weighted, the whole printed interval.
/// Empty when nothing fits: no k/7 rounds to 25 %, so that share is weighted or misprinted.
class feasible_shares {
 public:
  feasible_shares(const share_range& range, base n, answers_are answers)
      : range_(range), n_(n), answers_(answers), counts_(range.counts(n.value())) {}

  bool empty() const noexcept {
    if (answers_ == answers_are::counted) return counts_.empty();
    if (range_.low < range_.high) return false;
    return range_.low > range_.high || range_.low_edge == edge::excluded ||
           range_.high_edge == edge::excluded;
  }
  answers_are answers() const noexcept { return answers_; }
  base n() const noexcept { return n_; }
  /// The counts k; they are all there is when the answers were counted.
  const count_range& counts() const noexcept { return counts_; }

  /// Smallest and largest feasible share; weighted, the ends of the printed interval, even an
  /// end that just does not belong to it.
  template <class Real = double>
  Real lowest() const {
    return answers_ == answers_are::counted ? share_of<Real>(counts_.first)
                                            : range_.lowest<Real>();
  }
  template <class Real = double>
  Real highest() const {
    return answers_ == answers_are::counted ? share_of<Real>(counts_.last)
                                            : range_.highest<Real>();
  }

 private:
  template <class Real>
  Real share_of(std::int64_t k) const {
    return static_cast<Real>(k) / static_cast<Real>(n_.value());
  }

  share_range range_;
  base n_;
  answers_are answers_;
  count_range counts_;
};

}  // namespace baro
