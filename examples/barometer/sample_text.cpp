// SPDX-License-Identifier: BSL-1.0
#include "sample_text.hpp"

#include <string>
#include <vector>

namespace barometer {

namespace {

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string out;
  for (const std::string& part : parts)
    if (!part.empty()) out += (out.empty() ? "" : between) + part;
  return out;
}

}  // namespace

std::string data_name(const std::string& path) { return path == "-" ? "standard input" : path; }

std::vector<std::string> sample_text(const design_request& request,
                                     const std::vector<std::string>& where, std::size_t rows) {
  std::vector<std::string> design;
  const auto tell = [&](const std::string& what, const std::vector<std::string>& columns) {
    const std::string names = joined(columns, ", then ");
    if (!names.empty()) design.push_back(what + " " + names);
  };
  tell("weights", {request.weight});
  tell("strata", request.stratum);
  tell("sampling units", request.psu);
  tell("population sizes", request.population);
  tell("sampling fractions", request.fraction);
  if (const calibration_request& c = request.calibration; !c.margins.empty())
    design.push_back("weights calibrated to " + c.margins + " (" +
                     (c.method.empty() ? "raking" : c.method) + ")");
  std::vector<std::string> lines{
      std::to_string(rows) + (rows == 1 ? " respondent; " : " respondents; ") +
      (design.empty() ? "each drawn by itself with the same weight" : joined(design, "; ")) +
      "."};
  if (!where.empty()) lines.push_back("Only where " + joined(where, " and ") + ".");
  return lines;
}

}  // namespace barometer
