// SPDX-License-Identifier: BSL-1.0
// Three editions of a barometer of DRH and salariés, of which only the publications are left:
// what changed, how fast, and what can be said of it? (Made-up figures.)
#include <baro/hypothesis/adjust.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/change_sentence.hpp>
#include <baro/trend/equal_waves.hpp>
#include <baro/trend/published_series.hpp>
#include <baro/trend/slope.hpp>

#include <cstdio>
#include <vector>

namespace {

void tell(const char* who, const baro::spoken_change& said, baro::language in,
          const baro::wave_series<>& series) {
  const baro::confidence_level level(0.95);
  std::printf("%s\n", who);
  auto changes = baro::changes(series, level);
  changes.push_back(baro::changes(series, level, baro::change_set::period(4)).at(0));
  baro::adjust_changes(changes, baro::adjustment::holm);
  for (const auto& c : changes)
    std::printf("  %s\n", baro::change_sentence(c, said, in).c_str());
  const auto b = baro::slope(series, level);
  std::printf("  slope %+.2f points a year [%.2f; %.2f], p = %.4f\n", 100 * b.value,
              100 * b.limits.low, 100 * b.limits.high, b.p_value);
  const auto all = baro::equal_waves(series);
  std::printf("  all editions equal? F = %.2f on %.0f df, p = %.4f\n", all.statistic, all.df1,
              all.p_value);
}

}  // namespace

int main() {
  using baro::base, baro::printed_share, baro::printed_wave;
  // Salariés: weighted samples of other people each time.
  tell("salariés", {"la part des stressés"}, baro::language::french,
       baro::published_series({printed_wave("2009", {.share = printed_share("58 %"),
                                                     .base = base(1000),
                                                     .design = {.deff = 1.4}}),
                               printed_wave("2011", {.share = printed_share("64 %"),
                                                     .base = base(1003),
                                                     .design = {.deff = 1.4}}),
                               printed_wave("2013", {.share = printed_share("67 %"),
                                                     .base = base(1000),
                                                     .design = {.deff = 1.4}})}));
  // DRH: in 2013 half of those of 2011 answered again, and 2009 has no base.
  tell("DRH", {.what = "the share under stress", .decimals = 0}, baro::language::english,
       baro::published_series({{"2009", 0.21, {}},
                               {"2011", 0.25, base(122)},
                               {"2013", 0.36, base(120), {}, {{0.5, 0.6}}}}));
}
