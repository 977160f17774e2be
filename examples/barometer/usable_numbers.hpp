// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/csv_table.hpp>
#include <baro/io/numbers.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace barometer {

/// A column as numbers whose products and squares a double can hold: beyond 1e70 a variance of
/// weighted answers would overflow without a word.
/// @throws baro::file_error  as `baro::numbers`, and for a number beyond ±1e70
inline std::vector<double> usable_numbers(const baro::csv_table& table, std::string_view name) {
  constexpr double largest = 1e70;
  const std::size_t column = table.column(name);
  std::vector<double> values = baro::numbers(table, column);
  for (std::size_t row = 0; row < values.size(); ++row)
    if (values[row] > largest || values[row] < -largest)
      table.refuse(row, column, "must be between -1e70 and 1e70");
  return values;
}

}  // namespace barometer
