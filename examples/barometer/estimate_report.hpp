// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "domains.hpp"
#include "estimation.hpp"
#include "question.hpp"
#include "records.hpp"
#include "sheet.hpp"

#include <string>
#include <vector>

namespace barometer {

/// Everything `estimate` found, before it takes a form.
struct estimate_result {
  std::string data{};                  ///< the file, as named
  std::vector<std::string> context{};  ///< what was done, a sentence each, for people
  std::vector<std::string> by{};       ///< names of the `--by` columns
  double level = 0.95;
  std::vector<question> questions{};
  domains cut{};
  estimation found{};
};

/// The columns of the contract.
records as_records(const estimate_result& result);

/// The same for people: shares in percent, each interval's method and assumption below.
sheet as_sheet(const estimate_result& result);

/// The covariance matrix, without a header, missing as empty.
std::string covariance_csv(const estimate_result& result);

}  // namespace barometer
