// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// A CSV file of tests/reference: a header and rows without quotes. An empty field is NaN as a
/// number. A file or a column that is not there throws, so that a test cannot pass by reading
/// nothing.
class table {
 public:
  static table reference(const std::string& name) {
    return table(std::string(BARO_SOURCE_DIR "/tests/reference/") + name + ".csv");
  }

  explicit table(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    if (!std::getline(in, line)) throw std::runtime_error("cannot read " + path);
    const std::vector<std::string> header = split(line);
    std::vector<std::vector<std::string>> columns(header.size());
    while (std::getline(in, line)) {
      std::vector<std::string> fields = split(line);
      if (fields.size() != header.size()) throw std::runtime_error(path + ": " + line);
      for (std::size_t c = 0; c < fields.size(); ++c)
        columns[c].push_back(std::move(fields[c]));
      ++rows_;
    }
    if (rows_ == 0) throw std::runtime_error(path + " has no rows");
    for (std::size_t c = 0; c < header.size(); ++c) columns_[header[c]] = std::move(columns[c]);
  }

  std::size_t rows() const { return rows_; }
  bool has(const std::string& column) const { return columns_.contains(column); }
  const std::vector<std::string>& text(const std::string& column) const {
    return columns_.at(column);
  }
  const std::string& text(const std::string& column, std::size_t row) const {
    return text(column).at(row);
  }
  double number(const std::string& column, std::size_t row) const {
    const std::string& field = text(column, row);
    if (field.empty()) return std::numeric_limits<double>::quiet_NaN();
    char* end = nullptr;
    const double value = std::strtod(field.c_str(), &end);
    if (*end != '\0') throw std::runtime_error(column + ": not a number: " + field);
    return value;
  }
  std::vector<double> numbers(const std::string& column) const {
    std::vector<double> out;
    for (std::size_t row = 0; row < rows_; ++row) out.push_back(number(column, row));
    return out;
  }

  static std::vector<std::string> split(const std::string& line, char separator = ',') {
    std::vector<std::string> fields(1);
    for (const char c : line)
      if (c == separator)
        fields.emplace_back();
      else if (c != '\r')
        fields.back().push_back(c);
    return fields;
  }

 private:
  std::map<std::string, std::vector<std::string>> columns_;
  std::size_t rows_ = 0;
};

}  // namespace test
