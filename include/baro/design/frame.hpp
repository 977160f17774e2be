// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/arguments.hpp>
#include <baro/design/detail/pair_coder.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace baro {

/// One stage of a design as a level of a tree. A *cell* is a stratum of the stage within a unit
/// of the stage above; a *unit* is what was sampled in it.
struct frame_stage {
  std::vector<std::int32_t> parent;  ///< cell → unit of the stage above (all 0 at stage 1)
  std::vector<std::int32_t> cell;    ///< unit → cell; empty where each respondent is a unit
  std::vector<double> sampled;       ///< cell → number of units sampled
  std::vector<double> fraction;  ///< cell → sampling fraction, 0 for an unlimited population
  std::vector<double> population;  ///< cell → units in the population; empty when not given

  std::size_t cells() const noexcept { return parent.size(); }
  std::size_t units() const noexcept { return cell.size(); }

  // What codes further respondents of the same design: labels → numbers.
  std::optional<level_coder> stratum_labels{};
  std::optional<level_coder> psu_labels{};
  std::optional<detail::pair_coder> stratum_pairs{};
  std::optional<detail::pair_coder> psu_pairs{};
};

/// The tree of a design: its stages from the first down to the last that can add to a variance.
/// (Without a sampling fraction above it, a later stage adds nothing: the "ultimate cluster".)
/// A respondent belongs to a *leaf*: a unit of the last stage or, where each respondent is a
/// unit, a cell of the last stage.
struct frame {
  std::vector<frame_stage> stages;
  bool rows_are_units = true;
  std::vector<double> least_weight;  ///< leaf → smallest weight above 0, or 0

  std::size_t leaves() const noexcept {
    return rows_are_units ? stages.back().cells() : stages.back().units();
  }
};

}  // namespace baro
