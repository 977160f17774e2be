// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/hypothesis/adjust.hpp>
#include <baro/trend/link_rule.hpp>

#include "domains.hpp"
#include "question.hpp"
#include "records.hpp"
#include "sheet.hpp"
#include "trend_waves.hpp"

#include <string>
#include <vector>

namespace barometer {

/// What the verb `trend` has found.
struct trend_result {
  std::string title{};
  std::vector<std::string> context{};
  std::vector<std::string> by{};
  std::vector<std::string> waves{};
  domains cut{};
  std::vector<question> questions{};
  std::vector<trend_figure> figures{};
  baro::confidence_level level{baro::default_level};
  baro::adjustment adjusted = baro::adjustment::none;
  std::vector<std::string> notes{};  ///< of the link between waves
};

records as_records(const trend_result& result);
sheet as_sheet(const trend_result& result);

}  // namespace barometer
