// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/trend/detail/linked_units.hpp>
#include <baro/trend/link_rule.hpp>

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// The symmetric matrix T with T C T = V where V has no more directions than C: the square root
/// of the one carried to that of the other without turning,
///   T = C^(−½) (C^½ V C^½)^½ C^(−½)
/// which is √(V/C) for one figure and does not depend on the order of several. Directions that
/// C does not have stay without.
template <class Real>
Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> carried(
    const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& c,
    const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>& v) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  using std::sqrt;
  const Eigen::Index k = c.rows();
  // Figures of any size side by side: on the scale of their standard errors.
  vector scale(k), back(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const bool there = v(i, i) > Real(0) && c(i, i) > Real(0);
    back(i) = there ? Real(sqrt(Real(v(i, i)))) : Real(0);
    scale(i) = there ? Real(1 / back(i)) : Real(0);
  }
  const matrix from = scale.asDiagonal() * c * scale.asDiagonal();
  const matrix to = scale.asDiagonal() * v * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<matrix> eigen(from);
  const Real least = eigen.eigenvalues().maxCoeff() * Real(static_cast<double>(k)) *
                     Real(sqrt(Real(std::numeric_limits<Real>::epsilon()))) / 1024;
  vector root(k), inverse(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const Real& x = eigen.eigenvalues()(i);
    root(i) = x > least ? Real(sqrt(x)) : Real(0);
    inverse(i) = x > least ? Real(1 / sqrt(x)) : Real(0);
  }
  const matrix q = eigen.eigenvectors();
  const matrix half = q * root.asDiagonal() * q.transpose();
  const matrix unhalf = q * inverse.asDiagonal() * q.transpose();
  const Eigen::SelfAdjointEigenSolver<matrix> middle(matrix(half * to * half));
  vector square_root(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const Real& x = middle.eigenvalues()(i);
    square_root(i) = x > Real(0) ? Real(sqrt(x)) : Real(0);
  }
  const matrix m =
      middle.eigenvectors() * square_root.asDiagonal() * middle.eigenvectors().transpose();
  return back.asDiagonal() * (unhalf * m * unhalf) * scale.asDiagonal();
}

/// C of all figures of all waves, by `link_rule::pattern` or `stratum`: wave after wave.
/// @param z  wave → units × k of that wave
template <class Real>
class joint_link {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using rows =
      Eigen::Map<const Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

  joint_link(const linked_units& who, const std::vector<std::vector<Real>>& z,
             const std::vector<std::size_t>& figures, link_rule rule)
      : who_(who), by_cells_(rule == link_rule::pattern) {
    std::size_t all = 0;
    for (std::size_t t = 0; t < z.size(); ++t) {
      first_.push_back(static_cast<Eigen::Index>(all));
      all += figures[t];
      const auto units = static_cast<Eigen::Index>(who.waves()[t].unit.size());
      z_.emplace_back(z[t].data(), units, static_cast<Eigen::Index>(figures[t]));
    }
    c_ = matrix::Zero(static_cast<Eigen::Index>(all), static_cast<Eigen::Index>(all));
    find_means();
    for (std::size_t t = 0; t < z_.size(); ++t) add_wave(t);
    add_pairs();
  }

  matrix c() && { return std::move(c_); }

 private:
  using cell = linked_units::cell;
  auto row(std::size_t t, std::size_t u) const {
    return z_[t].row(static_cast<Eigen::Index>(u));
  }
  auto block(std::size_t t, std::size_t s) {
    return c_.block(first_[t], first_[s], z_[t].cols(), z_[s].cols());
  }
  const cell& cell_of(std::size_t t, std::size_t u) const {
    return who_.cells()[static_cast<std::size_t>(
        who_.cell_of_unit()[static_cast<std::size_t>(who_.waves()[t].unit[u])])];
  }
  std::size_t position(const cell& c, std::size_t t) const {
    const auto& waves = who_.patterns()[c.pattern].waves;
    std::size_t a = 0;
    while (waves[a] != t) ++a;
    return a;
  }

  void find_means() {
    cell_mean_.resize(who_.places());
    for (std::size_t t = 0; t < z_.size(); ++t) {
      const auto& w = who_.waves()[t];
      const auto strata = static_cast<Eigen::Index>(w.in_stratum.size());
      matrix mean = matrix::Zero(strata, z_[t].cols());
      for (std::size_t u = 0; u < w.unit.size(); ++u) {
        const cell& c = cell_of(t, u);
        matrix& of_cell = cell_mean_[c.first + position(c, t)];
        if (of_cell.size() == 0) of_cell = matrix::Zero(1, z_[t].cols());
        of_cell += row(t, u) / Real(c.units);
        mean.row(w.stratum[u]) +=
            row(t, u) / Real(w.in_stratum[static_cast<std::size_t>(w.stratum[u])]);
      }
      stratum_mean_.push_back(std::move(mean));
    }
  }

  /// What a unit is away from the mean it is held against, times the root of its factor; empty
  /// where it is alone and brings no covariance.
  matrix away(std::size_t t, std::size_t u) const {
    using std::sqrt;
    const auto& w = who_.waves()[t];
    if (by_cells_) {
      const cell& c = cell_of(t, u);
      if (!(c.units > 1)) return {};
      const Real m(c.units);
      return Real(sqrt(Real(m / (m - Real(1))))) *
             (row(t, u) - cell_mean_[c.first + position(c, t)]);
    }
    const Real n(w.in_stratum[static_cast<std::size_t>(w.stratum[u])]);
    if (!(n > Real(1))) return {};
    return Real(sqrt(Real(n / (n - Real(1))))) *
           (row(t, u) - stratum_mean_[t].row(w.stratum[u]));
  }

  void add_wave(std::size_t t) {
    const auto& w = who_.waves()[t];
    std::vector<Real> alone(w.in_stratum.size(), Real(0));
    bool any_alone = false;
    for (std::size_t u = 0; u < w.unit.size(); ++u) {
      if (const matrix r = away(t, u); r.size() > 0) {
        block(t, t) += r.transpose() * r;
      } else if (by_cells_) {
        alone[static_cast<std::size_t>(w.stratum[u])] += Real(1);
        any_alone = true;
      }
    }
    if (!any_alone) return;
    // The variance of the stratum stands for that of each who is alone.
    for (std::size_t u = 0; u < w.unit.size(); ++u) {
      const auto h = static_cast<std::size_t>(w.stratum[u]);
      const Real n(w.in_stratum[h]);
      if (!(alone[h] > Real(0)) || !(n > Real(1))) continue;
      const matrix r = row(t, u) - stratum_mean_[t].row(w.stratum[u]);
      block(t, t) += Real(alone[h] / (n - Real(1))) * (r.transpose() * r);
    }
  }

  void add_pairs() {
    for (const auto& l : who_.linked_more()) {
      const cell& c = who_.cells()[static_cast<std::size_t>(l.cell)];
      const auto& waves = who_.patterns()[c.pattern].waves;
      std::vector<matrix> r;
      for (std::size_t a = 0; a < waves.size(); ++a)
        r.push_back(away(waves[a], static_cast<std::size_t>(who_.entries()[l.first + a])));
      for (std::size_t b = 1; b < waves.size(); ++b)
        for (std::size_t a = 0; a < b; ++a) {
          if (r[a].size() == 0 || r[b].size() == 0) continue;
          const matrix product = r[a].transpose() * r[b];
          block(waves[a], waves[b]) += product;
          block(waves[b], waves[a]) += product.transpose();
        }
    }
  }

  const linked_units& who_;
  bool by_cells_;
  std::vector<Eigen::Index> first_;
  std::vector<rows> z_;
  std::vector<matrix> cell_mean_, stratum_mean_;
  matrix c_;
};

}  // namespace baro::detail
