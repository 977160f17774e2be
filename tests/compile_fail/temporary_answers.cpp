// SPDX-License-Identifier: BSL-1.0
// fails: -DTEMPORARY
// says: deleted (function|constructor)
#include <baro/core/answers.hpp>

#include <vector>

std::vector<double> read_answers() { return {1, 1, 2}; }

int main() {
#ifdef TEMPORARY
  const auto seen = baro::answers(read_answers()).named("y");  // gone at the end of this line
#else
  const std::vector<double> kept = read_answers();
  const auto seen = baro::answers(kept).named("y");
#endif
  return seen.size() == 3 ? 0 : 1;
}
