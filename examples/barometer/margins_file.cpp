// SPDX-License-Identifier: BSL-1.0
#include "margins_file.hpp"

#include <baro/io/csv.hpp>
#include <baro/io/numbers.hpp>
#include <baro/weights/crossed.hpp>

#include "number_text.hpp"
#include "usable_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace barometer {

namespace {

bool near(double sum, double whole) { return std::abs(sum - whole) <= 1e-6 * whole; }

/// `a:b:c` as its parts.
std::vector<std::string> parts_of(const std::string& name) {
  std::vector<std::string> parts(1);
  for (const char c : name)
    if (c == ':')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

}  // namespace

margins_file::margins_file(const std::string& path, const baro::csv_table& data,
                           double weight_total)
    : table_(baro::read_csv(path)), data_(data), weight_total_(weight_total) {
  variable_ = table_.column("variable");
  level_ = table_.column("level");
  target_ = table_.column("target");
  targets_ = baro::numbers(table_, target_);
  std::vector<variable> variables;
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    if (table_.is_missing(row, variable_)) table_.refuse(row, variable_, "must not be missing");
    if (std::isnan(targets_[row])) table_.refuse(row, target_, "must not be missing");
    const std::string_view name = table_.text(row, variable_);
    const auto at = std::find_if(variables.begin(), variables.end(),
                                 [&](const variable& v) { return v.name == name; });
    if (at == variables.end())
      variables.push_back({std::string(name), {row}});
    else
      at->rows.push_back(row);
  }
  if (variables.empty())
    throw baro::file_error({.file = table_.file()}, "no margin, must have at least one");
  for (const variable& v : variables) read(v);
}

void margins_file::read(const variable& of) {
  const bool is_total = table_.is_missing(of.rows.front(), level_);
  for (const std::size_t row : of.rows)
    if (table_.is_missing(row, level_) != is_total)
      table_.refuse(row, level_, "must be given for all targets of a variable or for none");
  if (is_total)
    read_total(of);
  else
    read_levels(of);
}

void margins_file::read_total(const variable& of) {
  if (of.rows.size() > 1)
    table_.refuse(of.rows[1], variable_, "must have one total, or levels");
  std::vector<double>& y = numbers_.emplace_back(data_.rows(), 1.0);
  if (of.name != "1" || data_.has_column("1")) {
    y = usable_numbers(data_, of.name);
    for (std::size_t row = 0; row < y.size(); ++row)
      if (std::isnan(y[row]))
        data_.refuse(row, data_.column(of.name), "must not be missing, it has a margin");
  }
  margins_.push_back(
      baro::margin::total(baro::answers(y).named(of.name), targets_[of.rows.front()]));
}

void margins_file::read_levels(const variable& of) {
  const baro::categories asked = question(of.name);
  std::vector<baro::level_target> targets;
  double sum = 0;
  for (const std::size_t row : of.rows) {
    const std::string level(table_.text(row, level_));
    if (!(targets_[row] > 0)) table_.refuse(row, target_, "must be > 0");
    for (const baro::level_target& t : targets)
      if (t.level == level)
        table_.refuse(row, level_, "must be given once for '" + of.name + "'");
    if (asked.code(level) < 0)
      table_.refuse(
          row, level_,
          "must have somebody in " + data_.file() + " who has it in '" + of.name + "'");
    targets.push_back({level, targets_[row]});
    sum += targets_[row];
  }
  check_respondents(of, asked);
  if (near(sum, 1)) {
    margins_.push_back(baro::margin::shares(asked, std::move(targets)));
  } else if (near(sum, 100)) {
    margins_.push_back(baro::margin::percentages(asked, std::move(targets)));
  } else {
    // Shares that do not add up are not a population of one respondent.
    for (const double whole : {1.0, 100.0})
      if ((sum < 1.25 ? whole == 1 : std::abs(sum - whole) < 0.05 * whole) &&
          !(weight_total_ > sum / 2 && weight_total_ < sum * 2))
        throw baro::file_error({.file = table_.file(), .line = table_.line(of.rows.front())},
                               "the targets of '" + of.name + "' sum to " + exact_number(sum) +
                                   ", must be " + exact_number(whole) +
                                   (whole > 1 ? " as percentages" : " as shares"));
    margins_.push_back(baro::margin::counts(asked, std::move(targets)));
  }
}

baro::categories margins_file::question(const std::string& name) {
  const auto column = [this](const std::string& part) {
    const baro::coded_column& c =
        coded_.emplace_back(baro::code_column(data_, std::string_view(part)));
    return baro::categories(c.codes, baro::coded_labels{c.levels}).named(part);
  };
  const std::vector<std::string> parts = parts_of(name);
  if (parts.size() == 1 || data_.has_column(name)) return column(name);
  baro::categories all = column(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) all = baro::crossed(all, column(parts[i]));
  return all;
}

void margins_file::check_respondents(const variable& of, const baro::categories& asked) const {
  std::vector<bool> wanted(asked.levels(), false);
  for (const std::size_t row : of.rows)
    wanted[static_cast<std::size_t>(asked.code(table_.text(row, level_)))] = true;
  std::vector<std::int32_t> buffer(data_.rows());
  const baro::code_run run = asked.read(0, data_.rows(), buffer.data());
  for (std::size_t row = 0; row < data_.rows(); ++row) {
    const std::int32_t code = run[row];
    if (code >= 0 && wanted[static_cast<std::size_t>(code)]) continue;
    std::size_t column = 0;
    for (const std::string& part :
         data_.has_column(of.name) ? std::vector{of.name} : parts_of(of.name)) {
      column = data_.column(part);
      if (data_.is_missing(row, column))
        data_.refuse(row, column, "must not be missing, it has a margin");
    }
    data_.refuse(row, column,
                 "must have a target in " + table_.file() + " (" + of.name + " is '" +
                     asked.labels()[static_cast<std::size_t>(code)] + "')");
  }
}

}  // namespace barometer
