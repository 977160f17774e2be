// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/hypothesis/sentence.hpp>
#include <baro/interval/default_interval.hpp>
#include <baro/report/change_marks.hpp>
#include <baro/report/detail/display_text.hpp>
#include <baro/report/detail/trend_words.hpp>
#include <baro/report/detail/wave_columns.hpp>
#include <baro/report/sparkline.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro::detail {

/// One wave of one series as it is drawn. What cannot be drawn is NaN.
struct drawn_wave {
  std::string series{}, wave{};
  double time{};
  double value{}, low{}, high{};  ///< both limits or none
  double base{};
  std::size_t piece{};  ///< changes where the line is interrupted
  std::size_t band{};   ///< changes where the band is; a wave without limits is in none
  double bar{};         ///< of the only wave of its band: how wide a bar to draw instead
  change_mark mark = change_mark::none;
  std::string figure{}, limits{}, told{};  ///< in words
};

/// A rule between two columns of waves: here these series begin to be measured in another way.
struct drawn_break {
  double time{};
  std::vector<std::string> series{};
  std::string told{};  ///< one of all series is only named, one of some says of which
};

/// Refuses what cannot stand in one picture.
template <class Real>
void check_one_picture(std::string_view function, const std::vector<named_series<Real>>& rows,
                       std::size_t most) {
  if (rows.size() > most)
    refuse(function, "series", rows.size(), "must be at most 7: more cannot be told apart");
  const auto kind = [&](std::size_t r) {
    return rows[r].series.figures().entry(0).label.statistic;
  };
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (kind(r) != kind(0))
      refuse(function, "statistic", r, name(kind(r)), "must be that of the first series");
    for (std::size_t q = 0; q < r; ++q)
      if (one_line(rows[q].name) == one_line(rows[r].name))
        refuse(function, "name", r, rows[r].name, "must be the name of one series");
  }
}

/// Series as what a picture of them holds: numbers and words.
template <class Real>
class drawn_waves {
 public:
  template <class Method>
  drawn_waves(std::string_view function, const std::vector<named_series<Real>>& rows,
              std::size_t most, const trend_options& options, const Method& method)
      : options_(options), w_(options.in) {
    const wave_columns<Real> columns(function, rows);
    check_one_picture(function, rows, most);
    times_ = columns.times();
    for (const std::string& wave : columns.names()) names_.push_back(one_line(wave));
    percent_ = in_percent(rows[0].series);
    std::vector<std::vector<marked_wave<Real>>> marks;
    for (const named_series<Real>& row : rows) {
      series_.push_back(one_line(row.name));
      marks.push_back(change_marks(row, options, method));
      // Later series are drawn over earlier ones, with thinner bars: none hides another.
      const auto bar = 3 * static_cast<double>(rows.size() - series_.size() + 1);
      add(row.series, columns.of(row.series), marks.back(), bar);
    }
    for (drawn_break& b : breaks_) {
      b.told = why_of(status::series_break, true, w_);
      if (b.series.size() < rows.size())
        for (std::size_t i = 0; i < b.series.size(); ++i)
          b.told += (i > 0 ? ", " : w_.choose(": ", " : ")) + b.series[i];
    }
    told_marks_ = legend_of_marks(options, rows, marks);
    told_bands_ = w_.choose("Bands: intervals at ", "Bandes : intervalles à ") +
                  level_text(options.level, w_) +
                  w_.choose(" %, of each wave", " %, de chaque vague");
  }

  const std::vector<drawn_wave>& waves() const { return waves_; }
  const std::vector<drawn_break>& breaks() const { return breaks_; }
  const std::vector<std::string>& series() const { return series_; }
  /// Of the columns.
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<double>& times() const { return times_; }
  bool percent() const { return percent_; }
  const std::string& told_marks() const { return told_marks_; }
  const std::string& told_bands() const { return told_bands_; }

 private:
  static constexpr double nan() { return std::numeric_limits<double>::quiet_NaN(); }
  static double finite_or_nan(const Real& x) {
    const auto value = static_cast<double>(x);
    return value - value == 0 ? value : nan();
  }
  static bool is_number(double x) { return x == x; }

  void add(const wave_series<Real>& s, const std::vector<std::size_t>& columns,
           const std::vector<marked_wave<Real>>& marks, double bar) {
    decimals_ = std::max(decimals_of(s), percent_ ? 1 : 0);
    const std::size_t begin = waves_.size();
    std::size_t piece = 0, band = 0, before = no_wave;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const std::size_t t = columns[k];
      if (t == no_wave) continue;
      drawn_wave d = drawn(s, t, marks[t]);
      d.series = series_.back();
      d.time = times_[k];
      const bool broken = before != no_wave && s.segment(t) != s.segment(before);
      // Halfway to the column before, so that series without that wave have the same rule.
      if (broken) add_break((times_[k - 1] + times_[k]) / 2, series_.back());
      if (broken || !is_number(d.value)) ++piece;
      if (broken || !is_number(d.low)) ++band;
      d.piece = piece;
      d.band = band;
      waves_.push_back(std::move(d));
      before = t;
    }
    for (std::size_t i = begin; i < waves_.size(); ++i) {
      const auto same = [&](const drawn_wave& d) {
        return is_number(d.low) && d.band == waves_[i].band;
      };
      const auto others = std::count_if(waves_.begin() + static_cast<std::ptrdiff_t>(begin),
                                        waves_.end(), same);
      waves_[i].bar = is_number(waves_[i].low) && others == 1 ? bar : nan();
    }
  }

  drawn_wave drawn(const wave_series<Real>& s, std::size_t t,
                   const marked_wave<Real>& marked) const {
    drawn_wave d;
    d.wave = one_line(s.wave(t));
    d.value = finite_or_nan(s.value(t));
    const auto limits = interval(s.figures().figure(t), options_.level);
    d.low = finite_or_nan(limits.low);
    d.high = finite_or_nan(limits.high);
    if (!is_number(d.value) || !is_number(d.low) || !is_number(d.high)) d.low = d.high = nan();
    d.base = finite_or_nan(s.figures().entry(t).bases.n);
    d.mark = marked.mark;
    d.figure = is_number(d.value) ? text(d.value) + (percent_ ? " %" : "") : "–";
    d.limits = is_number(d.low)
                   ? "[" + text(d.low) + w_.choose("; ", " ; ") + text(d.high) + "]"
                   : "–";
    d.told = told(marked);
    return d;
  }

  std::string text(double x) const { return figure_text(x, percent_, decimals_, w_); }

  /// "▲ difference 6.0 points [1.7; 10.3] at 95 %, p = 0.007 (…); adjusted p = 0.021".
  std::string told(const marked_wave<Real>& m) const {
    if (m.mark == change_mark::none) return m.why;
    std::string out = std::string(symbol(m.mark)) + " " +
                      told_comparison<Real>(m.change.found, w_).difference();
    const std::string p = w_.p_value(static_cast<double>(m.change.p_adjusted));
    if (p != w_.p_value(static_cast<double>(m.change.found.p_value)))
      out += w_.choose("; adjusted ", " ; ajusté ") + p;
    return out;
  }

  void add_break(double time, const std::string& series) {
    for (drawn_break& b : breaks_)
      if (b.time == time) {
        b.series.push_back(series);
        return;
      }
    breaks_.push_back({time, {series}, {}});
  }

  trend_options options_;
  written w_;
  std::vector<std::string> series_, names_;
  std::vector<double> times_;
  bool percent_ = false;
  int decimals_ = 0;
  std::vector<drawn_wave> waves_;
  std::vector<drawn_break> breaks_;
  std::string told_marks_, told_bands_;
};

}  // namespace baro::detail
