// SPDX-License-Identifier: BSL-1.0
#include "question.hpp"

#include "level_names.hpp"
#include "options.hpp"
#include "refusal.hpp"
#include "usable_numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace barometer {

namespace {

constexpr std::size_t most_levels = 10000;

/// `NUM/DEN`, where a name may hold a slash: the first split between two columns there are.
void read_ratio(const baro::csv_table& table, const std::string& text, question& q) {
  const std::size_t first = text.find('/');
  if (first == text.npos || first == 0 || first + 1 == text.size())
    refuse_option("--ratio", text, "must be NUM/DEN");
  std::size_t split = first;
  for (std::size_t at = first; at != text.npos; at = text.find('/', at + 1))
    if (table.has_column(text.substr(0, at)) && table.has_column(text.substr(at + 1))) {
      split = at;
      break;
    }
  q.answers = usable_numbers(table, std::string_view(text).substr(0, split));
  q.denominators = usable_numbers(table, std::string_view(text).substr(split + 1));
}

void read_quantile(const baro::csv_table& table, const std::string& text, question& q) {
  const std::size_t at = text.rfind('@');
  if (at == text.npos || at == 0 || at + 1 == text.size())
    refuse_option("--quantile", text, "must be COL@P");
  q.probability = read_between("--quantile", text.substr(at + 1), 0, 1);
  q.answers = usable_numbers(table, std::string_view(text).substr(0, at));
}

void read_codes(const coded_question& source, question& q) {
  q.codes = source.codes();
  q.levels = source.levels();
}

void read_share(const baro::csv_table& table, const std::string& text, question& q) {
  if (table.has_column(text) || text.find('=') == text.npos) {
    const coded_question source(table, table.column(text));
    read_codes(source, q);
    if (q.levels.empty())
      throw baro::file_error({.file = table.file()},
                             "column " + baro::quoted_text(text) +
                                 " is missing in every row, must have an "
                                 "answer");
    if (q.levels.size() > most_levels)
      throw baro::file_error({.file = table.file()},
                             "column " + baro::quoted_text(text) + " has " +
                                 std::to_string(q.levels.size()) +
                                 " levels, must have at most " + std::to_string(most_levels) +
                                 " for the share of each");
    q.wanted.resize(q.levels.size());
    std::iota(q.wanted.begin(), q.wanted.end(), 0);
    return;
  }
  const auto [column, level] = split_column(table, {"--share", text}, '=', "COL or COL=LEVEL");
  const coded_question source(table, column);
  read_codes(source, q);
  q.variable = source.name();
  q.wanted = {source.code_of(level)};
}

void read_balance(const baro::csv_table& table, const std::string& text, question& q) {
  constexpr std::string_view form = "COL=POS1+POS2-NEG1+NEG2";
  const option_text given{"--balance", text};
  const auto [column, levels] = split_column(table, given, '=', form);
  if (levels.find('-') == levels.npos)
    refuse_option("--balance", text, "must be " + std::string(form));
  const coded_question source(table, column);
  read_codes(source, q);
  std::tie(q.positive, q.negative) = source.balance(levels, given);
}

}  // namespace

void add_statistics(CLI::App& app, std::vector<statistic_request>& requests) {
  const auto add = [&](baro::statistic kind, const std::string& form, const std::string& help) {
    add_each(app, "--" + std::string(name(kind)), form, help,
             [&requests, kind](const std::string& text) {
               requests.push_back({kind, text});
             });
  };
  add(baro::statistic::mean, "COL", "mean of a column of numbers");
  add(baro::statistic::total, "COL|1", "total of a column; 1 is the size of the population");
  add(baro::statistic::share, "COL[=LEVEL]", "share of every level of a column, or of one");
  add(baro::statistic::ratio, "NUM/DEN", "total of one column over the total of another");
  add(baro::statistic::quantile, "COL@P", "quantile, for instance income@0.5");
  add(baro::statistic::balance, "COL=POS+POS-NEG+NEG",
      "share of the first levels minus share of the second");
}

void check_statistics(const std::vector<statistic_request>& requests) {
  if (requests.empty())
    throw refusal(
        "no statistic, must be one of --mean, --total, --share, --ratio, --quantile, "
        "--balance");
}

question read_question(const baro::csv_table& table, const statistic_request& request) {
  question q;
  q.kind = request.kind;
  q.variable = request.text;
  switch (request.kind) {
    case baro::statistic::ratio:
      read_ratio(table, request.text, q);
      break;
    case baro::statistic::quantile:
      read_quantile(table, request.text, q);
      break;
    case baro::statistic::share:
      read_share(table, request.text, q);
      break;
    case baro::statistic::balance:
      read_balance(table, request.text, q);
      break;
    case baro::statistic::total:
      if (request.text == "1") {
        q.answers.assign(table.rows(), 1.0);
        break;
      }
      [[fallthrough]];
    default:
      q.answers = usable_numbers(table, request.text);
  }
  return q;
}

}  // namespace barometer
