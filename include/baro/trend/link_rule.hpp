// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace baro {

/// Where the covariance between waves comes from, r the sums z = Σ w u of units, less a mean.
///   pattern       Σ m/(m − 1) Σ r rᵀ over cells (stratum at each wave × waves met in), r about
///                 the mean of the cell of m units; a unit alone in its cell adds its strata's
///                 variances and no covariance. Positive semi-definite for any number of waves.
///                 Where most of those met again are alone in their cells (many waves, each
///                 with its own refusals) it falls back to independence, which is too careful:
///                 `stratum` is made for that
///   stratum       Σ r rᵀ, each r about the mean of its stratum in that wave and times
///                 √(n/(n − 1)): no cells, so it holds for any pattern of presence, as far as
///                 those who stay answer like those who do not. Positive semi-definite. With n
///                 units in a stratum it makes a covariance smaller by up to 2/n of it
///   berger_priam  wave by wave with cells of the two waves alone, ρ = Σ r s / √(Σ r² Σ s²)
///                 (Berger and Priam 2016, JRSS A 179:251): what vardpoor and ReGenesees give.
///                 Too small a standard error with small cells; not always positive
///                 semi-definite over several waves
///   independent   none
enum class link_rule { pattern, stratum, berger_priam, independent };

constexpr std::string_view name(link_rule r) noexcept {
  constexpr std::array<std::string_view, 4> names{"pattern", "stratum", "berger_priam",
                                                  "independent"};
  return names[static_cast<std::size_t>(r)];
}

/// The rule of that name.
constexpr std::optional<link_rule> link_rule_by_name(std::string_view text) noexcept {
  for (int r = 0; r <= static_cast<int>(link_rule::independent); ++r)
    if (name(static_cast<link_rule>(r)) == text) return static_cast<link_rule>(r);
  return std::nullopt;
}

}  // namespace baro
