// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/population_size.hpp>
#include <baro/hypothesis/exact.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

namespace baro {

/// Two populations known by name, from each of which a sample was drawn without replacement.
struct finite_populations {
  population_size a, b;
};

namespace detail {

/// The probability of each count among n drawn without replacement.
template <class Real>
class drawn_counts {
 public:
  explicit drawn_counts(std::size_t most) : log_factorial_(most + 1, Real(0)) {
    using std::log;
    for (std::size_t k = 2; k <= most; ++k)
      log_factorial_[k] = log_factorial_[k - 1] + log(Real(static_cast<double>(k)));
  }

  /// P(X <= k), k = 0 … n, of n drawn from `size`, of whom `holders` hold the level.
  std::vector<Real> at_most(std::size_t n, std::size_t holders, std::size_t size) const {
    using std::exp;
    std::vector<Real> below(n + 1, Real(0));
    Real sum(0);
    for (std::size_t k = 0; k <= n; ++k) {
      if (k <= holders && n - k <= size - holders)
        sum += exp(Real(log_choose(holders, k) + log_choose(size - holders, n - k) -
                        log_choose(size, n)));
      below[k] = sum;
    }
    for (Real& p : below) p /= sum;
    return below;
  }

 private:
  Real log_choose(std::size_t n, std::size_t k) const {
    return log_factorial_[n] - log_factorial_[k] - log_factorial_[n - k];
  }
  std::vector<Real> log_factorial_;
};

}  // namespace detail

/// The exact two-sided p-value that two finite populations have the same share: Barnard's test
/// where each sample is drawn without replacement, 122 DRH of 400. Tables at least as far by
/// the pooled z, at the most probable of all pairs of populations whose shares are the same as
/// nearly as their sizes allow: to each number of holders in one, the nearest share in the
/// other. Two censuses that differ by more than that differ for certain: 0.
/// This asks of the people of that day. What makes the two populations answer has no size: for
/// it `exact_p_value`.
/// @throws value_error  a count above its n, a sample of none or above its population, a
///                      population that is not whole or above 100 000
/// @cost   O((N_a + N_b) (n_a + n_b))
/// @see    Barnard (1945), Nature 156:177, for the test; Krishnamoorthy and Thomson (2002),
///         The American Statistician 56:215, for two hypergeometric samples
/// @checked  every sample of small populations, enumerated; exact_p_value where they are large
template <class Real = double>
[[nodiscard]] Real finite_exact_p_value(const two_counts& t, const finite_populations& of) {
  const auto whole = [](std::string_view which, population_size size, std::size_t n,
                        std::size_t count) {
    if (size.value() != std::floor(size.value()) || !(size.value() <= 1e5))
      detail::refuse("finite_exact_p_value", which, size.value(),
                     "must be a whole number of at most 100000");
    if (n == 0)
      detail::refuse("finite_exact_p_value", which, n, "must have a sample of at least 1");
    if (static_cast<double>(n) > size.value())
      detail::refuse("finite_exact_p_value", which, size.value(),
                     "must be at least its sample");
    if (count > n)
      detail::refuse("finite_exact_p_value", which, count, "must be at most its n");
    return static_cast<std::size_t>(size.value());
  };
  const std::size_t size_a = whole("a", of.a, t.n_a, t.count_a);
  const std::size_t size_b = whole("b", of.b, t.n_b, t.count_b);

  // For each count in a, the counts in b that are as far: up to `low`, and from `high` on.
  const detail::exact_tables<Real> tables(t);
  const Real own = tables.squared_z(t.count_a, t.count_b) * (1 - Real(1e-9));
  std::vector<std::size_t> low(t.n_a + 1), high(t.n_a + 1);  // low: how many from 0 on
  for (std::size_t i = 0; i <= t.n_a; ++i) {
    const auto far = [&](std::size_t j) { return tables.squared_z(i, j) >= own; };
    const auto less = [&](std::size_t j) { return j * t.n_a <= i * t.n_b; };
    while (low[i] <= t.n_b && less(low[i]) && far(low[i])) ++low[i];
    high[i] = t.n_b + 1;
    while (high[i] > low[i] && far(high[i] - 1)) --high[i];
  }

  const detail::drawn_counts<Real> drawn(std::max(size_a, size_b));
  Real most(0);
  const auto try_pair = [&](std::size_t holders_a, std::size_t holders_b) {
    const auto a = drawn.at_most(t.n_a, holders_a, size_a);
    const auto b = drawn.at_most(t.n_b, holders_b, size_b);
    Real p(0);
    for (std::size_t i = 0; i <= t.n_a; ++i) {
      const Real here = i == 0 ? a[0] : Real(a[i] - a[i - 1]);
      if (low[i] > 0) p += here * b[low[i] - 1];
      if (high[i] <= t.n_b) p += here * (high[i] == 0 ? Real(1) : Real(1 - b[high[i] - 1]));
    }
    most = std::max(most, p);
  };
  const auto nearest = [](std::size_t holders, std::size_t size, std::size_t other) {
    return (2 * holders * other + size) / (2 * size);
  };
  for (std::size_t k = 0; k <= size_a; ++k) try_pair(k, nearest(k, size_a, size_b));
  for (std::size_t k = 0; k <= size_b; ++k) try_pair(nearest(k, size_b, size_a), k);
  return most < Real(1) ? most : Real(1);
}

}  // namespace baro
