// SPDX-License-Identifier: BSL-1.0
#include "domains.hpp"

#include "level_names.hpp"
#include "options.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

constexpr std::int32_t outside = -1;

/// Puts rows outside whose value of one column is missing or not among the levels named.
void keep_where(const baro::csv_table& table, const std::string& condition,
                std::vector<std::int32_t>& of_row) {
  const option_text given{"--where", condition};
  const auto [column, text] = split_column(table, given, '=', "COL=LEVEL[,LEVEL...]");
  const coded_question question(table, column);
  std::vector<bool> wanted(question.levels().size(), false);
  for (const std::int32_t code : question.list(text, given))
    wanted[static_cast<std::size_t>(code)] = true;
  for (std::size_t row = 0; row < of_row.size(); ++row) {
    const std::int32_t code = question.codes()[row];
    if (code < 0 || !wanted[static_cast<std::size_t>(code)]) of_row[row] = outside;
  }
}

/// Cuts every domain by one more question; keeps only the combinations that occur.
void cut_by(const coded_question& question, domains& all) {
  const std::vector<std::int32_t>& codes = question.codes();
  std::vector<std::pair<std::int32_t, std::int32_t>> cells;  // domain so far, level
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] < 0) all.of_row[row] = outside;
    if (all.of_row[row] == outside) continue;
    const std::pair cell{all.of_row[row], codes[row]};
    if (cells.empty() || cells.back() != cell) cells.push_back(cell);
    if (cells.size() > 2 * all.levels.size() * question.levels().size() + 1024) {
      std::sort(cells.begin(), cells.end());
      cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    }
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  std::vector<std::vector<std::string>> levels;
  levels.reserve(cells.size());
  for (const auto& [domain, code] : cells) {
    levels.push_back(all.levels[static_cast<std::size_t>(domain)]);
    levels.back().push_back(question.levels()[static_cast<std::size_t>(code)]);
  }
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (all.of_row[row] == outside) continue;
    const std::pair cell{all.of_row[row], codes[row]};
    all.of_row[row] = static_cast<std::int32_t>(
        std::lower_bound(cells.begin(), cells.end(), cell) - cells.begin());
  }
  all.levels = std::move(levels);
}

}  // namespace

void add_domains(CLI::App& app, std::vector<std::string>& where, std::vector<std::string>& by,
                 const std::string& help) {
  add_each(app, "--where", "COL=LEVEL[,LEVEL...]",
           "domain; rows outside keep their place in the design; with several, all must hold",
           [&where](const std::string& text) { where.push_back(text); });
  add_value(app, "--by", "COL[,COL...]", help,
            [&by](const std::string& text) { by = split_list(text); });
}

domains read_domains(const baro::csv_table& table, const std::vector<std::string>& where,
                     const std::vector<std::string>& by) {
  domains all;
  all.of_row.assign(table.rows(), 0);
  all.levels.resize(1);
  for (const std::string& condition : where) keep_where(table, condition, all.of_row);
  for (std::size_t i = 0; i < by.size(); ++i) {
    if (by[i].empty()) throw refusal("--by has an empty name, must name columns");
    if (std::find(by.begin(), by.begin() + static_cast<std::ptrdiff_t>(i), by[i]) !=
        by.begin() + static_cast<std::ptrdiff_t>(i))
      refuse_option("--by", by[i], "must name each column once");
  }
  for (const std::string& name : by) cut_by(coded_question(table, table.column(name)), all);
  return all;
}

}  // namespace barometer
