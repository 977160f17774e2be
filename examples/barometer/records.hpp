// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "output_format.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace barometer {

/// One field of a result: missing, text, or a number. A NaN is missing; infinity is `inf`.
using field = std::variant<std::monostate, std::string, double>;

/// The number of a field that has none.
inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// A result for programs: the columns of the contract and a row per figure.
struct records {
  std::vector<std::string> columns{};
  std::vector<std::vector<field>> rows{};
};

/// RFC 4180, LF at the end of each line, numbers with as many digits as it takes to read the
/// same double back (17 at most), missing as empty.
std::string as_csv(const records& result);

/// An array of objects, one line each; missing as null, infinity as the string "inf".
/// @throws refusal  two columns of the same name
std::string as_json(const records& result);

/// A result in the format asked for.
/// @param of        for programs, called where it is wanted
/// @param for_people text, the same
template <class Records, class Text>
std::string in_format(output_format format, Records of, Text for_people) {
  if (format == output_format::csv) return as_csv(of());
  if (format == output_format::json) return as_json(of());
  return for_people();
}

}  // namespace barometer
