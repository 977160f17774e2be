// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "output_format.hpp"

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// The options of the verbs, declared once. Every helper refuses a second use of an option that
/// takes one value, and a value that is missing.
namespace barometer {

/// DATA, required; `-` is standard input.
void add_data(CLI::App& app, std::string& path);

/// `--name VALUE`, at most once.
/// @param value_name what the help calls the value, for instance `COL`
void add_value(CLI::App& app, const std::string& name, const std::string& value_name,
               const std::string& help, std::string& target);

/// The same, calling `read` with the text; `read` refuses what it cannot use.
void add_value(CLI::App& app, const std::string& name, const std::string& value_name,
               const std::string& help, std::function<void(const std::string&)> read);

/// `--name VALUE`, any number of times; `read` is called in the order of the command line, also
/// across options.
void add_each(CLI::App& app, const std::string& name, const std::string& value_name,
              const std::string& help, std::function<void(const std::string&)> read);

/// `--name`
void add_switch(CLI::App& app, const std::string& name, const std::string& help, bool& target);

/// `--level 0.95`
void add_level(CLI::App& app, double& level);

/// `--format table|csv|json`
void add_format(CLI::App& app, output_format& format);

/// `a,b,,c` as its parts. A part in double quotes may hold commas, and doubled quotes.
std::vector<std::string> split_list(const std::string& text);

/// Text as a number between two limits, neither of them allowed.
double read_between(const std::string& option, const std::string& text, double low,
                    double high);

}  // namespace barometer
