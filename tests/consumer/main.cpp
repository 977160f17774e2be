// SPDX-License-Identifier: BSL-1.0
#include <baro/baro.hpp>
#ifdef HAS_IO
#include <baro/io/csv.hpp>
#endif

#include <cmath>
#include <string>
#include <vector>

int main() {
  const std::vector<double> weight{1, 2, 1, 2}, hours{2, 3, 4, 5};
  const std::vector<int> region{1, 1, 2, 2};
  const std::vector<std::string> answer{"yes", "no", "no", "yes"};
  const baro::design design{baro::weights(weight), baro::strata(region)};
  const auto mean = baro::mean(design, hours, baro::by(region));
  const auto share = baro::share(design, answer);
  const auto limits = baro::interval(share.figure(1));
  bool good = std::abs(mean.value(0) - 8.0 / 3) < 1e-12 && limits.contains(0.5);
#ifdef HAS_IO
  good = good && baro::parse_csv("hours\n2\n3\n", "hours.csv").rows() == 2;
#endif
  return good ? 0 : 1;
}
