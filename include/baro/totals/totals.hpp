// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/totals/detail/kernel.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro {

/// The sums of a pass over respondents: a small, mergeable state.
///
/// Rows are cut in blocks of `shape.block_rows()`, each summed from zero; two neighbouring
/// blocks, then two neighbouring pairs, … are added as their tree fixes it. So the sums are the
/// same bits whether the rows come at once or one by one, from one thread or many, and in
/// whatever order the states of several machines are merged, provided each began at a block of
/// its own.
template <class Real = double>
class totals {
 public:
  /// @param first_block number of the block that the first row belongs to
  explicit totals(totals_shape shape, std::uint64_t first_block = 0)
      : shape_(std::move(shape)), block_(first_block) {}

  /// The state of rows that were summed elsewhere, all in one block.
  /// @param sums  as `sum()` gives them
  static totals of_sums(totals_shape shape, std::vector<Real> sums) {
    detail::check_size("totals", "sums", sums.size(), shape.size());
    totals t(std::move(shape));
    t.insert({0, 0, std::move(sums)});
    t.block_ = 1;
    return t;
  }

  const totals_shape& shape() const noexcept { return shape_; }
  /// Number of the block that the next row belongs to.
  std::uint64_t block() const noexcept { return block_; }
  /// Rows until the block begun is full; 0 where the next row begins one.
  std::size_t room() const noexcept {
    return open_rows_ == 0 ? 0 : shape_.block_rows() - open_rows_;
  }

  /// Adds rows `first` … `first + count − 1`, after those added before.
  void add(const detail::respondents& rows, std::size_t first, std::size_t count) {
    detail::kernel<Real> kernel(shape_, rows);
    const std::size_t block_rows = shape_.block_rows();
    while (count > 0) {
      if (open_.empty()) open_.assign(shape_.size(), Real(0));
      const std::size_t n = std::min(count, block_rows - open_rows_);
      kernel.add(first, n, open_rows_, open_.data());
      open_rows_ += n;
      first += n;
      count -= n;
      if (open_rows_ == block_rows) close();
    }
  }

  /// Adds the rows of another state of the same shape; those blocks must not be in this one.
  /// Further rows then begin a new block, after all others.
  /// @throws value_error another shape, or the same block twice
  void merge(const totals& other) {
    if (shape_.fingerprint() != other.shape_.fingerprint())
      throw value_error(
          "merge: the two states do not hold the same design and variables, about the same "
          "centres (answers::about)");
    totals next = *this;  // a refusal leaves this state as it was
    next.close();
    for (const node& n : other.nodes_) next.insert(n);
    if (other.open_rows_ > 0) next.insert({0, other.block_, other.open_});
    for (const node& n : next.nodes_) next.block_ = std::max(next.block_, n.end());
    *this = std::move(next);
  }

  /// Adds the rows of a state that begins at this one's `block()`, this one having no room
  /// left; further rows then fill the block that state has begun.
  void go_on(totals&& next) {
    for (node& n : next.nodes_) insert(std::move(n));
    block_ = next.block_;
    open_ = std::move(next.open_);
    open_rows_ = next.open_rows_;
  }

  /// The sums over all rows: blocks are folded in the order of their tree.
  std::vector<Real> sum() const {
    std::vector<const node*> parts;
    for (const node& n : nodes_) parts.push_back(&n);
    std::sort(parts.begin(), parts.end(),
              [](const node* a, const node* b) { return a->begin() < b->begin(); });
    // The later, smaller parts first: that is how the tree would have grown.
    std::vector<Real> all;
    const auto put_before = [&all](const std::vector<Real>& left) {
      if (all.empty()) {
        all = left;
        return;
      }
      for (std::size_t k = 0; k < all.size(); ++k) all[k] = left[k] + all[k];
    };
    auto part = parts.rbegin();
    for (; part != parts.rend() && (*part)->begin() > block_; ++part) put_before((*part)->sums);
    if (open_rows_ > 0) put_before(open_);
    for (; part != parts.rend(); ++part) put_before((*part)->sums);
    if (all.empty()) all.assign(shape_.size(), Real(0));
    return all;
  }

  /// The state as plain bytes, for another process of the same build and byte order.
  std::vector<std::byte> to_bytes() const requires std::is_trivially_copyable_v<Real> {
    std::vector<std::byte> out;
    put(out, magic);
    put(out, static_cast<std::uint64_t>(sizeof(Real)));
    put(out, shape_.fingerprint());
    put(out, block_);
    put(out, static_cast<std::uint64_t>(open_rows_));
    put(out, static_cast<std::uint64_t>(nodes_.size()));
    for (const node& n : nodes_) {
      put(out, n.level);
      put(out, n.index);
      put_all(out, n.sums);
    }
    if (open_rows_ > 0) put_all(out, open_);
    return out;
  }

  /// Reads what `to_bytes` wrote.
  /// @throws value_error bytes of another shape, another type, cut short or too long
  static totals from_bytes(totals_shape shape, std::span<const std::byte> bytes) requires
      std::is_trivially_copyable_v<Real> {
    totals t(std::move(shape));
    reader in{bytes};
    if (in.number() != magic) throw value_error("from_bytes: not the bytes of a state");
    if (in.number() != sizeof(Real))
      throw value_error("from_bytes: the state holds numbers of another size");
    if (in.number() != t.shape_.fingerprint())
      throw value_error("from_bytes: the state is of another design or other variables");
    t.block_ = in.number();
    t.open_rows_ = static_cast<std::size_t>(in.number());
    const std::uint64_t nodes = in.number();
    if (t.open_rows_ >= t.shape_.block_rows() || nodes > 64)
      throw value_error("from_bytes: the state is damaged");
    for (std::uint64_t i = 0; i < nodes; ++i) {
      node n{in.number(), in.number(), {}};
      if (n.level > 62) throw value_error("from_bytes: the state is damaged");
      n.sums = in.template all<Real>(t.shape_.size());
      t.nodes_.push_back(std::move(n));
    }
    if (t.open_rows_ > 0) t.open_ = in.template all<Real>(t.shape_.size());
    if (!in.left.empty()) throw value_error("from_bytes: more bytes than the state has");
    return t;
  }

 private:
  /// The sum of the 2^level blocks from block index · 2^level on.
  struct node {
    std::uint64_t level = 0;
    std::uint64_t index = 0;
    std::vector<Real> sums;
    std::uint64_t begin() const noexcept { return index << level; }
    std::uint64_t end() const noexcept { return (index + 1) << level; }
  };

  static constexpr std::uint64_t magic = 0x3230'6f72'6162ULL;  // "baro02"

  void close() {
    if (open_rows_ == 0) return;
    insert({0, block_, std::move(open_)});
    open_.clear();
    open_rows_ = 0;
    ++block_;
  }

  void insert(node n) {
    for (const node& other : nodes_)
      if (n.begin() < other.end() && other.begin() < n.end())
        throw value_error("merge: block " + std::to_string(n.begin()) +
                          " is in both states, its rows would count twice");
    for (;;) {
      const auto sibling = std::find_if(nodes_.begin(), nodes_.end(), [&](const node& o) {
        return o.level == n.level && o.index == (n.index ^ 1U);
      });
      if (sibling == nodes_.end()) break;
      const std::vector<Real>& other = sibling->sums;
      const bool other_first = (n.index & 1U) != 0;
      for (std::size_t k = 0; k < n.sums.size(); ++k)
        n.sums[k] = other_first ? other[k] + n.sums[k] : n.sums[k] + other[k];
      n.level += 1;
      n.index >>= 1U;
      nodes_.erase(sibling);
    }
    nodes_.push_back(std::move(n));
  }

  template <class T>
  static void put(std::vector<std::byte>& out, const T& value) {
    const auto* p = reinterpret_cast<const std::byte*>(&value);
    out.insert(out.end(), p, p + sizeof value);
  }
  static void put_all(std::vector<std::byte>& out, const std::vector<Real>& values) {
    const auto* p = reinterpret_cast<const std::byte*>(values.data());
    out.insert(out.end(), p, p + values.size() * sizeof(Real));
  }

  struct reader {
    std::span<const std::byte> left;
    const std::byte* take(std::size_t bytes) {
      if (left.size() < bytes) throw value_error("from_bytes: the state is cut short");
      const std::byte* p = left.data();
      left = left.subspan(bytes);
      return p;
    }
    std::uint64_t number() {
      std::uint64_t x = 0;
      std::memcpy(&x, take(sizeof x), sizeof x);
      return x;
    }
    template <class T>
    std::vector<T> all(std::size_t count) {
      std::vector<T> values(count);
      const std::byte* p = take(count * sizeof(T));
      std::memcpy(values.data(), p, count * sizeof(T));
      return values;
    }
  };

  totals_shape shape_;
  std::uint64_t block_ = 0;
  std::vector<node> nodes_;
  std::vector<Real> open_;
  std::size_t open_rows_ = 0;
};

}  // namespace baro
