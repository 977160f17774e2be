// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/interval/detail/claim_law.hpp>
#include <baro/interval/detail/first_base.hpp>
#include <baro/published/base.hpp>
#include <baro/published/printed_share.hpp>
#include <baro/published/published_figure.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace baro {

/// Why there is, or is not, a base or a share that would establish a claim.
enum class needed {
  found,
  equality,      ///< no base establishes that a share is exactly something
  no_share,      ///< the figure is known only by its claim: there is no share to keep
  wrong_side,    ///< the printed interval reaches the bound: more answers would not help
  beyond_reach,  ///< not with `needed_base::largest` answers, or with the whole population
  no_base,       ///< the base is not published: no share can be judged at it
};

constexpr std::string_view name(needed why) noexcept {
  switch (why) {
    case needed::found:
      return "found";
    case needed::equality:
      return "equality";
    case needed::no_share:
      return "no_share";
    case needed::wrong_side:
      return "wrong_side";
    case needed::beyond_reach:
      return "beyond_reach";
    case needed::no_base:
      return "no_base";
  }
  return "no_base";
}

/// The smallest base at which a printed share would establish its claim.
struct needed_base {
  static constexpr std::int64_t largest = 10'000'000;
  std::optional<base> n = std::nullopt;
  needed why = needed::found;
};

/// The printed share nearest to the bound that would establish the claim at the published base.
struct needed_share {
  std::optional<printed_share> share = std::nullopt;
  needed why = needed::found;
};

namespace detail {

inline void check_claim(std::string_view function, const published_figure& figure) {
  if (!figure.claim)
    throw value_error(std::string(function) + ": claim is missing, must be given");
  check(figure.design, figure.base);
}

}  // namespace detail

/// The smallest base n such that the same share, printed on n answers of the same design, makes
/// `test_claim` say yes; at no smaller base does it. Exact, through the saw-teeth that whole
/// counts make; the base the figure really has plays no part.
/// @returns  n, or why there is none
/// @throws value_error  the figure makes no claim, or has a design that is not valid
/// @cost   about 1 / (share − bound) p-values: microseconds as a rule, a second near the
/// largest
template <class Real = double>
[[nodiscard]] needed_base base_needed(const published_figure& figure, confidence_level level) {
  detail::check_claim("base_needed", figure);
  if (figure.claim->relation() == relation::equal) return {std::nullopt, needed::equality};
  if (!figure.share) return {std::nullopt, needed::no_share};
  if (figure.claim->decided_by_logic() == std::optional(true)) return {base(1), needed::found};
  const detail::claim_law<Real> law(*figure.claim, figure.design);
  const auto range = law.turned(figure.share->range());
  const auto side = law.turned(figure.claim->range());
  // 2/3 in 1/200ths: both denominators are at most 2·10⁸
  const bool away = range.low * side.denominator > side.low * range.denominator;

  std::int64_t largest = needed_base::largest;
  if (figure.design.population &&
      figure.design.population->value() < static_cast<double>(largest))
    largest = static_cast<std::int64_t>(figure.design.population->value());
  const auto n =
      detail::first_base(law, range, figure.design.answers, Real(level.alpha()), largest);
  if (n) return {n, needed::found};
  return {std::nullopt, away ? needed::beyond_reach : needed::wrong_side};
}

/// The share, printed with the same number of decimals, nearest to the bound of the claim that
/// would make `test_claim` say yes at the published base. The share printed one step nearer to
/// the bound would not. A figure known only by its claim is taken to be printed in whole
/// percent.
/// @returns  the share, or why there is none
/// @throws value_error  the figure makes no claim, or has a design that is not valid
/// @cost     about 30 p-values
template <class Real = double>
[[nodiscard]] needed_share share_needed(const published_figure& figure,
                                        confidence_level level) {
  detail::check_claim("share_needed", figure);
  if (!figure.base) return {std::nullopt, needed::no_base};
  if (figure.claim->relation() == relation::equal) return {std::nullopt, needed::equality};
  const detail::claim_law<Real> law(*figure.claim, figure.design);
  const auto print = figure.share ? *figure.share : whole_percent();
  const auto answers = figure.design.answers;
  const base n = *figure.base;
  const Real alpha(level.alpha());
  // Printed shares in the order that speaks for the claim: t = 0 is the most against it.
  const auto printed = [&](std::int64_t t) {
    return print.with_steps(law.side() == detail::tail::upper ? t : print.scale() - t);
  };
  const auto turned = [&](std::int64_t t) { return law.turned(printed(t).range()); };
  const auto high_enough = [&](std::int64_t t) {
    return law.p_value(detail::least_count<Real>(turned(t), n, answers), n) < alpha;
  };
  std::int64_t low = -1, high = print.scale();
  if (!high_enough(high)) return {std::nullopt, needed::beyond_reach};
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (high_enough(middle) ? high : low) = middle;
  }
  // Steps that no count of n rounds to are jumped over, towards the next count that some does.
  while (high <= print.scale() && feasible_shares(turned(high), n, answers).empty()) {
    const std::int64_t next = turned(high).counts(n.value()).first;
    high = std::max(high + 1, print.scale() * next / n.value() - 1);
  }
  if (high > print.scale()) return {std::nullopt, needed::beyond_reach};
  return {printed(high), needed::found};
}

}  // namespace baro
