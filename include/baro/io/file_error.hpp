// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/io/message_text.hpp>

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
    std::string out = one_line_text(at.file, 4000);
    if (at.line > 0) out.append(":").append(std::to_string(at.line));
    out.append(": ");
    if (!at.column.empty())
      out.append("column ")
          .append(quoted_text(at.column))
          .append(" = ")
          .append(shown_value(at.value))
          .append(", ");
    return out.append(rule);
  }

  file_place where_;
  std::string rule_;
};

}  // namespace baro
