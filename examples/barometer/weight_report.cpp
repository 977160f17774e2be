// SPDX-License-Identifier: BSL-1.0
#include "weight_report.hpp"

#include <baro/weights/weight_summary.hpp>

#include "number_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

/// The row `(total)`: its target is the size of the population where a variable with levels
/// gives it.
baro::margin_gap total_of(const baro::calibration& made) {
  baro::margin_gap all{"(total)", "", no_number, 0, 0, no_number};
  const auto& margins = made.margins();
  const auto first = std::find_if(margins.begin(), margins.end(),
                                  [](const baro::margin_gap& m) { return !m.level.empty(); });
  if (first != margins.end()) {
    all.target = 0;
    for (const baro::margin_gap& m : margins)
      if (m.variable == first->variable) all.target += m.target;
  }
  const auto& base = made.record()->base;
  for (std::size_t i = 0; i < made.size(); ++i) all.before += base[i];
  all.after = made.summary().sum();
  all.gap = all.after - all.target;
  return all;
}

std::vector<baro::margin_gap> rows_of(const baro::calibration& made) {
  std::vector<baro::margin_gap> rows = made.margins();
  rows.push_back(total_of(made));
  return rows;
}

/// RFC 4180 with the separator of the file.
std::string csv_cell(std::string_view cell, char separator) {
  const bool plain = cell.find_first_of("\"\r\n") == cell.npos &&
                     cell.find(separator) == cell.npos &&
                     (cell.empty() || (cell.front() != ' ' && cell.back() != ' '));
  if (plain) return std::string(cell);
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

}  // namespace

records margins_as_records(const baro::calibration& made) {
  records out;
  out.columns = {"variable", "level", "target", "before", "after", "gap", "status"};
  for (const baro::margin_gap& m : rows_of(made))
    out.rows.push_back({m.variable, m.level, m.target, m.before, m.after, m.gap,
                        std::string(baro::name(made.status()))});
  return out;
}

sheet margins_as_sheet(const baro::calibration& made, const std::string& title) {
  sheet page;
  page.title = title;
  page.columns = {{"variable"},
                  {"level"},
                  {"target", align::right},
                  {"before", align::right},
                  {"after", align::right},
                  {"gap", align::right}};
  for (const baro::margin_gap& m : rows_of(made)) {
    const double size = std::max({std::abs(m.after), std::abs(m.before), 1e-300});
    const int decimals = size >= 100 ? 1 : decimals_for(size / 100);
    page.lines.push_back(
        {{m.variable, m.level, fixed_number(m.target, decimals),
          fixed_number(m.before, decimals), fixed_number(m.after, decimals),
          std::isnan(m.gap) ? fixed_number(m.gap, 1) : scientific_number(m.gap)},
         {}});
  }
  return page;
}

std::string diagnostics(const baro::calibration& made) {
  const baro::weight_summary weights = made.summary(), factors = made.factors();
  std::string text;
  const auto line = [&text](const std::string& what, const std::string& value) {
    text += what + std::string(what.size() < 22 ? 22 - what.size() : 1, ' ') + value + "\n";
  };
  std::string steps;
  for (const std::string& s : made.steps()) steps += (steps.empty() ? "" : ", then ") + s;
  line("method", steps);
  line("iterations", std::to_string(made.iterations()));
  line("largest gap", scientific_number(made.largest_gap()) + " of its target");
  line("factors", fixed_number(factors.smallest(), 4) + " to " +
                      fixed_number(factors.largest(), 4) + ", median " +
                      fixed_number(factors.quantile(0.5), 4));
  if (weights.negative() > 0) line("negative weights", std::to_string(weights.negative()));
  line("Kish design effect", fixed_number(weights.kish_deff(), 4));
  line("efficiency", percent(weights.efficiency()));
  line("effective size", fixed_number(weights.effective_size(), 1));
  return text + "\n" + baro::histogram_text(made.weights());
}

std::string with_column(const baro::csv_table& data, const std::string& name,
                        const std::vector<double>& values) {
  const char separator = data.separator();
  std::string out;
  for (const std::string& column : data.names()) out += csv_cell(column, separator) + separator;
  out += csv_cell(name, separator) + "\n";
  for (std::size_t row = 0; row < data.rows(); ++row) {
    for (std::size_t c = 0; c < data.columns(); ++c)
      out += csv_cell(data.text(row, c), separator) + separator;
    out += exact_number(values[row]) + "\n";
  }
  return out;
}

}  // namespace barometer
