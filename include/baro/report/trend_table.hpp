// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/report/change_marks.hpp>
#include <baro/report/detail/display_text.hpp>
#include <baro/report/detail/trend_words.hpp>
#include <baro/report/detail/wave_columns.hpp>
#include <baro/report/sparkline.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace baro {

namespace detail {

/// Footnotes: each reason once, numbered as it comes.
class footnotes {
 public:
  /// The superscript number of a reason.
  std::string mark(const std::string& why) {
    auto at = std::find(reasons_.begin(), reasons_.end(), why);
    if (at == reasons_.end()) at = reasons_.insert(at, why);
    return number(static_cast<std::size_t>(at - reasons_.begin()) + 1);
  }
  std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < reasons_.size(); ++i)
      out += number(i + 1) + " " + reasons_[i] + "\n";
    return out;
  }

 private:
  static std::string number(std::size_t n) {
    constexpr std::array<std::string_view, 10> digits{"⁰", "¹", "²", "³", "⁴",
                                                      "⁵", "⁶", "⁷", "⁸", "⁹"};
    return (n > 9 ? number(n / 10) : std::string()) + std::string(digits[n % 10]);
  }
  std::vector<std::string> reasons_;
};

/// Rows of cells as lines: the first and the last column to the left, the others to the right.
inline std::string aligned(const std::vector<std::vector<std::string>>& cells) {
  std::vector<std::size_t> width(cells.front().size(), 0);
  for (const auto& row : cells)
    for (std::size_t k = 0; k < row.size(); ++k)
      width[k] = std::max(width[k], display_width(row[k]));
  std::string out;
  for (const auto& row : cells) {
    std::string line;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const bool left = k == 0 || k + 1 == row.size();
      line += (k == 0 ? "" : "  ") +
              (left ? left_aligned(row[k], width[k]) : right_aligned(row[k], width[k]));
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

}  // namespace detail

/// Series as a table of text, UTF-8, for a terminal or a mail:
///
///                     2009    2011    2013    2015
///   Stressés (%)      52 ¹    58 ▲    57 =    49 ²  ▃█▇│▁
///   Satisfaction    6.42 ¹  6.38 =          6.10 ▼  █▇·▁
///
///   ▲ higher, ▼ lower than the wave before at 95 % (p-values adjusted within each series,
///   Holm); = not shown to differ
///   ¹ first wave
///   ² break in the series
///
/// Rows are series, columns the waves of all of them by name, in the order of time; a wave that
/// a series does not have is left empty, one without a value is a dash. Shares and balances are
/// in percent with at most one decimal, anything else has the decimals that its standard errors
/// support: the last digit is not worth more than their median. After each figure its
/// `change_marks`; the sparkline of a row has a scale of its own. Columns are as wide as what
/// they hold looks, accents and East Asian characters counted as they are seen.
/// @param rows    as many as there are lines wanted
/// @param method  as of `change`
/// @throws value_error  no series or one without waves; a series with two waves of one name or
///                      figures of two kinds; orders of waves that contradict each other
template <class Real, class Method = guarded_score>
[[nodiscard]] std::string trend_table(const std::vector<named_series<Real>>& rows,
                                      const trend_options& options = {},
                                      const Method& method = {}) {
  const detail::wave_columns<Real> columns("trend_table", rows);
  const detail::written w(options.in);
  std::vector<std::vector<std::string>> cells(1, {""});
  // The mark is a space and a character: the name of a wave ends where its figures end.
  for (const std::string& name : columns.names())
    cells[0].push_back(detail::one_line(name) + "  ");
  cells[0].emplace_back();
  detail::footnotes notes;
  std::vector<std::vector<marked_wave<Real>>> marks;
  for (const named_series<Real>& row : rows) {
    marks.push_back(change_marks(row, options, method));
    const wave_series<Real>& series = row.series;
    const bool percent = detail::in_percent(series);
    const int decimals = detail::decimals_of(series);
    std::vector<std::string> line{detail::one_line(row.name) + (percent ? " (%)" : "")};
    const std::vector<std::size_t> waves = columns.of(series);
    for (const std::size_t t : waves) {
      line.emplace_back();
      if (t == detail::no_wave) continue;
      const marked_wave<Real>& m = marks.back()[t];
      line.back() =
          (detail::has_value(series, t)
               ? detail::figure_text(series.value(t), percent, decimals, w)
               : std::string("–")) +
          " " + (m.mark == change_mark::none ? notes.mark(m.why) : std::string(symbol(m.mark)));
    }
    line.push_back(detail::sparkline_of(series, waves, {}));
    cells.push_back(std::move(line));
  }
  return detail::aligned(cells) + "\n" + detail::legend_of_marks(options, rows, marks) +
         w.choose("; = not shown to differ\n", " ; = pas de différence établie\n") +
         notes.text();
}

}  // namespace baro
