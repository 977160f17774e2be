// SPDX-License-Identifier: BSL-1.0
// Eight waves of a survey from a CSV file: two shares and a mean by wave, with their limits.
// The file has no weights and no sampling units, so the limits are those of a simple random
// sample, and too short for a survey that was drawn in clusters. (Link baro::io.)
#include <baro/baro.hpp>
#include <baro/io/coded_column.hpp>
#include <baro/io/csv.hpp>
#include <baro/io/numbers.hpp>

#include <cstdio>
#include <vector>

int main() {
  const baro::csv_table file = baro::read_csv("data/gss.csv");
  const baro::coded_column year = baro::code_column(file, "year");
  const baro::coded_column marital = baro::code_column(file, "marital");
  const std::vector<double> hours = baro::numbers(file, "tvhours");  // NaN where missing

  const baro::design design{baro::rows(file.rows())};
  const auto figures =
      baro::tabulate(design, baro::by(year), baro::share_of(marital), baro::mean_of(hours));

  std::puts("year       married         never married      hours of television, n");
  for (const auto& wave : year.levels) {
    std::printf("%s", wave.c_str());
    for (const char* level : {"Married", "Never married"}) {
      const auto share = figures.figure_of(level, {wave});
      const auto limits = baro::interval(share);
      std::printf("  %4.1f %% (%4.1f-%4.1f)", 100 * share.value, 100 * limits.low,
                  100 * limits.high);
    }
    const auto mean = figures.figure_of("", {wave});
    const auto limits = baro::interval(mean);
    std::printf("  %4.2f (%4.2f-%4.2f), %4.0f\n", mean.value, limits.low, limits.high,
                mean.bases.n);
  }
}
