// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "columns_for_r.hpp"
#include "sample.hpp"

#include <limits>
#include <map>
#include <string>

/// The same work in R's survey package, on the same columns: peers/README.md has the format.
namespace bench {

struct r_result {
  double seconds = 0;
  std::size_t entries = 0;
  double value = 0, standard_error = 0, covariance = 0;  ///< NaN where there is none
};

/// Task → what R says and how long it took.
inline std::map<std::string, r_result> run_survey(const std::string& script, const sample& s,
                                                  int repeats) {
  columns_for_r columns(std::to_string(s.size()));
  columns.write("weight", "f64", s.weight);
  columns.write("stratum", "i32", s.stratum);
  columns.write("psu", "i32", s.psu);
  columns.write("y", "f64", s.y);
  columns.write("x", "f64", s.x);
  columns.write("q", "i32", s.question);
  columns.write("domain", "i32", s.domain);
  columns.write_manifest();
  std::map<std::string, r_result> out;
  for (const auto& cells : rows_of("Rscript '" + script + "' '" + columns.folder() +
                                       "' --repeats " + std::to_string(repeats),
                                   7)) {
    const auto number = [&](std::size_t k) {
      return cells[k].empty() ? std::numeric_limits<double>::quiet_NaN() : std::stod(cells[k]);
    };
    out[cells[0]] = {number(2), static_cast<std::size_t>(number(3)), number(4), number(5),
                     number(6)};
  }
  return out;
}

}  // namespace bench
