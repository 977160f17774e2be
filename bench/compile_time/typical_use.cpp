// SPDX-License-Identifier: BSL-1.0
// A typical use: answers, weights and a stratified sample of schools, to shares and a mean with
// their limits, by domain.
#include <baro/baro.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  const std::vector<double> weight{1.2, 0.8, 1.0, 1.0, 1.5, 0.5}, age{31, 45, 28, 60, 39, 52};
  const std::vector<int> region{1, 1, 1, 2, 2, 2}, school{1, 2, 3, 1, 2, 3};
  const std::vector<std::string> answer{"yes", "no", "yes", "yes", "no", "yes"};
  const baro::design design{baro::weights(weight), baro::strata(region), baro::psus(school)};
  const auto shares = baro::share(design, answer, baro::by(region));
  const auto ages = baro::mean(design, age);
  const baro::confidence_level level(0.95);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto limits = baro::interval(shares.figure(i), level, baro::wilson{});
    std::printf("%s %.3f [%.3f, %.3f]\n", shares.entry(i).label.level.c_str(), shares.value(i),
                limits.low, limits.high);
  }
  const auto limits = baro::interval(ages.figure(0), level, baro::wald{});
  std::printf("%.1f [%.1f, %.1f]\n", ages.value(0), limits.low, limits.high);
}
