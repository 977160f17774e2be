// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/flat_index.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace baro::detail {

/// Numbers the pairs (parent, child) that occur, in the order of parent, then child. `parent`
/// of each pair is kept: that is the tree of the design.
class pair_coder {
 public:
  /// Replaces `child[i]` by the number of the pair (parent[i], child[i]). A null `parent` is 0
  /// for every row.
  static pair_coder learn(const std::int32_t* parent, std::size_t parents, std::int32_t* child,
                          std::size_t children, std::size_t n) {
    pair_coder c;
    c.children_ = static_cast<std::int64_t>(children);
    const std::size_t cells = parents * children;
    if (cells <= std::max<std::size_t>(std::size_t{1} << 20, n / 4)) {
      c.table_.assign(cells, -1);
      for (std::size_t i = 0; i < n; ++i) c.table_[c.key(parent, child, i)] = 0;
      for (std::size_t k = 0; k < cells; ++k) {
        if (c.table_[k] < 0) continue;
        c.table_[k] = static_cast<std::int32_t>(c.parent_.size());
        c.parent_.push_back(static_cast<std::int32_t>(k / children));
      }
      for (std::size_t i = 0; i < n; ++i) child[i] = c.table_[c.key(parent, child, i)];
      return c;
    }
    for (std::size_t i = 0; i < n; ++i)
      child[i] = c.index_.insert(static_cast<std::int64_t>(c.key(parent, child, i)));
    const auto& keys = c.index_.keys();
    std::vector<std::int32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
      return keys[static_cast<std::size_t>(a)] < keys[static_cast<std::size_t>(b)];
    });
    c.rank_.resize(keys.size());
    for (const std::int32_t k : order) {
      c.rank_[static_cast<std::size_t>(k)] = static_cast<std::int32_t>(c.parent_.size());
      c.parent_.push_back(
          static_cast<std::int32_t>(keys[static_cast<std::size_t>(k)] / c.children_));
    }
    for (std::size_t i = 0; i < n; ++i) child[i] = c.rank_[static_cast<std::size_t>(child[i])];
    return c;
  }

  /// The number of a pair, −1 when it was not met.
  std::int32_t code(std::int32_t parent, std::int32_t child) const {
    if (child < 0) return -1;
    const std::int64_t key = parent * children_ + child;
    if (!table_.empty()) return table_[static_cast<std::size_t>(key)];
    const std::int32_t found = index_.find(key);
    return found < 0 ? -1 : rank_[static_cast<std::size_t>(found)];
  }

  std::size_t size() const noexcept { return parent_.size(); }
  const std::vector<std::int32_t>& parent() const noexcept { return parent_; }

 private:
  std::size_t key(const std::int32_t* parent, const std::int32_t* child, std::size_t i) const {
    const std::int64_t p = parent == nullptr ? 0 : parent[i];
    return static_cast<std::size_t>(p * children_ + child[i]);
  }

  std::int64_t children_ = 1;
  std::vector<std::int32_t> parent_;
  std::vector<std::int32_t> table_;
  std::vector<std::int32_t> rank_;
  flat_index<std::int64_t, std::int64_t> index_;
};

}  // namespace baro::detail
