// SPDX-License-Identifier: BSL-1.0
#include "interval_choice.hpp"

#include <baro/core/error.hpp>

#include "refusal.hpp"

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

}  // namespace barometer
