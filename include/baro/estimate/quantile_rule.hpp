// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <optional>
#include <string_view>

namespace baro {

/// Where in the sorted answers the quantile of a probability p lies. x₁ ≤ x₂ ≤ … with weights
/// w, C_k = w₁ + … + w_k, W the sum of all (Hyndman and Fan 1996, with weights as in R
/// survey 4.1).
///   hf1  the smallest x with C(x) ≥ p W (R survey `math`, default)
///   hf2  as hf1; where C(x) = p W exactly, the middle between x and the next (`school`)
///   hf4  straight lines through (C_k / W, x_k)
///   hf5  straight lines through ((C_k − w_k/2) / W, x_k)
///   hf7  straight lines through (C_{k−1} / C_{n−1}, x_k): what spreadsheets do
/// Among equal answers the lighter weight comes first, so the order of the rows does not
/// matter.
enum class quantile_rule { hf1, hf2, hf4, hf5, hf7 };

constexpr std::string_view name(quantile_rule r) noexcept {
  switch (r) {
    case quantile_rule::hf1:
      return "hf1";
    case quantile_rule::hf2:
      return "hf2";
    case quantile_rule::hf4:
      return "hf4";
    case quantile_rule::hf5:
      return "hf5";
    case quantile_rule::hf7:
      return "hf7";
  }
  return "hf1";
}

constexpr std::optional<quantile_rule> quantile_rule_named(std::string_view text) noexcept {
  for (const quantile_rule r : {quantile_rule::hf1, quantile_rule::hf2, quantile_rule::hf4,
                                quantile_rule::hf5, quantile_rule::hf7})
    if (name(r) == text) return r;
  return std::nullopt;
}

}  // namespace baro
