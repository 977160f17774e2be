// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/totals/detail/batch.hpp>
#include <baro/totals/shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// How many respondents hold each level, in each domain: whole numbers, four lanes of them
/// where there is one domain, put into the state at the end of a run of batches.
class level_counts {
 public:
  level_counts(std::size_t levels, std::size_t domains)
      : levels_(levels), lanes_(domains == 1 ? 4 : 1), count_(levels * domains * lanes_) {}

  /// By lane and level, or by domain and level.
  std::uint32_t* at() noexcept { return count_.data(); }

  /// Where rows are units of one leaf and domains are many, the rows of a domain and their Σ w²
  /// are sums over its levels, taken here instead of row by row.
  static bool adds_up(const totals_shape& shape) noexcept {
    return shape.rows_are_units() && shape.leaves() == 1 && shape.domains() > 1;
  }

  template <class Real>
  void put(const totals_shape& shape, std::size_t v, Real* state) {
    if (adds_up(shape) && levels_ > 0)
      for (std::size_t domain = 0; domain < shape.domains(); ++domain) {
        Real* const z = state + shape.leaf_at(v, 0, domain);
        Real squares(0);
        for (std::size_t level = 0; level < levels_; ++level) {
          z[0] += Real(count_[domain * levels_ + level]);
          squares += z[1 + levels_ + level];
        }
        state[shape.domain_at(v, domain) + 1] = squares;
      }
    for (std::size_t k = 0; k < count_.size(); ++k) {
      if (count_[k] == 0) continue;
      const std::size_t domain = lanes_ == 1 ? k / levels_ : 0;
      state[shape.domain_at(v, domain) + 2 + k % levels_] += Real(count_[k]);
      count_[k] = 0;
    }
  }

 private:
  std::size_t levels_, lanes_;
  std::vector<std::uint32_t> count_;
};

/// Adds one batch of a variable with levels in many domains: where each row goes is worked out
/// first, so that the additions are a loop with nothing else in it.
/// @tparam AddsUp  `level_counts::adds_up`
template <class Real, bool Rows, bool AddsUp>
void add_levels_by_domain(const totals_shape& shape, std::size_t v, const batch<Real>& b,
                          const code_run& codes, level_counts& counts, Real* state) {
  const std::size_t levels = shape.variables()[v].columns, domains = shape.domains();
  const std::size_t size = Rows ? 1 + 2 * levels : levels;
  const std::size_t lanes = shape.domain_lanes(),
                    beside_size = shape.variables()[v].domain_size();
  const code_run domain_of = b.domain;
  const Real* const weights = b.weight;
  const std::int32_t* const place = b.place;
  std::array<std::size_t, batch<Real>::rows> unit, at, beside_at, count_at;
  std::array<Real, batch<Real>::rows> weight;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < b.count; ++i) {
    const std::int32_t in = domain_of[i], code = codes[i];
    const auto domain = static_cast<std::size_t>(in), level = static_cast<std::size_t>(code);
    const std::size_t leaf = AddsUp ? 0 : static_cast<std::size_t>(place[i]);
    const std::size_t first = (leaf * domains + domain) * size;
    at[rows] = first + (Rows ? 1 : 0) + level;
    count_at[rows] = domain * levels + level;
    if constexpr (!AddsUp) {
      unit[rows] = first;
      beside_at[rows] = (domain * lanes + ((b.position + i) & (lanes - 1))) * beside_size + 1;
    }
    weight[rows] = weights[i];
    // A row of weight 0 keeps its place in the design, and that is all.
    rows += static_cast<std::size_t>((in | code) >= 0 && weights[i] > Real(0));
  }
  Real* const sums = state + shape.leaf_at(v, 0, 0);
  Real* const beside = state + shape.domain_at(v, 0);
  std::uint32_t* const count = counts.at();
  for (std::size_t k = 0; k < rows; ++k) {
    const Real w = weight[k];
    Real* const z = sums + at[k];
    z[0] += w;
    if constexpr (Rows) z[levels] += w * w;
    if constexpr (Rows && !AddsUp) sums[unit[k]] += Real(1);
    if constexpr (!AddsUp) beside[beside_at[k]] += w * w;
    ++count[count_at[k]];
  }
}

/// Adds one batch of a variable with levels: one addition per row, at its level.
template <class Real, bool Rows, domain_mode Mode>
void add_levels(const totals_shape& shape, std::size_t v, const batch<Real>& b,
                const code_run& levels_of, level_counts& counts, Real* state) {
  if constexpr (Mode == domain_mode::many) {
    if constexpr (Rows)
      if (level_counts::adds_up(shape))
        return add_levels_by_domain<Real, Rows, true>(shape, v, b, levels_of, counts, state);
    return add_levels_by_domain<Real, Rows, false>(shape, v, b, levels_of, counts, state);
  }
  const std::size_t levels = shape.variables()[v].columns;
  const std::size_t size = Rows ? 1 + 2 * levels : levels;
  Real* const sums = state + shape.leaf_at(v, 0, 0);
  const Real* const weight = b.weight;
  const std::int32_t* const place = b.place;
  const code_run codes = levels_of, domain_of = b.domain;
  std::uint32_t* const count = counts.at();
  domain_sums<Real, 2, false> beside(shape, v, b.position, state);
  for_rows(b.count, [&]<std::size_t Lane>(std::size_t i) BARO_ALWAYS_INLINE {
    if constexpr (Mode != domain_mode::all)
      if (domain_of[i] < 0) [[unlikely]]
        return;
    const std::int32_t code = codes[i];
    const Real w = weight[i];
    // A row of weight 0 keeps its place in the design, and that is all.
    if (code < 0 || !(w > Real(0))) [[unlikely]]
      return;
    const auto level = static_cast<std::size_t>(code);
    Real* const z = sums + static_cast<std::size_t>(place[i]) * size;
    if constexpr (Rows) {
      z[0] += Real(1);
      z[1 + level] += w;
      z[1 + levels + level] += w * w;
    } else {
      z[level] += w;
    }
    beside.template at<Lane>(0)[1] += w * w;
    ++count[Lane * levels + level];
  });
}

}  // namespace baro::detail
