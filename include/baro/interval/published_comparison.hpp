// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/interval/detail/closest_shares.hpp>
#include <baro/interval/detail/distributions.hpp>
#include <baro/interval/newcombe.hpp>
#include <baro/interval/verdict.hpp>
#include <baro/interval/wilson.hpp>
#include <baro/published/published_figure.hpp>
#include <baro/published/published_share.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <string>

namespace baro {

/// Two published figures side by side. What the print does not give is NaN.
template <class Real = double>
struct published_comparison {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  Real a = unknown(), b = unknown();   ///< as printed
  Real difference = unknown();         ///< a − b, as printed
  Real standard_error = unknown();     ///< of the difference as printed, unpooled
  confidence_interval<Real> limits{};  ///< hold whatever the two samples really showed
  Real z = unknown();                  ///< pooled, as printed
  Real p_value = unknown();            ///< two-sided, as printed
  p_range<Real> p{};                   ///< over all pairs of feasible shares
  baro::verdict verdict = baro::verdict::undecidable;
  published_status status = published_status::ok;
};

/// "+10.0 points, 95 % interval +0.1 to +19.4 (newcombe); different: yes, shown at 95 %,
/// two-sided p 0.0308 to 0.0466 (pooled z)"
template <class Real>
std::string sentence(const published_comparison<Real>& c) {
  const auto number = [](const char* format, const Real& x) {
    char buffer[32];
    const int n = std::snprintf(buffer, sizeof buffer, format, static_cast<double>(x));
    return std::string(buffer, n > 0 && n < 32 ? static_cast<std::size_t>(n) : 0);
  };
  const std::string points = c.difference == c.difference
                                 ? number("%+.1f points", Real(100 * c.difference))
                                 : "unknown";
  if (c.status != published_status::ok) return points + "; " + std::string(name(c.status));
  const std::string level = detail::level_text(c.limits.level), at = " at " + level;
  const std::string different =
      c.verdict == verdict::undecidable
          ? "undecidable" + at + ", it depends on what was not printed"
      : c.verdict == verdict::yes ? "yes, shown" + at
                                  : "no, not shown" + at + " (not the same as equal)";
  return points + ", " + level + " interval " + number("%+.1f to ", Real(100 * c.limits.low)) +
         number("%+.1f (", Real(100 * c.limits.high)) + c.limits.method +
         "); different: " + different + ", two-sided " + p_text(c.p) + " (pooled z)";
}

namespace detail {

/// What one sample brings to a pooled test: the size it pools with, and the variance of a share
/// against P (1 − P), which is 0 for a census.
template <class Real>
struct pooled_side {
  Real size{}, spread{};
};

/// z = (a − b) / √(P (1 − P) · spread), P pooled; 0 when a = b, whatever P.
template <class Real>
Real pooled_z(const Real& a, const Real& b, const pooled_side<Real>& m,
              const pooled_side<Real>& n) {
  using std::sqrt;
  if (a == b) return Real(0);
  const Real all = m.size + n.size;
  const Real pooled = (m.size * a + n.size * b) / all;
  const Real other = (m.size * (1 - a) + n.size * (1 - b)) / all;
  return (a - b) / sqrt(Real(pooled * other * (m.spread + n.spread)));
}

template <class Real>
Real two_sided_p(const Real& z) {
  using std::abs;
  return 2 * normal_tail(Real(abs(z)));
}

}  // namespace detail

/// Compares two figures that answer the same question in two populations, or in two waves, as
/// independent samples. The pooled z test, two-sided, with effective bases e = n / deff:
///   z = (a − b) / √(P (1 − P) (1/e_a + 1/e_b)),  P = (n_a a + n_b b) / (n_a + n_b)
/// z rises with a and falls with b, so the smallest p-value is at a corner of the feasible
/// shares, and the largest where the two come nearest to each other (1 when they can be equal).
/// @param each        method for the limits of each figure, see `newcombe`
/// @param correction  finite populations are ignored unless asked for: a difference is a claim
///                    about what makes the two populations answer, not about the people of that
///                    day
/// @returns  `verdict` yes when the two differ whatever the samples showed, no when they never
/// do
/// @throws value_error  neither share nor claim in one of them, or a design that is not valid
/// @status no_base, impossible_share  that of the first figure that is not ok: nothing is
/// tested
/// @cost   O(1), or O(counts) in the sample with fewer feasible counts when the two overlap
/// @see    SPSS Statistics Algorithms, CTABLES; conventions 2.1 and 2.4 of this library's
/// sources
template <class Real = double, class Method = wilson>
[[nodiscard]] published_comparison<Real> compare(
    published_figure a, published_figure b, confidence_level level, const Method& each = {},
    finite_population correction = finite_population::ignored) {
  using std::abs, std::sqrt;
  a.design.correction = b.design.correction = correction;
  published_comparison<Real> result;
  result.status = a.status() != published_status::ok ? a.status() : b.status();
  result.limits.level = level;
  if (a.share) result.a = a.share->value<Real>();
  if (b.share) result.b = b.share->value<Real>();
  result.difference = result.a - result.b;
  if (result.status != published_status::ok) {
    result.limits.status =
        result.status == published_status::no_base ? status::no_base : status::undefined;
    return result;
  }

  const auto side = [](const published_figure& f) -> detail::pooled_side<Real> {
    const auto size = static_cast<Real>(f.base->value());
    const Real left = detail::population_factor<Real>(f.design, *f.base);
    return {size, static_cast<Real>(f.design.deff) * left / size};
  };
  const auto m = side(a), n = side(b);
  if (a.share && b.share) {
    const auto of_a = published_share<Real>(a), of_b = published_share<Real>(b);
    result.standard_error = sqrt(Real(of_a.variance(0) + of_b.variance(0)));
    result.z = detail::pooled_z(result.a, result.b, m, n);
    result.p_value = detail::two_sided_p(result.z);
  }

  const auto in_a = a.feasible(), in_b = b.feasible();
  const Real low_a = in_a.lowest<Real>(), high_a = in_a.highest<Real>();
  const Real low_b = in_b.lowest<Real>(), high_b = in_b.highest<Real>();
  const Real least = detail::pooled_z(low_a, high_b, m, n);
  const Real most = detail::pooled_z(high_a, low_b, m, n);
  Real nearest = abs(least) < abs(most) ? abs(least) : abs(most);
  if (least < 0 && most > 0)
    detail::visit_closest<Real>(in_a, in_b, [&](const Real& x, const Real& y) {
      const Real z = abs(detail::pooled_z(x, y, m, n));
      if (z < nearest) nearest = z;
      return nearest > 0;
    });
  result.p.low = detail::two_sided_p(abs(least) < abs(most) ? most : least);
  result.p.high = detail::two_sided_p(nearest);
  result.verdict = judge(result.p, level);

  const auto limits = [&](const Real& x, const Real& y) {
    return newcombe(published_share(x, a.base, a.design).figure(0),
                    published_share(y, b.base, b.design).figure(0), level, each);
  };
  result.limits = limits(low_a, high_b);
  const auto above = limits(high_a, low_b);
  if (above.status != status::ok) result.limits.status = above.status;
  if (!(above.high < result.limits.high)) result.limits.high = above.high;
  if (result.limits.status != status::ok)  // one side without the other is no interval
    result.limits.low = result.limits.high = result.unknown();
  return result;
}

}  // namespace baro
