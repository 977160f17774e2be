// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/flat_index.hpp>
#include <baro/trend/detail/linked_units.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// ρ = Σ r s / √(Σ r² Σ s²) of k figures in two waves, r and s about the means of the cells
/// (stratum in the one × stratum in the other, or absent); 0 where one of them does not vary.
/// @param z_a, z_b  units of the wave × k
template <class Real>
std::vector<Real> berger_priam_correlation(const linked_units& who, std::size_t a,
                                           std::size_t b, const std::vector<Real>& z_a,
                                           const std::vector<Real>& z_b, std::size_t k) {
  const auto& in_a = who.waves()[a];
  const auto& in_b = who.waves()[b];
  // The unit of a wave that a unit is in the other one, or −1.
  std::vector<std::int32_t> there(who.units(), -1);
  for (std::size_t u = 0; u < in_b.unit.size(); ++u)
    there[static_cast<std::size_t>(in_b.unit[u])] = static_cast<std::int32_t>(u);
  std::vector<std::int32_t> other_of_a, other_of_b(in_b.unit.size(), -1);
  for (std::size_t u = 0; u < in_a.unit.size(); ++u) {
    const std::int32_t other = there[static_cast<std::size_t>(in_a.unit[u])];
    other_of_a.push_back(other);
    if (other >= 0) other_of_b[static_cast<std::size_t>(other)] = static_cast<std::int32_t>(u);
  }
  const auto centred = [k](const auto& own, const auto& beside,
                           const std::vector<std::int32_t>& other, const std::vector<Real>& z) {
    flat_index<std::int64_t, std::int64_t> index;
    std::vector<std::int32_t> cell(own.unit.size());
    const auto strata = static_cast<std::int64_t>(beside.in_stratum.size()) + 1;
    for (std::size_t u = 0; u < cell.size(); ++u)
      cell[u] = index.insert(
          own.stratum[u] * strata +
          (other[u] < 0 ? 0 : 1 + beside.stratum[static_cast<std::size_t>(other[u])]));
    std::vector<Real> mean(index.size() * k, Real(0)), count(index.size(), Real(0)), r(z);
    for (std::size_t u = 0; u < cell.size(); ++u) {
      const auto c = static_cast<std::size_t>(cell[u]);
      count[c] += Real(1);
      for (std::size_t i = 0; i < k; ++i) mean[c * k + i] += z[u * k + i];
    }
    for (std::size_t u = 0; u < cell.size(); ++u) {
      const auto c = static_cast<std::size_t>(cell[u]);
      for (std::size_t i = 0; i < k; ++i)
        r[u * k + i] =
            count[c] > Real(1) ? Real(r[u * k + i] - mean[c * k + i] / count[c]) : Real(0);
    }
    return r;
  };
  const std::vector<Real> r = centred(in_a, in_b, other_of_a, z_a);
  const std::vector<Real> s = centred(in_b, in_a, other_of_b, z_b);
  std::vector<Real> rr(k, Real(0)), ss(k, Real(0)), rs(k, Real(0)), out;
  for (std::size_t u = 0; u < r.size(); ++u) rr[u % k] += r[u] * r[u];
  for (std::size_t u = 0; u < s.size(); ++u) ss[u % k] += s[u] * s[u];
  for (std::size_t u = 0; u < other_of_a.size(); ++u)
    if (other_of_a[u] >= 0)
      for (std::size_t i = 0; i < k; ++i)
        rs[i] += r[u * k + i] * s[static_cast<std::size_t>(other_of_a[u]) * k + i];
  using std::sqrt;
  for (std::size_t i = 0; i < k; ++i)
    out.push_back(rr[i] * ss[i] > Real(0) ? Real(rs[i] / sqrt(Real(rr[i] * ss[i]))) : Real(0));
  return out;
}

}  // namespace baro::detail
