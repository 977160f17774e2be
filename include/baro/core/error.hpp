// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace baro {

/// Every refusal of the library; the message reads `function: argument[index] = value, rule`.
/// Where one number or one element is at fault (and, for `argument`, where a column has the
/// wrong length) the parts of the message are kept, so that a host can name its own line; other
/// refusals have their message alone.
struct error : std::runtime_error {
  using std::runtime_error::runtime_error;
  std::string argument{};     ///< the column, as the message names it; or empty
  std::ptrdiff_t index = -1;  ///< the row, from 0; −1 when no single row is at fault
  std::string value{};        ///< as printed in the message
  std::string rule{};
};

/// Two columns that should be as long as each other are not.
struct size_error : error {
  using error::error;
};

/// A number or a label that the rule of its place excludes.
struct value_error : error {
  using error::error;
};

namespace detail {

/// The shortest text that reads back as the same number.
template <class T>
std::string text(const T& value) {
  if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return "'" + std::string(std::string_view(value)) + "'";
  } else if constexpr (std::is_enum_v<T>) {
    return std::to_string(static_cast<long long>(value));
  } else if constexpr (std::integral<T>) {
    return std::to_string(value);
  } else {
    char buffer[64];
    const double number = static_cast<double>(value);
    const auto [end, code] = std::to_chars(buffer, buffer + sizeof buffer, number);
    return code == std::errc{} ? std::string(buffer, end) : std::to_string(number);
  }
}

/// The parts of a message, one after the other.
inline std::string joined(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += part;
  return all;
}

[[noreturn]] inline void refuse_text(std::string_view function, std::string_view argument,
                                     std::ptrdiff_t index, std::string value,
                                     std::string_view rule) {
  const std::string place = index < 0 ? std::string() : joined({"[", text(index), "]"});
  value_error e(joined({function, ": ", argument, place, " = ", value, ", ", rule}));
  e.argument = argument;
  e.index = index;
  e.value = std::move(value);
  e.rule = rule;
  throw e;
}

/// Refuses one element: `function: argument[index] = value, rule`.
template <class T>
[[noreturn]] void refuse(std::string_view function, std::string_view argument,
                         std::size_t index, const T& value, std::string_view rule) {
  refuse_text(function, argument, static_cast<std::ptrdiff_t>(index), text(value), rule);
}

/// Refuses a single number: `function: argument = value, rule`.
template <class T>
[[noreturn]] void refuse(std::string_view function, std::string_view argument, const T& value,
                         std::string_view rule) {
  refuse_text(function, argument, -1, text(value), rule);
}

inline void check_size(std::string_view function, std::string_view argument, std::size_t size,
                       std::size_t expected) {
  if (size == expected) return;
  size_error e(joined(
      {function, ": ", argument, " has ", text(size), " rows, must have ", text(expected)}));
  e.argument = argument;
  throw e;
}

}  // namespace detail
}  // namespace baro
