// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include <baro/core/number_text.hpp>

#include "refusal.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace barometer {

namespace {

/// CLI11 does not fold the help of an option.
std::string folded(const std::string& help) {
  constexpr std::size_t width = 62;
  std::string out;
  for (std::size_t begin = 0, end = 0; begin < help.size(); begin = end + 1) {
    end = help.size() - begin <= width ? help.size() : help.rfind(' ', begin + width);
    if (end == help.npos || end <= begin) end = std::min(help.find(' ', begin), help.size());
    out += (out.empty() ? "" : "\n") + help.substr(begin, end - begin);
  }
  return out;
}

CLI::Option* add_text(CLI::App& app, const std::string& name, const std::string& value_name,
                      const std::string& help, std::function<void(const std::string&)> read) {
  const auto checked = [name, read = std::move(read)](const std::string& text) {
    if (text.empty() || text.starts_with("--")) throw refusal(name + " must have a value");
    read(text);
  };
  return app.add_option_function<std::string>(name, checked, folded(help))
      ->type_name(value_name)
      ->trigger_on_parse();
}

}  // namespace

void add_data(CLI::App& app, std::string& path) {
  const auto read = [&path](const std::string& text) {
    if (text.empty()) throw refusal("DATA must be a file or -");
    path = text;
  };
  app.add_option_function<std::string>("DATA", read, "a CSV file; - is standard input")
      ->type_name("");
}

void add_value(CLI::App& app, const std::string& name, const std::string& value_name,
               const std::string& help, std::function<void(const std::string&)> read) {
  const auto once = [name, used = std::make_shared<bool>(false),
                     read = std::move(read)](const std::string& text) {
    if (*used) throw refusal(name + " must be given once");
    *used = true;
    read(text);
  };
  add_text(app, name, value_name, help, once);
}

void add_value(CLI::App& app, const std::string& name, const std::string& value_name,
               const std::string& help, std::string& target) {
  add_value(app, name, value_name, help, [&target](const std::string& text) { target = text; });
}

void add_each(CLI::App& app, const std::string& name, const std::string& value_name,
              const std::string& help, std::function<void(const std::string&)> read) {
  add_text(app, name, value_name, help, std::move(read));
}

void add_switch(CLI::App& app, const std::string& name, const std::string& help, bool& target) {
  app.add_flag_function(
      name, [&target](std::int64_t) { target = true; }, folded(help));
}

void add_level(CLI::App& app, double& level) {
  add_value(app, "--level", "P", "confidence level (default 0.95)",
            [&level](const std::string& text) { level = read_between("--level", text, 0, 1); });
}

void add_format(CLI::App& app, output_format& format) {
  add_value(app, "--format", "table|csv|json",
            "table for people (default), csv or json for programs",
            [&format](const std::string& text) {
              if (text == "table")
                format = output_format::table;
              else if (text == "csv")
                format = output_format::csv;
              else if (text == "json")
                format = output_format::json;
              else
                refuse_option("--format", text, "must be table, csv or json");
            });
}

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts(1);
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && !in_quotes && parts.back().empty()) {
      in_quotes = true;
    } else if (c == '"' && in_quotes) {
      if (i + 1 < text.size() && text[i + 1] == '"') {
        parts.back() += '"';
        ++i;
      } else {
        in_quotes = false;
      }
    } else if (c == ',' && !in_quotes) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (in_quotes) throw refusal(baro::shown_value(text) + ", a quote in it is never closed");
  return parts;
}

double read_between(const std::string& option, const std::string& text, double low,
                    double high) {
  const baro::number_text number = baro::read_number(text);
  const bool fits = number.problem == baro::number_problem::none && number.mark != ',' &&
                    number.value > low && number.value < high;
  if (!fits)
    refuse_option(option, text,
                  "must be in (" + std::to_string(static_cast<int>(low)) + ", " +
                      std::to_string(static_cast<int>(high)) + ")");
  return number.value;
}

}  // namespace barometer
