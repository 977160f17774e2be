// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/totals/detail/batch.hpp>
#include <baro/totals/shape.hpp>

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

  template <class Real>
  void put(const totals_shape& shape, std::size_t v, Real* state) {
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

/// Adds one batch of a variable with levels: one addition per row, at its level.
template <class Real, bool Rows, domain_mode Mode>
void add_levels(const totals_shape& shape, std::size_t v, const batch<Real>& b,
                const code_run& levels_of, level_counts& counts, Real* state) {
  constexpr bool many = Mode == domain_mode::many;
  const std::size_t levels = shape.variables()[v].columns, domains = shape.domains();
  const std::size_t size = Rows ? 1 + 2 * levels : levels;
  Real* const sums = state + shape.leaf_at(v, 0, 0);
  const Real* const weight = b.weight;
  const std::int32_t* const place = b.place;
  const code_run codes = levels_of, domain_of = b.domain;
  std::uint32_t* const count = counts.at();
  domain_sums<Real, 2, many> beside(shape, v, b.position, state);
  for_rows(b.count, [&]<std::size_t Lane>(std::size_t i) BARO_ALWAYS_INLINE {
    std::size_t domain = 0;
    if constexpr (Mode != domain_mode::all) {
      const std::int32_t in = domain_of[i];
      if (in < 0) [[unlikely]]
        return;
      domain = static_cast<std::size_t>(in);
    }
    const std::int32_t code = codes[i];
    const Real w = weight[i];
    // A row of weight 0 keeps its place in the design, and that is all.
    if (code < 0 || !(w > Real(0))) [[unlikely]]
      return;
    const auto level = static_cast<std::size_t>(code);
    std::size_t cell = static_cast<std::size_t>(place[i]);
    if constexpr (many) cell = cell * domains + domain;
    Real* const z = sums + cell * size;
    if constexpr (Rows) {
      z[0] += Real(1);
      z[1 + level] += w;
      z[1 + levels + level] += w * w;
    } else {
      z[level] += w;
    }
    beside.template at<Lane>(domain)[1] += w * w;
    ++count[(many ? domain : Lane) * levels + level];
  });
}

}  // namespace baro::detail
