// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace baro {

namespace detail {

/// Separators outside quotes in one record, by kind.
struct separator_counts {
  std::array<std::size_t, 3> of{};
  bool any_record = false;
};

/// Tab, semicolon, comma: in the order in which they win a tie. A comma inside an unquoted
/// French heading of a `;` file is common, a semicolon inside a heading of a `,` file is not.
inline constexpr std::string_view separators = "\t;,";

/// Counts separators of the record at `i` and moves `i` behind it; blank lines are skipped.
inline separator_counts count_separators(std::string_view text, std::size_t& i) {
  separator_counts found;
  i = text.find_first_not_of("\r\n ", i);
  if (i == text.npos) return found;
  found.any_record = true;
  bool in_quotes = false;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes) continue;
    if (c == '\n' || c == '\r') break;
    if (const auto kind = separators.find(c); kind != separators.npos) ++found.of[kind];
  }
  return found;
}

}  // namespace detail

/// What separates the columns: `,` `;` or a tab, read from the header with its quotes
/// respected. When the header holds several kinds, the one that cuts the first data row into as
/// many fields wins, then the most frequent one. A header without any is one column (and `,`).
/// @param text the file in UTF-8, without byte order mark
inline char detect_separator(std::string_view text) {
  std::size_t position = 0;
  const auto header = detail::count_separators(text, position);
  const auto first_row = detail::count_separators(text, position);
  const auto agrees = [&](std::size_t kind) {
    return first_row.any_record && header.of[kind] == first_row.of[kind];
  };
  std::size_t best = detail::separators.size();
  for (std::size_t kind = 0; kind < detail::separators.size(); ++kind) {
    if (header.of[kind] == 0) continue;
    if (best == detail::separators.size() || (agrees(kind) && !agrees(best)) ||
        (agrees(kind) == agrees(best) && header.of[kind] > header.of[best]))
      best = kind;
  }
  return best == detail::separators.size() ? ',' : detail::separators[best];
}

}  // namespace baro
