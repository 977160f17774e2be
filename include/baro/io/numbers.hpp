// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/number_text.hpp>
#include <baro/io/csv_table.hpp>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace baro {

namespace detail {

inline std::string number_rule(number_problem problem) {
  switch (problem) {
    case number_problem::out_of_range:
      return "must be within the range of a double";
    case number_problem::two_marks:
      return "must be a number with one decimal mark and no thousands separator";
    case number_problem::too_long:
      return "must be a number of at most 120 characters";
    case number_problem::none:
    case number_problem::not_a_number:
      break;
  }
  return "must be a number";
}

}  // namespace detail

/// A column as numbers, NaN where it is missing. One decimal mark per column: a column that
/// holds `12.5` and `12,5` is refused, and so is a comma in a file whose columns are separated
/// by commas.
/// @param column where it stands in the table
/// @throws file_error  a cell that is neither missing nor a number
/// @cost   O(rows)
inline std::vector<double> numbers(const csv_table& table, std::size_t column) {
  std::vector<double> out(table.rows());
  char mark = 0;
  std::size_t mark_row = 0;
  for (std::size_t row = 0; row < out.size(); ++row) {
    const std::string_view cell = table.text(row, column);
    if (csv_table::is_missing_text(cell)) {
      out[row] = std::numeric_limits<double>::quiet_NaN();
      continue;
    }
    const number_text number = read_number(cell);
    if (number.problem != number_problem::none)
      table.refuse(row, column, detail::number_rule(number.problem));
    if (number.mark == ',' && !table.decimal_comma_allowed())
      table.refuse(row, column,
                   "must be a number; a decimal comma needs ';' or tab between the columns");
    if (number.mark != 0 && mark == 0) {
      mark = number.mark;
      mark_row = row;
    }
    if (number.mark != 0 && number.mark != mark) {
      std::string rule("must have its decimal ");
      rule.append(mark == ',' ? "comma" : "point").append(" like line ");
      table.refuse(row, column, rule.append(std::to_string(table.line(mark_row))));
    }
    out[row] = number.value;
  }
  return out;
}

/// @throws file_error  also when there is no such column
inline std::vector<double> numbers(const csv_table& table, std::string_view column) {
  return numbers(table, table.column(column));
}

}  // namespace baro
