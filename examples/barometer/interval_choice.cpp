// SPDX-License-Identifier: BSL-1.0
#include "interval_choice.hpp"

#include <baro/core/error.hpp>

#include "refusal.hpp"

#include <cmath>
#include <limits>
#include <string>

namespace barometer {

std::string interval_help() { return "one of " + baro::interval_names(); }

interval_choice::interval_choice(const std::string& name) {
  try {
    named_ = baro::interval_named(name);
  } catch (const baro::value_error&) {
    refuse_option("--interval", name, "must be one of " + baro::interval_names());
  }
}

baro::named_interval interval_choice::method_below_quantile() const {
  if (named_ && named_->name() == baro::normal::name()) return {baro::normal{}};
  return {baro::wald{}};
}

double degrees_behind(const baro::confidence_interval<double>& interval, double df) {
  const bool normal = interval.method == "normal" || interval.method == "woodruff (normal)";
  return normal ? std::numeric_limits<double>::infinity() : df;
}

double known_limit(double limit) {
  return std::isinf(limit) ? std::numeric_limits<double>::quiet_NaN() : limit;
}

}  // namespace barometer
