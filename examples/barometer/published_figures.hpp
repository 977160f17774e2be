// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/csv_table.hpp>
#include <baro/published/published_figure.hpp>

#include <string>
#include <vector>

namespace barometer {

/// One row of DATA: a figure of a press release and what it is about.
struct published_row {
  std::string study{};
  std::string wave{};
  std::string population{};
  std::string question{};
  std::string claim{};  ///< the phrase as written, empty when there is none
  baro::published_figure figure{};
};

/// The figures of a table, in its order.
/// @throws baro::file_error  a column of the contract is missing, or a cell breaks its rule
std::vector<published_row> read_published(const baro::csv_table& table);

}  // namespace barometer
