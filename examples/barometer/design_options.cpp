// SPDX-License-Identifier: BSL-1.0
#include "design_options.hpp"

#include "options.hpp"
#include "refusal.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace barometer {

namespace {

void add_stages(CLI::App& app, const std::string& name, const std::string& help,
                std::vector<std::string>& target) {
  add_value(app, name, "COL[,COL...]", help, [&target, name](const std::string& text) {
    target = split_list(text);
    while (!target.empty() && target.back().empty()) target.pop_back();
    if (target.empty()) refuse_option(name, text, "must name a column");
  });
}

const std::string& at(const std::vector<std::string>& columns, std::size_t stage) {
  static const std::string none;
  return stage < columns.size() ? columns[stage] : none;
}

}  // namespace

std::size_t design_request::stages() const {
  return std::max({stratum.size(), psu.size(), population.size(), fraction.size()});
}

void add_design(CLI::App& app, design_request& request) {
  add_value(app, "--weight", "COL", "sampling weight (default 1 for every row)",
            request.weight);
  add_stages(app, "--stratum",
             "stratum of stage 1 (then 2, ...); an empty name skips a stage: ,region",
             request.stratum);
  add_stages(
      app, "--psu",
      "sampling unit of stage 1, 2, ..., labels read within the stratum and the unit above "
      "(default each row)",
      request.psu);
  add_stages(
      app, "--population",
      "number of units in the population, per stage (in the stratum, or in the unit of the "
      "stage above)",
      request.population);
  add_stages(app, "--fraction", "the same given as sampling fraction", request.fraction);
  add_value(app, "--single-psu", "NAME",
            "stratum of one unit: error (default), remove, average, center or certainty",
            [&request](const std::string& text) {
              const auto policy = baro::single_psu_named(text);
              if (!policy)
                refuse_option("--single-psu", text,
                              "must be error, remove, average, center or certainty");
              request.single_psu = *policy;
            });
  add_calibration(app, request.calibration);
}

void check(const design_request& request) {
  check(request.calibration);
  for (std::size_t s = 0; s < request.stages(); ++s) {
    const std::string stage = std::to_string(s + 1);
    if (!at(request.population, s).empty() && !at(request.fraction, s).empty())
      throw refusal("--population and --fraction are both given for stage " + stage +
                    ", must be one of them");
    if (s + 1 < request.stages() && at(request.psu, s).empty())
      throw refusal("--psu has no column for stage " + stage +
                    ", must name one for every stage but the last");
  }
}

}  // namespace barometer
