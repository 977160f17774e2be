// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/io/message_text.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace barometer {

/// A request that cannot be done: exit status 2, one line, nothing on standard output.
/// (A file that cannot be read as asked is a `baro::file_error`, and ends the same way.)
struct refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `--level = 95, must be in (0, 1)`
[[noreturn]] inline void refuse_option(std::string_view option, std::string_view value,
                                       std::string_view rule) {
  throw refusal(std::string(option) + " = " + baro::shown_value(value) + ", " +
                std::string(rule));
}

}  // namespace barometer
