// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <charconv>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <version>

#if !defined(__cpp_lib_to_chars) || __cpp_lib_to_chars < 201611L
#include <clocale>
#include <cstdlib>
#endif

namespace baro {

/// Why a text is not a number.
enum class number_problem { none, not_a_number, out_of_range, two_marks, too_long };

/// A text read as a number.
struct number_text {
  double value = 0;
  char mark = 0;  ///< the decimal mark it was written with, '.' or ',', or 0
  number_problem problem = number_problem::not_a_number;
};

namespace detail {

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The nearest double to a text already known to be sign, digits, point, exponent.
inline number_text convert_plain_number(const char* begin, const char* end, char mark) {
  number_text out{0, mark, number_problem::none};
#if defined(__cpp_lib_to_chars) && __cpp_lib_to_chars >= 201611L
  const auto [stop, code] = std::from_chars(begin, end, out.value);
  if (code == std::errc::result_out_of_range)
    out.problem = number_problem::out_of_range;
  else if (code != std::errc{} || stop != end)
    out.problem = number_problem::not_a_number;
#else  // libc++ before 20 has no from_chars for double
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", locale_t{});
  char buffer[128];
  const auto size = static_cast<std::size_t>(end - begin);
  for (std::size_t i = 0; i < size; ++i) buffer[i] = begin[i];
  buffer[size] = '\0';
  out.value = strtod_l(buffer, nullptr, plain);
  if (!(out.value <= 1.7976931348623157e308 && out.value >= -1.7976931348623157e308))
    out.problem = number_problem::out_of_range;
#endif
  return out;
}

}  // namespace detail

/// Reads `[+-]digits[mark digits][e[+-]digits]` exactly, whatever the locale; the mark is a
/// point or a comma. Spaces and tabs around it are ignored. Everything else that some reader
/// somewhere takes for a number is not one here: `inf`, `nan`, `0x1p3`, `1 234`, `1.234,5`, `12
/// %`.
/// @returns problem `two_marks` for a text of digits with two marks (`1.234,5`, `1,234,567`)
inline number_text read_number(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
  if (text.front() == '+') {  // from_chars knows no plus
    text.remove_prefix(1);
    if (text.empty() || text.front() == '-') return {};
  }
  constexpr std::size_t longest = 120;
  char buffer[longest];
  bool comma = false, point = false, exponent = false, digits = false, two_marks = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (detail::is_digit(c)) {
      digits = true;
    } else if ((c == '.' || c == ',') && !exponent) {
      two_marks |= comma || point;
      (c == '.' ? point : comma) = true;
    } else if ((c == 'e' || c == 'E') && digits && !exponent) {
      exponent = true;
      if (i + 1 < text.size() && (text[i + 1] == '+' || text[i + 1] == '-')) ++i;
      if (i + 1 == text.size()) return {};
    } else if (c != '-' || i != 0) {
      return {};
    }
  }
  if (!digits) return {};
  const char mark = comma ? ',' : point ? '.' : '\0';
  if (two_marks) return {0, mark, number_problem::two_marks};
  if (text.size() > longest) return {0, mark, number_problem::too_long};
  const char* begin = text.data();
  if (comma) {
    for (std::size_t i = 0; i < text.size(); ++i) buffer[i] = text[i] == ',' ? '.' : text[i];
    begin = buffer;
  }
  return detail::convert_plain_number(begin, begin + text.size(), mark);
}

}  // namespace baro
