// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/claim_law.hpp>
#include <baro/published/base.hpp>
#include <baro/published/feasible_shares.hpp>
#include <baro/published/share_range.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace baro::detail {

/// The first base from 1 to `largest` whose every feasible share has a p-value below α.
///
/// The p-value of the least feasible count c(n) of n falls in saw-teeth. Both c and n never
/// decrease on the scale of the test, and the tail falls with the count and rises with the
/// size; so when  tail(c(n₂), n₁) ≥ α,  no base from n₁ to n₂ can do it. The search jumps from
/// n₁ to n₂ + 1, with jumps that shrink as α comes near. Far out, a bisection first moves to
/// where three counts more than c(n) would still be too few: whole counts are off by less than
/// one.
template <class Real>
class base_search {
 public:
  base_search(const claim_law<Real>& law, const share_range& turned, answers_are answers,
              const Real& alpha, std::int64_t largest)
      : law_(law), range_(turned), answers_(answers), alpha_(alpha), largest_(largest) {}

  std::optional<base> run() const {
    std::int64_t n = 1, jump = 1, leap_at = 2000;
    while (n <= largest_) {
      if (n > leap_at) {
        n = surely_too_small(n);
        leap_at = 4 * n;
      }
      const auto here = place_of(n, 0);
      if (is_infinite(here.size)) break;  // the census, below
      if (law_.tail_of(here) < alpha_) {
        if (!feasible_shares(range_, base(n), answers_).empty()) return base(n);
        ++n;
        continue;
      }
      std::int64_t reached = n;
      jump = std::max<std::int64_t>(jump / 4, 1);
      while (reached + jump <= largest_ && excluded(here, reached + jump)) {
        reached += jump;
        jump *= 2;
      }
      n = reached + 1;
    }
    if (n <= largest_ && !feasible_shares(range_, base(n), answers_).empty() &&
        law_.p_value(least_count<Real>(range_, base(n), answers_), base(n)) < alpha_)
      return base(n);
    return std::nullopt;
  }

 private:
  using place = typename claim_law<Real>::place;

  place place_of(std::int64_t n, int more) const {
    return law_.at(Real(least_count<Real>(range_, base(n), answers_) + more), base(n));
  }
  bool excluded(const place& from, std::int64_t to) const {
    const auto there = place_of(to, 0);
    return !is_infinite(there.size) && law_.tail_of({there.count, from.size}) >= alpha_;
  }
  std::int64_t surely_too_small(std::int64_t from) const {
    const auto too_small = [&](std::int64_t n) {
      const auto k = place_of(n, 3);
      return !is_infinite(k.size) && law_.tail_of(k) >= alpha_;
    };
    if (!too_small(from)) return from;
    std::int64_t low = from, high = largest_ + 1;
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      (too_small(middle) ? low : high) = middle;
    }
    return low;
  }

  const claim_law<Real>& law_;
  share_range range_;
  answers_are answers_;
  Real alpha_;
  std::int64_t largest_;
};

template <class Real>
std::optional<base> first_base(const claim_law<Real>& law, const share_range& turned,
                               answers_are answers, const Real& alpha, std::int64_t largest) {
  return base_search<Real>(law, turned, answers, alpha, largest).run();
}

}  // namespace baro::detail
