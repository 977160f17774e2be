// SPDX-License-Identifier: BSL-1.0
// Two populations that answered the same question, two samples with different designs:
// dirigeants drawn by region, patients by medical practice. Is the difference real, in which
// sector, and is it one difference or many? (Simulated answers.)
#include <baro/baro.hpp>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

int main() {
  std::vector<std::string> region, sector_of_dirigeant, dirigeants;
  std::vector<double> weight;
  for (int i = 0; i < 122; ++i) {
    region.push_back(i % 3 == 0 ? "Paris" : "ailleurs");
    sector_of_dirigeant.push_back(i % 2 == 0 ? "ville" : "campagne");
    dirigeants.push_back(i * 37 % 100 < 79 ? "oui" : "non");
    weight.push_back(i % 3 == 0 ? 20 : 35);
  }
  std::vector<int> practice;
  std::vector<std::string> sector_of_patient, patients;
  for (int i = 0; i < 900; ++i) {
    const int p = i / 15, habit = p * 17 % 7 * 8 - 24;  // patients of a practice are alike
    practice.push_back(p);
    sector_of_patient.push_back(p % 2 == 0 ? "ville" : "campagne");
    patients.push_back((i * 53 + p * 7) % 100 < (p % 2 == 0 ? 60 : 71) + habit ? "oui" : "non");
  }
  const baro::design of_dirigeants{baro::weights(weight), baro::strata(region)};
  const baro::design of_patients{baro::rows(900), baro::psus(practice)};
  const baro::confidence_level level(0.95);

  std::array<double, 2> p_values{};
  const std::array<const char*, 2> sectors{"campagne", "ville"};
  const auto a = baro::share(of_dirigeants, baro::categories(dirigeants),
                             baro::by(baro::categories(sector_of_dirigeant)));
  const auto b = baro::share(of_patients, baro::categories(patients),
                             baro::by(baro::categories(sector_of_patient)));
  const auto both = baro::concatenate(a, b);  // independent samples: no covariance
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    auto c = baro::share_difference(
        both, a.index_of("oui", {sectors[s]}), a.size() + b.index_of("oui", {sectors[s]}),
        level, baro::guarded_score{}, baro::comparison_degrees::satterthwaite());
    p_values[s] = c.p_value;
    c.a.domain = {"dirigeants"};
    c.b.domain = {"patients"};
    std::printf("%s\n  %s\n  %s\n", sectors[s], baro::sentence(c).c_str(),
                baro::sentence(c, baro::language::french).c_str());
  }
  const auto adjusted = baro::adjusted(p_values, baro::adjustment::holm);
  std::printf("adjusted by Holm: %.4f and %.4f\n", adjusted[0], adjusted[1]);

  const auto table = baro::shares_of_cells(of_patients, baro::categories(patients),
                                           baro::categories(sector_of_patient));
  const auto t = baro::independence(table);
  std::printf("patients, answer by sector: F = %.3f on %.2f and %.2f df, p = %.4f (%s)\n",
              t.statistic, t.df1, t.df2, t.p_value, t.test.c_str());
}
