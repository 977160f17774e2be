// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace baro {

/// Where in a file something is wrong. Leave out what does not apply: line 0 is "no line".
struct file_place {
  std::string file{};
  std::size_t line =
      0;  ///< physical line, counted from 1; the first line of a row that has several
  std::string column{};
  std::string value{};  ///< as written in the file, without its quotes
};

namespace detail {

/// Text from outside made fit for one line of a message: control characters escaped, length
/// held.
inline std::string one_line(std::string_view text, std::size_t longest = 60) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool continues_a_character = (c & 0xC0U) == 0x80U;
    if (!continues_a_character && shown++ == longest) return out + "...";
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x20 || c == 0x7F) {
      out += "\\x";
      out += hex[c >> 4U];
      out += hex[c & 15U];
    } else {
      out += text[i];
    }
  }
  return out;
}

inline std::string quoted(std::string_view text) { return "'" + one_line(text) + "'"; }

/// A value as a message shows it: numbers bare, everything else in quotes.
inline std::string shown(std::string_view value) {
  const bool number = !value.empty() && value.size() < 30 &&
                      value.find_first_not_of("0123456789+-.,eE") == value.npos &&
                      value.find_first_of("0123456789") != value.npos;
  return number ? std::string(value) : quoted(value);
}

}  // namespace detail

/// The one exception that leaves `io/`: a file, or a cell of it, that breaks a rule. The
/// message is one line, `gss.csv:17: column 'weight' = -0.4, must be >= 0`.
class file_error : public error {
 public:
  /// @param rule what the place must be, starting with "must" when there is a value
  file_error(file_place where, std::string rule)
      : error(compose(where, rule)), where_(std::move(where)), rule_(std::move(rule)) {}

  const file_place& where() const noexcept { return where_; }
  const std::string& rule() const noexcept { return rule_; }

 private:
  static std::string compose(const file_place& at, const std::string& rule) {
    std::string out = detail::one_line(at.file, 4000);
    if (at.line > 0) out += ":" + std::to_string(at.line);
    out += ": ";
    if (!at.column.empty())
      out += "column " + detail::quoted(at.column) + " = " + detail::shown(at.value) + ", ";
    return out + rule;
  }

  file_place where_;
  std::string rule_;
};

}  // namespace baro
