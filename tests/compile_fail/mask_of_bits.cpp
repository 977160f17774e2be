// SPDX-License-Identifier: BSL-1.0
// fails: -DBITS
// says: (no matching function|no matching conversion|constraints not satisfied)
#include <baro/totals/respondents.hpp>

#include <vector>

int main() {
#ifdef BITS
  const std::vector<bool> women{true, false, true};  // no memory to look at
#else
  const std::vector<char> women{1, 0, 1};
#endif
  return baro::where(women).mask.size() == 3 ? 0 : 1;
}
