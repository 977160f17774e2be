// SPDX-License-Identifier: BSL-1.0
#include "calibration_request.hpp"

#include <baro/core/number_text.hpp>

#include "options.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace barometer {

namespace {

constexpr std::array<std::string_view, 5> methods{"poststratify", "linear", "raking", "logit",
                                                  "truncated"};

/// `0.3,3` as two numbers on both sides of 1.
std::pair<double, double> read_pair(const std::string& option, const std::string& text) {
  std::vector<double> parts;
  for (const std::string& part : split_list(text)) {
    const baro::number_text number = baro::read_number(part);
    if (number.problem != baro::number_problem::none || number.mark == ',') {
      parts.clear();
      break;
    }
    parts.push_back(number.value);
  }
  if (parts.size() != 2 || !(parts[0] >= 0 && parts[0] < 1 && parts[1] > 1))
    refuse_option(option, text, "must be two numbers L,U with 0 <= L < 1 < U");
  return {parts[0], parts[1]};
}

}  // namespace

void add_calibration(CLI::App& app, calibration_request& request) {
  add_value(app, "--margins", "FILE",
            "calibrate the weights to these known totals first (CSV with the columns variable, "
            "level, target; counts, shares or percentages; a total of a number has no level; "
            "crossed: sex:age); standard errors account for it",
            request.margins);
  add_value(app, "--method", "NAME",
            "poststratify, linear, raking (default), logit or truncated",
            [&request](const std::string& text) {
              if (std::find(methods.begin(), methods.end(), text) == methods.end())
                refuse_option("--method", text,
                              "must be poststratify, linear, raking, logit or truncated");
              request.method = text;
            });
  add_value(app, "--bounds", "L,U", "bounds of the factors, for logit and truncated",
            [&request](const std::string& text) {
              const auto [low, high] = read_pair("--bounds", text);
              request.bounds = baro::factor_bounds{.low = low, .high = high};
            });
}

void add_trim(CLI::App& app, calibration_request& request) {
  add_value(app, "--trim", "LOW,HIGH",
            "bounds of the final weights relative to their mean, which go before --bounds; the "
            "margins are kept",
            [&request](const std::string& text) {
              const auto [low, high] = read_pair("--trim", text);
              request.trim = baro::trim_bounds{.low = low, .high = high};
            });
}

void check(const calibration_request& request) {
  const bool bounded = request.method == "logit" || request.method == "truncated";
  if (request.margins.empty()) {
    if (!request.method.empty())
      refuse_option("--method", request.method, "must come with --margins");
    if (request.bounds) throw refusal("--bounds must come with --margins");
    return;
  }
  if (bounded && !request.bounds)
    refuse_option("--method", request.method, "must come with --bounds L,U");
  if (!bounded && request.bounds)
    throw refusal("--bounds must come with --method logit or truncated");
}

}  // namespace barometer
