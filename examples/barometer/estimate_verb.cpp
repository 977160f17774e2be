// SPDX-License-Identifier: BSL-1.0
#include "estimate_verb.hpp"

#include "options.hpp"
#include "refusal.hpp"

#include <memory>
#include <string>

namespace barometer {

verb estimate_verb() {
  return {"estimate",
          "means, totals, shares, ratios, quantiles and balances with their intervals",
          [](CLI::App& app) -> std::function<outcome()> {
            auto data = std::make_shared<std::string>();
            add_data(app, *data);
            return [data]() -> outcome { throw refusal("estimate: being built"); };
          }};
}

}  // namespace barometer
