// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace bench {

/// What a command prints, as far as it got.
inline std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  char buffer[4096];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, n);
  pclose(pipe);
  return text;
}

/// The rows of a CSV table (no quotes) that a command prints, without its header.
/// @param width cells of a row
inline std::vector<std::vector<std::string>> rows_of(const std::string& command,
                                                     std::size_t width) {
  std::istringstream lines(output_of(command));
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::vector<std::string>& cells = rows.emplace_back();
    std::istringstream cell_of(line);
    for (std::string cell; std::getline(cell_of, cell, ',');) cells.push_back(cell);
    cells.resize(width);
  }
  return rows;
}

inline std::string r_version() {
  return output_of("Rscript -e 'cat(as.character(packageVersion(\"survey\")))' 2>/dev/null");
}

/// A folder of columns that goes away with the object: peers/README.md has the format.
class columns_for_r {
 public:
  explicit columns_for_r(const std::string& tag)
      : folder_(std::filesystem::temp_directory_path() / ("baro-columns-" + tag)) {
    std::filesystem::create_directories(folder_);
  }
  columns_for_r(const columns_for_r&) = delete;
  columns_for_r& operator=(const columns_for_r&) = delete;
  ~columns_for_r() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  /// @param type f64 or i32
  template <class Column>
  void write(const std::string& name, const std::string& type, const Column& column) {
    put(name + "." + type, column.data(), sizeof column[0], column.size());
    manifest_ += name + "," + type + "," + std::to_string(column.size()) + "\n";
  }
  void write_manifest() const { put("manifest.csv", manifest_.data(), 1, manifest_.size()); }

  std::string folder() const { return folder_.string(); }
  std::string path(const std::string& file) const { return (folder_ / file).string(); }

 private:
  void put(const std::string& file, const void* data, std::size_t size,
           std::size_t count) const {
    std::FILE* const out = std::fopen(path(file).c_str(), "wb");
    const std::size_t done = out == nullptr ? 0 : std::fwrite(data, size, count, out);
    if (out == nullptr || std::fclose(out) != 0 || done != count)
      throw std::runtime_error("cannot write " + path(file));
  }

  std::filesystem::path folder_;
  std::string manifest_ = "name,type,rows\n";
};

}  // namespace bench
