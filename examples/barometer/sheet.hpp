// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

namespace barometer {

enum class align { left, right };

struct sheet_column {
  std::string heading;
  align side = align::left;
};

/// A line of a sheet: cells, or a heading over the lines that follow it (then `cells` is
/// empty).
struct sheet_line {
  std::vector<std::string> cells{};
  std::string section{};
};

/// A result for people: a title, what was done, aligned columns, and notes below that say what
/// may be believed. Empty columns are left out.
struct sheet {
  std::string title{};
  std::vector<std::string> preamble{};
  std::vector<sheet_column> columns{};
  std::vector<sheet_line> lines{};
  std::vector<std::string> notes{};
};

/// The sheet as text in UTF-8, aligned by display width; notes are folded at 96 columns, and
/// words in a column of text at 46, where they go on below.
std::string as_text(const sheet& page);

/// Columns a terminal needs for a UTF-8 text: accents that combine take none, CJK and emoji
/// two.
std::size_t display_width(const std::string& text);

}  // namespace barometer
