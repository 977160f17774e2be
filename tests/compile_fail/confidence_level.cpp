// SPDX-License-Identifier: BSL-1.0
// fails: -DBARE_NUMBER
// says: (no matching function|could not convert|no viable conversion)
#include <baro/core/confidence_level.hpp>

double error_allowed(baro::confidence_level level) { return level.alpha(); }

int main() {
#ifdef BARE_NUMBER
  return error_allowed(0.95) < 1 ? 0 : 1;  // a level, a quantile, a percentage?
#else
  return error_allowed(baro::confidence_level(0.95)) < 1 ? 0 : 1;
#endif
}
