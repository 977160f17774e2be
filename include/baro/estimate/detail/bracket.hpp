// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace baro::detail {

/// An answer and its weight.
template <class Real>
using weighted_answer = std::pair<Real, Real>;

/// The answers of one domain from `low` to `high`, where a quantile is expected, and what lies
/// beside them; all answers unless a sample says where to look.
template <class Real>
struct bracket {
  Real low = -std::numeric_limits<Real>::infinity();
  Real high = std::numeric_limits<Real>::infinity();
  bool collected = false, above = false;  ///< above: is an answer higher than `high`?
  Real weight{0}, below{0};               ///< Σ w of all, of those below `low`
  Real largest_weight{0};                 ///< of the largest answer, where a rule wants it
  std::vector<weighted_answer<Real>> items{};
  std::vector<Real> bucket_weight{};
  std::vector<std::size_t> bucket_end{};  ///< bucket → its last item and one

  /// Sets the limits about the quantile of p, unless the sample is too small to say.
  void place(std::vector<weighted_answer<Real>> sample, const Real& p) {
    using std::sqrt;
    Real all(0), squares(0);
    for (const weighted_answer<Real>& s : sample) {
      all += s.second;
      squares += s.second * s.second;
    }
    if (!(all * all > Real(100) * squares)) return;
    std::sort(sample.begin(), sample.end());
    const Real margin = Real(4) * Real(sqrt(squares)) / all;
    Real sum(0);
    bool begun = false;
    for (const weighted_answer<Real>& s : sample) {
      sum += s.second;
      if (!begun && sum >= (p - margin) * all) {
        begun = true;
        if (p > margin) low = s.first;
      }
      if (p + margin < Real(1) && sum >= (p + margin) * all) {
        high = s.first;
        return;
      }
    }
  }

  /// Puts the items in narrow buckets of the answers, so that a quantile sorts only a few.
  void fill_buckets() {
    if (items.empty()) return;
    const std::size_t buckets = std::clamp<std::size_t>(items.size() / 8, 1, 4096);
    const auto [smallest, largest] = std::minmax_element(items.begin(), items.end());
    const Real least = smallest->first, width = largest->first - least;
    Real scale = Real(static_cast<double>(buckets)) / width;
    if (!(width > Real(0)) || !(scale - scale == Real(0))) scale = Real(0);
    std::vector<std::uint16_t> bucket(items.size());
    bucket_weight.assign(buckets, Real(0));
    bucket_end.assign(buckets, 0);
    for (std::size_t i = 0; i < bucket.size(); ++i) {
      const auto& [y, w] = items[i];
      const Real at = scale > Real(0) ? Real((y - least) * scale) : Real(0);  // grows with y
      const std::size_t b =
          std::min(static_cast<std::size_t>(static_cast<double>(at)), buckets - 1);
      bucket[i] = static_cast<std::uint16_t>(b);
      bucket_weight[b] += w;
      ++bucket_end[b];
    }
    std::exclusive_scan(bucket_end.begin(), bucket_end.end(), bucket_end.begin(),
                        std::size_t{0});
    std::vector<weighted_answer<Real>> sorted(items.size());
    for (std::size_t i = 0; i < bucket.size(); ++i) sorted[bucket_end[bucket[i]]++] = items[i];
    items = std::move(sorted);
  }
};

}  // namespace baro::detail
