// SPDX-License-Identifier: BSL-1.0
// fails: -DSWAPPED
// says: (no matching function|could not convert|no viable conversion)
#include <baro/core/population_size.hpp>
#include <baro/core/sampling_fraction.hpp>

double left_out(baro::sampling_fraction f) { return 1 - f.value(); }

int main() {
#ifdef SWAPPED
  return left_out(baro::population_size(400)) < 1 ? 0 : 1;
#else
  return left_out(baro::sampling_fraction(0.305)) < 1 ? 0 : 1;
#endif
}
