// SPDX-License-Identifier: BSL-1.0
#include "estimate_verb.hpp"
#include "verb.hpp"

#if __has_include("published_verb.hpp")
#include "published_verb.hpp"
#define BAROMETER_HAS_PUBLISHED
#endif

#include <vector>

namespace barometer {

std::vector<verb> all_verbs() {
  std::vector<verb> verbs{estimate_verb()};
#ifdef BAROMETER_HAS_PUBLISHED
  verbs.push_back(published_verb());
#endif
  return verbs;
}

}  // namespace barometer
