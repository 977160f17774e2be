// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

namespace baro {

/// A running sum that keeps what rounding would lose (Neumaier 1974): the result is as if
/// summed in twice the precision, then rounded.
template <class Real>
class compensated_sum {
 public:
  void add(const Real& x) {
    const Real t = sum_ + x;
    const Real a = sum_ < Real(0) ? Real(-sum_) : sum_, b = x < Real(0) ? Real(-x) : x;
    if (a >= b)
      lost_ += (sum_ - t) + x;
    else
      lost_ += (x - t) + sum_;
    sum_ = t;
  }
  Real value() const { return sum_ + lost_; }

 private:
  Real sum_{0};
  Real lost_{0};
};

}  // namespace baro
