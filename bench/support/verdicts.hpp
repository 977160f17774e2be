// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

namespace bench {

/// printf into a string.
template <class... Values>
std::string print(const char* format, Values... values) {
  char text[256];
  const int n = std::snprintf(text, sizeof text, format, values...);
  return n > 0 ? std::string(text) : std::string();
}

/// Filled with blanks to `width` characters (not bytes), on the left where `right` is set.
inline std::string pad(const std::string& text, std::size_t width, bool right = true) {
  std::size_t characters = 0;
  for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  const std::string blanks(characters < width ? width - characters : 0, ' ');
  return right ? blanks + text : text + blanks;
}

/// Says of a number whether it keeps to its limit, and counts those that do not.
class verdicts {
 public:
  std::string at_most(double limit, double x, const char* format) {
    return say(x <= limit, print(format, x));
  }
  std::string at_least(double limit, double x, const char* format) {
    return say(x >= limit, print(format, x));
  }
  std::size_t all() const noexcept { return all_; }
  std::size_t missed() const noexcept { return missed_; }

 private:
  std::string say(bool kept, const std::string& number) {
    ++all_;
    if (!kept) ++missed_;
    return number + (kept ? " ok    " : " missed");
  }

  std::size_t all_ = 0, missed_ = 0;
};

}  // namespace bench
