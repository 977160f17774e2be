// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/file_error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iconv.h>
#include <string>
#include <string_view>

namespace baro {

namespace detail {

/// The physical line, from 1, that holds `position`. Lines end with LF, CR LF or a lone CR.
inline std::size_t line_at(std::string_view text, std::size_t position) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < position && i < text.size(); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
      ++line;
  return line;
}

/// Length of the well-formed UTF-8 character at `i`, or 0 (Unicode 15, table 3-7).
inline std::size_t utf8_length(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t k) -> unsigned {
    return k < s.size() ? static_cast<unsigned char>(s[k]) : 0U;
  };
  const auto in = [](unsigned b, unsigned low, unsigned high) { return b >= low && b <= high; };
  const unsigned a = byte(i), b = byte(i + 1);
  if (a < 0x80) return 1;
  if (in(a, 0xC2, 0xDF)) return in(b, 0x80, 0xBF) ? 2 : 0;
  if (in(a, 0xE0, 0xEF)) {
    const unsigned low = a == 0xE0 ? 0xA0 : 0x80, high = a == 0xED ? 0x9F : 0xBF;
    return in(b, low, high) && in(byte(i + 2), 0x80, 0xBF) ? 3 : 0;
  }
  if (in(a, 0xF0, 0xF4)) {
    const unsigned low = a == 0xF0 ? 0x90 : 0x80, high = a == 0xF4 ? 0x8F : 0xBF;
    return in(b, low, high) && in(byte(i + 2), 0x80, 0xBF) && in(byte(i + 3), 0x80, 0xBF) ? 4
                                                                                          : 0;
  }
  return 0;
}

/// How well a text reads as UTF-8.
struct utf8_check {
  std::size_t characters = 0;  ///< well-formed characters of two bytes or more
  std::size_t broken = 0;      ///< bytes that belong to no character
  std::size_t first_broken = 0;
};

inline utf8_check check_utf8(std::string_view s) {
  utf8_check found;
  for (std::size_t i = 0; i < s.size();) {
    if (i + 8 <= s.size()) {  // eight ASCII bytes at a time
      std::uint64_t block = 0;
      std::memcpy(&block, s.data() + i, 8);
      if ((block & 0x8080808080808080ULL) == 0) {
        i += 8;
        continue;
      }
    }
    const std::size_t length = utf8_length(s, i);
    if (length == 0 && found.broken++ == 0) found.first_broken = i;
    if (length > 1) ++found.characters;
    i += length == 0 ? 1 : length;
  }
  return found;
}

/// One 8-bit encoding into UTF-8; false when a byte has no meaning in it.
inline bool convert(const char* encoding, std::string_view bytes, std::string& out) {
  struct handle {
    iconv_t id;
    explicit handle(const char* from) : id(iconv_open("UTF-8", from)) {}
    handle(const handle&) = delete;
    handle& operator=(const handle&) = delete;
    ~handle() {
      if (id != reinterpret_cast<iconv_t>(-1)) iconv_close(id);
    }
  } converter(encoding);
  if (converter.id == reinterpret_cast<iconv_t>(-1)) return false;
  out.resize(3 * bytes.size() + 4);  // no 8-bit character takes more than three bytes
  char* from = const_cast<char*>(bytes.data());
  char* to = out.data();
  std::size_t from_left = bytes.size(), to_left = out.size();
  if (iconv(converter.id, &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1))
    return false;
  out.resize(out.size() - to_left);
  return true;
}

}  // namespace detail

/// Text in UTF-8, whatever it came in: UTF-8 with or without byte order mark, otherwise CP1252
/// (Windows, which contains what Latin-1 prints), or Latin-1 where a byte has no CP1252
/// meaning. A text with more good UTF-8 characters than bad bytes is a damaged UTF-8 file, not
/// a Latin-1 one: it is refused rather than turned into `Ã©`.
/// @param file the name for messages
/// @throws file_error  NUL byte, UTF-16 or UTF-32, damaged UTF-8
/// @cost   O(bytes); no copy when the text is UTF-8 without byte order mark
inline std::string to_utf8(std::string bytes, const std::string& file) {
  const auto starts = [&](std::string_view mark) { return bytes.starts_with(mark); };
  if (starts("\xFF\xFE") || starts("\xFE\xFF"))
    throw file_error({.file = file}, "must be UTF-8 or Latin-1, this is UTF-16 or UTF-32");
  const bool marked = starts("\xEF\xBB\xBF");
  if (marked) bytes.erase(0, 3);
  if (const auto nul = bytes.find('\0'); nul != bytes.npos)
    throw file_error({.file = file, .line = detail::line_at(bytes, nul)},
                     "NUL byte, must be text in UTF-8 or Latin-1");

  const detail::utf8_check utf8 = detail::check_utf8(bytes);
  if (utf8.broken == 0) return bytes;
  if (marked || utf8.characters > utf8.broken) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(bytes[utf8.first_broken]);
    const std::string shown{'0', 'x', hex[byte >> 4U], hex[byte & 15U]};
    throw file_error({.file = file, .line = detail::line_at(bytes, utf8.first_broken)},
                     "byte " + shown + " in a UTF-8 file, must be well-formed UTF-8");
  }
  std::string out;
  if (detail::convert("CP1252", bytes, out) || detail::convert("ISO-8859-1", bytes, out))
    return out;
  throw file_error({.file = file}, "must be UTF-8, this system cannot convert Latin-1");
}

}  // namespace baro
