// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/column.hpp>
#include <baro/core/detail/flat_index.hpp>
#include <baro/core/detail/presence_table.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro {

/// The levels of a column of labels, numbered 0 … L − 1 in the order of the labels: integers
/// and enums by value, strings bytewise. Learned once; it can then code further columns of the
/// same kind, and says −1 for a label it has not met.
class level_coder {
 public:
  level_coder() = default;

  /// Learns the levels of `column` and writes the code of each row to `codes` (n × 1).
  /// Integers within a range not much longer than the column go through a table, others and
  /// strings through a hash index.
  template <label_column C>
  static level_coder learn(const C& column, std::int32_t* codes) {
    level_coder coder;
    const auto values = as_span(column);
    if constexpr (std::convertible_to<const detail::element_t<C>&, std::string_view>) {
      coder.is_text_ = true;
      for (std::size_t i = 0; i < values.size(); ++i)
        codes[i] = coder.texts_.insert(std::string_view(values[i]));
      coder.sort(coder.texts_.keys(), codes, values.size());
    } else if (coder.try_table(values)) {
      coder.look_up(values, codes);
    } else {
      for (std::size_t i = 0; i < values.size(); ++i)
        codes[i] = coder.integers_.insert(integer(values[i]));
      coder.sort(coder.integers_.keys(), codes, values.size());
    }
    return coder;
  }

  /// Learns the levels without coding the rows; false, and nothing learned, when the column
  /// does not fit a table (strings, far-flung integers).
  template <label_column C>
  bool learn_table(const C& column) {
    if constexpr (std::convertible_to<const detail::element_t<C>&, std::string_view>)
      return false;
    else
      return try_table(as_span(column));
  }

  /// The codes of the rows of another column of the same kind; −1 for an unknown label.
  template <label_column C>
  void encode(const C& column, std::int32_t* codes) const {
    const auto values = as_span(column);
    if constexpr (!std::convertible_to<const detail::element_t<C>&, std::string_view>)
      if (is_run()) return encode_in_run(values, codes);
    for (std::size_t i = 0; i < values.size(); ++i) codes[i] = code(values[i]);
  }

  /// The code of one label, −1 when it is unknown.
  template <class T>
  std::int32_t code(const T& value) const {
    if constexpr (std::convertible_to<const T&, std::string_view>) {
      const std::int32_t key = texts_.find(std::string_view(value));
      return key < 0 ? -1 : rank_[static_cast<std::size_t>(key)];
    } else {
      const std::int64_t key = integer(value);
      if (!table_.empty()) {
        const auto at = static_cast<std::uint64_t>(key) - static_cast<std::uint64_t>(lowest_);
        return at < table_.size() ? table_[at] : -1;
      }
      const std::int32_t found = integers_.find(key);
      return found < 0 ? -1 : rank_[static_cast<std::size_t>(found)];
    }
  }

  std::size_t size() const noexcept { return levels_; }
  /// Integers without a gap: a code is the label less the lowest one.
  bool is_run() const noexcept { return has_table() && levels_ == table_.size(); }
  bool has_table() const noexcept { return !table_.empty(); }
  std::int64_t lowest() const noexcept { return lowest_; }
  const std::vector<std::int32_t>& table() const noexcept { return table_; }

  /// The label of a code, as text.
  std::string label(std::size_t code) const {
    if (has_table()) {
      const auto at = std::find(table_.begin(), table_.end(), static_cast<std::int32_t>(code));
      return std::to_string(lowest_ + (at - table_.begin()));
    }
    const auto at = std::find(rank_.begin(), rank_.end(), static_cast<std::int32_t>(code));
    const auto key = static_cast<std::size_t>(at - rank_.begin());
    return is_text_ ? texts_.keys()[key] : std::to_string(integers_.keys()[key]);
  }

 private:
  template <class T>
  static constexpr std::int64_t integer(const T& value) noexcept {
    return static_cast<std::int64_t>(value);
  }

  /// Labels as 32-bit integers where they all fit: four at a time go through a loop.
  template <class T>
  static constexpr auto narrow(const T& value) noexcept {
    constexpr bool fits = sizeof(T) < sizeof(std::int32_t) || std::same_as<T, std::int32_t>;
    return static_cast<std::conditional_t<fits, std::int32_t, std::int64_t>>(value);
  }

  /// The lowest and the highest label. Most rows only have to be seen to lie between those met
  /// before.
  template <class Span>
  static std::pair<std::int64_t, std::int64_t> range_of(Span values) {
    constexpr std::size_t stretch = 1024;
    auto low = narrow(values[0]), high = low;
    for (std::size_t first = 0; first < values.size(); first += stretch) {
      const auto some = values.subspan(first, std::min(stretch, values.size() - first));
      decltype(low) outside = 0;
      for (const auto& value : some) outside |= narrow(value) < low || narrow(value) > high;
      if (outside == 0) continue;
      for (const auto& value : some) {
        low = std::min(low, narrow(value));
        high = std::max(high, narrow(value));
      }
    }
    return {low, high};
  }

  template <class Span>
  bool try_table(Span values) {
    if (values.empty()) return false;
    const auto [low, high] = range_of(values);
    const auto range = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    if (range >= std::max<std::uint64_t>(65536, values.size() / 4)) return false;
    lowest_ = low;
    table_.assign(range + 1, -1);
    detail::mark_until_full(table_, values.size(), [&](std::size_t i) {
      return static_cast<std::size_t>(integer(values[i]) - lowest_);
    });
    levels_ = detail::number_marked(table_);
    return true;
  }

  /// The codes of labels that have all been learned.
  template <class Span>
  void look_up(Span values, std::int32_t* codes) const {
    if (is_run()) return encode_in_run(values, codes);
    for (std::size_t i = 0; i < values.size(); ++i)
      codes[i] = table_[static_cast<std::size_t>(integer(values[i]) - lowest_)];
  }

  template <class Span>
  void encode_in_run(Span values, std::int32_t* codes) const {
    const auto low = static_cast<std::uint64_t>(lowest_), end = std::uint64_t{levels_};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto at = static_cast<std::uint64_t>(integer(values[i])) - low;
      codes[i] = at < end ? static_cast<std::int32_t>(at) : -1;
    }
  }

  template <class Keys>
  void sort(const Keys& keys, std::int32_t* codes, std::size_t n) {
    levels_ = keys.size();
    std::vector<std::int32_t> order(levels_);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
      return keys[static_cast<std::size_t>(a)] < keys[static_cast<std::size_t>(b)];
    });
    rank_.resize(levels_);
    for (std::size_t r = 0; r < levels_; ++r)
      rank_[static_cast<std::size_t>(order[r])] = static_cast<std::int32_t>(r);
    for (std::size_t i = 0; i < n; ++i) codes[i] = rank_[static_cast<std::size_t>(codes[i])];
  }

  std::size_t levels_ = 0;
  bool is_text_ = false;
  std::int64_t lowest_ = 0;
  std::vector<std::int32_t> table_;  // label − lowest → code; empty when an index is used
  std::vector<std::int32_t> rank_;   // number in the index → code
  detail::flat_index<std::int64_t, std::int64_t> integers_;
  detail::flat_index<std::string, std::string_view> texts_;
};

}  // namespace baro
