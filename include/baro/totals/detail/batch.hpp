// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/totals/shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace baro::detail {

/// Whether rows can lie outside, and whether there is more than one domain.
enum class domain_mode { all, mask, many };

/// A few hundred rows on their way into a state: pointers into the host's columns, or into
/// small buffers where a column had to be converted.
template <class Real>
struct batch {
  static constexpr std::size_t rows = 512;

  std::size_t first = 0;  ///< row of the host's columns
  std::size_t count = 0;
  std::size_t position = 0;  ///< place of the first row in its block
  const Real* weight = nullptr;
  const std::int32_t* leaf = nullptr;
  const std::int32_t* place = nullptr;  ///< leaf, or its lane where several lanes share a leaf
  code_run domain{};                    ///< used only where there are domains
};

/// The first K sums of a domain while a batch is added, in lanes: row i goes to the lane of its
/// place in the block, so that a stream cut anywhere gives the same bits. Of a single domain
/// four lanes are held in registers; many domains are added in place, in two lanes.
template <class Real, std::size_t K, bool Many>
class domain_sums {
 public:
  BARO_ALWAYS_INLINE domain_sums(const totals_shape& shape, std::size_t variable,
                                 std::size_t position, Real* state)
      : base_(state + shape.domain_at(variable, 0)),
        size_(shape.variables()[variable].domain_size()),
        position_(position & (lanes - 1)) {
    if constexpr (!Many) each_place([](Real& lane, const Real& sum) { lane = sum; });
  }
  domain_sums(const domain_sums&) = delete;
  domain_sums& operator=(const domain_sums&) = delete;
  BARO_ALWAYS_INLINE ~domain_sums() {
    if constexpr (!Many) each_place([](const Real& lane, Real& sum) { sum = lane; });
  }

  /// The sums of a row whose place among four is `Lane`.
  template <std::size_t Lane>
  BARO_ALWAYS_INLINE Real* at(std::size_t domain) {
    if constexpr (Many) return in_place(domain) + ((position_ + Lane) & 1) * size_;
    if constexpr (Lane == 0) return lane0_.data();
    if constexpr (Lane == 1) return lane1_.data();
    if constexpr (Lane == 2) return lane2_.data();
    return lane3_.data();
  }
  /// All sums of a domain, for those after the Kth: they have no registers.
  BARO_ALWAYS_INLINE Real* in_place(std::size_t domain) const {
    return base_ + (Many ? domain * (lanes * size_) : 0);
  }

 private:
  static constexpr std::size_t lanes = totals_shape::domain_lanes_of(Many);

  BARO_ALWAYS_INLINE Real* place(std::size_t lane) const {
    return base_ + ((position_ + lane) & 3) * size_;
  }
  /// Calls `move` for each sum of each lane; spelled out, or the lanes would not be registers.
  template <class F>
  BARO_ALWAYS_INLINE void each_place(F move) {
    [&]<std::size_t... k>(std::index_sequence<k...>) BARO_ALWAYS_INLINE {
      (move(lane0_[k], place(0)[k]), ...);
      (move(lane1_[k], place(1)[k]), ...);
      (move(lane2_[k], place(2)[k]), ...);
      (move(lane3_[k], place(3)[k]), ...);
    }
    (std::make_index_sequence<K>());
  }

  Real* base_;
  std::size_t size_, position_;
  std::array<Real, K> lane0_{}, lane1_{}, lane2_{}, lane3_{};
};

/// Calls `row.template operator()<Lane>(i)` for each row, four at a time.
template <class Row>
void for_rows(std::size_t n, Row row) {
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    row.template operator()<0>(i);
    row.template operator()<1>(i + 1);
    row.template operator()<2>(i + 2);
    row.template operator()<3>(i + 3);
  }
  if (i < n) row.template operator()<0>(i);
  if (i + 1 < n) row.template operator()<1>(i + 1);
  if (i + 2 < n) row.template operator()<2>(i + 2);
}

}  // namespace baro::detail
