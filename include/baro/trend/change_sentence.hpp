// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/sentence.hpp>
#include <baro/trend/change.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

namespace baro {

/// What a change is a change of, in the language of the sentence, one noun in the singular:
/// {"la part des stressés"}, {.what = "average pay", .unit = "€", .decimals = 0}.
struct spoken_change {
  std::string what{};  ///< empty: the share, the balance, the mean, the figure
  std::string unit{};  ///< of figures that are neither shares nor balances; empty: none
  int decimals = -1;   ///< below 0: 1 for shares and balances, 2 for others
};

namespace detail {

constexpr bool said_in_points(statistic s) noexcept {
  return s == statistic::share || s == statistic::balance;
}

/// A change put into words, piece by piece. A bridged share stays one where the other wave is.
template <class Real>
class told_change {
 public:
  told_change(const comparison<Real>& c, const Real& p_adjusted, const spoken_change& said,
              language in)
      : c_(c),
        p_(p_adjusted == p_adjusted ? p_adjusted : c.p_value),
        said_(said),
        w_(in),
        percent_(said_in_points(c.a.statistic) ||
                 (c.a.statistic == statistic::function && said_in_points(c.b.statistic))),
        decimals_(said.decimals >= 0 ? std::min(said.decimals, 15)
                  : percent_         ? 1
                                     : 2) {}

  std::string text() const {
    if (!known(c_.value_a) || !known(c_.value_b)) return when() + nothing();
    const std::string b = figure(c_.value_b), a = figure(c_.value_a);
    if (shown())
      return when() + ", " + what() +
             w_.choose(" went from " + b + " to " + a, " passe de " + b + " à " + a) + tested();
    return when() + ", " + what() +
           w_.choose(" was " + b + ", then " + a, " vaut " + b + ", puis " + a) +
           (c_.status == status::ok
                ? tested() + w_.choose(": no change shown", " : pas d'évolution démontrée")
                : untested());
  }

 private:
  static bool known(const Real& x) { return x - x == Real(0); }
  bool shown() const { return c_.status == status::ok && p_ <= Real(c_.limits.level.alpha()); }

  /// "Between 2011 and 2013", "De 2011 à 2013", "D'avril à mai".
  std::string when() const {
    const std::string &from = c_.b.wave, &to = c_.a.wave;
    if (from.empty() || to.empty())
      return w_.choose("Between the two waves", "D'une vague à l'autre");
    const bool vowel = std::string_view("aeiouAEIOU").find(from[0]) != std::string_view::npos ||
                       from.starts_with("é") || from.starts_with("É");
    return w_.choose("Between " + from + " and " + to,
                     (vowel ? "D'" : "De ") + from + " à " + to);
  }
  std::string what() const {
    if (!said_.what.empty()) return said_.what;
    switch (c_.a.statistic) {
      case statistic::share:
        return w_.choose("the share", "la part");
      case statistic::balance:
        return w_.choose("the balance", "le solde");
      case statistic::mean:
        return w_.choose("the mean", "la moyenne");
      default:
        return w_.choose("the figure", "le chiffre");
    }
  }

  double scaled(const Real& x) const { return (percent_ ? 100 : 1) * static_cast<double>(x); }
  std::string number(const Real& x) const { return w_.number(scaled(x), decimals_); }
  std::string figure(const Real& x) const {
    return number(x) + (percent_ ? " %" : said_.unit.empty() ? "" : " " + said_.unit);
  }
  /// With its sign, but for what is printed as 0.
  std::string signed_number(const Real& x) const {
    const std::string out = number(x);
    return (x > Real(0) && out != w_.number(0, decimals_) ? "+" : "") + out;
  }
  std::string difference() const {
    const double scale = std::pow(10.0, decimals_);
    const double printed = std::round(std::abs(scaled(c_.difference)) * scale) / scale;
    return ", " + signed_number(c_.difference) +
           (percent_             ? w_.points(printed)
            : said_.unit.empty() ? ""
                                 : " " + said_.unit);
  }

  /// ", +4.0 points [+1.0; +7.0] at 95 %, p = 0.012"
  std::string tested() const {
    std::string out = difference();
    const auto& l = c_.limits;
    if (l.low == l.low && l.high == l.high)
      out += " [" + (is_infinite(l.low) ? "−∞" : signed_number(l.low)) +
             w_.choose("; ", " ; ") + (is_infinite(l.high) ? "+∞" : signed_number(l.high)) +
             "] " + w_.choose("at ", "à ") + level() + " %";
    out += ", " + w_.p_value(static_cast<double>(c_.p_value));
    if (p_ != c_.p_value) {
      const std::string p = w_.p_value(static_cast<double>(p_));
      out += w_.choose(" (adjusted " + p, " (p ajusté" + p.substr(1)) + ")";
    }
    return out;
  }
  std::string level() const {
    const double percent = 100 * c_.limits.level.value();
    const int decimals = std::abs(percent - std::round(percent)) < 1e-9 ? 0 : 1;
    return w_.number(percent, decimals);
  }

  /// Why the two figures that there are were not compared.
  std::string untested() const {
    switch (c_.status) {
      case status::series_break:
        return w_.choose(": break in the series, the two figures cannot be compared",
                         " : rupture de série, les deux chiffres ne se comparent pas");
      case status::no_base:
        return w_.choose(": not tested, a base is not published",
                         " : évolution non testée, une base n'est pas publiée");
      case status::no_degrees:
        return (known(c_.difference) ? difference() : std::string()) +
               w_.choose(": not tested, too few sampling units",
                         " : évolution non testée, trop peu d'unités tirées");
      default:
        return (known(c_.difference) ? difference() : std::string()) +
               w_.choose(": not tested (", " : évolution non testée (") +
               std::string(name(c_.status)) + ")";
    }
  }
  std::string nothing() const {
    const std::string both = w_.choose("in either wave", "ni à l'une ni à l'autre vague");
    const std::string at_a =
        c_.a.wave.empty() ? w_.choose("the second wave", "la seconde vague") : c_.a.wave;
    const std::string at_b =
        c_.b.wave.empty() ? w_.choose("the first wave", "la première vague") : c_.b.wave;
    const bool a = known(c_.value_a), b = known(c_.value_b);
    return w_.choose(": no figure ", " : pas de chiffre ") +
           (!a && !b ? both : w_.choose("for ", "pour ") + (a ? at_b : at_a)) +
           w_.choose(", nothing to compare", ", rien à comparer");
  }

  const comparison<Real>& c_;
  Real p_;
  const spoken_change& said_;
  written w_;
  bool percent_;
  int decimals_;
};

}  // namespace detail

/// A change as a client reads it, later − earlier, at the level of its interval:
///   "De 2011 à 2013, la part passe de 31,0 % à 35,0 %, +4,0 points [+1,0 ; +7,0] à 95 %,
///   p = 0,012"
/// Where nothing is shown it says "pas d'évolution démontrée", which is not that nothing
/// changed; where figures cannot be compared it says why. Numbers are rounded one by one: 30.6
/// and 35.4 without decimals are 31 and 35, and a change of 5 points.
/// @param c  of `change`: a the later wave, b the earlier; waves named by their labels
template <class Real>
std::string change_sentence(const comparison<Real>& c, const spoken_change& said = {},
                            language in = language::english) {
  return detail::told_change<Real>(c, c.p_value, said, in).text();
}

/// The same of a change of a family: shown or not by the adjusted p-value, which is told where
/// it is another; the interval is that of the change alone.
template <class Real>
std::string change_sentence(const wave_change<Real>& c, const spoken_change& said = {},
                            language in = language::english) {
  return detail::told_change<Real>(c.found, c.p_adjusted, said, in).text();
}

}  // namespace baro
