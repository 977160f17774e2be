// SPDX-License-Identifier: BSL-1.0
// A broken series: the question on stress was worded anew in 2013, and the new words find more
// stress. What came with the words and what came since 2011 cannot be told apart, unless both
// were asked in 2013: the new words of 1000 people, the old ones of 400 others, drawn at
// random. That bridge is an estimate as well, and the changes across the break are as uncertain
// as the two together. (Made-up answers.)
#include <baro/estimate/share.hpp>
#include <baro/trend/bridge.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/change_sentence.hpp>
#include <baro/trend/follow.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace {

std::vector<std::string> answers(std::size_t n, std::ptrdiff_t stressed) {
  std::vector<std::string> out(n, "no");
  std::fill_n(out.begin(), stressed, "yes");
  return out;
}

}  // namespace

int main() {
  const std::vector<std::string> years{"2009", "2011", "2013", "2015"};
  const std::vector asked{answers(1000, 520), answers(1000, 541), answers(1000, 652),
                          answers(1000, 689)};
  std::vector<baro::wave<>> waves;
  for (std::size_t t = 0; t < years.size(); ++t)
    waves.emplace_back(years[t], baro::design{baro::rows(1000)},
                       baro::share_of(asked[t], {"yes"}));
  const auto series = baro::follow(waves).at(0).broken_at({2});  // 2013 and after: new words

  const baro::confidence_level level(0.95);
  const baro::spoken_change said{"the share under stress"};
  const auto c = baro::change(series, 1, 2, level);
  std::printf("without a bridge: %s\n  %s\n", std::string(name(c.status)).c_str(),
              baro::change_sentence(c, said).c_str());

  const auto old_words = answers(400, 228);
  const auto old =
      baro::tabulate(baro::design{baro::rows(400)}, baro::share_of(old_words, {"yes"}));
  auto bridge = baro::measured_bridge(baro::concatenate(series.figures(), old),
                                      {.new_way = 2, .old_way = 4},
                                      baro::comparison_degrees::satterthwaite());
  bridge.covariance = {0, 0, series.figures().variance(2), 0};  // 2013 is one of its sides
  const auto across = baro::bridged(series, 2, bridge);
  const auto certain = baro::bridged(series, 2, baro::bridge<>{.shift = bridge.shift});
  std::printf("with one: the new words find %+.1f points, s.e. %.1f\n", 100 * bridge.shift,
              100 * bridge.standard_error);
  std::puts("changes, on the scale of the old words         were the bridge certain");
  for (const std::size_t from : {1U, 2U})
    for (std::size_t to = from + 1; to < series.size(); ++to) {
      const auto found = baro::change(across, from, to, level);
      const auto too_sure = baro::change(certain, from, to, level);
      std::printf("  %s to %s %+5.1f points, s.e. %.1f, p = %.3f     s.e. %.1f, p = %.3f\n",
                  years[from].c_str(), years[to].c_str(), 100 * found.difference,
                  100 * found.standard_error, found.p_value, 100 * too_sure.standard_error,
                  too_sure.p_value);
    }
}
