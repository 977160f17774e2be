// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/detail/solved_or_nan.hpp>
#include <baro/trend/wave_series.hpp>
#include <baro/weights/detail/independent_columns.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Where a figure of a house belongs: numbers from 0.
struct house_reading {
  std::size_t wave{}, house{};
};

namespace detail {

/// Which figures there are, of which waves and houses, and whether they hang together.
template <class Real>
class house_layout {
 public:
  house_layout(const estimate<Real>& e, const std::vector<house_reading>& readings,
               const std::vector<std::string>& houses, std::size_t waves)
      : e_(e), readings_(readings), houses_(houses), waves_(waves) {
    check_size("house_effects", "readings", readings.size(), e.size());
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < e.size(); ++i) {
      if (readings[i].wave >= waves)
        refuse("house_effects", "wave", i, readings[i].wave, "must be the number of a wave");
      if (readings[i].house >= houses.size())
        refuse("house_effects", "house", i, readings[i].house, "must be the number of a house");
      all.push_back(i);
      const status s = e.entry(i).status;
      if (s == status::ok || s == status::no_degrees) there_.push_back(i);
    }
    for (std::size_t t = 0; t < waves; ++t)
      if (of_wave(t).empty())
        refuse("house_effects", "wave", t, "must have a figure of some house");
    for (std::size_t h = 0; h < houses.size(); ++h)
      if (of_house(h).empty())
        refuse("house_effects", "houses", h, houses[h], "must have a figure in some wave");
    const std::vector<std::size_t> group = groups(all);
    for (std::size_t h = 1; h < houses.size(); ++h)
      if (group[waves_ + h] != group[waves_])
        throw value_error(
            joined({"house_effects: houses ", text(houses[0]), " and ", text(houses[h]),
                    " have no wave in common, nor by way of others: must be "
                    "linked for their effects to be told apart"}));
  }

  std::size_t waves() const noexcept { return waves_; }
  std::size_t houses() const noexcept { return houses_.size(); }
  const estimate<Real>& figures() const noexcept { return e_; }
  const house_reading& reading(std::size_t i) const { return readings_[i]; }
  const std::vector<std::size_t>& there() const noexcept { return there_; }
  std::vector<std::size_t> of_wave(std::size_t t) const {
    return those([&](const house_reading& r) { return r.wave == t; });
  }
  std::vector<std::size_t> of_house(std::size_t h) const {
    return those([&](const house_reading& r) { return r.house == h; });
  }

  /// Do the figures with a value link all waves and houses that have one?
  bool linked() const {
    const std::vector<std::size_t> group = groups(there_);
    for (const std::size_t i : there_)
      if (group[readings_[i].wave] != group[readings_[there_[0]].wave]) return false;
    return !there_.empty();
  }

  std::vector<label> wave_labels() const {
    std::vector<label> out;
    for (std::size_t t = 0; t < waves_; ++t) out.push_back(about(of_wave(t)[0]));
    return out;
  }
  std::vector<label> house_labels() const {
    std::vector<label> out;
    for (std::size_t h = 0; h < houses_.size(); ++h) {
      out.push_back(about(of_house(h)[0]));
      out.back().level = houses_[h];
      out.back().wave.clear();
    }
    return out;
  }

  /// The figures one after the other, each with its part of the degrees of freedom.
  wave_series<Real> as_series() const {
    std::vector<double> times(e_.size());
    std::iota(times.begin(), times.end(), 0.0);
    return wave_series<Real>(e_, std::move(times));
  }

 private:
  template <class Wanted>
  std::vector<std::size_t> those(Wanted wanted) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < readings_.size(); ++i)
      if (wanted(readings_[i])) out.push_back(i);
    return out;
  }

  label about(std::size_t i) const {
    label out = e_.entry(i).label;
    out.statistic = statistic::function;
    return out;
  }

  /// A number for each wave, then for each house, the same for those that figures link.
  std::vector<std::size_t> groups(const std::vector<std::size_t>& figures) const {
    std::vector<std::size_t> group(waves_ + houses_.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (const std::size_t i : figures) {
      const std::size_t from = group[waves_ + readings_[i].house],
                        to = group[readings_[i].wave];
      for (std::size_t& g : group)
        if (g == from) g = to;
    }
    return group;
  }

  const estimate<Real>& e_;
  const std::vector<house_reading>& readings_;
  const std::vector<std::string>& houses_;
  std::size_t waves_;
  std::vector<std::size_t> there_;
};

/// Levels, effects and residuals as linear functions of the k figures, by generalized least
/// squares; a wave, house or figure without a value has 0s.
template <class Real>
class house_fit {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

  house_fit(const house_layout<Real>& layout, bool anchored, std::size_t anchor)
      : there_(layout.there()),
        levels_(zero(layout.waves(), layout)),
        effects_(zero(layout.houses(), layout)) {
    const auto waves = index(layout.waves()), houses = index(layout.houses());
    if (!layout.linked()) return;
    // Both columns of ones and zeros; those that some figure has are kept.
    const auto k = index(there_.size());
    matrix wave = matrix::Zero(k, waves), house = matrix::Zero(k, houses);
    for (Eigen::Index i = 0; i < k; ++i) {
      const house_reading& r = layout.reading(there_[static_cast<std::size_t>(i)]);
      wave(i, index(r.wave)) = house(i, index(r.house)) = Real(1);
    }
    const auto kept_waves = kept(wave), kept_houses = kept(house);
    Eigen::Index base = kept_houses.back();  // its effect is minus the others, or 0
    if (anchored) {
      base = index(anchor);
      if (house.col(base).sum() == Real(0)) return;
    }
    const Eigen::Index p = index(kept_waves.size()), q = index(kept_houses.size()) - 1;
    matrix x(k, p + q), scale = matrix::Zero(houses, q);
    for (Eigen::Index j = 0; j < p; ++j) x.col(j) = wave.col(kept_waves[std::size_t(j)]);
    Eigen::Index j = 0;
    for (const Eigen::Index h : kept_houses) {
      if (h == base) continue;
      scale(h, j) = Real(1);
      if (!anchored) scale(base, j) = Real(-1);
      ++j;
    }
    x.rightCols(q) = house * scale;
    const matrix v = layout.figures().slice(there_).covariance();
    const matrix weighed = solved_or_nan<Real>(v, x);
    const matrix a =
        solved_or_nan<Real>(matrix(x.transpose() * weighed), matrix(weighed.transpose()));
    if (!(a.sum() - a.sum() == Real(0))) return;
    status_ = status::ok;
    for (Eigen::Index r = 0; r < p; ++r) put(levels_, kept_waves[std::size_t(r)], a.row(r));
    const matrix delta = scale * a.bottomRows(q);
    for (const Eigen::Index h : kept_houses) put(effects_, h, delta.row(h));
    find_residuals(v, matrix(matrix::Identity(k, k) - x * a), k - p - q, levels_.cols());
  }

  /// ok, or undefined.
  baro::status status() const noexcept { return status_; }
  const matrix& levels() const noexcept { return levels_; }        ///< T × k
  const matrix& effects() const noexcept { return effects_; }      ///< H × k
  const matrix& residuals() const noexcept { return residuals_; }  ///< as many as are free

 private:
  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }
  static matrix zero(std::size_t rows, const house_layout<Real>& layout) {
    return matrix::Zero(index(rows), index(layout.figures().size()));
  }
  static std::vector<Eigen::Index> kept(const matrix& columns) {
    std::vector<Eigen::Index> out;
    for (Eigen::Index j = 0; j < columns.cols(); ++j)
      if (columns.col(j).sum() != Real(0)) out.push_back(j);
    return out;
  }
  template <class Row>
  void put(matrix& to, Eigen::Index r, const Row& from) const {
    for (std::size_t i = 0; i < there_.size(); ++i) to(r, index(there_[i])) = from(index(i));
  }

  /// Of the rows of the residuals, I − X A, a set of independent ones.
  void find_residuals(const matrix& v, const matrix& r, Eigen::Index free, Eigen::Index all) {
    matrix left = r * v * r.transpose();
    for (Eigen::Index i = 0; i < left.rows(); ++i) {
      if (left(i, i) > Real(1e-10) * v(i, i)) continue;  // alone in its wave: fitted exactly
      left.row(i).setZero();
      left.col(i).setZero();
    }
    const pivoted_cholesky<Real> factors{left};
    residuals_ = matrix::Zero(free, all);
    for (Eigen::Index j = 0; j < free; ++j)
      put(residuals_, j, r.row(index(factors.order()[static_cast<std::size_t>(j)])));
  }

  const std::vector<std::size_t>& there_;
  matrix levels_, effects_, residuals_;
  baro::status status_ = baro::status::undefined;
};

/// A series of combined figures with the bases of the figures of each added up; one that no
/// figure with a value stands behind has their status, all have `all` where that is not ok.
template <class Real, class Figures>
wave_series<Real> with_gaps(const wave_series<Real>& series, const estimate<Real>& from,
                            status all, Figures figures_of) {
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  auto value = series.figures().value();
  auto covariance = series.figures().covariance();
  auto entries = series.figures().entries();
  for (std::size_t r = 0; r < entries.size(); ++r) {
    entry<Real>& about = entries[r];
    about.bases = {};
    status none = all;
    bool any = false;
    for (const std::size_t i : figures_of(r)) {
      const entry<Real>& e = from.entry(i);
      if (e.status != status::ok && e.status != status::no_degrees) {
        if (none == status::ok) none = e.status;
        continue;
      }
      any = true;
      about.bases.n += e.bases.n;
      about.bases.count += e.bases.count;
      about.bases.sum_weights += e.bases.sum_weights;
      about.bases.effective_n += e.bases.effective_n;
    }
    if (any && all == status::ok) continue;
    about.status = none;
    const auto at = static_cast<Eigen::Index>(r);
    value(at) = nan;
    covariance.row(at).setConstant(nan);
    covariance.col(at).setConstant(nan);
  }
  return wave_series<Real>(
      estimate<Real>(std::move(value), std::move(covariance), std::move(entries)),
      series.times(), series.parts());
}

}  // namespace detail
}  // namespace baro
