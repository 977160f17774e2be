// SPDX-License-Identifier: BSL-1.0
// One cell of a table, seven policies, seven p-values: do more dirigeants than employees say
// yes? The same answers, by the rules of the packages that institutes use, and by the design.
// (Simulated answers, chosen so that the packages disagree.)
#include <baro/baro.hpp>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

int main() {
  std::vector<std::string> who, answer;
  std::vector<double> weight;
  std::vector<int> company;  // people of a company were asked together, and are alike
  std::mt19937 draw(14);
  for (int c = 0; c < 102; ++c) {
    const auto habit = draw() % 40;
    for (int i = 0; i < 11; ++i) {
      const bool dirigeant = draw() % 9 == 0;
      who.push_back(dirigeant ? "dirigeants" : "employees");
      answer.push_back(draw() % 100 < (dirigeant ? 36 : 25) + habit ? "yes" : "no");
      weight.push_back(i % 3 == 0 ? 0.3 : 1.4);  // SPSS and Askia take weights for counts
      company.push_back(c);
    }
  }
  const baro::design design{baro::weights(weight), baro::psus(company)};
  const baro::design weights_only{baro::weights(weight), baro::strata(who)};
  const baro::categories question(answer), banner(who);

  // What a package sees: weights and columns that are samples of their own, no companies.
  const auto seen = baro::share(weights_only, question, baro::by(banner));
  const auto a = baro::column_of(seen, seen.index_of("yes", {"dirigeants"}));
  const auto b = baro::column_of(seen, seen.index_of("yes", {"employees"}));
  std::printf(
      "dirigeants: %.1f %% of %.0f (effective %.1f), employees: %.1f %% of %.0f (%.1f)\n",
      100 * a.share(), a.n(), a.effective_n(), 100 * b.share(), b.n(), b.effective_n());
  std::puts(baro::formula(a, b, baro::spss{}).c_str());
  std::puts(baro::formula(a, b, baro::askia{}).c_str());
  std::puts(baro::formula(a, b, baro::wincross{}).c_str());
  std::puts(baro::formula(a, b, baro::survey_reporter{}).c_str());
  std::puts(baro::formula(a, b, baro::quantum{}).c_str());
  std::puts(baro::formula(a, b, baro::displayr{}).c_str());

  const auto e = baro::share(design, question, baro::by(banner));
  std::puts(baro::formula(e, e.index_of("yes", {"dirigeants"}),
                          e.index_of("yes", {"employees"}), baro::design_based{})
                .c_str());

  const auto total = baro::share(weights_only, question);
  const auto all = baro::column_of(total, total.index_of("yes"));
  const auto rest = baro::cell_against_rest(a, all, baro::spss{});
  const auto whole = baro::cell_against_total(a, all, baro::spss{});
  std::printf("SPSS, against the rest: z = %.4f; against the total: z = %.4f\n", rest.statistic,
              whole.statistic);
}
