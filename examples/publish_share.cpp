// SPDX-License-Identifier: BSL-1.0
#include <baro/baro.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  const std::vector<std::string> member{"yes", "no", "yes", "yes", "no", "yes", "yes", "no"};
  const std::vector<double> weight{1.1, 0.9, 1.3, 0.7, 1.4, 0.6, 1.2, 0.8};
  const std::vector<int> region{75, 75, 75, 75, 69, 69, 69, 69};
  const baro::design design{baro::weights(weight), baro::strata(region)};

  const auto publish = [](double share, const baro::confidence_interval<>& limits) {
    std::printf("%4.1f %%, %.0f %% interval %4.1f to %4.1f (%s; %s)\n", 100 * share,
                100 * limits.level.value(), 100 * limits.low, 100 * limits.high,
                limits.method.c_str(), assumption_text(limits).c_str());
  };

  const auto yes = baro::share(design, member).figure_of("yes");  // from answers
  publish(yes.value, baro::interval(yes));

  // from "25 % of 122 DRH": whatever was observed that prints so
  const baro::published_figure release{.share = baro::printed_share("25 %"),
                                       .base = baro::base(122)};
  publish(release.share->value(), baro::published_interval(release));
}
