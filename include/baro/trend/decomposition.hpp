// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/estimate/transform.hpp>
#include <baro/hypothesis/sentence.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/detail/groups_of_waves.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro {

/// A change taken apart: effects that add up to it, with their joint covariance. What a change
/// is made of by arithmetic is not what caused it.
template <class Real = double>
struct decomposition {
  /// Entries: the rates of the two waves, their change, the effect of each factor; of groups
  /// then the part of each group in the first effect, and in the second.
  estimate<Real> entries{};
  std::size_t factors = 0;
  std::size_t groups = 0;  ///< 0: not by groups
  composition_is composition = composition_is::estimated;

  static constexpr std::size_t rate_1 = 0, rate_2 = 1, change = 2;
  std::size_t effect(std::size_t factor) const {
    if (factor >= factors)
      detail::refuse("decomposition", "factor", factor, "must be the number of a factor");
    return change + 1 + factor;
  }
  std::size_t part(std::size_t factor, std::size_t group) const {
    if (group >= groups)
      detail::refuse("decomposition", "group", group, "must be the number of a group");
    return effect(0) + factors + (effect(factor) - effect(0)) * groups + group;
  }

  /// An entry tested against 0, by t.
  /// @status that of the entry; undefined where nothing varies, as an effect that is 0 by
  ///         construction
  wave_contrast<Real> tested(std::size_t which, confidence_level level) const {
    using std::abs;
    const entry<Real>& about = entries.entry(which);
    if (about.status != status::ok && about.status != status::no_degrees) {
      wave_contrast<Real> none;
      none.test = "decomposition";
      none.status = none.limits.status = about.status;
      return none;
    }
    // A standard error of less than 4096 roundings of the rates is none.
    const Real a = abs(entries.value(rate_1)), b = abs(entries.value(rate_2));
    const Real rate = a > b ? a : b, rounding = std::numeric_limits<Real>::epsilon();
    return detail::tested_contrast<Real>("decomposition", entries.value(which),
                                         entries.variance(which), about.df,
                                         Real(262144 * rounding * rate * rate), level);
  }

  /// What a reader must be told of the composition, or nothing.
  std::string note(language in = language::english) const {
    const detail::written w(in);
    switch (composition) {
      case composition_is::estimated:
        break;
      case composition_is::removed:
        return w.choose(
            "Both waves are weighted to the same margins of these groups: the weights removed "
            "the change of composition, whose effect is 0 by construction.",
            "Les deux vagues sont redressées sur les mêmes marges de ces groupes : le "
            "redressement a ôté l'évolution de structure, dont l'effet est nul par "
            "construction.");
      case composition_is::reduced:
        return w.choose(
            "Both waves are weighted to the same margins: the effect of composition is what "
            "these margins leave of it.",
            "Les deux vagues sont redressées sur les mêmes marges : l'effet de structure est "
            "ce que ces marges en laissent.");
      case composition_is::fixed:
        return w.choose(
            "The shares of these groups have no variance: they are margins of the weights, or "
            "known.",
            "Les parts de ces groupes n'ont pas de variance : ce sont des marges du "
            "redressement, ou elles sont connues.");
    }
    return {};
  }
};

namespace detail {

/// Names the entries of a decomposition.
template <class Real>
estimate<Real> named_effects(estimate<Real> e, const std::vector<std::string>& factors,
                             const std::vector<std::string>& groups) {
  std::vector<entry<Real>> about = e.entries();
  const std::array<const char*, 3> first{"rate_1", "rate_2", "change"};
  for (std::size_t i = 0; i < about.size(); ++i) {
    const std::size_t k = i - first.size(), in_group = k - factors.size();
    about[i].label.level.clear();
    if (i < first.size()) {
      about[i].label.variable = first[i];
    } else if (k < factors.size()) {
      about[i].label.variable = factors[k];
    } else {
      about[i].label.variable = factors[in_group / groups.size()];
      about[i].label.level = groups[in_group % groups.size()];
    }
  }
  return estimate<Real>(e.value(), e.covariance(), std::move(about));
}

}  // namespace detail

/// Composition or behaviour: does a figure change because other people are there, or because
/// they say something else? With shares s and rates r of G groups,
///   Σ s₂r₂ − Σ s₁r₁ = Σ (s₂ − s₁)(r₁ + r₂)/2  +  Σ (r₂ − r₁)(s₁ + s₂)/2
///                     factor 0: composition       factor 1: behaviour
/// and the part of each group in both. Standard errors by the delta method, with all the
/// covariance that `e` holds. The part of one group in the composition says that the group
/// grew, times the rate: only their sum does not depend on where the rates have their 0.
/// @param at  entries of `e`; the shares of one wave add up to 1 (within 1e-6). A group nobody
///            is in (share 0, rate without a figure, or both `nobody`) has the rate of the
///            other wave, so that all it brings is composition; one in neither wave brings 0
/// @param margins  said `same`, or seen from shares without variance: `note` tells the reader
///            that the weights removed the composition
/// @status   that of the first figure without a value that takes part
/// @throws size_error   lists of unequal length
/// @throws value_error  no group, an entry that is not there, shares that do not add up to 1
/// @see      Kitagawa (1955), Journal of the American Statistical Association 50:1168
/// @checked  Das Gupta (1993), example 5.1, as R DasGuptR lists it: 1.2269 and 1.7403
template <class Real>
[[nodiscard]] decomposition<Real> decompose(const estimate<Real>& e, const grouped_waves& at,
                                            group_margins margins = group_margins::not_said) {
  const detail::groups_of_waves<Real> g(e, at, margins);
  const std::size_t groups = g.names.size();
  const auto effects = [&](const auto& x) {
    using number = std::decay_t<decltype(x[0])>;
    const auto get = [&](std::size_t i) { return i == g.none ? number(0) : number(x[i]); };
    std::vector<number> out(5 + 2 * groups, number(0));
    for (std::size_t k = 0; k < groups; ++k) {
      const number s_1 = get(g.share[0][k]), s_2 = get(g.share[1][k]);
      const number r_1 = get(g.rate[0][k]), r_2 = get(g.rate[1][k]);
      out[0] += s_1 * r_1;
      out[1] += s_2 * r_2;
      out[3] += out[5 + k] = (s_2 - s_1) * (r_1 + r_2) / number(2);
      out[4] += out[5 + groups + k] = (r_2 - r_1) * (s_1 + s_2) / number(2);
    }
    out[2] = out[1] - out[0];
    return out;
  };
  return {detail::named_effects(transform(e.slice(g.used), effects),
                                {"composition", "behaviour"}, g.names),
          2, groups, g.composition};
}

/// The same of any function of K factors, each a list of numbers: the effect of a factor is
/// what it changes when it goes from wave 1 to wave 2, averaged over all orders in which the
/// factors can go (the value of Shapley, which for products is Das Gupta's):
///   Σ_S |S|! (K − |S| − 1)! / K! · (f(S ∪ k at wave 2) − f(S at wave 2)),  S without k
/// Two factors and Σ s r are the decomposition above, without its parts.
///   decompose(e, {{0, 1}, {2, 3}}, {{4, 5}, {6, 7}},
///             [](const auto& f) { return f[0][0] * f[1][0] + f[0][1] * f[1][1]; })
/// @param wave_1  K lists of entries of `e`; `wave_2` as many, of the same lengths
/// @param rate    takes a list of K lists of numbers, returns a number; functions as
///                `transform` wants them, without `std::`
/// @param names   of the factors; empty: 1, 2, …
/// @status   that of the first figure without a value that takes part; undefined where the
///           function has no finite value with some factors of one wave and others of the other
/// @throws size_error   lists of unequal length
/// @throws value_error  no factor, more than 10, an entry that is not there
/// @cost     2^K calls of `rate` an entry
/// @see      Das Gupta (1993), Standardization and Decomposition of Rates: A User's Manual, US
///           Bureau of the Census P23-186; Shapley (1953), Annals of Mathematics Studies 28:307
template <class Real, class F>
[[nodiscard]] decomposition<Real> decompose(const estimate<Real>& e,
                                            const std::vector<std::vector<std::size_t>>& wave_1,
                                            const std::vector<std::vector<std::size_t>>& wave_2,
                                            const F& rate,
                                            std::vector<std::string> names = {}) {
  const std::size_t factors = wave_1.size();
  if (factors == 0 || factors > 10)
    detail::refuse("decompose", "factors", factors, "must be 1 to 10");
  detail::check_size("decompose", "wave_2", wave_2.size(), factors);
  for (std::size_t k = names.size(); k < factors; ++k) names.push_back(std::to_string(k + 1));
  detail::check_size("decompose", "names", names.size(), factors);
  std::vector<std::size_t> used;
  for (std::size_t k = 0; k < factors; ++k) {
    detail::check_size("decompose", "wave_2 (factor)", wave_2[k].size(), wave_1[k].size());
    used.insert(used.end(), wave_1[k].begin(), wave_1[k].end());
    used.insert(used.end(), wave_2[k].begin(), wave_2[k].end());
  }
  const auto effects = [&](const auto& x) {
    using number = std::decay_t<decltype(x[0])>;
    const std::size_t sets = std::size_t(1) << factors;
    std::vector<number> value;
    for (std::size_t set = 0; set < sets; ++set) {
      std::vector<std::vector<number>> at(factors);
      std::size_t from = 0;
      for (std::size_t k = 0; k < factors; ++k) {
        const std::size_t size = wave_1[k].size(), first = from + (set >> k & 1) * size;
        for (std::size_t i = 0; i < size; ++i) at[k].push_back(x[first + i]);
        from += 2 * size;
      }
      value.push_back(number(rate(std::as_const(at))));
    }
    // One over the number of orders' share: K · (K − 1 choose |S|).
    std::vector<double> count(factors, static_cast<double>(factors));
    for (std::size_t s = 1; s < factors; ++s)
      count[s] = count[s - 1] * static_cast<double>(factors - s) / static_cast<double>(s);
    std::vector<number> out{value.front(), value.back(), value.back() - value.front()};
    for (std::size_t k = 0; k < factors; ++k) {
      number sum(0);
      for (std::size_t set = 0; set < sets; ++set)
        if ((set >> k & 1) == 0)
          sum += (value[set | std::size_t(1) << k] - value[set]) /
                 number(count[static_cast<std::size_t>(std::popcount(set))]);
      out.push_back(sum);
    }
    return out;
  };
  return {detail::named_effects(transform(e.slice(used), effects), names, {}), factors, 0,
          composition_is::estimated};
}

}  // namespace baro
