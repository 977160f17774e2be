// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// Sets the entries of `table` (all −1) that occur among at(0) … at(n − 1) to 0. Ends as soon
/// as every entry has occurred, which for the labels of a survey is after a few thousand rows.
template <class At>
void mark_until_full(std::vector<std::int32_t>& table, std::size_t n, At at) {
  constexpr std::size_t stretch = 1024;
  std::size_t marked = 0;  // entries before this one have occurred
  for (std::size_t first = 0; first < n; first += stretch) {
    const std::size_t last = std::min(n, first + stretch);
    for (std::size_t i = first; i < last; ++i) table[at(i)] = 0;
    while (marked < table.size() && table[marked] == 0) ++marked;
    if (marked == table.size()) return;
  }
}

/// Numbers the marked entries 0, 1, … in their order; @returns how many there are.
inline std::size_t number_marked(std::vector<std::int32_t>& table) {
  std::int32_t next = 0;
  for (std::int32_t& entry : table)
    if (entry == 0) entry = next++;
  return static_cast<std::size_t>(next);
}

}  // namespace baro::detail
