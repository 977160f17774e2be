// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace baro::detail {

/// One character of a UTF-8 text.
struct text_character {
  char32_t code = 0xFFFD;  ///< what is malformed is U+FFFD, one for each byte
  std::size_t bytes = 1;
};

/// The character at `i`, which is below the size of the text.
inline text_character character_at(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(s[k]); };
  const unsigned char first = byte(i);
  if (first < 0x80) return {first, 1};
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || i + bytes > s.size()) return {};
  char32_t code = first & (0xFFU >> (bytes + 1));
  for (std::size_t k = 1; k < bytes; ++k) {
    if ((byte(i + k) & 0xC0U) != 0x80U) return {};
    code = (code << 6) | (byte(i + k) & 0x3FU);
  }
  const bool too_long = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  if (too_long || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, bytes};
}

/// How many columns of a terminal a character takes: none for marks put on the one before and
/// for joiners, two for East Asian characters and pictures, else one.
inline std::size_t width_of(char32_t c) {
  using range = std::pair<char32_t, char32_t>;
  constexpr std::array<range, 9> none{
      range{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
      {0x200B, 0x200F},      {0x20D0, 0x20FF}, {0x2060, 0x2064},
      {0xFE00, 0xFE0F},      {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
  constexpr std::array<range, 11> two{
      range{0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},  {0x3400, 0x4DBF},
      {0x4E00, 0xA4CF},      {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},  {0xFE30, 0xFE6F},
      {0xFF00, 0xFF60},      {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
  for (const auto& [low, high] : none)
    if (c >= low && c <= high) return 0;
  for (const auto& [low, high] : two)
    if (c >= low && c <= high) return 2;
  return 1;
}

inline std::size_t display_width(std::string_view s) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < s.size();) {
    const text_character c = character_at(s, i);
    width += width_of(c.code);
    i += c.bytes;
  }
  return width;
}

/// A name as it can stand in a line and in JSON: a space for each control character, U+FFFD for
/// what is not UTF-8.
inline std::string one_line(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    const text_character c = character_at(s, i);
    if (c.code < 0x20 || (c.code >= 0x7F && c.code < 0xA0))
      out += ' ';
    else if (c.code == 0xFFFD)
      out += "\uFFFD";
    else
      out += s.substr(i, c.bytes);
    i += c.bytes;
  }
  return out;
}

inline std::string spaces_for(std::string_view s, std::size_t width) {
  const std::size_t has = display_width(s);
  return std::string(has < width ? width - has : 0, ' ');
}
inline std::string left_aligned(std::string_view s, std::size_t width) {
  return std::string(s) + spaces_for(s, width);
}
inline std::string right_aligned(std::string_view s, std::size_t width) {
  return spaces_for(s, width) + std::string(s);
}

}  // namespace baro::detail
