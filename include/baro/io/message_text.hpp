// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

/// How a message shows text that comes from a file or a command line.
namespace baro {

/// Text from outside made fit for one line of a message: control characters escaped, length
/// held.
inline std::string one_line_text(std::string_view text, std::size_t longest = 60) {
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

inline std::string quoted_text(std::string_view text) {
  return std::string("'").append(one_line_text(text)).append("'");
}

/// A value as a message shows it: numbers bare, everything else in quotes.
inline std::string shown_value(std::string_view value) {
  const bool number = !value.empty() && value.size() < 30 &&
                      value.find_first_not_of("0123456789+-.,eE") == value.npos &&
                      value.find_first_of("0123456789") != value.npos;
  return number ? std::string(value) : quoted_text(value);
}

}  // namespace baro
