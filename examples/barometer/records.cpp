// SPDX-License-Identifier: BSL-1.0
#include "records.hpp"

#include "number_text.hpp"
#include "refusal.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <set>
#include <string>

namespace barometer {

namespace {

std::string csv_field(const std::string& text) {
  const bool plain = text.find_first_of(",;\"\r\n\t") == text.npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

std::string csv_field(const field& f) {
  if (const auto* text = std::get_if<std::string>(&f)) return csv_field(*text);
  if (const auto* number = std::get_if<double>(&f)) return exact_number(*number);
  return "";
}

std::string json_value(const field& f) {
  if (const auto* text = std::get_if<std::string>(&f))
    return nlohmann::json(*text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (const auto* number = std::get_if<double>(&f)) {
    if (std::isnan(*number)) return "null";
    if (std::isinf(*number)) return '"' + exact_number(*number) + '"';
    return exact_number(*number);
  }
  return "null";
}

}  // namespace

std::string as_csv(const records& result) {
  std::string out;
  for (std::size_t c = 0; c < result.columns.size(); ++c)
    out += (c == 0 ? "" : ",") + csv_field(result.columns[c]);
  out += '\n';
  for (const auto& row : result.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out += ',';
      out += csv_field(row[c]);
    }
    out += '\n';
  }
  return out;
}

std::string as_json(const records& result) {
  std::set<std::string> names;
  for (const std::string& name : result.columns)
    if (!names.insert(name).second)
      refuse_option("--format", "json",
                    "must have columns of different names, two would be called " +
                        baro::quoted_text(name));
  std::vector<std::string> keys;
  for (const std::string& name : result.columns) keys.push_back(json_value(name) + ": ");
  std::string out = "[";
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    out += r == 0 ? "\n  {" : ",\n  {";
    for (std::size_t c = 0; c < keys.size(); ++c)
      out += (c == 0 ? "" : ", ") + keys[c] + json_value(result.rows[r][c]);
    out += '}';
  }
  return out + (result.rows.empty() ? "]\n" : "\n]\n");
}

}  // namespace barometer
