// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/interval/confidence_interval.hpp>
#include <baro/interval/detail/claim_law.hpp>
#include <baro/interval/verdict.hpp>
#include <baro/published/published_figure.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace baro {

/// What a claim is worth: the verdict, the p-values it rests on, how they were computed.
template <class Real = double>
struct claim_test {
  std::string claim{};
  baro::verdict verdict = baro::verdict::undecidable;
  p_range<Real> p{};
  confidence_level level{default_level};
  std::string_view method = "";  ///< binomial, hypergeometric, or logic; empty: nothing to test
  baro::assumption assumption = baro::assumption::simple_random_sample;
  Real base{};  ///< people the test stands on: n, or n / deff
  published_status status = published_status::ok;
  baro::relation relation = baro::relation::greater;  ///< one-sided test; two-sided for equal
};

namespace detail {

/// What the verdict on a claim means, in words that do not say more than the test.
inline std::string verdict_text(verdict v, relation r, confidence_level level) {
  const std::string at = " at " + level_text(level);
  if (v == verdict::undecidable)
    return "undecidable" + at + ", it depends on what was not printed";
  if (r == relation::equal)
    return v == verdict::yes ? "yes, compatible" + at : "no, rejected" + at;
  return v == verdict::yes ? "yes, established" + at
                           : "no, not established" + at + " (not the same as false)";
}

}  // namespace detail

/// "> 3/4: yes, established at 95 %, one-sided p 0.0006 to 0.0043 (binomial, simple random
/// sample of 1000)"
template <class Real>
std::string sentence(const claim_test<Real>& t) {
  const std::string verdict = t.claim + ": " + std::string(name(t.verdict)) + ", ";
  if (t.method.empty()) return verdict + std::string(name(t.status));
  if (t.method == "logic") return verdict + "by logic alone";
  const std::string sides = t.relation == relation::equal ? "two-sided " : "one-sided ";
  confidence_interval<Real> as_limits;
  as_limits.assumption = t.assumption;
  as_limits.base = t.base;
  return t.claim + ": " + detail::verdict_text(t.verdict, t.relation, t.level) + ", " + sides +
         p_text(t.p) + " (" + std::string(t.method) + ", " + assumption_text(as_limits) + ")";
}

namespace detail {

/// p-values of every feasible share against one bound: monotone, hence the two ends.
template <class Real>
p_range<Real> one_sided(const published_figure& figure, const claim_law<Real>& law) {
  const auto range = law.turned(figure.range());
  const auto answers = figure.design.answers;
  return {law.p_value(greatest_count<Real>(range, *figure.base, answers), *figure.base),
          law.p_value(least_count<Real>(range, *figure.base, answers), *figure.base)};
}

/// p-values of every feasible share against an equality: twice the smaller tail. They rise up
/// to the count where the two tails meet and fall after it.
template <class Real>
p_range<Real> two_sided(const published_figure& figure) {
  const base n = *figure.base;
  const auto answers = figure.design.answers;
  const claim_law<Real> up(*figure.claim, figure.design, tail::upper);
  const claim_law<Real> down(*figure.claim, figure.design, tail::lower);
  const auto size = static_cast<Real>(n.value());
  const auto above = [&](const Real& k) { return up.p_value(k, n); };
  const auto below = [&](const Real& k) { return down.p_value(Real(size - k), n); };
  const auto both = [&](const Real& k) {
    const Real a = above(k), b = below(k), p = 2 * (a < b ? a : b);
    return p < 1 ? p : Real(1);
  };
  const auto range = figure.range();
  const Real first = least_count<Real>(range, n, answers);
  const Real last = greatest_count<Real>(range, n, answers);
  const Real p_first = both(first), p_last = both(last);
  p_range<Real> p{p_first < p_last ? p_first : p_last, p_first < p_last ? p_last : p_first};
  const bool meet_inside = above(first) > below(first) && above(last) < below(last);
  if (!meet_inside) return p;
  if (answers == answers_are::weighted) {
    p.high = 1;  // the tails are equal there, and together at least 1
    return p;
  }
  const auto counts = range.counts(n.value());
  std::int64_t before = counts.first, after = counts.last;
  while (after - before > 1) {
    const std::int64_t middle = before + (after - before) / 2;
    const auto k = static_cast<Real>(static_cast<double>(middle));
    (above(k) > below(k) ? before : after) = middle;
  }
  for (const std::int64_t k : {before, after}) {
    const Real candidate = both(static_cast<Real>(static_cast<double>(k)));
    if (candidate > p.high) p.high = candidate;
  }
  return p;
}

}  // namespace detail

/// Tests a published claim against its own figure, for every value the print leaves possible.
///   > b, ≥ b   p = P(as many or more | the share is at b), one-sided; likewise < and ≤
///   = b        p = twice the smaller tail; here p is evidence against the claim, so that yes
///              means "compatible with b" and no means "not b"
/// Exact binomial tails for a simple random sample, hypergeometric ones when the population is
/// known, and the binomial continued to the effective base n / deff otherwise. The p-values are
/// those of the least and the most favourable feasible share; the verdict is `judge`'s.
/// A figure known only by its claim is tested over the interval its claim describes.
/// @returns  undecidable and NaN without a base, and for a share that is impossible at its
/// base;
///           but claims like `>= 0%` and `> 100%` are decided by logic alone
/// @throws value_error  the figure makes no claim, or has a design that is not valid
/// @cost    two tails; O(√n) each for the hypergeometric, O(1) else
/// @see     Clopper and Pearson (1934), Biometrika 26:404, whose limits invert these tails
template <class Real = double>
[[nodiscard]] claim_test<Real> test_claim(const published_figure& figure,
                                          confidence_level level) {
  if (!figure.claim) throw value_error("test_claim: claim is missing, must be given");
  claim_test<Real> result;
  result.claim = figure.claim->text();
  result.relation = figure.claim->relation();
  result.level = level;
  result.status = figure.status();
  if (const auto known = figure.claim->decided_by_logic()) {
    result.method = "logic";
    result.p = *known ? p_range<Real>{Real(0), Real(0)} : p_range<Real>{Real(1), Real(1)};
    result.verdict = *known ? verdict::yes : verdict::no;
    return result;
  }
  if (result.status != published_status::ok) return result;
  const detail::claim_law<Real> law(*figure.claim, figure.design);
  result.method = law.hypergeometric_law() ? "hypergeometric" : "binomial";
  result.base = law.at(Real(0), *figure.base).size;
  if (result.base != static_cast<Real>(figure.base->value()))
    result.assumption = assumption::effective_base;
  if (figure.claim->relation() == relation::equal) {
    result.p = detail::two_sided<Real>(figure);
    if (result.p.none_below(level)) result.verdict = verdict::yes;
    if (result.p.all_below(level)) result.verdict = verdict::no;
    return result;
  }
  result.p = detail::one_sided(figure, law);
  result.verdict = judge(result.p, level);
  return result;
}

}  // namespace baro
