// SPDX-License-Identifier: BSL-1.0
// The redressement of a barometer: 1000 salariés are calibrated to their population by the
// logit method with factors between 0.5 and 2 and then trimmed; the 122 DRH, a small sample of
// another population, are left alone. (Made-up answers.)
#include <baro/baro.hpp>

#include <cstdio>
#include <string>
#include <vector>

int main() {
  std::vector<std::string> sex, age, sector;
  std::vector<double> base, uses_networks;
  for (int i = 0; i < 1000; ++i) {
    sex.push_back(i % 5 < 3 ? "Femme" : "Homme");
    age.push_back(i % 7 < 2 ? "18-34" : i % 7 < 5 ? "35-49" : "50+");
    sector.push_back(i % 11 < 3 ? "Industrie" : "Services");
    base.push_back(24000);
    uses_networks.push_back((i * 31 + (i % 7) * 17) % 100 < (i % 7 < 2 ? 85 : 70));
  }
  const std::vector<baro::margin> margins{
      baro::margin::counts(baro::categories(sex).named("sex"),
                           {{"Femme", 11.6e6}, {"Homme", 12.4e6}}),
      baro::margin::percentages(baro::categories(age).named("age"),
                                {{"18-34", 34}, {"35-49", 39}, {"50+", 27}}),
      baro::margin::percentages(baro::categories(sector).named("sector"),
                                {{"Industrie", 21}, {"Services", 79}})};
  const auto weights =
      baro::calibrate(base, margins, baro::logit_distance({.low = 0.5, .high = 2}));
  const auto trimmed = baro::trim(weights, margins, {.low = 0.65, .high = 1.5});

  for (const auto& w : {weights, trimmed}) {
    const auto e = baro::mean(baro::design{baro::weights(w)}, uses_networks);
    const auto factors = w.factors();
    std::printf(
        "%-5s factors %.3f to %.3f, Kish deff %.3f; salariés on networks %.2f %% "
        "(standard error %.2f, deff %.3f)\n",
        w.steps().back().c_str(), factors.smallest(), factors.largest(),
        w.summary().kish_deff(), 100 * e.value(0), 100 * e.standard_error(0), e.figure(0).deff);
  }
  std::printf("\n%s\n", baro::histogram_text(trimmed.weights(), 6).c_str());

  std::vector<double> drh;
  for (int i = 0; i < 122; ++i) drh.push_back(i % 4 == 0);
  const auto alone = baro::mean(baro::design{baro::rows(122)}, drh);
  std::printf("DRH, as they were drawn: %.1f %% (standard error %.1f)\n", 100 * alone.value(0),
              100 * alone.standard_error(0));
}
