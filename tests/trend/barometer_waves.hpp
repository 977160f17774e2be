// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/trend/wave.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <support/dice.hpp>
#include <utility>
#include <vector>

namespace test {

/// One wave of a made-up panel.
struct panel_wave {
  std::vector<int> person, stratum, answer;
  std::vector<double> weight, y;

  baro::design design() const {
    return baro::design{baro::weights(weight), baro::strata(stratum)};
  }
};

/// A panel whose people differ from each other, answer alike from wave to wave (correlation
/// about .7), and are met in each wave with a chance of their own.
inline std::vector<panel_wave> made_panel(std::size_t waves, std::size_t people, int strata,
                                          double presence, std::uint64_t seed,
                                          bool movers = false) {
  dice d(seed);
  std::vector<panel_wave> out(waves);
  for (std::size_t i = 0; i < people; ++i) {
    const double own = d.bell(), weight = .5 + d.uniform();
    const auto home = static_cast<int>(i % static_cast<std::size_t>(strata));
    for (std::size_t t = 0; t < waves; ++t) {
      const double y = home + own + .65 * d.bell() + .1 * static_cast<double>(t);
      if (!(d.uniform() < presence)) continue;
      const bool moved = movers && d.uniform() < .1;
      out[t].person.push_back(static_cast<int>(i * 7919 % 100003));
      out[t].stratum.push_back(moved ? (home + 1) % strata : home);
      out[t].weight.push_back(weight * (.8 + .4 * d.uniform()));
      out[t].y.push_back(y);
      out[t].answer.push_back(y > home + .3 ? 1 : 0);
    }
  }
  return out;
}

/// C of design.md by its words, slowly: z of each unit at each wave, whatever the statistic.
class naive_link {
 public:
  void add(std::size_t wave, int person, int stratum, double z) {
    at_[person][wave] = {stratum, z};
    of_stratum_[{wave, stratum}].push_back(z);
  }

  double c(std::size_t t, std::size_t s) const {
    using path = std::vector<std::pair<std::size_t, int>>;
    std::map<path, std::vector<std::pair<double, double>>> cells;
    for (const auto& [person, waves] : at_) {
      path p;
      for (const auto& [wave, what] : waves) p.emplace_back(wave, what.first);
      const auto a = waves.find(t), b = waves.find(s);
      if (a == waves.end() || b == waves.end()) continue;
      cells[p].emplace_back(a->second.second, b->second.second);
    }
    double sum = 0;
    for (const auto& [p, z] : cells) {
      const auto m = static_cast<double>(z.size());
      if (z.size() == 1) {
        for (const auto& [wave, stratum] : p)
          if (wave == t && t == s) sum += variance(of_stratum_.at({wave, stratum}));
        continue;
      }
      double mean_a = 0, mean_b = 0;
      for (const auto& [a, b] : z) {
        mean_a += a / m;
        mean_b += b / m;
      }
      for (const auto& [a, b] : z) sum += m / (m - 1) * (a - mean_a) * (b - mean_b);
    }
    return sum;
  }

 private:
  static double variance(const std::vector<double>& z) {
    if (z.size() < 2) return 0;
    double mean = 0, square = 0;
    for (const double x : z) mean += x / static_cast<double>(z.size());
    for (const double x : z) square += (x - mean) * (x - mean);
    return square / static_cast<double>(z.size() - 1);
  }
  std::map<int, std::map<std::size_t, std::pair<int, double>>> at_;
  std::map<std::pair<std::size_t, int>, std::vector<double>> of_stratum_;
};

}  // namespace test
