// SPDX-License-Identifier: BSL-1.0
#include "compare_verb.hpp"
#include "estimate_verb.hpp"
#include "published_verb.hpp"
#include "trend_verb.hpp"
#include "verb.hpp"
#include "weight_verb.hpp"

#include <vector>

namespace barometer {

std::vector<verb> all_verbs() {
  return {estimate_verb(), weight_verb(), compare_verb(), trend_verb(), published_verb()};
}

}  // namespace barometer
