// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/hypothesis/adjust.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/guarded_score.hpp>
#include <baro/hypothesis/sentence.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/wave_series.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// A series by the name its readers know it by.
template <class Real = double>
struct named_series {
  std::string name{};
  wave_series<Real> series{};
  std::vector<wave_change<Real>> changes{};  ///< one a wave at most, p-values adjusted; none:
                                             ///< those that the options ask for
  named_series() = default;
  named_series(std::string name_, wave_series<Real> series_,
               std::vector<wave_change<Real>> changes_ = {})
      : name(std::move(name_)), series(std::move(series_)), changes(std::move(changes_)) {}
};

/// Which changes are looked at, and when one is said to be there.
struct trend_options {
  confidence_level level{default_level};
  change_set which = change_set::previous();
  baro::adjustment adjustment = adjustment::holm;  ///< one family: all changes of one series
  comparison_degrees df = comparison_degrees::satterthwaite();
  language in = language::english;
};

/// What is said of a wave against the one it is compared with.
enum class change_mark {
  none,   ///< nothing, and `why` says why
  rise,   ///< ▲ higher, at the level
  fall,   ///< ▼ lower, at the level
  equal,  ///< = not shown to differ, which is not that the two are the same
};

constexpr std::string_view name(change_mark m) noexcept {
  switch (m) {
    case change_mark::none:
      return "none";
    case change_mark::rise:
      return "rise";
    case change_mark::fall:
      return "fall";
    case change_mark::equal:
      return "equal";
  }
  return "none";
}

constexpr std::string_view symbol(change_mark m) noexcept {
  switch (m) {
    case change_mark::rise:
      return "▲";
    case change_mark::fall:
      return "▼";
    case change_mark::equal:
      return "=";
    case change_mark::none:
      return "";
  }
  return "";
}

/// The mark of one wave.
template <class Real = double>
struct marked_wave {
  change_mark mark = change_mark::none;
  std::string why{};           ///< of `none`, a few words in the language asked for
  bool compared = false;       ///< is there a change that leads to this wave?
  wave_change<Real> change{};  ///< that change
};

namespace detail {

/// Why a figure, or a change of two that are there, cannot be tested.
inline std::string why_of(status s, bool change, const written& w) {
  switch (s) {
    case status::series_break:
      return w.choose("break in the series", "rupture de série");
    case status::no_degrees:
      return w.choose("too few degrees of freedom", "trop peu de degrés de liberté");
    case status::no_base:
      return w.choose("base not published", "base non publiée");
    case status::empty_domain:
      return w.choose("no answers", "aucune réponse");
    case status::zero_denominator:
      return w.choose("denominator of 0", "dénominateur nul");
    case status::undefined:
      return change ? w.choose("nothing varies", "rien ne varie")
                    : w.choose("not defined", "non défini");
    default:
      return s == status::ok ? w.choose("not tested", "non testé") : std::string(name(s));
  }
}

/// Why there is no mark at wave t, compared with the wave `from` (t itself: with none).
template <class Real>
std::string why_no_mark(const wave_series<Real>& series, std::size_t t, std::size_t from,
                        status of_change, const written& w) {
  if (!series.has(t)) return why_of(series.figures().entry(t).status, false, w);
  bool first = from <= t;
  for (std::size_t s = 0; s < t; ++s) first = first && !series.has(s);
  if (from != t && series.has(from)) return why_of(of_change, true, w);
  const status other = series.figures().entry(from).status;
  if (from != t && other == status::no_base)
    return w.choose("base of " + series.wave(from) + " not published",
                    "base de " + series.wave(from) + " non publiée");
  if (first) return w.choose("first wave", "première vague");
  return from == t ? w.choose("no wave to compare with", "aucune vague de comparaison")
                   : w.choose("no figure to compare with", "aucun chiffre de comparaison");
}

}  // namespace detail

/// One mark for each wave of a series: has it risen, fallen, or is no change shown, at the
/// level and after the adjustment of the options; and where nothing is said, why: first wave,
/// base not published, no answers, break in the series, too few degrees of freedom, nothing
/// varies.
/// @param method  as of `change`: of shares the test made for them, or `plain_t{}`
/// @throws value_error  changes of waves that are not there, or two of them to one wave
template <class Real, class Method = guarded_score>
[[nodiscard]] std::vector<marked_wave<Real>> change_marks(const named_series<Real>& row,
                                                          const trend_options& options = {},
                                                          const Method& method = {}) {
  const wave_series<Real>& series = row.series;
  std::vector<wave_change<Real>> family = row.changes;
  if (family.empty()) {
    family = changes(series, options.level, options.which, method, options.df);
    adjust_changes(family, options.adjustment);
  }
  std::vector<marked_wave<Real>> out(series.size());
  for (std::size_t i = 0; i < family.size(); ++i) {
    const wave_change<Real>& c = family[i];
    if (c.from >= series.size() || c.to >= series.size() || c.from == c.to)
      detail::refuse("change_marks", "changes", i, c.to, "must be of two waves of the series");
    if (out[c.to].compared)
      detail::refuse("change_marks", "changes", i, c.to, "must be the only change to its wave");
    out[c.to].compared = true;
    out[c.to].change = c;
  }
  const detail::written w(options.in);
  for (std::size_t t = 0; t < out.size(); ++t) {
    marked_wave<Real>& m = out[t];
    const comparison<Real>& found = m.change.found;
    if (m.compared && found.status == status::ok && m.change.p_adjusted >= Real(0)) {
      const bool shown = m.change.p_adjusted <= Real(options.level.alpha());
      m.mark = !shown                       ? change_mark::equal
               : found.difference > Real(0) ? change_mark::rise
                                            : change_mark::fall;
    } else {
      m.why = detail::why_no_mark(series, t, m.compared ? m.change.from : t, found.status, w);
    }
  }
  return out;
}

}  // namespace baro
