// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace test {

/// What a run of the program left behind.
struct program_run {
  int status = -1;  ///< exit status; 128 + the signal when it was killed
  std::string out{};
  std::string err{};
};

/// Runs `barometer` in an empty folder that goes away with the object.
class program {
 public:
  program();
  program(const program&) = delete;
  program& operator=(const program&) = delete;
  ~program();

  void write(const std::string& name, const std::string& bytes) const;
  bool exists(const std::string& name) const;
  /// Where a file of the folder is.
  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string read(const std::string& name) const;
  /// Names of the files in the folder, sorted, without those that catch the output.
  std::vector<std::string> files() const;

  /// @param standard_output a file to write to instead of catching it, for instance /dev/full
  program_run run(const std::vector<std::string>& arguments, const std::string& input = "",
                  const std::string& standard_output = "") const;

 private:
  std::string folder_;
  std::string catcher_;
};

/// A line of a CSV result by its columns, which hold no comma.
using program_row = std::map<std::string, std::string>;
std::vector<program_row> rows_of(const program_run& done);

}  // namespace test
