// SPDX-License-Identifier: BSL-1.0

/// The trend table of a rotating panel: 20 waves of 50 000 respondents, half of whom stay from
/// wave to wave, 50 questions of 5 levels in 10 domains, every figure followed over the waves
/// with its covariance, beside a hand-written loop that makes the weighted tables of all waves
/// and nothing else.
///
///   follow_waves            some seconds
/// Status 1 when the sides do not give the same figures.

#include <baro/estimate/share.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/equal_waves.hpp>
#include <baro/trend/follow.hpp>
#include <baro/trend/slope.hpp>

#include "support/sample.hpp"
#include "support/timing.hpp"
#include "support/verdicts.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace {

constexpr std::size_t waves = 20, of_wave = 50'000, questions = 50, domains = 10, levels = 5;

/// One wave, its rows in an order of their own.
struct wave_data {
  std::vector<double> weight{};
  std::vector<std::int64_t> person{};
  std::vector<std::int32_t> domain{};
  std::vector<std::vector<std::int32_t>> question{questions};
};

std::vector<wave_data> rotating_panel() {
  bench::random_source random;
  std::vector<wave_data> out(waves);
  for (std::size_t t = 0; t < waves; ++t) {
    wave_data& w = out[t];
    for (std::size_t i = 0; i < of_wave; ++i) {
      // The second half of a wave is the first half of the next.
      const auto person = static_cast<std::int64_t>(t * (of_wave / 2) + (i * 7919) % of_wave);
      w.person.push_back(person * 1'000'003 % 100'000'007);
      const double u = random.uniform();
      w.weight.push_back(0.5 + 3 * u * u);
      w.domain.push_back(1 + static_cast<std::int32_t>(person % std::int64_t{domains}));
      for (std::size_t q = 0; q < questions; ++q) {
        // Two thirds answer as they are, the others anything.
        const bool own = random.below(3) > 0;
        const auto habit = static_cast<std::int32_t>(
            (static_cast<std::uint64_t>(person) * 2654435761U + q * 40503U) % 9973 % levels);
        w.question[q].push_back(
            1 + (own ? habit : static_cast<std::int32_t>(random.below(levels))));
      }
    }
  }
  return out;
}

/// Σ w of every cell of every table of every wave.
double by_hand(const std::vector<wave_data>& panel) {
  double check = 0;
  for (const wave_data& w : panel)
    for (const auto& q : w.question) {
      std::array<double, (domains + 1) * (levels + 1)> cell{};
      for (std::size_t i = 0; i < of_wave; ++i)
        cell[static_cast<std::size_t>(w.domain[i]) * (levels + 1) +
             static_cast<std::size_t>(q[i])] += w.weight[i];
      double all = 0;
      for (std::size_t l = 1; l <= levels; ++l) all += cell[levels + 1 + l];
      check += cell[levels + 2] / all;  // level 1 in domain 1
    }
  return check;
}

}  // namespace

int main() {
  const auto panel = rotating_panel();
  std::vector<baro::design> designs;
  for (const wave_data& w : panel) designs.emplace_back(baro::weights(w.weight));
  std::vector<std::vector<baro::categories>> questions_of(waves);
  for (std::size_t t = 0; t < waves; ++t)
    for (const auto& q : panel[t].question) questions_of[t].emplace_back(q);
  const auto followed = [&](bool linked, bool tested) {
    std::vector<baro::wave<double>> asked;
    for (std::size_t t = 0; t < waves; ++t) {
      std::vector<baro::request<double>> shares;
      for (const auto& q : questions_of[t]) shares.push_back(baro::share_of<double>(q));
      if (linked)
        asked.emplace_back(std::to_string(t + 1), designs[t], baro::linked_by(panel[t].person),
                           baro::by(panel[t].domain), shares);
      else
        asked.emplace_back(std::to_string(t + 1), designs[t], baro::by(panel[t].domain),
                           shares);
    }
    double check = 0, error = 0;
    std::size_t i = 0;
    baro::follow_each(asked, [&](const baro::wave_series<double>& series) {
      if (i++ % (levels * domains) == 0)
        for (std::size_t t = 0; t < waves; ++t) check += series.value(t);
      if (!tested) return;
      for (const auto& c : baro::changes(series, baro::confidence_level(.95)))
        error += c.found.p_value;
      error += baro::slope(series, baro::confidence_level(.95)).p_value;
      error += baro::equal_waves(series).p_value;
    });
    return error > 1e300 ? error : check;
  };
  const auto t = bench::interleave(
      2, [&] { return by_hand(panel); }, [&] { return followed(false, false); },
      [&] { return followed(true, false); }, [&] { return followed(true, true); });
  const double hand = t[0].processor;
  std::printf(
      "%zu waves of %zu respondents, half of whom stay; %zu questions x %zu domains x %zu "
      "levels\n",
      waves, of_wave, questions, domains, levels);
  std::printf("  weighted tables by hand                    %8.1f ms\n", 1e3 * hand);
  bench::verdicts verdicts;
  std::printf("  waves taken for independent                %8.1f ms   %.2f times the loop\n",
              1e3 * t[1].processor, t[1].processor / hand);
  std::printf(
      "  with the covariance between waves          %8.1f ms   %s times the loop (≤ 5)\n",
      1e3 * t[2].processor, verdicts.at_most(5, t[2].processor / hand, "%.2f").c_str());
  std::printf("  and 47 500 changes, slopes, equal waves    %8.1f ms   %.2f times the loop\n",
              1e3 * t[3].processor, t[3].processor / hand);
  const double difference = std::abs(by_hand(panel) - followed(true, false));
  std::printf("  the figures %s\n", difference < 1e-9 ? "agree" : "DISAGREE");
  return difference < 1e-9 ? 0 : 1;
}
