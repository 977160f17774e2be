// SPDX-License-Identifier: BSL-1.0
// fails: -DNUMBERS
// says: (no matching function|no matching conversion|constraints not satisfied)
#include <baro/design/arguments.hpp>

#include <vector>

int main() {
#ifdef NUMBERS
  const std::vector<double> school{1, 1, 2};  // 1.5 would be a school too
#else
  const std::vector<int> school{1, 1, 2};
#endif
  return baro::psus(school).labels.size == 3 ? 0 : 1;
}
