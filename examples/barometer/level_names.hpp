// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/coded_column.hpp>
#include <baro/io/csv_table.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Names on the command line, read against the names there are: a level such as `Ind,near rep`
/// or `18-34` may hold the character that separates levels, and a column may hold `=` or `/`.
namespace barometer {

/// An option and its value as they were given, for messages.
struct option_text {
  std::string_view option;
  std::string_view value;
};

/// One question of the file, coded, with what is needed to refuse a level it does not have.
class coded_question {
 public:
  coded_question(const baro::csv_table& table, std::size_t column)
      : table_(&table), column_(column), coded_(baro::code_column(table, column)) {}

  const std::string& name() const noexcept { return table_->names()[column_]; }
  std::size_t column() const noexcept { return column_; }
  const std::vector<std::int32_t>& codes() const noexcept { return coded_.codes; }
  const std::vector<std::string>& levels() const noexcept { return coded_.levels; }

  /// @throws baro::file_error  no row holds that level; the message names those there are
  std::int32_t code_of(const std::string& level) const;

  /// `A,B` as codes. A level in double quotes is taken as it is.
  /// @param given the option as it was given, for messages
  /// @throws baro::file_error  no row holds one of them
  /// @throws refusal           the list can be read in two ways
  std::vector<std::int32_t> list(std::string_view text, const option_text& given) const;

  /// `A+B-C+D` as the codes before and behind the one minus that separates two levels.
  /// @throws as `list`
  std::pair<std::vector<std::int32_t>, std::vector<std::int32_t>> balance(
      std::string_view text, const option_text& given) const;

 private:
  const baro::csv_table* table_;
  std::size_t column_;
  baro::coded_column coded_;
};

/// Splits `COL=REST` at the first sign before which a column stands.
/// @throws refusal            no sign, or nothing behind it
/// @throws baro::file_error   no such column
std::pair<std::size_t, std::string> split_column(const baro::csv_table& table,
                                                 const option_text& given, char sign,
                                                 std::string_view form);

}  // namespace barometer
