// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/coded_column.hpp>
#include <baro/io/csv_table.hpp>
#include <baro/weights/margin.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace barometer {

/// A margins file on the columns of a data file: what `baro::margin` asks for, with the columns
/// it is a view of.
class margins_file {
 public:
  /// @param weight_total  Σ of the weights: what shares and percentages are of
  /// @throws baro::file_error  a malformed file; a variable that is no column; a target that is
  ///         not above 0, or for a level that nobody has; a respondent without a level, or with
  ///         one that has no target
  margins_file(const std::string& path, const baro::csv_table& data, double weight_total);
  margins_file(const margins_file&) = delete;
  margins_file& operator=(const margins_file&) = delete;

  const std::vector<baro::margin>& margins() const noexcept { return margins_; }
  const std::string& file() const noexcept { return table_.file(); }

 private:
  /// The rows of one variable.
  struct variable {
    std::string name;
    std::vector<std::size_t> rows{};
  };

  void read(const variable& of);
  void read_total(const variable& of);
  void read_levels(const variable& of);
  baro::categories question(const std::string& name);
  void check_respondents(const variable& of, const baro::categories& asked) const;

  baro::csv_table table_;
  const baro::csv_table& data_;
  double weight_total_;
  std::size_t variable_ = 0, level_ = 0, target_ = 0;
  std::vector<double> targets_;
  std::deque<baro::coded_column> coded_;
  std::deque<std::vector<double>> numbers_;
  std::vector<baro::margin> margins_;
};

}  // namespace barometer
