// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

namespace baro {

/// A running sum that keeps what rounding would lose (Neumaier 1974, with Knuth's sum that asks
/// not which number is the larger): the result is as if summed in twice the precision, then
/// rounded.
template <class Real>
class compensated_sum {
 public:
  void add(const Real& x) {
    const Real t = sum_ + x, y = t - sum_;
    lost_ += (sum_ - (t - y)) + (x - y);
    sum_ = t;
  }
  Real value() const { return sum_ + lost_; }

 private:
  Real sum_{0};
  Real lost_{0};
};

}  // namespace baro
