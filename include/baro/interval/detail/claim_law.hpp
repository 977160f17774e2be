// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/distributions.hpp>
#include <baro/interval/hypergeometric.hpp>
#include <baro/published/base.hpp>
#include <baro/published/claim.hpp>
#include <baro/published/feasible_shares.hpp>
#include <baro/published/published_design.hpp>

#include <cmath>
#include <cstdint>

namespace baro::detail {

enum class tail { upper, lower };

/// The side on which a share speaks for the claim.
constexpr tail supporting_tail(relation r) noexcept {
  return r == relation::less || r == relation::at_most ? tail::lower : tail::upper;
}

/// How surprising a count is at the border of what a claim denies. A lower tail is turned into
/// an upper one by counting the opposite answer, so there is one case:
///   binomial        P(X ≥ k) = I_b(x, m − x + 1), x = k / deff of m = n / deff people
///   hypergeometric  P(X ≥ k), n drawn from N of whom M hold the answer, M the whole number
///                   nearest to the claim among those that it denies
/// With a population but weighted answers, or a deff, m = n / (deff (N − n) / (N − 1)).
template <class Real>
class claim_law {
 public:
  claim_law(const claim& said, const published_design& design, tail side)
      : said_(side == tail::upper ? said : said.mirrored()), design_(design), side_(side) {
    drawn_ = design.population && design.deff == 1 &&
             design.correction != finite_population::ignored &&
             design.answers == answers_are::counted;
    if (!drawn_) return;
    const auto size = static_cast<std::int64_t>(design.population->value());
    const std::int64_t above = said_.numerator() * size, whole = above / said_.denominator();
    const bool exact = whole * said_.denominator() == above;
    holders_ = said_.relation() == relation::greater || exact ? whole : whole + 1;
    if (said_.relation() == relation::at_least) --holders_;
  }
  claim_law(const claim& said, const published_design& design)
      : claim_law(said, design, supporting_tail(said.relation())) {}

  bool hypergeometric_law() const noexcept { return drawn_; }
  tail side() const noexcept { return side_; }
  share_range turned(const share_range& range) const {
    return side_ == tail::upper ? range : range.mirrored();
  }

  /// A count of n on the scale where the tail is computed.
  struct place {
    Real count{}, size{};
  };
  place at(const Real& count, base n) const {
    const auto size = static_cast<Real>(n.value());
    if (drawn_) return {count, size};
    const Real scale = static_cast<Real>(design_.deff) * population_factor<Real>(design_, n);
    return {Real(count / scale), Real(size / scale)};  // a census: infinite, see p_value
  }

  /// P(as many or more | the claim just fails). Falls with the count, rises with the size.
  Real tail_of(const place& k) const {
    using std::floor;
    if (always_true()) return Real(0);
    if (!(k.count > 0)) return Real(1);
    if (k.count > k.size) return Real(0);
    if (!drawn_)
      return beta_cdf(k.count, Real(k.size - k.count + 1), said_.template bound<Real>());
    const Real size(design_.population->value()), holders(static_cast<double>(holders_));
    return hypergeometric_at_most(Real(k.size - k.count), k.size, Real(size - holders), size);
  }

  /// The p-value of a count (already turned) in a sample of n.
  Real p_value(const Real& count, base n) const {
    const auto k = at(count, n);
    if (!is_infinite(k.size)) return tail_of(k);
    const Real got = count * static_cast<Real>(said_.denominator());
    const Real asked = static_cast<Real>(said_.numerator()) * static_cast<Real>(n.value());
    if (got > asked || always_true()) return Real(0);
    return got == asked && said_.relation() == relation::at_least ? Real(0) : Real(1);
  }

 private:
  bool always_true() const {
    if (said_.relation() != relation::at_least) return false;
    return said_.numerator() == 0 || (drawn_ && holders_ < 0);
  }

  claim said_;
  published_design design_;
  tail side_;
  bool drawn_ = false;
  std::int64_t holders_ = 0;
};

/// The least count of n in the range, in people: whole when counted, any share when weighted.
template <class Real>
Real least_count(const share_range& range, base n, answers_are answers) {
  if (answers == answers_are::counted)
    return static_cast<Real>(static_cast<double>(range.counts(n.value()).first));
  return range.lowest<Real>() * static_cast<Real>(n.value());
}

template <class Real>
Real greatest_count(const share_range& range, base n, answers_are answers) {
  if (answers == answers_are::counted)
    return static_cast<Real>(static_cast<double>(range.counts(n.value()).last));
  return range.highest<Real>() * static_cast<Real>(n.value());
}

}  // namespace baro::detail
