// SPDX-License-Identifier: BSL-1.0
#include "adjust_option.hpp"

#include "names.hpp"
#include "options.hpp"
#include "refusal.hpp"

#include <string>

namespace barometer {

void add_adjust(CLI::App& app, const char* family, std::optional<baro::adjustment>& target) {
  const std::string names = names_up_to(baro::adjustment::benjamini_yekutieli);
  add_value(app, "--adjust", "NAME",
            names + ", over the " + family + " of one statistic (default: none)",
            [&target, names](const std::string& text) {
              target = baro::adjustment_by_name(text);
              if (!target) refuse_option("--adjust", text, "must be one of " + names);
            });
}

}  // namespace barometer
