// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// Means of k numbers by group. A mean is kept in two parts, the second the mean of what the
/// first leaves (the corrected two-pass algorithm: Chan, Golub and LeVeque 1983): numbers that
/// are all the same have no deviation, however large they are.
template <class Real>
class group_means {
 public:
  /// @param x      members × k sums over the units of a member
  /// @param units  number of units of each member
  /// @param group  member → group
  group_means(const std::vector<Real>& x, const std::vector<Real>& units,
              const std::vector<std::int32_t>& group, std::size_t groups, std::size_t k)
      : k_(k), count_(groups, Real(0)), mean_(groups * k, Real(0)), rest_(mean_) {
    for (std::size_t m = 0; m < group.size(); ++m) {
      const auto g = static_cast<std::size_t>(group[m]);
      const Real* from = x.data() + m * k;
      Real* mean = mean_.data() + g * k;
      count_[g] += units[m];
      for (std::size_t i = 0; i < k; ++i) mean[i] += from[i];
    }
    divide(mean_);
    for (std::size_t m = 0; m < group.size(); ++m) {
      const std::size_t at = static_cast<std::size_t>(group[m]) * k;
      const Real *from = x.data() + m * k, *mean = mean_.data() + at;
      Real* rest = rest_.data() + at;
      for (std::size_t i = 0; i < k; ++i) rest[i] += from[i] - units[m] * mean[i];
    }
    divide(rest_);
  }

  /// What numbers `first` … `first + count − 1` of a unit of a group are beyond its means.
  void deviations(const Real* x, std::size_t group, std::size_t first, std::size_t count,
                  Real* out) const {
    const Real *mean = mean_.data() + group * k_, *rest = rest_.data() + group * k_;
    for (std::size_t i = first; i < first + count; ++i) out[i] = (x[i] - mean[i]) - rest[i];
  }

  /// The same for the k numbers of a unit.
  void deviations(const Real* x, std::size_t group, Real* out) const {
    const Real *mean = mean_.data() + group * k_, *rest = rest_.data() + group * k_;
    for (std::size_t i = 0; i < k_; ++i) out[i] = (x[i] - mean[i]) - rest[i];
  }

 private:
  void divide(std::vector<Real>& sums) const {
    for (std::size_t g = 0; g < count_.size(); ++g)
      for (std::size_t i = 0; i < k_ && count_[g] > Real(0); ++i) sums[g * k_ + i] /= count_[g];
  }

  std::size_t k_;
  std::vector<Real> count_, mean_, rest_;
};

}  // namespace baro::detail
