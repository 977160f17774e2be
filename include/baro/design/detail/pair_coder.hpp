// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/flat_index.hpp>
#include <baro/core/detail/presence_table.hpp>

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
  /// Does a table of all pairs stay small beside n rows? Otherwise they go through an index.
  static bool fits_table(std::size_t parents, std::size_t children, std::size_t n) {
    return parents * children <= std::max<std::size_t>(std::size_t{1} << 20, n / 4);
  }

  /// Every child, where there is one parent.
  static pair_coder of_children(std::size_t children) {
    pair_coder c;
    c.children_ = static_cast<std::int64_t>(children);
    c.parent_.assign(children, 0);
    return c;
  }

  /// Learns the pairs (parent[i], child(i)) in a table.
  template <class Child>
  static pair_coder learn_table(const std::int32_t* parent, std::size_t parents,
                                std::size_t children, std::size_t n, Child child) {
    pair_coder c;
    c.children_ = static_cast<std::int64_t>(children);
    c.table_.assign(parents * children, -1);
    mark_until_full(c.table_, n, [&](std::size_t i) { return c.key(parent[i], child(i)); });
    c.parent_.reserve(number_marked(c.table_));
    for (std::size_t k = 0; k < c.table_.size(); ++k)
      if (c.table_[k] >= 0) c.parent_.push_back(static_cast<std::int32_t>(k / children));
    if (c.parent_.size() == c.table_.size()) c.table_ = {};  // a pair's number is its key
    return c;
  }

  /// Learns the pairs through an index, and replaces `child[i]` by the number of its pair.
  static pair_coder learn_index(const std::int32_t* parent, std::int32_t* child,
                                std::size_t children, std::size_t n) {
    pair_coder c;
    c.children_ = static_cast<std::int64_t>(children);
    for (std::size_t i = 0; i < n; ++i)
      child[i] = c.index_.insert(static_cast<std::int64_t>(c.key(parent[i], child[i])));
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

  /// Replaces `parent[i]` by the number of the pair (parent[i], child[i]); pairs of a table.
  void number(std::int32_t* parent, const std::int32_t* child, std::size_t n) const {
    const auto children = static_cast<std::int32_t>(children_);
    if (table_.empty())
      for (std::size_t i = 0; i < n; ++i) parent[i] = parent[i] * children + child[i];
    else
      for (std::size_t i = 0; i < n; ++i) parent[i] = table_[key(parent[i], child[i])];
  }

  /// The number of a pair, −1 when it was not met.
  std::int32_t code(std::int32_t parent, std::int32_t child) const {
    if (child < 0) return -1;
    const std::int64_t key = parent * children_ + child;
    if (!table_.empty()) return table_[static_cast<std::size_t>(key)];
    if (rank_.empty()) return static_cast<std::int32_t>(key);
    const std::int32_t found = index_.find(key);
    return found < 0 ? -1 : rank_[static_cast<std::size_t>(found)];
  }

  std::size_t size() const noexcept { return parent_.size(); }
  const std::vector<std::int32_t>& parent() const noexcept { return parent_; }

 private:
  std::size_t key(std::int32_t parent, std::int32_t child) const {
    return static_cast<std::size_t>(parent * children_ + child);
  }

  std::int64_t children_ = 1;
  std::vector<std::int32_t> parent_;
  std::vector<std::int32_t>
      table_;  // key → number; with `rank_` empty too, a key is its number
  std::vector<std::int32_t> rank_;  // number in the index → number
  flat_index<std::int64_t, std::int64_t> index_;
};

}  // namespace baro::detail
