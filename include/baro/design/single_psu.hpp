// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <optional>
#include <string_view>

namespace baro {

/// What a stratum with a single sampled PSU adds to a variance, at every stage. A stratum
/// sampled entirely (sampling fraction 1) adds nothing under any policy.
///   error      the design is refused, naming the stratum (default)
///   remove     nothing (R survey `remove`)
///   average    the mean of what the other strata of the domain add (R `average`, Stata
///              `scaled`)
///   center     (1 − f) times its squared distance from the mean of all PSU totals
///              (R survey >= 4.2 `adjust` with `survey.adjust.domain.lonely`, Stata `centered`)
///   certainty  nothing: the PSU was selected with certainty (R `certainty`)
/// `average` and `center` also look at who answered in the domain: a respondent of weight 0 is
/// outside of every domain. So a stratum with several PSUs of which one is in the domain counts
/// as single there, as in R with that option, which is not R's default. (R counts such a row
/// unless the domain leaves it out.)
enum class single_psu { error, remove, average, center, certainty };

constexpr std::string_view name(single_psu p) noexcept {
  switch (p) {
    case single_psu::error:
      return "error";
    case single_psu::remove:
      return "remove";
    case single_psu::average:
      return "average";
    case single_psu::center:
      return "center";
    case single_psu::certainty:
      return "certainty";
  }
  return "error";
}

/// The policy of that name, or nothing.
constexpr std::optional<single_psu> single_psu_named(std::string_view text) noexcept {
  for (const single_psu p : {single_psu::error, single_psu::remove, single_psu::average,
                             single_psu::center, single_psu::certainty})
    if (name(p) == text) return p;
  return std::nullopt;
}

}  // namespace baro
