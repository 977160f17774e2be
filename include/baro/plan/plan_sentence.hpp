// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/hypothesis/sentence.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/detectable_difference.hpp>
#include <baro/plan/expected_means.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/family_sample_size.hpp>
#include <baro/plan/group_sizes.hpp>
#include <baro/plan/power.hpp>
#include <baro/plan/sample_size.hpp>
#include <baro/plan/significant_difference.hpp>

#include <cmath>
#include <string>

namespace baro {

namespace detail {

/// The words that plans are said in.
class plan_words {
 public:
  plan_words(const comparison_plan& plan, language in) : plan_(plan), w_(in) {}

  std::string choose(std::string_view english, std::string_view french) const {
    return w_.choose(english, french);
  }
  /// At most so many decimals, and no zeros at the end.
  std::string number(double x, int decimals) const {
    const auto at = [&](int d) {
      return std::round(x * std::pow(10.0, d)) / std::pow(10.0, d);
    };
    while (decimals > 0 && at(decimals - 1) == at(decimals)) --decimals;
    return w_.number(at(decimals), decimals);
  }
  std::string percent(double share, int decimals = 1) const {
    return number(100 * share, decimals) + " %";
  }
  /// In whole percent, but none that is not sure is 100 %.
  std::string power(double p) const {
    return p > 0.995 ? choose("over 99 %", "plus de 99 %") : percent(p, 0);
  }

  /// "1565 interviews per wave", "122 DRH and 1000 salariés"
  std::string groups(double n_a, double n_b) const {
    const bool waves = plan_.between == compared::waves;
    if (n_a == n_b && plan_.a.name.empty() && plan_.b.name.empty())
      return number(n_a, 1) + (waves
                                   ? choose(" interviews per wave", " interviews par vague")
                                   : choose(" interviews per group", " interviews par groupe"));
    const auto one = [&](double n, const planned_group& g) {
      return number(n, 1) + " " + (g.name.empty() ? "interviews" : g.name);
    };
    return one(n_a, plan_.a) + choose(" and ", " et ") + one(n_b, plan_.b);
  }

  std::string of(const expected_shares& e) const {
    const std::string a = percent(e.a), b = percent(e.b);
    if (plan_.between == compared::waves)
      return (e.b > e.a ? choose("a rise", "une hausse") : choose("a fall", "une baisse")) +
             choose(" from ", " de ") + a + choose(" to ", " à ") + b;
    return choose("a gap of ", "un écart de ") + points(std::abs(e.b - e.a)) + " (" + a +
           choose(" against ", " contre ") + b + ")";
  }
  std::string of(const expected_means& e) const {
    return choose("a difference of ", "une différence de ") + number(e.difference, 2);
  }
  std::string gap(const reference_share& r, double d) const {
    return points(d) + choose(" from ", " à partir de ") + percent(r.share);
  }
  std::string gap(const reference_spread&, double d) const { return number(d, 2); }

  /// "at 5 % two-sided over 10 comparisons (Holm), deff 1.4"
  std::string level() const {
    std::string out = choose("at ", "au seuil de ") + percent(plan_.level.alpha(), 2) +
                      (plan_.sides == test_sides::two ? choose(" two-sided", " bilatéral")
                                                      : choose(" one-sided", " unilatéral"));
    if (plan_.family.value() > 1)
      out += choose(" over ", " pour ") + std::to_string(plan_.family.value()) +
             choose(" comparisons (Holm)", " comparaisons (Holm)");
    if (plan_.a.deff == plan_.b.deff) {
      if (plan_.a.deff != 1) out += ", deff " + number(plan_.a.deff, 2);
    } else {
      out += ", deff " + number(plan_.a.deff, 2) + choose(" and ", " et ") +
             number(plan_.b.deff, 2);
    }
    if (plan_.overlap)
      out += ", " + percent(plan_.overlap->share) +
             choose(" in both waves with correlation ", " dans les deux vagues, corrélation ") +
             number(plan_.overlap->correlation, 2);
    if ((plan_.a.population || plan_.b.population) &&
        plan_.correction != finite_population::ignored)
      out += choose(", finite population", ", population finie");
    return out;
  }
  std::string with_power(const std::string& p) const {
    return choose(" with ", " avec une puissance de ") + p + choose(" power ", " ") + level();
  }
  std::string with_power(wanted_power p) const { return with_power(percent(p.value(), 2)); }
  std::string shows() const { return choose(" show ", " montrent "); }

 private:
  /// "9.4 points"
  std::string points(double d) const {
    return number(100 * d, 1) + w_.points(std::round(1000 * d) / 10);
  }

  comparison_plan plan_;
  written w_;
};

}  // namespace detail

/// A plan as an institute says it:
///   "1565 interviews per wave show a rise from 50 % to 55 % with 80 % power at 5 % two-sided"
///   « 1565 interviews par vague montrent une hausse de 50 % à 55 % avec une puissance de 80 %
///   au seuil de 5 % bilatéral »
/// The power said is the one wanted: what is rounded up has a little more.
template <class Expected, class Real>
std::string sentence(const planned_sizes<Expected, Real>& s, language in = language::english) {
  const detail::plan_words w(s.plan, in);
  const std::string what = w.of(s.expected);
  if (s.status != status::ok)
    return w.choose("no number of interviews shows ", "aucun nombre d'interviews ne montre ") +
           what + w.with_power(s.wanted);
  return w.groups(static_cast<double>(s.a), static_cast<double>(s.b)) + w.shows() + what +
         w.with_power(s.wanted);
}

///   "122 DRH and 1000 salariés show a gap of 15 points (50 % against 65 %) with 88 % power at
///   5 % two-sided"
/// The power in whole percent.
template <class Expected, class Real>
std::string sentence(const planned_power<Expected, Real>& p, language in = language::english) {
  const detail::plan_words w(p.plan, in);
  std::string out = w.groups(p.sizes.a, p.sizes.b) + w.shows() + w.of(p.expected);
  if (p.status != status::ok)
    return out + w.choose(": power unknown (", " : puissance inconnue (") +
           std::string(name(p.status)) + ")";
  return out + w.with_power(w.power(static_cast<double>(p.power)));
}

///   "122 DRH and 1000 salariés show a gap of at least 13.4 points from 50 % with 80 % power at
///   5 % two-sided"
template <class Reference, class Real>
std::string sentence(const detectable_gap<Reference, Real>& g,
                     language in = language::english) {
  const detail::plan_words w(g.plan, in);
  const std::string groups = w.groups(g.sizes.a, g.sizes.b);
  if (g.status != status::ok)
    return groups + w.choose(" show no gap", " ne montrent aucun écart") +
           w.with_power(g.wanted);
  return groups + w.shows() + w.choose("a gap of at least ", "un écart d'au moins ") +
         w.gap(g.from, static_cast<double>(g.difference)) + w.with_power(g.wanted);
}

///   "between 122 DRH and 1000 salariés a gap is significant at 5 % two-sided from 9.4 points
///   …"
template <class Reference, class Real>
std::string sentence(const significant_gap<Reference, Real>& g,
                     language in = language::english) {
  const detail::plan_words w(g.plan, in);
  const std::string groups = w.groups(g.sizes.a, g.sizes.b);
  if (g.status != status::ok)
    return groups + w.choose(": no gap is significant ", " : aucun écart n'est significatif ") +
           w.level();
  return groups +
         w.choose(": a gap is significant if it is at least ",
                  " : un écart est significatif s'il est d'au moins ") +
         w.gap(g.from, static_cast<double>(g.difference)) + ", " + w.level();
}

///   "2655 interviews per wave show each of 10 differences, a rise from 50 % to 55 %, with 80 %
///   power at 5 % two-sided over 10 comparisons (Holm)"
template <class Expected, class Real>
std::string sentence(const planned_family<Expected, Real>& f, language in = language::english) {
  const auto& s = f.sizes;
  const detail::plan_words w(s.plan, in);
  const family_size r = f.target.differing ? *f.target.differing : s.plan.family;
  std::string which;
  switch (f.target.goal) {
    case family_goal::each:
      which = w.choose("each of ", "chacun des ");
      break;
    case family_goal::any:
      which = w.choose("at least one of ", "au moins un des ");
      break;
    case family_goal::all:
      which = w.choose("all of ", "l'ensemble des ");
      break;
  }
  which += std::to_string(r.value()) + w.choose(" differences, ", " écarts, ") +
           w.of(s.expected) + ",";
  const std::string how =
      f.target.dependence == dependence::unknown
          ? ""
          : w.choose(", if they are independent", ", s'ils sont indépendants");
  if (s.status != status::ok)
    return w.choose("no number of interviews shows ", "aucun nombre d'interviews ne montre ") +
           which + w.with_power(s.wanted) + how;
  return w.groups(static_cast<double>(s.a), static_cast<double>(s.b)) + w.shows() + which +
         w.with_power(s.wanted) + how;
}

}  // namespace baro
