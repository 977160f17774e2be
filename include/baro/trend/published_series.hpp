// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/published/base.hpp>
#include <baro/published/published_design.hpp>
#include <baro/published/published_figure.hpp>
#include <baro/published/published_share.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// What is known of those who answered two waves, for which no publication has the answers.
struct published_overlap {
  double share{};        ///< of the respondents of this wave, those who answered the other too
  double correlation{};  ///< between their two answers, −1 to 1; not checked against the shares
  std::string with{};    ///< name of the other wave, an earlier one; empty: the wave before
};

/// One edition of a barometer as its publication has it.
///   {"2011", 0.35, base(1003), {.deff = 1.4}}
template <class Real = double>
struct published_wave {
  std::string name;
  Real share;                               ///< in [0, 1]
  std::optional<baro::base> base;           ///< none: not published
  published_design design;                  ///< design effect and population
  std::vector<published_overlap> overlaps;  ///< none: other people in every wave

  // A constructor: GCC 12 fails on members with initializers in braces of a template.
  published_wave(std::string wave, const Real& p, std::optional<baro::base> n,
                 published_design drawn = {}, std::vector<published_overlap> common = {})
      : name(std::move(wave)), share(p), base(n), design(drawn), overlaps(std::move(common)) {}
};

/// The same of a figure as it was printed, at its nominal value.
/// @throws value_error  a figure known only by its claim
template <class Real = double>
[[nodiscard]] published_wave<Real> printed_wave(std::string name,
                                                const published_figure& figure,
                                                std::vector<published_overlap> overlaps = {}) {
  if (!figure.share)
    throw value_error("printed_wave: share is missing, must be printed to have a value");
  return {std::move(name), figure.share->value<Real>(), figure.base, figure.design,
          std::move(overlaps)};
}

namespace detail {

/// 1/N of a population that is taken account of, else 0.
template <class Real>
Real part_of_population(const published_design& d) {
  return d.population && d.correction != finite_population::ignored
             ? Real(1 / Real(d.population->value()))
             : Real(0);
}

/// S² deff of one wave: its variance is that times 1/n − 1/N.
template <class Real>
Real spread_of_wave(const published_wave<Real>& w) {
  const Real rest = part_of_population<Real>(w.design);
  const Real spread = w.share * (1 - w.share) * Real(w.design.deff);
  return w.design.correction == finite_population::hypergeometric && rest < Real(1)
             ? Real(spread / (1 - rest))
             : spread;
}

/// The covariance of two shares; `index` is the number of the later wave.
template <class Real>
Real covariance_of_overlap(const published_wave<Real>& earlier,
                           const published_wave<Real>& later, const published_overlap& common,
                           std::size_t index) {
  using std::sqrt;
  if (!earlier.base || !later.base) return std::numeric_limits<Real>::quiet_NaN();
  const Real n_1(static_cast<double>(earlier.base->value()));
  const Real n_2(static_cast<double>(later.base->value()));
  const Real a = part_of_population<Real>(earlier.design);
  const Real b = part_of_population<Real>(later.design);
  const Real people = Real(common.share) * n_2, rounding(0.5);
  if (people > n_1 + rounding)
    refuse("published_series", "overlap", index, common.share,
           "must not be more respondents than the other wave has");
  if (a == b && a > Real(0) && people + rounding < n_1 + n_2 - 1 / a)
    refuse("published_series", "overlap", index, common.share,
           "must be at least what two samples of this population share");
  const Real most = n_1 < n_2 ? n_1 : n_2;
  Real part = (people < most ? people : most) / (n_1 * n_2) - (a > b ? a : b);
  if (a != b && part < Real(0)) part = Real(0);
  return Real(common.correlation) * part *
         sqrt(Real(spread_of_wave(earlier) * spread_of_wave(later)));
}

/// The number of the first wave that no series with these covariances can have; as many as
/// there are waves when it can. No pivot of the correlations may be below 0.
template <class Real>
std::size_t first_impossible(const estimate<Real>& e, const std::vector<std::size_t>& there) {
  using std::abs, std::sqrt;
  const auto k = static_cast<Eigen::Index>(there.size());
  typename estimate<Real>::matrix r = estimate<Real>::matrix::Identity(k, k);
  const auto at = [&](Eigen::Index i) { return there[static_cast<std::size_t>(i)]; };
  for (Eigen::Index i = 0; i < k; ++i)
    for (Eigen::Index j = 0; j < i; ++j)
      if (const Real v = e.variance(at(i)) * e.variance(at(j)); v > Real(0))
        r(i, j) = r(j, i) = e.covariance(at(i), at(j)) / sqrt(v);
  const Real slack(1e-9);
  for (Eigen::Index p = 0; p < k; ++p) {
    if (r(p, p) < -slack) return at(p);
    for (Eigen::Index i = p + 1; i < k; ++i) {
      if (!(r(p, p) > slack)) {
        if (abs(Real(r(i, p))) > Real(1e-4)) return at(i);
        continue;
      }
      const Real factor = r(i, p) / r(p, p);
      for (Eigen::Index j = p + 1; j < k; ++j) r(i, j) -= factor * r(p, j);
    }
  }
  return e.size();
}

}  // namespace detail

/// A series of shares from publications alone: no answers are needed. Each wave is a
/// `published_share`, normal (df = ∞); `change`, `slope` and `equal_waves` then work as on
/// answers. Waves are independent but for the overlaps that are said:
///   C = ρ (n_c / (n₁ n₂) − 1/N) √(deff₁ S₁² deff₂ S₂²),  n_c = P n₂,  S² = p q
/// which is Tam's covariance with every size divided by its design effect, n_c by the geometric
/// mean of the two: ρ n_c / √(n₁ n₂) of √(V₁ V₂). With equal waves the variance of a change is
/// multiplied by 1 − ρ P. 1/N is 0 without a population (S² = p q N/(N − 1) where it is
/// hypergeometric); of two populations the smaller, and then no covariance below 0.
/// Where people stay for three waves or more, the overlaps further apart must be said as well.
/// It does not read printed shares as the intervals they are: `compare` does, two at a time.
/// @param named  label of the figure; its wave is the name of each
/// @param times  T × 1, rising; empty: `wave_times` of the names
/// @status no_base  a wave without a base: its share stands, nothing is tested with it
/// @throws value_error  no wave, two of one name, a share or a design that is not valid; an
///         overlap outside 0 to 1, with a wave that is not an earlier one, of more respondents
///         than there are; overlaps that no series can have together
/// @see    Tam (1984), American Statistician 38:288
template <class Real = double>
[[nodiscard]] wave_series<Real> published_series(const std::vector<published_wave<Real>>& waves,
                                                 const label& named = {},
                                                 std::vector<double> times = {}) {
  constexpr auto function = "published_series";
  const auto k = static_cast<Eigen::Index>(waves.size());
  const auto index = [](std::size_t t) { return static_cast<Eigen::Index>(t); };
  typename estimate<Real>::vector value(k);
  typename estimate<Real>::matrix v = estimate<Real>::matrix::Zero(k, k);
  std::vector<entry<Real>> entries;
  std::vector<std::string> names;
  std::vector<std::size_t> there;
  for (std::size_t t = 0; t < waves.size(); ++t) {
    const published_wave<Real>& w = waves[t];
    label about = named;
    about.wave = w.name;
    const estimate<Real> one = published_share(w.share, w.base, w.design, std::move(about));
    value(index(t)) = one.value(0);
    v(index(t), index(t)) = one.variance(0);
    entries.push_back(one.entry(0));
    if (w.base) there.push_back(t);
    for (const published_overlap& common : w.overlaps) {
      if (!(common.share >= 0 && common.share <= 1))
        detail::refuse(function, "overlap", t, common.share, "must be from 0 to 1");
      if (!(common.correlation >= -1 && common.correlation <= 1))
        detail::refuse(function, "correlation", t, common.correlation, "must be from -1 to 1");
      std::size_t s = t;
      if (common.with.empty() && t > 0) s = t - 1;
      for (std::size_t i = 0; i < t; ++i)
        if (names[i] == common.with) s = i;
      if (s == t)
        detail::refuse(function, "with", t, common.with, "must be the name of a wave before");
      v(index(s), index(t)) = v(index(t), index(s)) =
          detail::covariance_of_overlap(waves[s], w, common, t);
    }
    for (const std::string& other : names)
      if (other == w.name)
        detail::refuse(function, "name", t, w.name, "must be the name of one wave only");
    names.push_back(w.name);
  }
  if (times.empty()) times = wave_times(names);
  estimate<Real> figures(std::move(value), std::move(v), std::move(entries));
  if (const std::size_t t = detail::first_impossible(figures, there); t < waves.size())
    throw value_error("published_series: no series has these overlaps and correlations up to " +
                      detail::text(waves[t].name) +
                      ", those of waves further apart must be given too");
  return wave_series<Real>(std::move(figures), std::move(times));
}

}  // namespace baro
