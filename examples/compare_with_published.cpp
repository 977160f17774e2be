// SPDX-License-Identifier: BSL-1.0
// Our figure against one that another institute published: our sample of medical practices and
// their "45 % of 1000 patients", with the design effect they admit to, and without it.
// (Simulated answers.)
#include <baro/baro.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

int main() {
  std::vector<int> practice;
  std::vector<std::string> answer;
  for (int i = 0; i < 600; ++i) {
    const int p = i / 12, habit = p * 17 % 7 * 12 - 36;  // patients of a practice are alike
    practice.push_back(p);
    answer.push_back((i * 53 + p * 7) % 100 < 52 + habit ? "oui" : "non");
  }
  const baro::design design{baro::rows(600), baro::psus(practice)};
  auto ours = baro::share(design, baro::categories(answer));
  const std::size_t yes = ours.index_of("oui");
  const baro::confidence_level level(0.95);

  for (const double deff : {1.0, 1.4}) {
    baro::label theirs;
    theirs.variable = "theirs";
    theirs.level = "oui";
    const auto both = baro::concatenate(
        ours, baro::published_share(0.45, baro::base(1000), {.deff = deff}, theirs));
    auto c = baro::share_difference(both, yes, ours.size(), level, baro::guarded_score{},
                                    baro::comparison_degrees::satterthwaite());
    c.a.domain = {"ours"};
    c.b.domain = {"theirs"};
    std::printf("deff of theirs %.1f: %s\n", deff, baro::sentence(c).c_str());
  }
  std::printf(
      "ours has deff %.2f: as if 600 patients were drawn one by one, the standard error "
      "would be %.2f points, not %.2f\n",
      ours.entry(yes).deff, 100 * ours.standard_error(yes) / std::sqrt(ours.entry(yes).deff),
      100 * ours.standard_error(yes));
}
