// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/report/change_marks.hpp>
#include <baro/report/detail/display_text.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace baro::detail {

/// Are figures of this kind read in percent?
inline bool in_percent(statistic s) { return s == statistic::share || s == statistic::balance; }

template <class Real>
bool in_percent(const wave_series<Real>& series) {
  return in_percent(series.figures().entry(0).label.statistic);
}

/// The decimals that the standard errors of a series support: the last digit shown is not worth
/// more than half of the standard errors, the median; of what is in percent one at most.
template <class Real>
int decimals_of(const wave_series<Real>& series) {
  const bool percent = in_percent(series);
  std::vector<double> errors;
  for (std::size_t t = 0; t < series.size(); ++t)
    if (const auto e = static_cast<double>(series.standard_error(t)); e > 0 && e - e == 0)
      errors.push_back(percent ? 100 * e : e);
  if (errors.empty()) return percent ? 1 : 2;
  std::sort(errors.begin(), errors.end());
  const double order = -std::floor(std::log10(errors[errors.size() / 2]));
  return static_cast<int>(std::clamp(order, 0.0, percent ? 1.0 : 6.0));
}

/// A figure without its unit; its percent are in the name of the row or of the axis.
template <class Real>
std::string figure_text(const Real& value, bool percent, int decimals, const written& w) {
  return w.number((percent ? 100 : 1) * static_cast<double>(value), decimals);
}

/// "95", "97.5".
inline std::string level_text(confidence_level level, const written& w) {
  const double x = 100 * level.value();
  int decimals = 0;
  while (decimals < 3 &&
         std::abs(x * std::pow(10, decimals) - std::round(x * std::pow(10, decimals))) > 1e-6)
    ++decimals;
  return w.number(x, decimals);
}

/// What all changes that are tested are against: the wave before, one wave, or this and that.
template <class Real>
std::string compared_with(const std::vector<std::vector<marked_wave<Real>>>& marks,
                          const std::vector<named_series<Real>>& rows, const written& w) {
  bool before = true, one = true;
  std::optional<std::string> reference;
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t t = 0; t < marks[r].size(); ++t) {
      const marked_wave<Real>& m = marks[r][t];
      if (m.mark == change_mark::none) continue;
      const wave_series<Real>& s = rows[r].series;
      before = before && m.change.from < t;
      for (std::size_t u = m.change.from + 1; u < t; ++u) before = before && !s.has(u);
      const std::string& name = s.wave(m.change.from);
      if (!reference) reference = name;
      one = one && *reference == name;
    }
  if (before) return w.choose("than the wave before", "que la vague précédente");
  if (one) return w.choose("than ", "que ") + one_line(*reference);
  return w.choose("than the wave compared with", "que la vague de comparaison");
}

/// How the p-values were adjusted.
template <class Real>
std::string adjusted_by(const trend_options& options,
                        const std::vector<named_series<Real>>& rows, const written& w) {
  for (const auto& row : rows)
    if (!row.changes.empty()) return w.choose("p-values as given", "valeurs p fournies");
  std::string by(name(options.adjustment));
  switch (options.adjustment) {
    case adjustment::none:
      return w.choose("p-values not adjusted", "valeurs p non ajustées");
    case adjustment::benjamini_hochberg:
      by = "Benjamini–Hochberg";
      break;
    case adjustment::benjamini_yekutieli:
      by = "Benjamini–Yekutieli";
      break;
    default:
      by[0] = static_cast<char>(by[0] - 'a' + 'A');
  }
  return w.choose("p-values adjusted within each series, " + by,
                  "valeurs p ajustées au sein de chaque série, " + by);
}

/// "▲ higher, ▼ lower than the wave before at 95 % (p-values adjusted within each series,
/// Holm)".
template <class Real>
std::string legend_of_marks(const trend_options& options,
                            const std::vector<named_series<Real>>& rows,
                            const std::vector<std::vector<marked_wave<Real>>>& marks) {
  const written w(options.in);
  return w.choose("▲ higher, ▼ lower ", "▲ plus haut, ▼ plus bas ") +
         compared_with(marks, rows, w) + w.choose(" at ", " à ") +
         level_text(options.level, w) + " % (" + adjusted_by(options, rows, w) + ")";
}

}  // namespace baro::detail
