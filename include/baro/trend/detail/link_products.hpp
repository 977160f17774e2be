// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/trend/detail/linked_units.hpp>
#include <baro/trend/link_rule.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace baro::detail {

/// The matrix C of k figures, pattern by pattern: of a pattern of s waves s × s × k numbers,
/// both halves, the k figures side by side.
template <class Real>
class pattern_products {
 public:
  pattern_products() = default;
  pattern_products(const linked_units& who, std::size_t k) {
    std::size_t all = 0;
    first_.reserve(who.patterns().size());
    for (const auto& p : who.patterns()) {
      first_.push_back(all);
      all += p.waves.size() * p.waves.size() * k;
    }
    numbers_.assign(all, Real(0));
  }
  bool empty() const noexcept { return first_.empty(); }
  Real* operator[](std::size_t pattern) { return numbers_.data() + first_[pattern]; }
  const Real* operator[](std::size_t pattern) const {
    return numbers_.data() + first_[pattern];
  }

 private:
  std::vector<std::size_t> first_;
  std::vector<Real> numbers_;
};

/// C of k figures by `link_rule::pattern` or `stratum`, from the sums z of the units.
/// @param z  wave → units × k
template <class Real>
class link_products {
 public:
  link_products(const linked_units& who, const std::vector<std::vector<Real>>& z, std::size_t k)
      : who_(who), z_(z), k_(k), out_(who, k) {}

  pattern_products<Real> by_pattern() {
    for (const auto& c : who_.cells())
      if (c.units == 1) {
        find_strata();
        break;
      }
    find_cell_means();
    each_unit([&](std::size_t t, std::size_t u, const auto& c, std::size_t place) {
      if (c.units > 1) {
        const Real* const mean = cell_mean_.data() + place * k_;
        add_square(c, place - c.first, Real(c.units / (c.units - 1)), at(t, u), mean);
      } else {
        // Alone: the variance of its stratum stands for its own.
        const auto s = static_cast<std::size_t>(who_.waves()[t].stratum[u]);
        Real* const to = diagonal(c.pattern, place - c.first);
        for (std::size_t i = 0; i < k_; ++i) to[i] += variance_[t][s * k_ + i];
      }
    });
    each_pair([&](const auto& c, std::size_t a, std::size_t, const Real* z_a, std::size_t b,
                  std::size_t, const Real* z_b, std::size_t, std::size_t) {
      if (!(c.units > 1)) return;
      add_product(c, a, b, Real(c.units / (c.units - 1)), z_a,
                  cell_mean_.data() + (c.first + a) * k_, z_b,
                  cell_mean_.data() + (c.first + b) * k_);
    });
    return std::move(out_);
  }

  pattern_products<Real> by_stratum() {
    find_strata();
    each_unit([&](std::size_t t, std::size_t u, const auto& c, std::size_t place) {
      const auto s = static_cast<std::size_t>(who_.waves()[t].stratum[u]);
      const Real g = scale(t, s);
      add_square(c, place - c.first, Real(g * g), at(t, u), mean_[t].data() + s * k_);
    });
    each_pair([&](const auto& c, std::size_t a, std::size_t t, const Real* z_a, std::size_t b,
                  std::size_t s, const Real* z_b, std::size_t h_a, std::size_t h_b) {
      add_product(c, a, b, Real(scale(t, h_a) * scale(s, h_b)), z_a, mean_[t].data() + h_a * k_,
                  z_b, mean_[s].data() + h_b * k_);
    });
    return std::move(out_);
  }

 private:
  using cell = linked_units::cell;

  const Real* at(std::size_t t, std::size_t u) const { return z_[t].data() + u * k_; }
  std::size_t waves_of(const cell& c) const { return who_.patterns()[c.pattern].waves.size(); }
  Real* diagonal(std::size_t pattern, std::size_t a) {
    const std::size_t s = who_.patterns()[pattern].waves.size();
    return out_[pattern] + (a * s + a) * k_;
  }

  /// √(n/(n − 1)); 0 for a stratum of one unit, of which nothing can be told.
  Real scale(std::size_t t, std::size_t stratum) const {
    using std::sqrt;
    const Real n(who_.waves()[t].in_stratum[stratum]);
    return n > Real(1) ? Real(sqrt(Real(n / (n - 1)))) : Real(0);
  }

  void add_square(const cell& c, std::size_t a, const Real& factor, const Real* z,
                  const Real* mean) {
    Real* const to = diagonal(c.pattern, a);
    for (std::size_t i = 0; i < k_; ++i) {
      const Real r = z[i] - mean[i];
      to[i] += factor * r * r;
    }
  }

  void add_product(const cell& c, std::size_t a, std::size_t b, const Real& factor,
                   const Real* z_a, const Real* mean_a, const Real* z_b, const Real* mean_b) {
    const std::size_t s = waves_of(c);
    Real* const to = out_[c.pattern] + (a * s + b) * k_;
    Real* const mirror = out_[c.pattern] + (b * s + a) * k_;
    for (std::size_t i = 0; i < k_; ++i) {
      const Real x = factor * (z_a[i] - mean_a[i]) * (z_b[i] - mean_b[i]);
      to[i] += x;
      mirror[i] += x;
    }
  }

  /// Calls use(wave, unit, cell, place of the cell and wave) for every unit of every wave.
  template <class Use>
  void each_unit(Use use) {
    for (std::size_t t = 0; t < z_.size(); ++t) {
      // Where the wave stands in each pattern.
      std::vector<std::size_t> position;
      for (const auto& p : who_.patterns()) {
        std::size_t a = 0;
        while (a < p.waves.size() && p.waves[a] != t) ++a;
        position.push_back(a);
      }
      const auto& unit = who_.waves()[t].unit;
      for (std::size_t u = 0; u < unit.size(); ++u) {
        const cell& c = who_.cells()[static_cast<std::size_t>(
            who_.cell_of_unit()[static_cast<std::size_t>(unit[u])])];
        use(t, u, c, c.first + position[c.pattern]);
      }
    }
  }

  /// Calls use(cell, a, wave, z, b, wave, z, stratum, stratum) for every two waves a < b of
  /// every unit met more than once.
  template <class Use>
  void each_pair(Use use) {
    for (const auto& l : who_.linked_more()) {
      const cell& c = who_.cells()[static_cast<std::size_t>(l.cell)];
      const std::vector<std::size_t>& waves = who_.patterns()[c.pattern].waves;
      const std::int32_t* const units = who_.entries().data() + l.first;
      for (std::size_t b = 1; b < waves.size(); ++b)
        for (std::size_t a = 0; a < b; ++a) {
          const auto u_a = static_cast<std::size_t>(units[a]);
          const auto u_b = static_cast<std::size_t>(units[b]);
          const std::size_t t = waves[a], s = waves[b];
          use(c, a, t, at(t, u_a), b, s, at(s, u_b),
              static_cast<std::size_t>(who_.waves()[t].stratum[u_a]),
              static_cast<std::size_t>(who_.waves()[s].stratum[u_b]));
        }
    }
  }

  void find_cell_means() {
    cell_mean_.assign(who_.places() * k_, Real(0));
    each_unit([&](std::size_t t, std::size_t u, const cell&, std::size_t place) {
      const Real* const from = at(t, u);
      Real* const to = cell_mean_.data() + place * k_;
      for (std::size_t i = 0; i < k_; ++i) to[i] += from[i];
    });
    for (const cell& c : who_.cells())
      for (std::size_t j = c.first * k_; j < (c.first + waves_of(c)) * k_; ++j)
        cell_mean_[j] /= Real(c.units);
  }

  /// Means and variances of the units of each stratum of each wave.
  void find_strata() {
    for (std::size_t t = 0; t < z_.size(); ++t) {
      const auto& w = who_.waves()[t];
      std::vector<Real> mean(w.in_stratum.size() * k_, Real(0)), square(mean);
      const auto each = [&](auto use) {
        for (std::size_t u = 0; u < w.stratum.size(); ++u) {
          const Real* const from = at(t, u);
          const std::size_t first = static_cast<std::size_t>(w.stratum[u]) * k_;
          for (std::size_t i = 0; i < k_; ++i) use(first + i, from[i]);
        }
      };
      each([&](std::size_t j, const Real& x) { mean[j] += x; });
      for (std::size_t j = 0; j < mean.size(); ++j) mean[j] /= Real(w.in_stratum[j / k_]);
      each([&](std::size_t j, const Real& x) {
        const Real r = x - mean[j];
        square[j] += r * r;
      });
      for (std::size_t j = 0; j < square.size(); ++j) {
        const Real n(w.in_stratum[j / k_]);
        square[j] = n > Real(1) ? Real(square[j] / (n - 1)) : Real(0);
      }
      mean_.push_back(std::move(mean));
      variance_.push_back(std::move(square));
    }
  }

  const linked_units& who_;
  const std::vector<std::vector<Real>>& z_;
  std::size_t k_;
  pattern_products<Real> out_;
  std::vector<Real> cell_mean_;                     // place × k
  std::vector<std::vector<Real>> mean_, variance_;  // wave → stratum × k
};

}  // namespace baro::detail
