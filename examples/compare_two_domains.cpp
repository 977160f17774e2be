// SPDX-License-Identifier: BSL-1.0
// Women and men of the same households: their answers go together, so the difference is known
// better than two separate samples would tell.
#include <baro/baro.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

int main() {
  const std::vector<int> household{1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
  const std::vector<std::string> sex{"f", "m", "f", "m", "f", "m",
                                     "f", "m", "f", "m", "f", "m"};
  const std::vector<double> hours{2.5, 2.0, 4.0, 3.4, 1.0, 0.6, 3.0, 2.7, 5.0, 4.1, 2.0, 1.9};

  const baro::design design{baro::psus(household)};
  const auto e = baro::mean(design, hours, baro::by(sex));
  for (std::size_t i = 0; i < e.size(); ++i)
    std::printf("%s  %.3f  standard error %.3f\n", e.entry(i).label.domain[0].c_str(),
                e.value(i), e.standard_error(i));

  const auto gap = baro::transform(
      e, [](const auto& p) { return p[0] - p[1]; }, "gap");
  const auto ratio = baro::transform(
      e, [](const auto& p) { return p[0] / p[1]; }, "ratio");
  const baro::confidence_level level(0.95);
  for (const auto* figure : {&gap, &ratio}) {
    const auto limits = baro::interval(figure->figure(0), level, baro::wald{});
    std::printf("%-5s %.3f  standard error %.3f  95 %%: %.3f to %.3f (%s)\n",
                figure->entry(0).label.variable.c_str(), figure->value(0),
                figure->standard_error(0), limits.low, limits.high,
                assumption_text(limits).c_str());
  }
  std::printf("as if independent, the gap would have a standard error of %.3f\n",
              std::sqrt(e.variance(0) + e.variance(1)));
}
