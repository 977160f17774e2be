// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <map>
#include <vector>

namespace test {

/// One stage, by row: the stratum, the unit sampled in it, and which part of its units was.
struct naive_stage {
  std::vector<int> stratum, unit;
  std::vector<double> fraction;
};

/// The formula as textbooks write it, row lists and all, as a second opinion:
///   Σ_h (1 − f_h) n_h/(n_h − 1) Σ_a (z_a − z̄_h)(z′_a − z̄′_h) + Σ_h f_h Σ_a (the same in a)
/// Strata of one unit add nothing. Later stages count only below a fraction that is not 0.
template <class Real>
Real naive_covariance(const std::vector<naive_stage>& stages, const std::vector<Real>& u,
                      const std::vector<Real>& v, const std::vector<std::size_t>& rows,
                      std::size_t s = 0) {
  Real sum(0);
  if (s == stages.size()) return sum;
  std::map<int, std::map<int, std::vector<std::size_t>>> cells;
  for (const std::size_t i : rows) cells[stages[s].stratum[i]][stages[s].unit[i]].push_back(i);
  for (const auto& [stratum, units] : cells) {
    const auto n = static_cast<double>(units.size());
    const double f = stages[s].fraction[units.begin()->second.front()];
    std::vector<Real> zu, zv;
    Real mean_u(0), mean_v(0);
    for (const auto& [unit, members] : units) {
      Real tu(0), tv(0);
      for (const std::size_t i : members) {
        tu += u[i];
        tv += v[i];
      }
      zu.push_back(tu);
      zv.push_back(tv);
      mean_u += tu / Real(n);
      mean_v += tv / Real(n);
      if (f > 0) sum += Real(f) * naive_covariance(stages, u, v, members, s + 1);
    }
    if (units.size() < 2) continue;
    Real cross(0);
    for (std::size_t a = 0; a < zu.size(); ++a) cross += (zu[a] - mean_u) * (zv[a] - mean_v);
    sum += Real(1 - f) * Real(n) / Real(n - 1) * cross;
  }
  return sum;
}

/// All rows.
template <class Real>
Real naive_covariance(const std::vector<naive_stage>& stages, const std::vector<Real>& u,
                      const std::vector<Real>& v) {
  std::vector<std::size_t> rows(u.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  return naive_covariance(stages, u, v, rows);
}

}  // namespace test
