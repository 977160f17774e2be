// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/file_error.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// A CSV file in memory: the header and, for every row, its cells as text and its physical
/// line. All text lies in one arena, with four bytes per cell to find it; nothing is
/// interpreted until a column is asked for (`numbers`, `code_column`).
class csv_table {
 public:
  /// @param file the name for messages
  csv_table(std::string file, char separator, std::vector<std::string> names,
            std::size_t header_line)
      : file_(std::move(file)),
        separator_(separator),
        names_(std::move(names)),
        header_line_(header_line) {}

  const std::string& file() const noexcept { return file_; }
  char separator() const noexcept { return separator_; }
  /// A comma can only be a decimal comma where it does not separate columns.
  bool decimal_comma_allowed() const noexcept { return separator_ != ','; }
  std::size_t rows() const noexcept { return rows_.size(); }
  std::size_t columns() const noexcept { return names_.size(); }
  const std::vector<std::string>& names() const noexcept { return names_; }

  bool has_column(std::string_view name) const noexcept {
    for (const std::string& n : names_)
      if (n == name) return true;
    return false;
  }

  /// Where the column of that name is.
  /// @throws file_error  no such column, two of them, or an empty name
  std::size_t column(std::string_view name) const {
    std::size_t found = columns(), times = 0;
    for (std::size_t c = 0; c < columns(); ++c)
      if (names_[c] == name && times++ == 0) found = c;
    const file_place header{.file = file_, .line = header_line_};
    if (name.empty()) throw file_error(header, "a column without a name cannot be asked for");
    if (times == 0)
      throw file_error(
          header, "no column " + quoted_text(name) + ", the columns are " + list_of_names());
    if (times > 1)
      throw file_error(header, "column " + quoted_text(name) + " stands " +
                                   std::to_string(times) +
                                   " times in the header, must be unique");
    return found;
  }

  /// The cell as text; for a quoted cell, what is between the quotes.
  std::string_view text(std::size_t row, std::size_t column) const noexcept {
    const std::uint32_t* ends = ends_.data() + row * columns();
    const std::size_t begin = column == 0 ? 0 : ends[column - 1];
    return {arena_.data() + rows_[row].begin + begin, ends[column] - begin};
  }

  /// Empty, blank, `NA` and `.` are missing.
  bool is_missing(std::size_t row, std::size_t column) const noexcept {
    return is_missing_text(text(row, column));
  }
  static bool is_missing_text(std::string_view cell) noexcept {
    if (cell.empty()) return true;
    if (cell.size() > 2 && cell.front() != ' ' && cell.front() != '\t') return false;
    const auto first = cell.find_first_not_of(" \t");
    if (first == cell.npos) return true;
    cell = cell.substr(first, cell.find_last_not_of(" \t") - first + 1);
    return cell == "NA" || cell == ".";
  }

  /// The physical line, from 1, on which the row begins.
  std::size_t line(std::size_t row) const noexcept { return rows_[row].line; }
  std::size_t header_line() const noexcept { return header_line_; }

  /// Refuses one cell: `gss.csv:17: column 'weight' = -0.4, must be >= 0`.
  [[noreturn]] void refuse(std::size_t row, std::size_t column, std::string rule) const {
    throw file_error({.file = file_,
                      .line = line(row),
                      .column = names_[column],
                      .value = std::string(text(row, column))},
                     std::move(rule));
  }

  // What the reader calls.
  void begin_row(std::size_t line) { rows_.push_back({arena_.size(), line}); }
  /// @returns false when the row is longer than four gigabytes
  bool add_cell(std::string_view cell) {
    arena_.append(cell);
    const std::size_t end = arena_.size() - rows_.back().begin;
    if (end > std::numeric_limits<std::uint32_t>::max()) return false;
    ends_.push_back(static_cast<std::uint32_t>(end));
    return true;
  }
  void reserve(std::size_t bytes, std::size_t rows) {
    arena_.reserve(bytes);
    rows_.reserve(rows);
    ends_.reserve(rows * columns());
  }

 private:
  struct row_place {
    std::size_t begin;
    std::size_t line;
  };

  std::string list_of_names() const {
    constexpr std::size_t most = 20;
    std::string out;
    for (std::size_t c = 0; c < columns() && c < most; ++c)
      out += (c == 0 ? "" : ", ") + quoted_text(names_[c]);
    return columns() > most ? out + " and " + std::to_string(columns() - most) + " more" : out;
  }

  std::string file_;
  char separator_;
  std::vector<std::string> names_;
  std::size_t header_line_;
  std::string arena_;
  std::vector<row_place> rows_;
  std::vector<std::uint32_t> ends_;  // end of each cell, counted from the beginning of its row
};

}  // namespace baro
