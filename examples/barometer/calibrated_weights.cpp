// SPDX-License-Identifier: BSL-1.0
#include "calibrated_weights.hpp"

#include <baro/core/error.hpp>
#include <baro/weights/calibrate.hpp>

#include "margins_file.hpp"
#include "refusal.hpp"

#include <numeric>
#include <string>
#include <vector>

namespace barometer {

namespace {

baro::calibration by_method(const std::vector<double>& weights,
                            const std::vector<baro::margin>& margins,
                            const calibration_request& r, const std::string& file) {
  if (r.method == "poststratify") {
    if (margins.size() != 1 || margins.front().is_total())
      throw baro::file_error({.file = file},
                             "--method poststratify must have one variable with levels; cross "
                             "several as in sex:age");
    return baro::poststratify(weights, margins.front());
  }
  if (r.method == "linear") return baro::calibrate(weights, margins, baro::linear_distance{});
  if (r.method == "logit")
    return baro::calibrate(weights, margins, baro::logit_distance(*r.bounds));
  if (r.method == "truncated")
    return baro::calibrate(weights, margins, baro::truncated_distance(*r.bounds));
  return baro::calibrate(weights, margins, baro::raking_distance{});
}

/// Without the name of the function that says it.
std::string said(std::string message) {
  const auto colon = message.find(": ");
  return colon == message.npos ? message : message.substr(colon + 2);
}

void check_reached(const baro::calibration& c, const std::string& file) {
  if (c.status() == baro::status::ok) return;
  throw baro::file_error({.file = file}, said(c.explanation()));
}

}  // namespace

baro::calibration calibrated_weights(const baro::csv_table& data,
                                     const std::vector<double>& weights,
                                     const calibration_request& request) {
  const margins_file file(request.margins, data,
                          std::accumulate(weights.begin(), weights.end(), 0.0));
  try {
    baro::calibration made = by_method(weights, file.margins(), request, file.file());
    check_reached(made, file.file());
    if (!request.trim) return made;
    baro::calibration trimmed = baro::trim(made, file.margins(), *request.trim);
    check_reached(trimmed, file.file());
    return trimmed;
  } catch (const baro::value_error& e) {
    throw baro::file_error({.file = file.file()}, said(e.what()));
  }
}

}  // namespace barometer
