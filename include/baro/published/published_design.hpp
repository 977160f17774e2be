// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/population_size.hpp>
#include <baro/published/base.hpp>

#include <cmath>
#include <optional>

namespace baro {

/// Whether the printed share is a count over the base, or has weights in it.
enum class answers_are {
  counted,   ///< the share is k/n for a whole number of respondents k
  weighted,  ///< any share is possible, whatever the base
};

/// What a sample of n out of a population of N takes off the variance. For comparisons and for
/// claims about the process behind the answers, it is left out: the N people of that day are
/// then a sample themselves.
enum class finite_population {
  hypergeometric,  ///< (N − n) / (N − 1): the variance of drawing n out of N without
                   ///< replacement
  fraction,        ///< 1 − n/N, as for a sample of answers
  ignored,         ///< nothing
};

/// What a publication says of how it sampled; what it does not say keeps the default, a simple
/// random sample from a large population.
struct published_design {
  /// Variance against a simple random sample of the same base: the base counts as n / deff.
  double deff = 1;
  /// Size of the population the base was drawn from, and what it takes off the variance.
  std::optional<population_size> population = std::nullopt;
  finite_population correction = finite_population::hypergeometric;
  /// A design effect usually comes from weights. A clustered sample without weights is
  /// `counted`.
  answers_are answers = deff == 1 ? answers_are::counted : answers_are::weighted;
};

namespace detail {

/// @throws value_error  a deff that is not positive, a population that is not a whole number or
///                      is smaller than the base
inline void check(const published_design& design, const std::optional<base>& n) {
  if (!(design.deff > 0 && design.deff < 1e9))
    refuse("published_design", "deff", design.deff, "must be positive and below 1e9");
  if (!design.population) return;
  const double size = design.population->value();
  if (size != std::floor(size) || size > 1e10)
    refuse("published_design", "population", size, "must be a whole number up to 1e10");
  if (n && size < static_cast<double>(n->value()))
    refuse("published_design", "population", size, "must be at least the base");
}

/// The factor of `finite_population` at this base; 1 without a population.
template <class Real>
Real population_factor(const published_design& design, base n) {
  if (!design.population || design.correction == finite_population::ignored) return Real(1);
  const auto size = static_cast<Real>(design.population->value());
  const Real left = size - static_cast<Real>(n.value());
  if (left == 0) return Real(0);
  return left / (design.correction == finite_population::fraction ? size : size - 1);
}

}  // namespace detail
}  // namespace baro
