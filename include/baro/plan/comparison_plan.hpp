// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/core/population_size.hpp>
#include <baro/published/published_design.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace baro {

enum class test_sides { two, one };

/// Whether a two-sided test that rejects on the wrong side counts as power. It is a mistake,
/// and beyond the smallest samples it has no probability: R counts it with `strict = TRUE`
/// only.
enum class wrong_side { ignored, counted };

/// What the two groups are: only the words of a sentence depend on it.
enum class compared { groups, waves };

/// One of the two groups to be compared.
struct planned_group {
  std::string name{};  ///< "DRH", for the sentences
  double deff = 1;     ///< variance against a simple random sample of the same size
  std::optional<population_size> population = std::nullopt;
};

/// Respondents asked in both waves, who are not asked anew about what they think.
struct wave_overlap {
  double share = 0;        ///< P: of the smaller wave, those who are in the other one too
  double correlation = 0;  ///< ρ: between the two answers of one person

  /// 1 − ρP: what it leaves of the variance of a change between waves of the same size.
  constexpr double variance_factor() const noexcept { return 1 - correlation * share; }
};

/// Number of comparisons that are judged together.
class family_size {
 public:
  static constexpr std::int64_t largest = 1000;
  /// @throws value_error  outside 1 … 1000
  explicit constexpr family_size(std::int64_t m) : m_(m) {
    if (m < 1 || m > largest)
      detail::refuse("family_size", "m", m, "must be a whole number from 1 to 1000");
  }
  constexpr std::int64_t value() const noexcept { return m_; }
  bool operator==(const family_size&) const = default;

 private:
  std::int64_t m_;
};

/// How two groups, or two waves, are going to be compared.
///   level       confidence of the test: α = 1 − level, for the whole family
///   family      m comparisons share α: each is planned at α/m, the first step of Holm, where
///               it is found whatever becomes of the others
///   correction  what a sample takes off the variance when its population is known. The default
///               is nothing: a comparison asks whether the process behind the answers differs,
///               of which the whole population is a sample itself
struct comparison_plan {
  planned_group a{}, b{};
  std::optional<wave_overlap> overlap = std::nullopt;  ///< none: two independent samples
  confidence_level level{default_level};
  family_size family{1};
  test_sides sides = test_sides::two;
  wrong_side wrong = wrong_side::ignored;
  finite_population correction = finite_population::ignored;
  compared between = compared::groups;
};

namespace detail {

/// α/m, what one comparison may be wrong by.
template <class Real>
Real alpha_of_one(const comparison_plan& plan) {
  return Real(plan.level.alpha()) / Real(static_cast<double>(plan.family.value()));
}

/// The same of one tail.
template <class Real>
Real tail_of_one(const comparison_plan& plan) {
  return alpha_of_one<Real>(plan) / Real(plan.sides == test_sides::two ? 2.0 : 1.0);
}

inline bool counts_wrong_side(const comparison_plan& plan) {
  return plan.sides == test_sides::two && plan.wrong == wrong_side::counted;
}

/// @throws value_error  a deff that is not positive, a population that is not a whole number,
/// an
///                      overlap outside [0, 1] or between two populations, a correlation
///                      outside [−1, 1]
inline void check_plan(const comparison_plan& plan) {
  for (const planned_group* g : {&plan.a, &plan.b}) {
    const bool first = g == &plan.a;
    if (!(g->deff > 0 && g->deff < 1e9))
      refuse("comparison_plan", first ? "a.deff" : "b.deff", g->deff,
             "must be positive and below 1e9");
    if (!g->population) continue;
    const double size = g->population->value();
    if (size != std::floor(size) || size > 1e10)
      refuse("comparison_plan", first ? "a.population" : "b.population", size,
             "must be a whole number up to 1e10");
  }
  if (!plan.overlap) return;
  if (!(plan.overlap->share >= 0 && plan.overlap->share <= 1))
    refuse("comparison_plan", "overlap.share", plan.overlap->share, "must be in [0, 1]");
  if (!(plan.overlap->correlation >= -1 && plan.overlap->correlation <= 1))
    refuse("comparison_plan", "overlap.correlation", plan.overlap->correlation,
           "must be in [-1, 1]");
  if (plan.a.population && plan.b.population &&
      plan.a.population->value() != plan.b.population->value())
    refuse("comparison_plan", "b.population", plan.b.population->value(),
           "must be that of a, whose respondents are asked again");
}

}  // namespace detail
}  // namespace baro
