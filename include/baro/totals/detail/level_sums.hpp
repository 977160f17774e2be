// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/totals/detail/batch.hpp>
#include <baro/totals/shape.hpp>

#include <cstddef>
#include <cstdint>

namespace baro::detail {

/// Adds one batch of a variable with levels: one addition per row, at its level.
template <class Real, bool Rows, domain_mode Mode>
void add_levels(const totals_shape& shape, std::size_t v, const batch<Real>& b,
                const code_run& codes, Real* state) {
  const std::size_t levels = shape.variables()[v].columns, domains = shape.domains();
  const std::size_t size = Rows ? 1 + 2 * levels : levels;
  Real* const sums = state + shape.leaf_at(v, 0, 0);
  domain_sums<Real, 2, Mode == domain_mode::many> beside(shape, v, b.position, state);
  for_rows(b.count, [&]<std::size_t Lane>(std::size_t i) BARO_INLINE_LAMBDA {
    std::size_t domain = 0;
    if constexpr (Mode != domain_mode::all) {
      const std::int32_t in = b.domain[i];
      if (in < 0) return;
      domain = static_cast<std::size_t>(in);
    }
    const std::int32_t code = codes[i];
    if (code < 0) return;
    const auto level = static_cast<std::size_t>(code);
    const Real w = b.weight[i];
    if (!(w > Real(0))) return;  // keeps its place in the design, and that is all
    std::size_t cell = static_cast<std::size_t>(b.place[i]);
    if constexpr (Mode == domain_mode::many) cell = cell * domains + domain;
    Real* z = sums + cell * size;
    if constexpr (Rows) {
      z[0] += Real(1);
      z[1 + level] += w;
      z[1 + levels + level] += w * w;
    } else {
      z[level] += w;
    }
    beside.template at<Lane>(domain)[1] += w * w;
    beside.in_place(domain)[2 + level] += Real(1);
  });
}

}  // namespace baro::detail
