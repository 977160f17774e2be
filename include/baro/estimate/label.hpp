// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baro {

/// What a figure measures.
enum class statistic { mean, total, share, ratio, quantile, balance, nps, function };

constexpr std::string_view name(statistic s) noexcept {
  switch (s) {
    case statistic::mean:
      return "mean";
    case statistic::total:
      return "total";
    case statistic::share:
      return "share";
    case statistic::ratio:
      return "ratio";
    case statistic::quantile:
      return "quantile";
    case statistic::balance:
      return "balance";
    case statistic::nps:
      return "nps";
    case statistic::function:
      return "function";
  }
  return "function";
}

/// What one entry of an estimate is about: which statistic of which variable, in which domain
/// of which wave. `level` is the answer a share counts; `domain` holds one level per break, in
/// the order of the breaks.
struct label {
  baro::statistic statistic = statistic::mean;
  std::string variable{};
  std::string level{};
  std::vector<std::string> domain{};
  std::string wave{};
  bool operator==(const label&) const = default;
};

}  // namespace baro
