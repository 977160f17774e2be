// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>

namespace test {

/// |a − expected| ≤ tolerance · |expected|; an expected 0 must be met exactly, and NaN is close
/// to nothing. The tolerance is relative to the expected value, never to 1.
template <class A, class B>
bool close(const A& a, const B& expected, double tolerance) {
  using std::abs;
  if (a == expected) return true;
  return abs(a - expected) <= tolerance * abs(expected);
}

}  // namespace test
