// SPDX-License-Identifier: BSL-1.0
#include "comparison_text.hpp"

#include <string_view>

namespace barometer {

std::string_view why_not_tested(baro::status s) {
  switch (s) {
    case baro::status::empty_domain:
      return "nobody in one of the two groups answered with a positive weight.";
    case baro::status::no_degrees:
      return "too few sampling units to say how precise the difference is.";
    case baro::status::undefined:
      return "the figures do not vary, or have no value: nothing can be tested.";
    case baro::status::zero_denominator:
      return "a denominator totals zero, there is no figure.";
    case baro::status::series_break:
      return "measured in two ways, which cannot be compared.";
    default:
      return "the figures do not allow it.";
  }
}

}  // namespace barometer
