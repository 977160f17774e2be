// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/estimate.hpp>
#include <baro/trend/detail/link_products.hpp>
#include <baro/trend/detail/linked_units.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace baro::detail {

/// One figure over waves: the variances of its designs, and the covariance that C gives it,
///   V_ts = C_ts √(V_tt / C_tt) √(V_ss / C_ss)
/// kept pattern by pattern.
template <class Real>
class linked_covariance {
 public:
  /// @param figures  one entry a wave, nothing beside the diagonal of the covariance
  linked_covariance(const linked_units& who, estimate<Real> figures,
                    const std::vector<double>& times)
      : who_(who),
        times_(times),
        value_(std::move(figures).value()),  // each takes its own member
        v_(std::move(figures).covariance()),
        entries_(std::move(figures).entries()),
        linkable_(variances()) {}

  /// Only so much of the variance of a wave is between units that can be met again.
  void link_only(std::size_t t, const Real& variance) {
    linkable_[t] = std::min(linkable_[t], variance);
  }

  /// @param i  of the k figures of `products`
  void scale_products(const pattern_products<Real>& products, std::size_t i, std::size_t k) {
    using std::sqrt;
    const std::size_t waves = entries_.size();
    std::vector<Real> c(waves, Real(0)), scale(waves, Real(0));
    const auto& patterns = who_.patterns();
    for (std::size_t p = 0; p < patterns.size(); ++p) {
      const std::size_t s = patterns[p].waves.size();
      for (std::size_t a = 0; a < s; ++a)
        c[patterns[p].waves[a]] += products[p][(a * s + a) * k + i];
    }
    for (std::size_t t = 0; t < waves; ++t)
      if (linkable_[t] > Real(0) && c[t] > Real(0)) scale[t] = sqrt(Real(linkable_[t] / c[t]));
    for (std::size_t p = 0; p < patterns.size(); ++p) {
      const std::size_t s = patterns[p].waves.size();
      presence_part<Real> part;
      part.waves = patterns[p].waves;
      part.covariance.resize(index(s), index(s));
      for (std::size_t a = 0; a < s; ++a)
        for (std::size_t b = 0; b < s; ++b) {
          const std::size_t t = part.waves[a], u = part.waves[b];
          const Real x = scale[t] * scale[u] * products[p][(a * s + b) * k + i];
          part.covariance(index(a), index(b)) = x;
          if (a != b && v_(index(t), index(u)) == v_(index(t), index(u)))
            v_(index(t), index(u)) += x;
        }
      take_degrees(p, part);
      parts_.push_back(std::move(part));
    }
    // What C knows nothing of, or what cannot link, is the wave's own.
    for (std::size_t t = 0; t < waves; ++t) {
      const Real all = v_(index(t), index(t));
      const Real own = scale[t] > Real(0) ? Real(all - linkable_[t]) : all;
      if (own > 64 * std::numeric_limits<Real>::epsilon() * all) add_own(t, own);
    }
  }

  /// A correlation between two waves, without parts.
  void correlate(std::size_t a, std::size_t b, const Real& rho) {
    using std::sqrt;
    const Real x = rho * sqrt(Real(linkable_[a] * linkable_[b]));
    if (!(x - x == Real(0))) return;  // no figure
    v_(index(a), index(b)) = v_(index(b), index(a)) = x;
  }

  wave_series<Real> series() && {
    return wave_series<Real>(
        estimate<Real>(std::move(value_), std::move(v_), std::move(entries_)), times_,
        std::move(parts_));
  }

 private:
  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

  std::vector<Real> variances() const {
    std::vector<Real> out;
    for (Eigen::Index t = 0; t < v_.rows(); ++t) out.push_back(v_(t, t));
    return out;
  }

  void add_own(std::size_t t, const Real& variance) {
    presence_part<Real> part;
    part.waves = {t};
    part.covariance = estimate<Real>::matrix::Constant(1, 1, variance);
    part.df = entries_[t].df;
    parts_.push_back(std::move(part));
  }

  /// Of each wave its own, in the measure of the units of its that the pattern has.
  void take_degrees(std::size_t p, presence_part<Real>& part) const {
    const auto& pattern = who_.patterns()[p];
    for (const std::size_t t : pattern.waves) {
      const Real units(static_cast<double>(who_.waves()[t].unit.size()));
      part.wave_df.push_back(entries_[t].df * Real(pattern.units) / units);
      // A wave without a figure has none to give.
      if (value_(index(t)) == value_(index(t)))
        part.df = std::min(part.df, part.wave_df.back());
    }
  }

  const linked_units& who_;
  const std::vector<double>& times_;
  typename estimate<Real>::vector value_;
  typename estimate<Real>::matrix v_;
  std::vector<entry<Real>> entries_;
  std::vector<Real> linkable_;  ///< the part of each variance that can link
  std::vector<presence_part<Real>> parts_;
};

}  // namespace baro::detail
