// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/plan/comparison_plan.hpp>

#include <cmath>

namespace baro::detail {

/// What drawing n_a and n_b respondents leaves of two standard deviations:
///   V(difference) = σ_a² a + σ_b² b − 2 σ_a σ_b shared
///   a = deff_a (1/n_a − 1/N_a),  shared = ρ √(deff_a deff_b) (n_c / (n_a n_b) − 1/N)
/// n_c respondents in both waves, ρ their correlation; both times N / (N − 1) for the variance
/// of drawing without replacement, and without 1/N when the population is ignored.
/// @see Tam (1984), American Statistician 38:288; with equal sizes n_c/(n_a n_b) = P/n, and the
///      whole is 1 − ρP of what independent samples have
template <class Real>
struct drawn_variance {
  Real n_a{}, n_b{};
  Real a{}, b{}, shared{};
  Real weight_a{}, weight_b{};  ///< n / deff, in which the two are pooled

  drawn_variance(const comparison_plan& plan, const Real& in_a, const Real& in_b)
      : n_a(in_a), n_b(in_b) {
    using std::sqrt;
    const Real deff_a = Real(plan.a.deff), deff_b = Real(plan.b.deff);
    a = deff_a * scale(plan, plan.a) * (1 / n_a - inverse(plan, plan.a));
    b = deff_b * scale(plan, plan.b) * (1 / n_b - inverse(plan, plan.b));
    // A census is rounded to one.
    if (a < Real(0)) a = Real(0);
    if (b < Real(0)) b = Real(0);
    weight_a = n_a / deff_a;
    weight_b = n_b / deff_b;
    if (!plan.overlap) return;
    const planned_group& known = plan.a.population ? plan.a : plan.b;
    const Real both = Real(plan.overlap->share) * (n_a < n_b ? n_a : n_b);
    shared = Real(plan.overlap->correlation) * Real(sqrt(Real(deff_a * deff_b))) *
             scale(plan, known) * (both / (n_a * n_b) - inverse(plan, known));
  }

  Real of(const Real& sd_a, const Real& sd_b) const {
    const Real v = sd_a * sd_a * a + sd_b * sd_b * b - 2 * sd_a * sd_b * shared;
    return v > Real(0) ? v : Real(0);
  }

 private:
  static bool corrected(const comparison_plan& plan, const planned_group& g) {
    return g.population && plan.correction != finite_population::ignored;
  }
  static Real inverse(const comparison_plan& plan, const planned_group& g) {
    return corrected(plan, g) ? Real(1 / Real(g.population->value())) : Real(0);
  }
  static Real scale(const comparison_plan& plan, const planned_group& g) {
    if (!corrected(plan, g) || plan.correction != finite_population::hypergeometric)
      return Real(1);
    const Real size = Real(g.population->value());
    return size > Real(1) ? Real(size / (size - 1)) : Real(1);
  }
};

}  // namespace baro::detail
