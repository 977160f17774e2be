// SPDX-License-Identifier: BSL-1.0
// Any smooth function of totals, written as a lambda: t[0] is the sum of the weights, t[1],
// t[2], … the weighted totals of the columns. Derivatives, and the covariance, come by
// themselves.
#include <baro/baro.hpp>

#include <array>
#include <cstdio>
#include <vector>

int main() {
  const std::vector<double> weight{120, 80, 150, 95, 110, 130, 70, 105};
  const std::vector<int> region{1, 1, 1, 1, 2, 2, 2, 2};
  const std::vector<double> income{2100, 1850, 3900, 2400, 1700, 2900, 2250, 6400};
  const std::vector<double> hours{35, 30, 45, 38, 28, 40, 36, 50};
  std::vector<double> square;
  for (const double y : income) square.push_back(y * y);

  const baro::design design{baro::weights(weight), baro::strata(region)};
  const auto hourly = baro::function_of(
      {income, hours}, [](const auto& t) { return t[1] / (t[2] * 52 / 12); },
      "income per hour");
  const auto spread = baro::function_of(
      {income, square},
      [](const auto& t) {
        const auto mean = t[1] / t[0];
        return std::array{mean, sqrt(t[2] / t[0] - mean * mean) / mean};
      },
      "mean income, and its variation");

  const auto e = baro::tabulate(design, hourly, spread);
  for (std::size_t i = 0; i < e.size(); ++i)
    std::printf("%-30s %1s %9.4f  standard error %8.4f\n", e.entry(i).label.variable.c_str(),
                e.entry(i).label.level.c_str(), e.value(i), e.standard_error(i));
  std::printf("correlation of the mean and the variation: %.3f\n",
              e.covariance(1, 2) / (e.standard_error(1) * e.standard_error(2)));
}
