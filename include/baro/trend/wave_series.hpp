// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/number_text.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/difference.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// What the respondents of one presence pattern (those met in the same waves) add to the
/// covariance of a series, with the degrees of freedom of that part.
template <class Real = double>
struct presence_part {
  std::vector<std::size_t> waves{};  ///< numbers of the waves, rising
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>
      covariance{};                                 ///< of those waves' figures
  Real df = std::numeric_limits<Real>::infinity();  ///< infinite: normal
  std::vector<Real> wave_df{};  ///< the same wave by wave; empty: `df` in all of them

  /// Degrees of freedom of what holds only some of the waves: the least of theirs.
  /// @param held  number of a wave → does it take part?
  template <class Held>
  Real df_of(Held held) const {
    if (wave_df.empty()) return df;
    Real least = std::numeric_limits<Real>::infinity();
    for (std::size_t i = 0; i < waves.size(); ++i)
      if (held(waves[i])) least = std::min(least, wave_df[i]);
    return least;
  }
};

/// One figure over T waves with the covariance that links them: T entries of an estimate, their
/// places in time, and the parts that the covariance is the sum of, one for each pattern of
/// presence. The parts have only to do with degrees of freedom.
template <class Real = double>
class wave_series {
 public:
  wave_series() = default;

  /// @param figures  one entry per wave, in their order; `label.wave` is the name of the wave
  /// @param times    T × 1, rising: places in time, in the unit slopes are wanted in
  /// @param parts    none: each wave by itself where no two are correlated; otherwise all as
  ///                 one part with the least degrees of freedom
  /// @throws size_error   times are not as many as figures
  /// @throws value_error  no wave; times that do not rise; a part of waves that are not there
  wave_series(estimate<Real> figures, std::vector<double> times,
              std::vector<presence_part<Real>> parts = {})
      : figures_(std::move(figures)), times_(std::move(times)), parts_(std::move(parts)) {
    if (figures_.empty()) throw value_error("wave_series: no wave, must be one at least");
    detail::check_size("wave_series", "times", times_.size(), figures_.size());
    for (std::size_t t = 0; t < times_.size(); ++t)
      if (!(times_[t] - times_[t] == 0) || (t > 0 && !(times_[t] > times_[t - 1])))
        detail::refuse("wave_series", "times", t, times_[t], "must rise from wave to wave");
    if (parts_.empty()) make_parts();
    for (const auto& part : parts_) check(part);
  }

  std::size_t size() const noexcept { return figures_.size(); }
  const estimate<Real>& figures() const& noexcept { return figures_; }
  estimate<Real> figures() && noexcept { return std::move(figures_); }
  const std::vector<double>& times() const noexcept { return times_; }
  const std::vector<presence_part<Real>>& parts() const noexcept { return parts_; }

  Real value(std::size_t t) const { return figures_.value(t); }
  Real standard_error(std::size_t t) const { return figures_.standard_error(t); }
  const std::string& wave(std::size_t t) const { return figures_.entry(t).label.wave; }
  /// Has the wave a figure?
  bool has(std::size_t t) const {
    const status s = figures_.entry(t).status;
    return s == status::ok || s == status::no_degrees;
  }
  /// Can its figure be held against others? One of a single respondent or PSU does not vary,
  /// which is not knowing it exactly: what it takes part in has a value and nothing else.
  bool is_told(std::size_t t) const {
    const status s = figures_.entry(t).status;
    return s == status::ok || (s == status::no_degrees && detail::varies(figures_, t));
  }

  /// The same figures, measured in another way from each of these waves on: what crosses such
  /// a break has the status `series_break`. See `bridge` for the way across.
  /// @param firsts  numbers of the first wave of each new way, rising, none of them 0
  /// @throws value_error  a number that is 0, not there, or does not rise
  [[nodiscard]] wave_series broken_at(std::vector<std::size_t> firsts) const {
    for (std::size_t i = 0; i < firsts.size(); ++i)
      if (firsts[i] == 0 || firsts[i] >= size() || (i > 0 && firsts[i] <= firsts[i - 1]))
        detail::refuse("broken_at", "firsts", i, firsts[i],
                       "must be the number of a wave after the first, rising");
    wave_series out = *this;
    out.breaks_ = std::move(firsts);
    return out;
  }
  /// The first wave of each new way of measuring.
  const std::vector<std::size_t>& breaks() const noexcept { return breaks_; }
  /// How many breaks there are up to a wave: waves with the same number can be compared.
  std::size_t segment(std::size_t t) const {
    return static_cast<std::size_t>(std::upper_bound(breaks_.begin(), breaks_.end(), t) -
                                    breaks_.begin());
  }

  /// The number of the wave of that name.
  /// @throws value_error  no wave of that name; the message lists those there are
  std::size_t index_of(std::string_view name) const {
    std::string there;
    for (std::size_t t = 0; t < size(); ++t) {
      if (wave(t) == name) return t;
      there += (t == 0 ? "" : ", ") + detail::text(wave(t));
    }
    throw value_error("wave_series: no wave " + detail::text(name) + ", must be one of " +
                      there);
  }

 private:
  void check(const presence_part<Real>& part) const {
    const std::size_t k = part.waves.size();
    detail::check_size("wave_series", "parts (covariance)",
                       static_cast<std::size_t>(part.covariance.rows()), k);
    detail::check_size("wave_series", "parts (covariance)",
                       static_cast<std::size_t>(part.covariance.cols()), k);
    for (std::size_t i = 0; i < k; ++i)
      if (part.waves[i] >= size() || (i > 0 && part.waves[i] <= part.waves[i - 1]))
        detail::refuse("wave_series", "parts (waves)", i, part.waves[i],
                       "must be the number of a wave, rising");
  }

  void make_parts() {
    bool linked = false;
    Real least = std::numeric_limits<Real>::infinity();
    std::vector<std::size_t> there;
    for (std::size_t t = 0; t < size(); ++t) {
      if (!has(t)) continue;
      for (const std::size_t s : there) linked = linked || figures_.covariance(s, t) != Real(0);
      there.push_back(t);
      least = std::min(least, figures_.entry(t).df);
    }
    if (linked) {
      parts_.push_back({there, figures_.slice(there).covariance(), least, {}});
      for (const std::size_t t : there) parts_.back().wave_df.push_back(figures_.entry(t).df);
      return;
    }
    for (const std::size_t t : there) {
      const std::vector<std::size_t> alone{t};
      parts_.push_back({alone, figures_.slice(alone).covariance(), figures_.entry(t).df, {}});
    }
  }

  estimate<Real> figures_;
  std::vector<double> times_;
  std::vector<presence_part<Real>> parts_;
  std::vector<std::size_t> breaks_;
};

/// The places in time of waves by their names: the numbers they are ("2011", "2011.5",
/// "2011,5"), or where one of them is no number, or they do not rise, 1, 2, 3, …
inline std::vector<double> wave_times(const std::vector<std::string>& names) {
  std::vector<double> times;
  bool numbers = true;
  for (const std::string& name : names) {
    const number_text read = read_number(name);
    numbers = numbers && read.problem == number_problem::none &&
              (times.empty() || read.value > times.back());
    times.push_back(read.value);
  }
  if (!numbers)
    for (std::size_t t = 0; t < times.size(); ++t) times[t] = static_cast<double>(t + 1);
  return times;
}

namespace detail {

/// Do numbers c_t, one a wave, cross a break of a series? They do not where all of a way of
/// measuring cancels out, Σ c = 0, or where all waves that take part were measured in one way.
template <class Real, class Coefficients>
bool crosses_break(const wave_series<Real>& series, Coefficients c) {
  using std::abs;
  const std::size_t segments = series.breaks().size() + 1;
  std::vector<Real> sum(segments, Real(0)), size(segments, Real(0));
  std::size_t held = 0;
  for (std::size_t t = 0; t < series.size(); ++t) {
    const std::size_t s = series.segment(t);
    const Real x = c(t);
    if (x != Real(0) && size[s] == Real(0)) ++held;
    sum[s] += x;
    size[s] += abs(x);
  }
  if (held < 2) return false;
  Real all(0);
  for (const Real& x : size) all += x;
  for (const Real& x : sum)
    if (abs(x) > 64 * std::numeric_limits<Real>::epsilon() * all) return true;
  return false;
}

}  // namespace detail

/// Linear functions of a series, A y, with their covariance A V Aᵀ, part by part.
/// @param a       S × T, finite; a wave without a figure must have 0s
/// @param about   S labels; the bases are those of the waves that take part, the smallest
/// @param times   S × 1, rising
/// @returns a series broken where its rows pass from one way of measuring to another
/// @status that of the first wave that takes part and has no figure; series_break. A row of 0s
/// is
///         0, exactly
/// @throws size_error  a matrix without a column for each wave, other numbers of labels or
/// times
template <class Real>
[[nodiscard]] wave_series<Real> combine(
    const wave_series<Real>& series,
    const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& a, std::vector<label> about,
    std::vector<double> times) {
  const auto rows = static_cast<std::size_t>(a.rows()), waves = series.size();
  detail::check_size("combine", "a (columns)", static_cast<std::size_t>(a.cols()), waves);
  detail::check_size("combine", "about", about.size(), rows);
  using std::abs;
  using matrix = typename estimate<Real>::matrix;
  const auto index = [](std::size_t i) { return static_cast<Eigen::Index>(i); };
  std::vector<entry<Real>> entries(rows);
  typename estimate<Real>::vector value = estimate<Real>::vector::Zero(a.rows());
  std::vector<std::size_t> segment(rows, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    if (r > 0) segment[r] = segment[r - 1];
    entry<Real>& e = entries[r];
    e.label = std::move(about[r]);
    bool first = true;
    Real sum(0), size(0);
    std::size_t here = segment[r];
    for (std::size_t t = 0; t < waves; ++t) {
      const Real c = a(index(r), index(t));
      if (!(c - c == Real(0)))
        detail::refuse("combine", "a", r, static_cast<double>(c), "must be finite");
      if (c == Real(0)) continue;
      const entry<Real>& from = series.figures().entry(t);
      if (!series.is_told(t) && e.status == status::ok) e.status = from.status;
      value(index(r)) += c * series.value(t);
      sum += c;
      size += abs(c);
      here = series.segment(t);
      e.df = std::min(e.df, from.df);
      if (first || from.bases.n < e.bases.n) e.bases = from.bases;
      first = false;
    }
    // What all cancels out is on no scale of its own: it can stand beside anything.
    if (abs(sum) > 64 * std::numeric_limits<Real>::epsilon() * size) segment[r] = here;
    if (e.status == status::ok && detail::crosses_break(series, [&](std::size_t t) {
          return Real(a(index(r), index(t)));
        }))
      e.status = status::series_break;
  }
  matrix v = matrix::Zero(a.rows(), a.rows());
  std::vector<presence_part<Real>> parts;
  for (const presence_part<Real>& part : series.parts()) {
    presence_part<Real> to;
    to.df = part.df;
    for (std::size_t r = 0; r < rows; ++r)
      if (std::any_of(part.waves.begin(), part.waves.end(),
                      [&](std::size_t t) { return a(index(r), index(t)) != Real(0); }))
        to.waves.push_back(r);
    if (to.waves.empty()) continue;
    for (std::size_t i = 0; i < to.waves.size() && !part.wave_df.empty(); ++i)
      to.wave_df.push_back(part.df_of(
          [&](std::size_t t) { return a(index(to.waves[i]), index(t)) != Real(0); }));
    matrix held(index(to.waves.size()), index(part.waves.size()));
    for (std::size_t i = 0; i < to.waves.size(); ++i)
      for (std::size_t j = 0; j < part.waves.size(); ++j)
        held(index(i), index(j)) = a(index(to.waves[i]), index(part.waves[j]));
    to.covariance = held * part.covariance * held.transpose();
    for (std::size_t i = 0; i < to.waves.size(); ++i)
      for (std::size_t j = 0; j < to.waves.size(); ++j)
        v(index(to.waves[i]), index(to.waves[j])) += to.covariance(index(i), index(j));
    parts.push_back(std::move(to));
  }
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  for (std::size_t r = 0; r < rows; ++r) {
    if (entries[r].status == status::ok) continue;
    value(index(r)) = nan;
    v.row(index(r)).setConstant(nan);
    v.col(index(r)).setConstant(nan);
  }
  std::vector<std::size_t> breaks;
  for (std::size_t r = 1; r < rows; ++r)
    if (segment[r] != segment[r - 1]) breaks.push_back(r);
  wave_series<Real> out(estimate<Real>(std::move(value), std::move(v), std::move(entries)),
                        std::move(times), std::move(parts));
  return breaks.empty() ? out : out.broken_at(std::move(breaks));
}

}  // namespace baro
