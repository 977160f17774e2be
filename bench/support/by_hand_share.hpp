// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "by_hand.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace by_hand {

struct shares {
  figures of;
  std::vector<double> counts;  ///< respondents who hold the level
};

/// The shares of five levels with their covariance: Σ w by PSU and level. The five counts are
/// kept in one register, 12 bits each, emptied every 4092 rows.
inline shares share(const bench::sample& s, const coded_units& units) {
  constexpr std::size_t levels = bench::sample::levels, room = 8, block = 4092;
  const double* const w = s.weight.data();
  const std::int32_t *const leaf = units.leaf.data(), *const q = s.question.data();
  std::vector<double> sums(room * units.size());
  std::array<std::uint64_t, levels> count{};
  lanes ww;
  for (std::size_t first = 0; first < s.size(); first += block) {
    std::uint64_t packed = 0;
    const std::size_t n = std::min(block, s.size() - first);
    for_rows(n, [&, z = sums.data()](std::size_t j, std::size_t lane) BY_HAND_INLINE {
      const std::size_t i = first + j;
      const auto k = static_cast<std::uint32_t>(q[i] - 1);
      if (k >= levels) return;
      z[room * static_cast<std::size_t>(leaf[i]) + k] += w[i];
      ww.lane[lane] += w[i] * w[i];
      packed += std::uint64_t{1} << (12 * k);
    });
    for (std::size_t k = 0; k < levels; ++k) count[k] += (packed >> (12 * k)) & 0xfff;
  }
  std::array<double, levels> total{};
  double all = 0, n = 0;
  for (std::size_t k = 0; k < levels; ++k) {
    for (std::size_t p = 0; p < units.size(); ++p) total[k] += sums[room * p + k];
    all += total[k];
    n += static_cast<double>(count[k]);
  }
  Eigen::MatrixXd u(units.size(), levels);
  for (std::size_t p = 0; p < units.size(); ++p) {
    const double* const z = &sums[room * p];
    double of_psu = 0;
    for (std::size_t k = 0; k < levels; ++k) of_psu += z[k];
    for (std::size_t k = 0; k < levels; ++k)
      u(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(k)) =
          (z[k] - total[k] / all * of_psu) / all;
  }
  shares out;
  out.of.covariance = covariance_of(units, u);
  for (std::size_t k = 0; k < levels; ++k) {
    const double p = total[k] / all, srs = p * (1 - p) / (n - 1);
    const double v = out.of.covariance.diagonal()(static_cast<Eigen::Index>(k));
    out.of.entries.push_back({p, std::sqrt(v), v / srs, n, all * all / ww.sum()});
    out.counts.push_back(static_cast<double>(count[k]));
  }
  return out;
}

}  // namespace by_hand
