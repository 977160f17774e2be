// SPDX-License-Identifier: BSL-1.0
// Quartiles of the rent by region, by a named rule, with Woodruff's interval. Where the sample
// is too small to know a limit, that side is open and says so.
#include <baro/baro.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

/// A limit or standard error, or a dash where the sample cannot know it.
std::string number(double x) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f", x);
  return std::isfinite(x) ? text : "-";
}

int main() {
  std::vector<double> rent, weight;
  std::vector<std::string> region;
  for (int i = 0; i < 48; ++i) {
    region.push_back(i < 40 ? "Centre" : "Rural");
    weight.push_back(1 + i % 3);
    rent.push_back(i < 40 ? 500 + (i * 37) % 400 : 300 + (i * 53) % 150);
  }
  const baro::design design{baro::weights(weight), baro::strata(region)};
  const baro::confidence_level level(0.95);

  for (const double p : {.25, .5, .75}) {
    const auto q = baro::quantile(design, rent, baro::probability(p), baro::by(region),
                                  baro::quantile_rule::hf7);
    const auto limits = baro::woodruff(q, level);
    for (std::size_t i = 0; i < q.size(); ++i)
      std::printf("%-6s p %.2f: %6.1f  95 %%: %6s to %6s  standard error %4s  (%s)\n",
                  q.entry(i).label.domain[0].c_str(), p, q.value(i),
                  number(limits[i].interval.low).c_str(),
                  number(limits[i].interval.high).c_str(),
                  number(limits[i].standard_error).c_str(),
                  std::string(name(limits[i].interval.status)).c_str());
  }
}
