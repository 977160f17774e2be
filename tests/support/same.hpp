// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/estimate.hpp>

#include <cmath>
#include <cstddef>

namespace test {

/// Equal values and covariances but for rounding: values relative to themselves, a covariance
/// to the product of its two standard errors.
template <class A, class B>
bool same_values(const baro::estimate<A>& a, const baro::estimate<B>& b, double tolerance) {
  using std::abs;
  if (a.size() != b.size() || a.empty()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(abs(a.value(i) - b.value(i)) <= tolerance * abs(b.value(i)))) return false;
  return true;
}

template <class A, class B>
bool same_covariance(const baro::estimate<A>& a, const baro::estimate<B>& b, double tolerance) {
  using std::abs, std::sqrt;
  if (a.size() != b.size() || a.empty()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.size(); ++j)
      if (!(abs(a.covariance(i, j) - b.covariance(i, j)) <=
            tolerance * sqrt(b.variance(i) * b.variance(j))))
        return false;
  return true;
}

template <class A, class B>
bool same(const baro::estimate<A>& a, const baro::estimate<B>& b, double tolerance) {
  return same_values(a, b, tolerance) && same_covariance(a, b, tolerance);
}

}  // namespace test
