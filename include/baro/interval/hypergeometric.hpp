// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/population_size.hpp>
#include <baro/interval/detail/share_figure.hpp>

#include <cmath>
#include <limits>
#include <string_view>
#include <type_traits>

namespace baro {

namespace detail {

/// P(X ≤ k) for X the holders among n drawn without replacement from `size`, of whom `holders`.
/// Terms come from their ratios, both ways from the mode, and are divided by their own sum: no
/// factorial, no logarithm, every term positive.
template <class Real>
Real hypergeometric_at_most(const Real& k, const Real& n, const Real& holders,
                            const Real& size) {
  using std::floor;
  const Real rest = size - holders;
  const Real first = n > rest ? Real(n - rest) : Real(0);
  const Real last = n < holders ? n : holders;
  Real mode = floor((n + 1) * (holders + 1) / (size + 2));
  mode = mode < first ? first : (mode > last ? last : mode);
  Real below = mode <= k ? 1 : 0, above = mode <= k ? 0 : 1;
  const Real eps = std::numeric_limits<Real>::epsilon();
  const auto negligible = [&](const Real& term) { return term < eps * eps * (below + above); };
  Real term = 1;
  for (Real x = mode; x < last && !negligible(term); x += 1) {
    term *= (holders - x) / (x + 1) * ((n - x) / (rest - n + x + 1));
    (x < k ? below : above) += term;
  }
  term = 1;
  for (Real x = mode; x > first && !negligible(term); x -= 1) {
    term *= x / (holders - x + 1) * ((rest - n + x) / (n - x + 1));
    (x - 1 <= k ? below : above) += term;
  }
  return below / (below + above);
}

/// The largest whole K in [low, high] for which `holds`, true then false; low when none does.
template <class Real, class Holds>
Real last_true(Real low, Real high, Holds holds) {
  using std::floor;
  while (low < high) {
    const Real middle = high - floor((high - low) / 2);
    if (holds(middle))
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

}  // namespace detail

/// Exact limits for a simple random sample drawn without replacement from a finite population:
/// of K holders among N, the smallest K for which the count seen or more still has probability
/// above α/2, and the largest for which the count seen or less has; both divided by N. The
/// limits are shares that exist in the population, and a census leaves one point.
/// A count that is not whole (a printed 25 % of 122) is taken at the whole numbers around it.
/// @throws value_error  the population is smaller than the base, not whole, or above 10¹²; the
///                      answers are weighted (their effective size is not their number), or
///                      their design effect is not that of a simple random sample
/// @status no_base  the number of respondents is not known
/// @cost   O(√n log N)
/// @see  Buonaccorsi (1987), The American Statistician 41:215; Wright (1991), Exact Confidence
///       Bounds when Sampling from Small Finite Universes, Springer
/// @checked  all samples of all populations up to 12, enumerated in tests/interval/
struct hypergeometric {
  population_size population;

  static constexpr std::string_view name() noexcept { return "hypergeometric"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    using std::abs, std::ceil, std::floor;
    const auto s = detail::share_of(*this, f);
    confidence_interval<Real> c;
    c.level = level;
    c.method = name();
    c.assumption = assumption::simple_random_sample;
    c.base = f.bases.n;
    c.status = s.status == status::ok && !(s.n > 0) ? status::no_base : s.status;
    if (c.status != status::ok) return c;

    using whole = std::conditional_t<std::is_same_v<Real, float>, double, Real>;
    const whole size(population.value()), n(s.n);
    if (!(size == floor(size) && size <= whole(1e12)))
      detail::refuse(name(), "population_size", population.value(),
                     "must be a whole number up to 1e12");
    if (!(n <= size))
      detail::refuse(name(), "population_size", population.value(),
                     "must be at least the base of " + detail::text(n));
    if (!(abs(s.kish - s.n) <= s.n * Real(1e-6)))
      detail::refuse(name(), "effective_n", s.kish,
                     "must be the base of " + detail::text(n) + ": no weights");

    const whole slack = 1 + 2 / n, free_of = 1 - n / size;
    if (!s.at_border() && !(s.deff <= Real(slack) && s.deff * Real(slack) >= Real(free_of)))
      detail::refuse(name(), "deff", s.deff, "must be 1, or 1 - n/N: a simple random sample");

    const whole count = n * whole(s.p), nearest = floor(count + whole(0.5));
    const whole rounding = whole(1e-6) + n * 64 * std::numeric_limits<Real>::epsilon();
    const bool exact = abs(count - nearest) <= rounding;
    const whole fewest = exact ? nearest : whole(floor(count));
    const whole most = exact ? nearest : whole(ceil(count));
    const whole tail(detail::half_alpha<Real>(level));
    // The most of `size` who can be of a kind that was seen k times.
    const auto largest = [&](const whole& k) {
      return detail::last_true(k, whole(size - n + k), [&](const whole& holders) {
        return detail::hypergeometric_at_most(k, n, holders, size) > tail;
      });
    };
    const whole others = largest(whole(n - fewest));
    c.low = others < size ? static_cast<Real>(whole((size - others) / size)) : Real(0);
    c.high = static_cast<Real>(whole(largest(most) / size));
    return c;
  }
};

}  // namespace baro
