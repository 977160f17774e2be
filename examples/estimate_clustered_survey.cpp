// SPDX-License-Identifier: BSL-1.0
// Pupils in schools, schools drawn in two regions: a mean and the shares of every answer, each
// with the standard error that the way of drawing deserves.
#include <baro/baro.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  const std::vector<std::string> region{"North", "North", "North", "North", "North", "North",
                                        "South", "South", "South", "South", "South", "South"};
  const std::vector<int> school{1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 2, 3};
  const std::vector<int> schools_in_region{30, 30, 30, 30, 30, 30, 60, 60, 60, 60, 60, 60};
  const std::vector<double> weight{40, 42, 38, 40, 41, 39, 80, 82, 78, 79, 81, 84};
  const std::vector<double> minutes{15, 20, 35, 30, 10, 12, 22, 25, 40, 38, 43, 55};
  const std::vector<std::string> way{"walk", "walk", "bus", "bus", "walk", "",
                                     "walk", "bus",  "car", "car", "car",  "bus"};

  const baro::design design{baro::weights(weight), baro::strata(region), baro::psus(school),
                            baro::population_sizes(schools_in_region)};
  const auto figures =
      baro::tabulate(design, baro::mean_of(baro::answers(minutes).named("minutes to school")),
                     baro::share_of(baro::categories(way).named("way")));

  for (std::size_t i = 0; i < figures.size(); ++i) {
    const auto& entry = figures.entry(i);
    const auto limits = baro::interval(figures.figure(i));
    std::printf(
        "%-17s %-4s %6.3f  standard error %.3f  95 %%: %6.3f to %6.3f  n %.0f, deff %.2f\n",
        entry.label.variable.c_str(), entry.label.level.c_str(), figures.value(i),
        figures.standard_error(i), limits.low, limits.high, entry.bases.n, entry.deff);
  }
}
