// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>
#include <baro/estimate/label.hpp>

#include "number_text.hpp"
#include "question.hpp"

#include <string>
#include <string_view>

namespace barometer {

/// Shares in points, anything else with as many decimals as its standard error supports.
struct compared_style {
  bool percent;
  int decimals;

  compared_style(baro::statistic kind, double standard_error)
      : percent(in_percent(kind)),
        decimals(percent ? 1 : decimals_for(standard_error > 0 ? standard_error : 1)) {}

  std::string value(double x) const {
    return percent ? barometer::percent(x, decimals) : fixed_number(x, decimals);
  }
  std::string error(double x) const {
    return percent ? fixed_number(100 * x, 2) : fixed_number(x, decimals);
  }
  std::string signed_number(double x) const {
    const std::string text = fixed_number(percent ? 100 * x : x, decimals);
    const bool zero = text.find_first_not_of("0.") == text.npos;
    return x > 0 && !zero ? "+" + text : text;
  }
};

/// Why two figures could not be compared.
std::string_view why_not_tested(baro::status s);

}  // namespace barometer
