// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "by_hand.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

/// Mean, means by domain and ratio, each in one loop over the columns.
namespace by_hand {

/// Sums about the first answer: (w, w d) by PSU, Σ w² and Σ w d² overall.
inline figure mean(const bench::sample& s, const coded_units& units) {
  const double *const w = s.weight.data(), *const y = s.y.data(), center = y[0];
  const std::int32_t* const leaf = units.leaf.data();
  std::vector<double> sums(2 * units.size());
  lanes ww, wdd, n;
  for_rows(s.size(), [&, z = sums.data()](std::size_t i, std::size_t lane) BY_HAND_INLINE {
    const double d = y[i] - center;
    if (!(d == d)) return;
    const double wd = w[i] * d;
    double* const p = z + 2 * leaf[i];
    p[0] += w[i];
    p[1] += wd;
    ww.lane[lane] += w[i] * w[i];
    wdd.lane[lane] += wd * d;
    n.lane[lane] += 1;
  });
  double all = 0, deviation = 0;
  for (std::size_t p = 0; p < units.size(); ++p) {
    all += sums[2 * p];
    deviation += sums[2 * p + 1];
  }
  deviation /= all;
  Eigen::MatrixXd u(units.size(), 1);
  for (std::size_t p = 0; p < units.size(); ++p)
    u.data()[p] = (sums[2 * p + 1] - deviation * sums[2 * p]) / all;
  const double v = covariance_of(units, u)(0, 0);
  const double srs = (wdd.sum() / all - deviation * deviation) / (n.sum() - 1);
  return {center + deviation, std::sqrt(v), v / srs, n.sum(), all * all / ww.sum()};
}

/// The means of 25 domains with the covariance between them: (w, w d) by PSU and domain.
inline figures domain_means(const bench::sample& s, const coded_units& units) {
  constexpr std::size_t domains = bench::sample::domains;
  const double *const w = s.weight.data(), *const y = s.y.data(), center = y[0];
  const std::int32_t *const leaf = units.leaf.data(), *const domain = s.domain.data();
  std::vector<double> sums(2 * units.size() * domains), beside(4 * 2 * domains);
  for_rows(s.size(), [&, z = sums.data(), b = beside.data()](std::size_t i,
                                                             std::size_t lane) BY_HAND_INLINE {
    const double d = y[i] - center;
    if (!(d == d)) return;
    const std::int32_t k = domain[i] - 1;
    const double wd = w[i] * d;
    double* const p = z + 2 * (leaf[i] * static_cast<std::int32_t>(domains) + k);
    p[0] += w[i];
    p[1] += wd;
    double* const a = b + 4 * (2 * static_cast<std::size_t>(k) + lane % 2);
    a[0] += 1;
    a[1] += w[i] * w[i];
    a[2] += wd * d;
  });
  std::vector<double> all(domains), deviation(domains);
  for (std::size_t p = 0; p < units.size(); ++p)
    for (std::size_t k = 0; k < domains; ++k) {
      all[k] += sums[2 * (p * domains + k)];
      deviation[k] += sums[2 * (p * domains + k) + 1];
    }
  Eigen::MatrixXd u(units.size(), domains);
  for (std::size_t k = 0; k < domains; ++k) {
    deviation[k] /= all[k];
    double* const column = u.col(static_cast<Eigen::Index>(k)).data();
    for (std::size_t p = 0; p < units.size(); ++p) {
      const double* const z = &sums[2 * (p * domains + k)];
      column[p] = (z[1] - deviation[k] * z[0]) / all[k];
    }
  }
  figures out;
  out.covariance = covariance_of(units, u);
  for (std::size_t k = 0; k < domains; ++k) {
    const double *const a = &beside[8 * k], n = a[0] + a[4], ww = a[1] + a[5];
    const double v = out.covariance.diagonal()(static_cast<Eigen::Index>(k));
    const double srs = ((a[2] + a[6]) / all[k] - deviation[k] * deviation[k]) / (n - 1);
    out.entries.push_back(
        {center + deviation[k], std::sqrt(v), v / srs, n, all[k] * all[k] / ww});
  }
  return out;
}

/// R = Σ w y / Σ w x. The sums are about 0: u = w (y − R x) / Σ w x needs no Σ w by PSU.
inline figure ratio(const bench::sample& s, const coded_units& units) {
  const double *const w = s.weight.data(), *const y = s.y.data(), *const x = s.x.data();
  const std::int32_t* const leaf = units.leaf.data();
  std::vector<double> sums(2 * units.size());
  lanes all, ww, wyy, wxy, wxx, n;
  for_rows(s.size(), [&, z = sums.data()](std::size_t i, std::size_t lane) BY_HAND_INLINE {
    if (!(y[i] + x[i] == y[i] + x[i])) return;
    const double wy = w[i] * y[i], wx = w[i] * x[i];
    double* const p = z + 2 * leaf[i];
    p[0] += wy;
    p[1] += wx;
    all.lane[lane] += w[i];
    ww.lane[lane] += w[i] * w[i];
    wyy.lane[lane] += wy * y[i];
    wxy.lane[lane] += wy * x[i];
    wxx.lane[lane] += wx * x[i];
    n.lane[lane] += 1;
  });
  double ty = 0, tx = 0;
  for (std::size_t p = 0; p < units.size(); ++p) {
    ty += sums[2 * p];
    tx += sums[2 * p + 1];
  }
  const double r = ty / tx, mean_x = tx / all.sum();
  Eigen::MatrixXd u(units.size(), 1);
  for (std::size_t p = 0; p < units.size(); ++p)
    u.data()[p] = (sums[2 * p] - r * sums[2 * p + 1]) / tx;
  const double v = covariance_of(units, u)(0, 0);
  const double square = (wyy.sum() - 2 * r * wxy.sum() + r * r * wxx.sum()) / all.sum();
  const double srs = square / (n.sum() - 1) / (mean_x * mean_x);
  return {r, std::sqrt(v), v / srs, n.sum(), all.sum() * all.sum() / ww.sum()};
}

}  // namespace by_hand
