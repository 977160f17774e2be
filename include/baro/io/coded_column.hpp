// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/number_text.hpp>
#include <baro/io/csv_table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace baro {

/// A column as codes: `levels[codes[row]]` is the text of the row, code −1 is missing. It
/// goes where answers or breaks go, `share(design, c)` or `by(c)`, which see it in place.
struct coded_column {
  std::vector<std::int32_t> codes{};
  std::vector<std::string> levels{};  ///< each once, ordered as `level_order` says

  static constexpr std::int32_t missing = -1;

  /// The code of a level, or `missing` when no row holds it.
  std::int32_t code_of(std::string_view level) const noexcept {
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (levels[i] == level) return static_cast<std::int32_t>(i);
    return missing;
  }
};

/// The order in which people read levels: by number when all of them are numbers (2 before 10),
/// otherwise bytewise. `1` and `1.0` are two levels.
/// @returns the places of the levels, in order
inline std::vector<std::size_t> level_order(const std::vector<std::string_view>& levels) {
  std::vector<double> value(levels.size());
  bool all_numbers = true;
  for (std::size_t i = 0; i < levels.size() && all_numbers; ++i) {
    const number_text number = read_number(levels[i]);
    all_numbers = number.problem == number_problem::none;
    value[i] = number.value;
  }
  std::vector<std::size_t> order(levels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (all_numbers && value[a] != value[b]) return value[a] < value[b];
    return levels[a] < levels[b];
  });
  return order;
}

/// A column of answers as codes.
/// @throws file_error  more levels than a code can tell apart (2^31)
/// @cost   O(rows) look-ups, O(levels log levels) to order them
inline coded_column code_column(const csv_table& table, std::size_t column) {
  coded_column out;
  out.codes.resize(table.rows());
  std::unordered_map<std::string_view, std::int32_t> seen;
  std::vector<std::string_view> levels;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view cell = table.text(row, column);
    if (csv_table::is_missing_text(cell)) {
      out.codes[row] = coded_column::missing;
      continue;
    }
    const auto next = static_cast<std::int32_t>(levels.size());
    const auto [place, is_new] = seen.try_emplace(cell, next);
    if (is_new) {
      if (levels.size() == static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        table.refuse(row, column, "must have fewer than 2^31 different levels");
      levels.push_back(cell);
    }
    out.codes[row] = place->second;
  }
  const std::vector<std::size_t> order = level_order(levels);
  std::vector<std::int32_t> rank(levels.size());
  out.levels.reserve(levels.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = static_cast<std::int32_t>(i);
    out.levels.emplace_back(levels[order[i]]);
  }
  for (std::int32_t& code : out.codes)
    if (code != coded_column::missing) code = rank[static_cast<std::size_t>(code)];
  return out;
}

/// @throws file_error  also when there is no such column
inline coded_column code_column(const csv_table& table, std::string_view column) {
  return code_column(table, table.column(column));
}

}  // namespace baro
