// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "sample.hpp"

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// The same numbers as the library's, for one design and one statistic, without the library.
/// Units are coded beforehand; a NaN is a missing answer; nothing is checked.
#define BY_HAND_INLINE __attribute__((always_inline))

namespace by_hand {

/// Row → PSU, PSU → stratum, both from 0.
struct coded_units {
  std::vector<std::int32_t> leaf;
  std::vector<std::size_t> stratum;
  std::size_t strata = 0;
  std::size_t size() const noexcept { return stratum.size(); }
};

inline coded_units code_units(const bench::sample& s) {
  coded_units u;
  u.strata = bench::sample::strata;
  for (std::size_t p = 0; p < u.strata * bench::sample::psus; ++p)
    u.stratum.push_back(p / bench::sample::psus);
  u.leaf.reserve(s.size());
  for (std::size_t i = 0; i < s.size(); ++i)
    u.leaf.push_back((s.stratum[i] - 1) * bench::sample::psus + s.psu[i] - 1);
  return u;
}

struct figure {
  double value = 0, standard_error = 0, deff = 0, n = 0, effective_n = 0;
};

struct figures {
  std::vector<figure> entries;
  Eigen::MatrixXd covariance;
};

/// V = Σ_h n_h/(n_h − 1) Σ_a (u_a − ū_h)(u_a − ū_h)ᵀ for PSU totals `u` (PSUs × k), which are
/// overwritten.
inline Eigen::MatrixXd covariance_of(const coded_units& units, Eigen::MatrixXd& u) {
  const Eigen::Index k = u.cols(), strata = static_cast<Eigen::Index>(units.strata);
  Eigen::MatrixXd mean = Eigen::MatrixXd::Zero(strata, k);
  std::vector<double> count(units.strata), scale(units.strata);
  for (const std::size_t h : units.stratum) count[h] += 1;
  for (std::size_t h = 0; h < units.strata; ++h)
    scale[h] = std::sqrt(count[h] / (count[h] - 1));
  for (Eigen::Index j = 0; j < k; ++j) {
    double* const column = u.col(j).data();
    double* const m = mean.col(j).data();
    for (std::size_t p = 0; p < units.size(); ++p) m[units.stratum[p]] += column[p];
    for (std::size_t h = 0; h < units.strata; ++h) m[h] /= count[h];
    for (std::size_t p = 0; p < units.size(); ++p)
      column[p] = (column[p] - m[units.stratum[p]]) * scale[units.stratum[p]];
  }
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(k, k);
  v.selfadjointView<Eigen::Lower>().rankUpdate(u.transpose());
  v.triangularView<Eigen::StrictlyUpper>() = v.transpose();
  return v;
}

/// Four running sums in turn, so that an addition does not wait for the one before it.
struct lanes {
  double lane[4] = {};
  double sum() const { return (lane[0] + lane[1]) + (lane[2] + lane[3]); }
};

/// row(i, lane) for every row. With rows inlined, all sums of a loop stay in registers.
template <class Row>
BY_HAND_INLINE inline void for_rows(std::size_t n, Row row) {
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    row(i, 0);
    row(i + 1, 1);
    row(i + 2, 2);
    row(i + 3, 3);
  }
  for (; i < n; ++i) row(i, 0);
}

}  // namespace by_hand
