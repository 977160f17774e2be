// SPDX-License-Identifier: BSL-1.0
#include "number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace barometer {

namespace {

constexpr std::string_view no_value = "–";

std::string written(double value, std::chars_format format, int precision) {
  std::array<char, 400> buffer;
  char* const begin = buffer.data();
  const auto end = precision < 0
                       ? std::to_chars(begin, begin + buffer.size(), value)
                       : std::to_chars(begin, begin + buffer.size(), value, format, precision);
  return std::string(begin, end.ptr);
}

}  // namespace

std::string exact_number(double value) {
  if (std::isnan(value)) return "";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";
  // Counts and totals in full: 100000 rather than 1e+05.
  if (value == std::trunc(value) && std::abs(value) < 1e15)
    return written(value, std::chars_format::fixed, 0);
  return written(value, std::chars_format::general, -1);
}

std::string fixed_number(double value, int decimals) {
  if (std::isnan(value)) return std::string(no_value);
  if (std::isinf(value)) return value > 0 ? "∞" : "-∞";
  if (std::abs(value) >= 1e15) return written(value, std::chars_format::scientific, 3);
  std::string text = written(value, std::chars_format::fixed, decimals);
  const bool negative = text.front() == '-';
  if (negative) text.erase(0, 1);
  if (text.find_first_not_of("0.") == text.npos) return text;  // never -0.0
  const std::size_t whole = std::min(text.find('.'), text.size());
  if (whole >= 5)
    for (std::size_t i = whole - 3; i > 0; i = i > 3 ? i - 3 : 0) text.insert(i, " ");
  return negative ? "-" + text : text;
}

std::string scientific_number(double value) {
  if (std::isnan(value) || std::isinf(value) || value == 0) return fixed_number(value, 0);
  return written(value, std::chars_format::scientific, 2);
}

std::string percent(double share, int decimals) {
  if (std::isnan(share)) return std::string(no_value);
  return fixed_number(100 * share, decimals) + " %";
}

int decimals_for(double standard_error) {
  if (!(standard_error > 0) || std::isinf(standard_error)) return 1;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(standard_error))), 0, 8);
}

}  // namespace barometer
