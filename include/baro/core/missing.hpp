// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace baro {

/// Why a row has no answer. The reasons are kept apart; `no_answer` is a blank that nobody
/// explained.
enum class missing_reason : std::uint8_t { answered, not_asked, refused, dont_know, no_answer };

constexpr std::string_view name(missing_reason r) noexcept {
  constexpr std::array<std::string_view, 5> names{"answered", "not_asked", "refused",
                                                  "dont_know", "no_answer"};
  return names[static_cast<std::size_t>(r)];
}

/// Whether "don't know" is an answer of the question is the caller's choice, and changes the
/// base.
enum class dont_know_is { missing, answer };

/// The codes by which the host's column says that there is no answer, by reason:
///   answers(y, {.not_asked = {-1}, .refused = {98}, .dont_know = {99}})
struct missing_codes {
  std::vector<double> not_asked{};
  std::vector<double> refused{};
  std::vector<double> dont_know{};
  baro::dont_know_is dont_know_is = baro::dont_know_is::missing;

  std::vector<std::pair<double, missing_reason>> list() const {
    std::vector<std::pair<double, missing_reason>> all;
    for (double c : not_asked) all.emplace_back(c, missing_reason::not_asked);
    for (double c : refused) all.emplace_back(c, missing_reason::refused);
    if (dont_know_is == baro::dont_know_is::missing)
      for (double c : dont_know) all.emplace_back(c, missing_reason::dont_know);
    return all;
  }
};

/// Rows by reason; `answered` counts the rows with an answer.
struct missing_counts {
  std::array<std::size_t, 5> rows{};

  void add(missing_reason r) noexcept { ++rows[static_cast<std::size_t>(r)]; }
  std::size_t operator[](missing_reason r) const noexcept {
    return rows[static_cast<std::size_t>(r)];
  }
  std::size_t missing() const noexcept {
    return std::accumulate(rows.begin() + 1, rows.end(), std::size_t{0});
  }
};

}  // namespace baro
