// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "sample.hpp"

#include <cstdio>
#include <filesystem>
#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/// The same work in R's survey package, on the same columns: peers/README.md has the format.
namespace bench {

/// What a command prints, as far as it got.
inline std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  std::vector<char> buffer(4096);
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), n);
  pclose(pipe);
  return text;
}

inline std::string r_version() {
  return output_of("Rscript -e 'cat(as.character(packageVersion(\"survey\")))' 2>/dev/null");
}

/// A folder of columns that goes away with the object.
class columns_for_r {
 public:
  explicit columns_for_r(const sample& s)
      : folder_(std::filesystem::temp_directory_path() /
                ("baro-columns-" + std::to_string(s.size()))) {
    std::filesystem::create_directories(folder_);
    std::string manifest = "name,type,rows\n";
    const auto write = [&](const std::string& name, const std::string& type,
                           const auto& column) {
      const std::string path = (folder_ / (name + "." + type)).string();
      std::FILE* const file = std::fopen(path.c_str(), "wb");
      const std::size_t done =
          file == nullptr ? 0
                          : std::fwrite(column.data(), sizeof column[0], column.size(), file);
      if (file == nullptr || std::fclose(file) != 0 || done != column.size())
        throw std::runtime_error("cannot write " + path);
      manifest += name + "," + type + "," + std::to_string(column.size()) + "\n";
    };
    write("weight", "f64", s.weight);
    write("stratum", "i32", s.stratum);
    write("psu", "i32", s.psu);
    write("y", "f64", s.y);
    write("x", "f64", s.x);
    write("q", "i32", s.question);
    write("domain", "i32", s.domain);
    const std::string path = (folder_ / "manifest.csv").string();
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr || std::fputs(manifest.c_str(), file) < 0 || std::fclose(file) != 0)
      throw std::runtime_error("cannot write " + path);
  }
  columns_for_r(const columns_for_r&) = delete;
  columns_for_r& operator=(const columns_for_r&) = delete;
  ~columns_for_r() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string folder() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

struct r_result {
  double seconds = 0;
  std::size_t entries = 0;
  double value = 0, standard_error = 0, covariance = 0;  ///< NaN where there is none
};

/// Task → what R says and how long it took.
inline std::map<std::string, r_result> run_survey(const std::string& script, const sample& s,
                                                  int repeats) {
  const columns_for_r columns(s);
  std::istringstream lines(output_of("Rscript '" + script + "' '" + columns.folder() +
                                     "' --repeats " + std::to_string(repeats)));
  std::map<std::string, r_result> out;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::vector<std::string> cells;
    std::istringstream cell_of(line);
    for (std::string cell; std::getline(cell_of, cell, ',');) cells.push_back(cell);
    cells.resize(7);
    const auto number = [&](std::size_t k) {
      return cells[k].empty() ? std::numeric_limits<double>::quiet_NaN() : std::stod(cells[k]);
    };
    out[cells[0]] = {number(2), static_cast<std::size_t>(number(3)), number(4), number(5),
                     number(6)};
  }
  return out;
}

}  // namespace bench
