// SPDX-License-Identifier: BSL-1.0
#include <every_header.hpp>

double other(double share);

int main() {
  const double share = 0.25;
  return other(share) == share + baro::confidence_level(0.5).value() ? 0 : 1;
}
