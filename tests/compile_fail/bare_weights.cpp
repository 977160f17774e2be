// SPDX-License-Identifier: BSL-1.0
// fails: -DBARE
// says: (no matching|constraints not satisfied)
#include <baro/design/design.hpp>

#include <vector>

int main() {
  const std::vector<int> column{1, 1, 2};
#ifdef BARE
  const baro::design d{column};  // weights, strata, or PSUs?
#else
  const baro::design d{baro::weights(column)};
#endif
  return d.size() == 3 ? 0 : 1;
}
