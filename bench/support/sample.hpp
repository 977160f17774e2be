// SPDX-License-Identifier: BSL-1.0
#pragma once

#ifndef NDEBUG
#error "benchmarks: timing a debug build says nothing; configure with CMAKE_BUILD_TYPE=Release"
#endif

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

/// The respondents that are timed, the loops beside the library, and the clock.
namespace bench {

/// n respondents of 20 strata × 50 PSUs, in no order. The labels of the PSUs are used again in
/// every stratum.
struct sample {
  static constexpr std::int32_t strata = 20, psus = 50, levels = 5, domains = 25;

  std::vector<double> weight;                  ///< 0.5 to 3.5
  std::vector<std::int32_t> stratum, psu;      ///< 1 to 20, 1 to 50
  std::vector<double> y, x;                    ///< numeric answers, x > 0, correlated
  std::vector<std::int32_t> question, domain;  ///< 1 to 5, 1 to 25

  std::size_t size() const noexcept { return weight.size(); }
};

/// The same strata and PSUs by their names.
struct named_units {
  std::vector<std::string> stratum, psu;
};

/// The engine is the same everywhere, the distributions of <random> are not: this mapping is.
class random_source {
 public:
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  std::int32_t below(std::int32_t n) {
    return static_cast<std::int32_t>(uniform() * static_cast<double>(n));
  }
  /// Mean 0, variance 1, nearly normal: four uniforms.
  double noise() {
    return (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508075688772;
  }

 private:
  std::mt19937_64 engine_{20110322};
};

/// Answers with a part that the PSU shares (deff above 1) and one of the stratum.
inline sample make_sample(std::size_t n) {
  random_source random;
  std::array<double, sample::strata * sample::psus> common{};
  for (double& c : common) c = 2 * random.noise();
  sample s;
  for (auto* column : {&s.weight, &s.y, &s.x}) column->reserve(n);
  for (auto* column : {&s.stratum, &s.psu, &s.question, &s.domain}) column->reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t h = random.below(sample::strata), a = random.below(sample::psus);
    const double shared = common[static_cast<std::size_t>(h * sample::psus + a)];
    const double y = 50 + 0.5 * h + shared + 12 * random.noise(), u = random.uniform();
    s.weight.push_back(0.5 + 3 * u * u);
    s.stratum.push_back(h + 1);
    s.psu.push_back(a + 1);
    s.y.push_back(y);
    s.x.push_back(60 + 0.5 * y + 5 * random.noise());
    const double opinion = (shared + 12 * random.noise() + 25) / 10;
    s.question.push_back(1 + std::clamp(static_cast<std::int32_t>(opinion), 0, 4));
    s.domain.push_back(1 + random.below(sample::domains));
  }
  return s;
}

/// Names as files have them: some longer than a std::string holds without allocating.
inline named_units name_units(const sample& s) {
  static constexpr std::array regions{
      "Alsace",        "Aquitaine",        "Auvergne",      "Bourgogne",
      "Bretagne",      "Centre",           "Champagne",     "Corse",
      "Franche-Comté", "Guadeloupe",       "Île-de-France", "Languedoc-Roussillon",
      "Limousin",      "Lorraine",         "Midi-Pyrénées", "Nord",
      "Normandie",     "Pays de la Loire", "Picardie",      "Provence-Alpes-Côte d'Azur"};
  static_assert(regions.size() == sample::strata);
  named_units out;
  out.stratum.reserve(s.size());
  out.psu.reserve(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) {
    out.stratum.emplace_back(regions[static_cast<std::size_t>(s.stratum[i] - 1)]);
    out.psu.emplace_back("school " + std::to_string(s.psu[i]));
  }
  return out;
}

}  // namespace bench
