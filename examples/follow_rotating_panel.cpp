// SPDX-License-Identifier: BSL-1.0
// A monthly panel in rotation: who enters answers three months in a row, so two thirds of a
// month were asked the month before too, and a change is known better than from two samples
// that have nobody in common. Is a fall of 5 points real, being one of six changes looked at?
// And the curve of three-month means, which still falls when the months no longer do: what is
// its last change about? (Simulated: two times in three a person repeats the answer of the
// month before.)
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/max_t.hpp>
#include <baro/trend/follow.hpp>
#include <baro/trend/rolling.hpp>

#include <cstddef>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace {

struct month {
  std::vector<std::string> person, population, confident;
};

/// Each month `entering` people enter; `levels` are the yes in 100 of those who answer anew,
/// from two months before the first.
void interview(std::vector<month>& months, const char* population, std::size_t entering,
               const std::vector<unsigned>& levels) {
  std::mt19937 dice;
  bool yes = false;
  for (std::size_t i = 0; i < entering * levels.size(); ++i)
    for (std::size_t m = i / entering; m < levels.size() && m < i / entering + 3; ++m) {
      if (m == i / entering || dice() % 3 == 0) yes = dice() % 100 < levels[m];
      if (m < 2) continue;
      months[m - 2].person.push_back(population + std::to_string(i));
      months[m - 2].population.emplace_back(population);
      months[m - 2].confident.emplace_back(yes ? "yes" : "no");
    }
}

}  // namespace

int main() {
  std::vector<month> months(7);
  interview(months, "salariés", 330, {50, 50, 50, 50, 50, 50, 40, 40, 40});
  interview(months, "dirigeants", 60, {60, 60, 60, 60, 60, 60, 60, 60, 60});
  std::vector<baro::wave<>> waves;
  for (const month& m : months)
    waves.emplace_back("2013-0" + std::to_string(waves.size() + 1),
                       baro::design{baro::rows(m.person.size())}, baro::linked_by(m.person),
                       baro::by(m.population), baro::share_of(m.confident, {"yes"}));
  const auto linked = baro::follow(waves);
  const auto apart = baro::follow(waves, baro::link_rule::independent);
  const std::vector<baro::entry_pair> pairs{{1, 0}, {2, 1}, {3, 2}, {4, 3}, {5, 4}, {6, 5}};
  std::puts("month    confident  change  s.e. (of strangers)      p  adjusted");
  for (std::size_t s = 0; s < linked.size(); ++s) {
    const baro::wave_series<>& series = linked[s];
    const auto tests = baro::max_t(series.figures(), pairs);
    const auto strangers = baro::max_t(apart[s].figures(), pairs);
    std::printf("%s\n%s     %4.1f %%\n", series.figures().entry(0).label.domain[0].c_str(),
                series.wave(0).c_str(), 100 * series.value(0));
    for (std::size_t k = 0; k < tests.size(); ++k)
      std::printf("%s     %4.1f %%   %+5.1f  %4.2f        (%4.2f)  %5.3f     %5.3f\n",
                  series.wave(k + 1).c_str(), 100 * series.value(k + 1),
                  100 * tests[k].difference, 100 * tests[k].standard_error,
                  100 * strangers[k].standard_error, tests[k].p_value, tests[k].adjusted_p);
    std::printf("means of three months:");
    for (const double mean : baro::rolling(series, 3).figures().value())
      std::printf(" %.1f", 100 * mean);
    const auto last = baro::change_of_rolling(series, 3, 6, baro::confidence_level(0.95));
    std::printf("; the last change, %+.1f, p = %.2g, tests %s\n", 100 * last.found.value,
                last.found.p_value, last.hypothesis.c_str());
  }
}
