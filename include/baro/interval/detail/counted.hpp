// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

#include <cmath>

namespace baro::detail {

/// The frame of the methods that count people: x = n p / deff of n / deff. Degrees of freedom
/// are not used; a design effect of 1 says "simple random sample".
template <class Real, class Method, class Around>
confidence_interval<Real> counted_interval(const Method& m, const figure<Real>& f,
                                           confidence_level level, Around around) {
  auto c = share_interval(
      m, f, level,
      [](const auto& s, const Real&) {
        return s.n > 0 ? s.counted_size() : std::numeric_limits<Real>::quiet_NaN();
      },
      around);
  c.df = std::numeric_limits<Real>::infinity();
  if (c.status == status::undefined && !(f.bases.n > 0)) c.status = status::no_base;
  using std::abs;
  const Real whole = f.bases.n;
  if (abs(c.base - whole) <= whole * 64 * std::numeric_limits<Real>::epsilon()) {
    c.base = whole;
    c.assumption = assumption::simple_random_sample;
  }
  return c;
}

}  // namespace baro::detail
