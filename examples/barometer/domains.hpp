// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/csv_table.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace barometer {

/// The rows a request is about, cut by its `--by` columns.
struct domains {
  /// Domain of each row; −1 outside `--where` or with a missing `--by` value.
  std::vector<std::int32_t> of_row{};
  /// The levels of each domain, one per `--by` column. Only combinations that occur, in the
  /// order of the levels, the first column slowest. Without `--by`: one domain, no levels.
  std::vector<std::vector<std::string>> levels{};
};

/// `--where`, repeatable, and `--by`.
/// @param help  of `--by`
void add_domains(CLI::App& app, std::vector<std::string>& where, std::vector<std::string>& by,
                 const std::string& help);

/// @param where `COL=LEVEL[,LEVEL...]`, all of which must hold
/// @param by    names of columns
domains read_domains(const baro::csv_table& table, const std::vector<std::string>& where,
                     const std::vector<std::string>& by);

}  // namespace barometer
