// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/categories.hpp>
#include <baro/totals/shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

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

/// Running sums of K numbers of a domain while a batch is added. Of a single domain they are
/// held in registers, in four lanes: row i goes to the lane of its place in the block, so that
/// a stream cut anywhere gives the same bits. Of many domains they are added in place.
template <class Real, std::size_t K, bool Many>
class domain_sums {
 public:
  domain_sums(const totals_shape& shape, std::size_t variable, std::size_t position,
              Real* state)
      : base_(state + shape.domain_at(variable, 0)),
        size_(shape.variables()[variable].domain_size()),
        position_(position) {
    if constexpr (!Many)
      for (std::size_t l = 0; l < 4; ++l)
        for (std::size_t k = 0; k < K; ++k) lane_[l][k] = place(l)[k];
  }
  domain_sums(const domain_sums&) = delete;
  domain_sums& operator=(const domain_sums&) = delete;
  ~domain_sums() {
    if constexpr (!Many)
      for (std::size_t l = 0; l < 4; ++l)
        for (std::size_t k = 0; k < K; ++k) place(l)[k] = lane_[l][k];
  }

  /// The sums of a row whose place among four is `Lane`.
  template <std::size_t Lane>
  Real* at(std::size_t domain) {
    if constexpr (!Many) return lane_[Lane].data();
    return base_ + domain * size_;
  }
  /// Sums that need no lanes (counts are exact) or have no registers.
  Real* in_place(std::size_t domain) const { return base_ + (Many ? domain * size_ : 0); }

 private:
  Real* place(std::size_t lane) const { return base_ + ((position_ + lane) & 3) * size_; }

  Real* base_;
  std::size_t size_, position_;
  std::array<std::array<Real, K>, 4> lane_{};
};

/// Calls `row.template operator()<Lane>(i)` for each row, four at a time.
template <class Row>
void for_rows(std::size_t n, Row row) {
  for (std::size_t i = 0; i < n; i += 4) {
    row.template operator()<0>(i);
    if (i + 1 < n) row.template operator()<1>(i + 1);
    if (i + 2 < n) row.template operator()<2>(i + 2);
    if (i + 3 < n) row.template operator()<3>(i + 3);
  }
}

}  // namespace baro::detail
