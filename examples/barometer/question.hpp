// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/label.hpp>
#include <baro/io/csv_table.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace barometer {

/// One statistic as the command line gives it.
struct statistic_request {
  baro::statistic kind;
  std::string text;  ///< `COL`, `COL=LEVEL`, `NUM/DEN`, `COL@P`, `COL=POS-NEG`
};

/// `--mean --total --share --ratio --quantile --balance`, repeatable, in the order given.
void add_statistics(CLI::App& app, std::vector<statistic_request>& requests);

/// @throws refusal  none is asked for
void check_statistics(const std::vector<statistic_request>& requests);

/// Is a statistic shown in percent?
constexpr bool in_percent(baro::statistic s) noexcept {
  return s == baro::statistic::share || s == baro::statistic::balance;
}

/// One statistic with the answers it needs, read from the file.
struct question {
  baro::statistic kind = baro::statistic::mean;
  std::string variable{};         ///< as it stands in the results
  std::vector<double> answers{};  ///< mean, total, ratio (numerator), quantile; NaN missing
  std::vector<double> denominators{};    ///< ratio
  std::vector<std::int32_t> codes{};     ///< share, balance; −1 missing
  std::vector<std::string> levels{};     ///< share, balance: every level of the column
  std::vector<std::int32_t> wanted{};    ///< share: the levels to show, in their order
  std::vector<std::int32_t> positive{};  ///< balance
  std::vector<std::int32_t> negative{};  ///< balance
  double probability = 0;                ///< quantile
};

/// @throws baro::file_error  a column, a level or a number that is not there
/// @throws refusal           a text that is not of the form of its option
question read_question(const baro::csv_table& table, const statistic_request& request);

}  // namespace barometer
