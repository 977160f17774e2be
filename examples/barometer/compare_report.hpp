// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/hypothesis/adjust.hpp>
#include <baro/hypothesis/independence.hpp>

#include "comparisons.hpp"
#include "question.hpp"
#include "records.hpp"
#include "sheet.hpp"

#include <string>
#include <vector>

namespace barometer {

/// What the verb `compare` has found.
struct compare_result {
  std::string title{};
  std::vector<std::string> context{};
  std::vector<std::string> by{};
  std::vector<question> questions{};
  std::vector<compared> rows{};
  baro::confidence_level level{baro::default_level};
  baro::adjustment adjusted = baro::adjustment::none;
};

records as_records(const compare_result& result);
sheet as_sheet(const compare_result& result);

/// One table of two questions, tested.
struct table_result {
  std::string title{};
  std::vector<std::string> context{};
  std::string rows{}, columns{};
  baro::cell_shares<double> shares{};
  baro::test_result<double> found{};
};

records as_records(const table_result& result);
sheet as_sheet(const table_result& result);

}  // namespace barometer
