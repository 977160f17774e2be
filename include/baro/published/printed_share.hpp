// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/published/detail/phrase.hpp>
#include <baro/published/rounding.hpp>
#include <baro/published/share_range.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace baro {

/// How a share is written: 25 or 0.25.
enum class share_unit { percent, proportion };

/// A share exactly as it was printed: `25`, `25%`, `25,0 %`, or `0.25` as a proportion.
/// A printed share is not a number but an interval: everything that rounds to it at the
/// precision it was printed with. Half goes to the even neighbour unless `rounding` says
/// otherwise: 25 stands for (24.5, 25.5), without its ends, and 24 for [23.5, 24.5], with them.
class printed_share {
 public:
  static constexpr int most_decimals = 6;  ///< of a percentage; 8 of a proportion

  /// The rule that 0.25 without a sign breaks: is it 0.25 % or 25 %?
  static constexpr std::string_view needs_sign =
      "must have a % sign below 1 %, or be given as share_unit::proportion";

  /// @param text  digits, at most one point or comma, then `%` if a percentage says so, which
  /// it
  ///              must below 1 %
  /// @throws value_error  anything else, beyond 100 %, or more decimals than a base could carry
  explicit printed_share(std::string_view text, share_unit unit = share_unit::percent,
                         rounding ties = rounding::half_even)
      : text_(text), unit_(unit), ties_(ties) {
    if (const auto rule = read(text, unit, *this); !rule.empty())
      detail::refuse("printed_share", "text", text, rule);
  }
  /// The rule that `text` breaks, empty when it breaks none: for a program that words its own
  /// refusals.
  static std::string_view broken_rule(std::string_view text,
                                      share_unit unit = share_unit::percent) {
    printed_share unused;
    return read(text, unit, unused);
  }

  /// The number printed, as a proportion in [0, 1].
  template <class Real = double>
  Real value() const {
    return static_cast<Real>(steps_) / static_cast<Real>(scale_);
  }
  /// What was printed is `steps` units of the last digit, of which 100 % holds `scale`.
  std::int64_t steps() const noexcept { return steps_; }
  std::int64_t scale() const noexcept { return scale_; }
  int decimals() const noexcept { return decimals_; }
  share_unit unit() const noexcept { return unit_; }
  const std::string& text() const noexcept { return text_; }

  /// Every share of the sample that rounds to what was printed.
  share_range range() const noexcept { return rounds_to(steps_, scale_, ties_); }

  /// Another share printed in the same manner: `printed_share("25,0").with_steps(251)` is 25.1.
  /// @throws value_error  outside 0 to `scale`
  printed_share with_steps(std::int64_t steps) const {
    if (steps < 0 || steps > scale_)
      detail::refuse("printed_share", "steps", steps, "must be from 0 to the steps of 100 %");
    printed_share other = *this;
    other.steps_ = steps;
    std::string digits = std::to_string(steps);
    const auto decimals = static_cast<std::size_t>(decimals_);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
    if (unit_ == share_unit::percent && steps > 0 && 100 * steps < scale_) digits += '%';
    other.text_ = std::move(digits);
    return other;
  }

 private:
  printed_share() = default;

  static std::string_view read(std::string_view text, share_unit unit, printed_share& into) {
    const bool percent = unit == share_unit::percent;
    const std::string_view shape =
        percent ? "must be a percentage as printed, such as 25, 25% or 25,0 %"
                : "must be a proportion as printed, such as 0.25, without a % sign";
    detail::phrase phrase(text);
    const auto number = phrase.number();
    if (!number) return shape;
    const bool sign = percent && phrase.accept("%");
    if (!phrase.finished()) return shape;
    const int most = percent ? most_decimals : most_decimals + 2;
    if (number->decimals > most)
      return percent ? "must have at most 6 decimals" : "must have at most 8 decimals";
    into.scale_ = (percent ? 100 : 1) * detail::power_of_ten(number->decimals);
    if (number->too_long || number->digits > into.scale_)
      return percent ? "must be from 0 to 100 percent" : "must be from 0 to 1";
    if (percent && !sign && number->digits > 0 && 100 * number->digits < into.scale_)
      return needs_sign;
    into.steps_ = number->digits;
    into.decimals_ = number->decimals;
    return {};
  }

  std::string text_;
  share_unit unit_ = share_unit::percent;
  rounding ties_ = rounding::half_even;
  std::int64_t steps_ = 0;
  std::int64_t scale_ = 100;
  int decimals_ = 0;
};

/// « 50 % »: whole percentages, for a figure whose own precision is not known.
inline printed_share whole_percent() { return printed_share("0"); }

}  // namespace baro
