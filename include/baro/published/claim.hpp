// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/published/detail/phrase.hpp>
#include <baro/published/printed_share.hpp>
#include <baro/published/rounding.hpp>
#include <baro/published/share_range.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace baro {

/// What a claim says of a share and its bound.
enum class relation { greater, at_least, less, at_most, equal };

constexpr std::string_view name(relation r) noexcept {
  switch (r) {
    case relation::greater:
      return ">";
    case relation::at_least:
      return ">=";
    case relation::less:
      return "<";
    case relation::at_most:
      return "<=";
    case relation::equal:
      return "=";
  }
  return "=";
}

/// A sentence about a share of the population, as a press release makes it: « plus des deux
/// tiers » is `> 2/3`, « moins de 10 % » is `< 10%`, « trois quarts » is `= 3/4`.
class claim {
 public:
  static constexpr std::int64_t largest_denominator = 1'000'000;

  /// @param phrase  one of > >= < <= = ≥ ≤, then a fraction or a percentage of at
  ///                most 6 decimals
  /// @throws value_error  anything else, or a bound beyond 100 %
  explicit claim(std::string_view phrase) : text_(phrase) {
    if (const auto rule = read(phrase, *this); !rule.empty())
      detail::refuse("claim", "phrase", phrase, rule);
  }
  /// The rule that `phrase` breaks, empty when it breaks none.
  static std::string_view broken_rule(std::string_view phrase) {
    claim unused;
    return read(phrase, unused);
  }

  baro::relation relation() const noexcept { return relation_; }
  /// The bound is numerator / denominator, exactly as written: 2/4 keeps its 4, 10% is 10/100.
  std::int64_t numerator() const noexcept { return numerator_; }
  std::int64_t denominator() const noexcept { return denominator_; }
  template <class Real = double>
  Real bound() const {
    return static_cast<Real>(numerator_) / static_cast<Real>(denominator_);
  }
  const std::string& text() const noexcept { return text_; }

  /// The shares the phrase describes, for a figure that is published by its claim alone. « More
  /// than two thirds » is (2/3, 1]. An equality is a coarse print: « three quarters » is
  /// whatever is nearer to 3/4 than to the next quarter, (5/8, 7/8), and `= 25%` whatever
  /// rounds to 25 %.
  share_range range() const noexcept {
    const auto a = numerator_, d = denominator_;
    switch (relation_) {
      case relation::greater:
        return {a, d, d, edge::excluded, edge::included};
      case relation::at_least:
        return {a, d, d, edge::included, edge::included};
      case relation::less:
        return {0, a, d, edge::included, edge::excluded};
      case relation::at_most:
        return {0, a, d, edge::included, edge::included};
      case relation::equal:
        break;
    }
    return rounds_to(a, d);
  }

  /// True or false of every share there is, without any data: `>= 0%` and `<= 100%` hold,
  /// `> 100%` and `< 0%` cannot. Empty for every other claim.
  std::optional<bool> decided_by_logic() const noexcept {
    if (numerator_ == 0) {
      if (relation_ == relation::at_least) return true;
      if (relation_ == relation::less) return false;
    }
    if (numerator_ == denominator_) {
      if (relation_ == relation::at_most) return true;
      if (relation_ == relation::greater) return false;
    }
    return std::nullopt;
  }

  /// The same claim about the opposite answer: p > 2/3 is 1 − p < 1/3.
  claim mirrored() const {
    using baro::relation;
    claim other = *this;
    other.numerator_ = denominator_ - numerator_;
    switch (relation_) {
      case relation::greater:
        other.relation_ = relation::less;
        break;
      case relation::at_least:
        other.relation_ = relation::at_most;
        break;
      case relation::less:
        other.relation_ = relation::greater;
        break;
      case relation::at_most:
        other.relation_ = relation::at_least;
        break;
      case relation::equal:
        break;
    }
    other.text_ = std::string(name(other.relation_)) + " " + std::to_string(other.numerator_) +
                  "/" + std::to_string(other.denominator_);
    return other;
  }

 private:
  claim() = default;

  static std::string_view read(std::string_view text, claim& into) {
    constexpr std::string_view shape =
        "must be one of > >= < <= = and a fraction or a percentage, such as > 2/3 or < 10%";
    constexpr std::pair<std::string_view, baro::relation> relations[] = {
        {">=", relation::at_least},
        {"<=", relation::at_most},
        {"\xE2\x89\xA5", relation::at_least},
        {"\xE2\x89\xA4", relation::at_most},
        {"\xE2\xA9\xBE", relation::at_least},
        {"\xE2\xA9\xBD", relation::at_most},
        {">", relation::greater},
        {"<", relation::less},
        {"=", relation::equal}};
    detail::phrase phrase(text);
    bool known = false;
    for (const auto& [sign, meaning] : relations) {
      if (!phrase.accept(sign)) continue;
      into.relation_ = meaning;
      known = true;
      break;
    }
    const auto above = known ? phrase.number() : std::nullopt;
    if (!above) return shape;
    if (phrase.accept("%")) {
      if (!phrase.finished()) return shape;
      if (above->decimals > printed_share::most_decimals) return "must have at most 6 decimals";
      into.denominator_ = 100 * detail::power_of_ten(above->decimals);
      if (above->too_long || above->digits > into.denominator_)
        return "must be a bound from 0 to 100 percent";
      into.numerator_ = above->digits;
      return {};
    }
    if (above->decimals != 0 || !phrase.accept("/")) return shape;
    const auto below = phrase.number();
    if (!below || below->decimals != 0 || !phrase.finished()) return shape;
    if (below->too_long || below->digits < 1 || below->digits > largest_denominator)
      return "must be a fraction whose denominator is from 1 to 1000000";
    if (above->too_long || above->digits > below->digits) return "must be a bound from 0 to 1";
    into.numerator_ = above->digits;
    into.denominator_ = below->digits;
    return {};
  }

  std::string text_;
  baro::relation relation_ = baro::relation::equal;
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace baro
