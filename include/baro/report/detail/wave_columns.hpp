// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/report/change_marks.hpp>
#include <baro/report/sparkline.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace baro::detail {

/// The waves of several series by their names, in the order of time: one after the other the
/// wave that no series has another one before, and of several such the earliest. Series may
/// count their time differently, each from its own first wave; only the order must agree.
template <class Real>
class wave_columns {
 public:
  /// @throws value_error  no series; one without waves; a name twice in one; orders that
  ///                      contradict each other
  wave_columns(std::string_view function, const std::vector<named_series<Real>>& rows) {
    if (rows.empty())
      throw value_error(joined({function, ": no series, must be one at least"}));
    for (std::size_t r = 0; r < rows.size(); ++r) check(function, rows[r].series, r);
    std::vector<std::size_t> next(rows.size(), 0);
    for (;;) {
      std::size_t best = rows.size();
      bool left = false;
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const wave_series<Real>& s = rows[r].series;
        if (next[r] == s.size()) continue;
        left = true;
        bool waits = false;  // does another series have one before it?
        for (std::size_t q = 0; q < rows.size(); ++q)
          for (std::size_t t = next[q] + 1; t < rows[q].series.size(); ++t)
            waits = waits || rows[q].series.wave(t) == s.wave(next[r]);
        if (!waits &&
            (best == rows.size() || s.times()[next[r]] < rows[best].series.times()[next[best]]))
          best = r;
      }
      if (!left) return;
      if (best == rows.size())
        throw value_error(joined({function,
                                  ": waves stand in another order from series to "
                                  "series, must be in one"}));
      names_.push_back(rows[best].series.wave(next[best]));
      times_.push_back(rows[best].series.times()[next[best]]);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const wave_series<Real>& s = rows[r].series;
        if (next[r] == s.size() || s.wave(next[r]) != names_.back()) continue;
        one_time_ = one_time_ && s.times()[next[r]] == times_.back();
        ++next[r];
      }
    }
  }

  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }

  /// The places of the columns in time where all series agree on them, else 1, 2, 3, …
  std::vector<double> times() const {
    std::vector<double> out = times_;
    bool rising = one_time_;
    for (std::size_t k = 1; k < out.size(); ++k) rising = rising && out[k] > out[k - 1];
    if (!rising)
      for (std::size_t k = 0; k < out.size(); ++k) out[k] = static_cast<double>(k + 1);
    return out;
  }

  /// For each column the number of the wave of a series, or `no_wave`.
  std::vector<std::size_t> of(const wave_series<Real>& series) const {
    std::vector<std::size_t> out(size(), no_wave);
    std::size_t t = 0;
    for (std::size_t k = 0; k < size() && t < series.size(); ++k)
      if (names_[k] == series.wave(t)) out[k] = t++;
    return out;
  }

 private:
  static void check(std::string_view function, const wave_series<Real>& s, std::size_t row) {
    if (s.size() == 0) refuse(function, "series", row, 0, "must have a wave");
    for (std::size_t t = 0; t < s.size(); ++t) {
      for (std::size_t u = 0; u < t; ++u)
        if (s.wave(u) == s.wave(t))
          refuse(function, "wave", t, s.wave(t), "must be the name of one wave of its series");
      // Bridged figures are functions of what the first wave holds.
      const statistic kind = s.figures().entry(t).label.statistic;
      if (kind != s.figures().entry(0).label.statistic && kind != statistic::function)
        refuse(function, "statistic", t, name(s.figures().entry(t).label.statistic),
               "must be that of the first wave");
    }
  }

  std::vector<std::string> names_;
  std::vector<double> times_;
  bool one_time_ = true;
};

}  // namespace baro::detail
