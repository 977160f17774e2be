// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// How much each wave counts when several are pooled.
///   equal          1/k: the average of the waves
///   by_n           n_t / Σ n: by respondents with an answer, the most precise of the three
///                  where waves differ in size only
///   by_population  Σw_t / ΣΣw: by the sum of weights; with weights that add up to the
///                  population the figure of all people of all waves
enum class pooling { equal, by_n, by_population };

constexpr std::string_view name(pooling rule) noexcept {
  constexpr std::array<std::string_view, 3> names{"equal", "by_n", "by_population"};
  return names[static_cast<std::size_t>(rule)];
}

/// The rule of that name.
constexpr std::optional<pooling> pooling_by_name(std::string_view text) noexcept {
  for (const pooling rule : {pooling::equal, pooling::by_n, pooling::by_population})
    if (name(rule) == text) return rule;
  return std::nullopt;
}

/// The part that each wave of a series has in a pooled figure: T numbers that add up to 1, 0
/// for the waves that are not pooled. If one of those that are has no figure, no other stands
/// in for it: then all count the same, and the pooled figure has its status.
/// @param waves  numbers of waves, rising, at least one
/// @throws value_error  no wave, one that is not there, numbers that do not rise; a wave with
///                      a figure and without the base that the rule asks for
template <class Real>
[[nodiscard]] std::vector<Real> pooling_coefficients(const wave_series<Real>& series,
                                                     const std::vector<std::size_t>& waves,
                                                     pooling rule) {
  if (waves.empty()) throw value_error("pool: no wave, must be one at least");
  bool all = true;
  for (std::size_t i = 0; i < waves.size(); ++i) {
    if (waves[i] >= series.size() || (i > 0 && waves[i] <= waves[i - 1]))
      detail::refuse("pool", "waves", i, waves[i], "must be the number of a wave, rising");
    all = all && series.has(waves[i]);
  }
  std::vector<Real> out(series.size(), Real(0));
  Real sum(0);
  for (const std::size_t t : waves) {
    const bases<Real>& base = series.figures().entry(t).bases;
    Real part(1);
    if (all && rule == pooling::by_n) part = base.n;
    if (all && rule == pooling::by_population) part = base.sum_weights;
    if (!(part > Real(0)) || !(part - part == Real(0)))
      detail::refuse("pool", rule == pooling::by_n ? "n" : "sum_weights", t,
                     static_cast<double>(part), "must be > 0 to pool by it");
    sum += out[t] = part;
  }
  for (Real& c : out) c /= sum;
  return out;
}

namespace detail {

/// "2009–2011" of waves one after the other, else "2009, 2011".
template <class Real>
std::string name_of_waves(const wave_series<Real>& series,
                          const std::vector<std::size_t>& waves) {
  if (waves.size() > 1 && waves.back() - waves.front() + 1 == waves.size())
    return series.wave(waves.front()) + "–" + series.wave(waves.back());
  std::string text;
  for (const std::size_t t : waves) text += (text.empty() ? "" : ", ") + series.wave(t);
  return text;
}

/// The interviews that a pooled figure stands on, with Kish's size 1 / Σ c_t² / e_t, which is
/// that of all interviews together, each weight times c_t / Σw_t.
template <class Real>
bases<Real> pooled_bases(const wave_series<Real>& series, const std::vector<Real>& c) {
  bases<Real> out;
  Real inverse(0);
  for (std::size_t t = 0; t < series.size(); ++t) {
    if (c[t] == Real(0)) continue;
    const bases<Real>& base = series.figures().entry(t).bases;
    out.n += base.n;
    out.count += base.count;
    out.sum_weights += base.sum_weights;
    inverse += c[t] * c[t] / base.effective_n;
  }
  const Real size = 1 / inverse;
  out.effective_n = size - size == Real(0) ? size : Real(0);
  return out;
}

/// One pooled figure for each set of waves, in time where the last of its waves is.
template <class Real>
wave_series<Real> pooled_sets(const wave_series<Real>& series,
                              const std::vector<std::vector<std::size_t>>& sets, pooling rule) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  matrix a(static_cast<Eigen::Index>(sets.size()), static_cast<Eigen::Index>(series.size()));
  std::vector<label> about;
  std::vector<double> times;
  std::vector<bases<Real>> all_bases;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const std::vector<Real> c = pooling_coefficients(series, sets[s], rule);
    for (std::size_t t = 0; t < c.size(); ++t)
      a(static_cast<Eigen::Index>(s), static_cast<Eigen::Index>(t)) = c[t];
    about.push_back(series.figures().entry(sets[s].front()).label);
    about.back().wave = name_of_waves(series, sets[s]);
    times.push_back(series.times()[sets[s].back()]);
    all_bases.push_back(pooled_bases(series, c));
  }
  const wave_series<Real> out = combine(series, a, std::move(about), std::move(times));
  std::vector<entry<Real>> entries = out.figures().entries();
  for (std::size_t s = 0; s < entries.size(); ++s) entries[s].bases = all_bases[s];
  return wave_series<Real>(
      estimate<Real>(out.figures().value(), out.figures().covariance(), std::move(entries)),
      out.times(), out.parts());
}

}  // namespace detail

/// Several waves pooled into one figure, Σ c_t y_t with the coefficients of the rule, and
/// variance cᵀ V c: people who answered in two of the waves are not counted as if they were
/// two. By `by_population` a mean or share is that of the files put one below the other.
/// What it does not do: the coefficients are taken as known, so where Σw is estimated its own
/// variance is not in that of the figure.
/// @param waves  numbers of the waves, rising
/// @returns a series of one figure, named "2009–2011" or "2009, 2012", in time where the last
///          of the waves is; its bases are interviews, added up, and Kish's size 1 / Σ c²/e
/// @status  that of the first wave without a figure; series_break
/// @throws value_error  as `pooling_coefficients`
/// @see     Korn and Graubard (1999), Analysis of Health Surveys, chapter 8; Thomas and
///          Wannell (2009), Health Reports 20(1):53, separate and pooled approaches
template <class Real>
[[nodiscard]] wave_series<Real> pool(const wave_series<Real>& series,
                                     const std::vector<std::size_t>& waves, pooling rule) {
  return detail::pooled_sets(series, {waves}, rule);
}

}  // namespace baro
