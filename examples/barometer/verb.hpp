// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace barometer {

/// A file to write once everything else has succeeded.
struct pending_file {
  std::string path;
  std::string content;
};

/// What a verb has done. Nothing is written before all of it is known.
struct outcome {
  std::string standard_output{};
  std::string standard_error{};  ///< for people, when all else has been written
  std::vector<pending_file> files{};
};

/// One verb of the program.
struct verb {
  std::string name;
  std::string summary;  ///< one line for `barometer --help`
  /// Adds its options to `app` and returns what runs once the command line has been read. The
  /// positional argument DATA is the verb's own to declare (`add_data`).
  /// Refuses by `refusal` or `baro::error`.
  std::function<std::function<outcome()>(CLI::App& app)> declare;
};

/// The verbs of this version, in the order of `--help`.
std::vector<verb> all_verbs();

}  // namespace barometer
