// SPDX-License-Identifier: BSL-1.0
// fails: -DTEMPORARY
// says: deleted (function|constructor)
#include <baro/design/arguments.hpp>

#include <vector>

std::vector<double> read_weights() { return {1, 1, 2}; }

int main() {
#ifdef TEMPORARY
  const baro::weights seen(read_weights());  // gone at the end of this line
#else
  const std::vector<double> kept = read_weights();
  const baro::weights seen(kept);
#endif
  return seen.view.size() == 3 ? 0 : 1;
}
