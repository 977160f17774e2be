// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/group_sizes.hpp>
#include <baro/plan/power.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace baro {

/// What Holm's procedure finds among the m comparisons of a family, of which some differ.
template <class Real = double>
struct holm_outcome {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  Real each = unknown();         ///< that a given one of those that differ is found
  Real any = unknown();          ///< that one of them at least is found
  Real all = unknown();          ///< that all of them are found
  Real false_alarm = unknown();  ///< that one of those that do not differ is "found": at most α
  baro::status status = baro::status::ok;
};

namespace detail {

/// How many of r and s independent p-values Holm rejects, by the chances F_k and G_k that a
/// p-value of each kind is at most α/(m − k + 1), k = 1 … m. The state after k is how many of
/// each kind are below; Holm goes on while there are k together, and else keeps those k − 1.
template <class Real>
class holm_walk {
 public:
  holm_walk(std::size_t r, std::size_t s)
      : r_(r), s_(s), state_((r + 1) * (s + 1), Real(0)), kept_(state_) {
    state_[0] = Real(1);
  }

  /// @param f, g  F_k and G_k in [0, 1], k rising
  void step(const Real& f, const Real& g) {
    ++k_;
    const auto of_r = arrivals(r_, last_f_, f), of_s = arrivals(s_, last_g_, g);
    std::vector<Real> between(state_.size(), Real(0)), next(between);
    for (std::size_t j = 0; j <= s_; ++j)
      for (std::size_t i = 0; i <= r_; ++i)
        if (state_[at(i, j)] > Real(0))
          for (std::size_t more = 0; more <= r_ - i; ++more)
            between[at(i + more, j)] += state_[at(i, j)] * of_r[r_ - i][more];
    for (std::size_t i = 0; i <= r_; ++i)
      for (std::size_t j = 0; j <= s_; ++j)
        if (between[at(i, j)] > Real(0))
          for (std::size_t more = 0; more <= s_ - j; ++more)
            next[at(i, j + more)] += between[at(i, j)] * of_s[s_ - j][more];
    for (std::size_t i = 0; i <= r_; ++i)
      for (std::size_t j = 0; j <= s_; ++j)
        if (i + j < k_ || k_ == r_ + s_)
          kept_[at(i, j)] += std::exchange(next[at(i, j)], Real(0));
    state_ = std::move(next);
    last_f_ = f;
    last_g_ = g;
  }

  /// Probability that i of the r and j of the s are rejected.
  const Real& kept(std::size_t i, std::size_t j) const { return kept_[at(i, j)]; }

 private:
  std::size_t at(std::size_t i, std::size_t j) const { return i * (s_ + 1) + j; }

  /// Probabilities that 0 … n of the n p-values above the last step are below this one, for
  /// each n up to `most`.
  static std::vector<std::vector<Real>> arrivals(std::size_t most, const Real& before,
                                                 const Real& now) {
    Real come = before < Real(1) ? Real((now - before) / (1 - before)) : Real(0);
    if (come < Real(0)) come = Real(0);
    if (come > Real(1)) come = Real(1);
    std::vector<std::vector<Real>> out(most + 1);
    out[0] = {Real(1)};
    for (std::size_t n = 1; n <= most; ++n) {
      out[n].assign(n + 1, Real(0));
      for (std::size_t k = 0; k < n; ++k) {
        out[n][k] += out[n - 1][k] * (1 - come);
        out[n][k + 1] += out[n - 1][k] * come;
      }
    }
    return out;
  }

  std::size_t r_, s_, k_ = 0;
  Real last_f_{0}, last_g_{0};
  std::vector<Real> state_, kept_;
};

/// @param chance  chance(k): the power of one comparison judged at α/k
template <class Real, class F>
holm_outcome<Real> holm_outcome_of(const comparison_plan& plan, std::size_t differing,
                                   F chance) {
  const auto m = static_cast<std::size_t>(plan.family.value());
  const std::size_t same = m - differing;
  holm_walk<Real> walk(differing, same);
  holm_outcome<Real> out;
  for (std::size_t k = m; k >= 1; --k) {
    const Real found = chance(k);
    if (!(found >= Real(0))) {
      out.status = status::undefined;
      return out;
    }
    walk.step(found, Real(Real(plan.level.alpha()) / Real(static_cast<double>(k))));
  }
  const Real number = Real(static_cast<double>(differing));
  out.each = out.any = out.all = out.false_alarm = Real(0);
  for (std::size_t i = 0; i <= differing; ++i)
    for (std::size_t j = 0; j <= same; ++j) {
      const Real p = walk.kept(i, j);
      out.each += p * Real(static_cast<double>(i)) / number;
      if (i > 0) out.any += p;
      if (i == differing) out.all += p;
      if (j > 0) out.false_alarm += p;
    }
  return out;
}

/// One comparison of the plan, judged at α/k.
inline comparison_plan judged_at(comparison_plan plan, std::size_t k) {
  plan.family = family_size(static_cast<std::int64_t>(k));
  return plan;
}

inline constexpr std::int64_t largest_walk = 100;

inline std::size_t check_differing(const comparison_plan& plan,
                                   const std::optional<family_size>& differing) {
  if (plan.family.value() > largest_walk)
    refuse("holm_power", "family", plan.family.value(),
           "must be at most 100 where Holm's steps are followed");
  if (differing && differing->value() > plan.family.value())
    refuse("holm_power", "differing", differing->value(), "must be at most the family");
  return static_cast<std::size_t>(differing ? differing->value() : plan.family.value());
}

}  // namespace detail

/// What Holm's procedure finds among the m comparisons of `plan.family`, when `differing` of
/// them have the difference expected, the others none, and all are independent (the regions of
/// two waves: not breaks by sex and by age of the same respondents). Exact, given the power of
/// one comparison at α, α/2 … α/m: Holm rejects the k smallest p-values while the k-th is at
/// most α/(m − k + 1), and how many of them lie below each step is followed.
/// @param differing  all of them unless said
/// @throws value_error  as `power`; a family above 100; more that differ than there are
/// @cost     m times `power`, and O(m · r · s · (r + s)) for r that differ and s that do not
/// @see      Holm (1979), Scandinavian Journal of Statistics 6:65
/// @checked  every order of p-values added up for two and three; simulation with `adjusted`
template <class Real = double, expected_difference Expected>
[[nodiscard]] holm_outcome<Real> holm_power(
    const Expected& e, const group_sizes& n, const comparison_plan& plan,
    const std::optional<family_size>& differing = std::nullopt) {
  detail::check_plan(plan);
  e.check(plan);
  detail::check_sizes("holm_power", plan, n, Expected::fewest);
  const std::size_t real = detail::check_differing(plan, differing);
  return detail::holm_outcome_of<Real>(plan, real, [&](std::size_t k) {
    return detail::chance_to_find<Real>(e, detail::judged_at(plan, k), Real(n.a), Real(n.b));
  });
}

}  // namespace baro
