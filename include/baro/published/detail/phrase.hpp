// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace baro::detail {

/// Reads a short printed phrase from left to right. Spaces of French typography count as
/// spaces: no-break (U+00A0), narrow no-break (U+202F), thin (U+2009), figure (U+2007).
class phrase {
 public:
  explicit constexpr phrase(std::string_view text) : rest_(text) {}

  constexpr bool finished() {
    skip_spaces();
    return rest_.empty();
  }
  /// Steps over `word` when it comes next.
  constexpr bool accept(std::string_view word) {
    skip_spaces();
    return eat(word);
  }

  /// A number without a sign: digits, then maybe a point or a comma and more digits.
  struct decimal {
    std::int64_t digits = 0;  ///< 250 for « 25,0 »
    int decimals = 0;         ///< 1
    bool too_long = false;    ///< more figures than `digits` holds
  };
  constexpr std::optional<decimal> number() {
    skip_spaces();
    decimal d;
    const std::size_t before = digits(d);
    std::size_t after = 0;
    if (!rest_.empty() && (rest_[0] == '.' || rest_[0] == ',')) {
      const std::string_view kept = rest_;
      rest_.remove_prefix(1);
      after = digits(d);
      if (after == 0) rest_ = kept;
    }
    if (before + after == 0) return std::nullopt;
    d.decimals = static_cast<int>(after);
    return d;
  }

 private:
  constexpr bool eat(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  constexpr void skip_spaces() {
    bool again = true;
    while (again) {
      again = false;
      for (std::string_view space :
           {" ", "\t", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x87"})
        again = eat(space) || again;
    }
  }
  constexpr std::size_t digits(decimal& d) {
    std::size_t count = 0;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      if (d.digits > 10'000'000'000)
        d.too_long = true;
      else
        d.digits = 10 * d.digits + (rest_[0] - '0');
      rest_.remove_prefix(1);
      ++count;
    }
    return count;
  }

  std::string_view rest_;
};

constexpr std::int64_t power_of_ten(int exponent) noexcept {
  std::int64_t value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

}  // namespace baro::detail
