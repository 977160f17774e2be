// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/detail/drawn_variance.hpp>
#include <baro/plan/detail/noncentral_t.hpp>

#include <cmath>
#include <limits>
#include <string_view>

namespace baro {

/// The test that two means will meet, which is a matter of degrees of freedom.
///   normal   infinite
///   student  n_a + n_b − 2, the same standard deviation in both. R `power.t.test`
///   welch    Satterthwaite's, from the standard deviations expected
///   paired   n − 1 pairs: an overlap of 1. R `power.t.test(type = "paired")`, whose standard
///            deviation is of differences: √(σ_a² + σ_b² − 2 ρ σ_a σ_b)
///   fixed    what the design has: PSUs − strata
class mean_test {
 public:
  enum class rule { normal, student, welch, paired, fixed };

  static constexpr mean_test normal() noexcept { return {rule::normal, 0}; }
  static constexpr mean_test student() noexcept { return {rule::student, 0}; }
  static constexpr mean_test welch() noexcept { return {rule::welch, 0}; }
  static constexpr mean_test paired() noexcept { return {rule::paired, 0}; }
  /// @throws value_error  below 1
  static constexpr mean_test fixed(double df) {
    if (!(df >= 1)) detail::refuse("mean_test", "df", df, "must be at least 1");
    return {rule::fixed, df};
  }

  constexpr rule kind() const noexcept { return rule_; }
  constexpr double df() const noexcept { return df_; }

 private:
  constexpr mean_test(rule r, double df) noexcept : rule_(r), df_(df) {}
  rule rule_;
  double df_;
};

namespace detail {

/// As `planned_normal_test`, against Student's t: what is seen over `error` is a t with `df`
/// degrees of freedom and the non-centrality difference / error.
template <class Real>
struct planned_t_test {
  Real difference{}, error{}, df{};

  Real beyond(const Real& tail) const {
    return difference - t_quantile_above(df, tail) * error;
  }
  Real chance(const Real& tail, bool both) const {
    if (!(df > Real(0))) return Real(0);
    if (!(error > Real(0))) return difference > Real(0) ? Real(1) : Real(0);
    const Real t = t_quantile_above(df, tail), shift = difference / error;
    const Real found = noncentral_t_tail(df, shift, t);
    return both ? Real(found + noncentral_t_tail(df, Real(-shift), t)) : found;
  }
  Real margin(const Real& tail, const Real& wanted, bool both) const {
    return chance(tail, both) - wanted;
  }
};

template <class Real>
planned_t_test<Real> planned_mean_test(const Real& difference, const Real& sd_a,
                                       const Real& sd_b, mean_test test,
                                       const drawn_variance<Real>& drawn) {
  using std::abs, std::sqrt;
  planned_t_test<Real> out;
  out.difference = abs(difference);
  out.error = sqrt(drawn.of(sd_a, sd_b));
  switch (test.kind()) {
    case mean_test::rule::normal:
      out.df = std::numeric_limits<Real>::infinity();
      break;
    case mean_test::rule::student:
      out.df = drawn.n_a + drawn.n_b - 2;
      break;
    case mean_test::rule::welch: {
      const Real v_a = sd_a * sd_a / drawn.weight_a, v_b = sd_b * sd_b / drawn.weight_b;
      out.df = satterthwaite_df(v_a, Real(drawn.n_a - 1), v_b, Real(drawn.n_b - 1));
      break;
    }
    case mean_test::rule::paired:
      out.df = (drawn.n_a < drawn.n_b ? drawn.n_a : drawn.n_b) - 1;
      break;
    case mean_test::rule::fixed:
      out.df = Real(test.df());
      break;
  }
  return out;
}

inline void check_spread(std::string_view function, double sd_a, double sd_b, mean_test test,
                         const comparison_plan& plan) {
  for (const double sd : {sd_a, sd_b})
    if (!(sd > 0 && sd <= 1e100))
      refuse(function, sd == sd_a ? "sd_a" : "sd_b", sd, "must be above 0 and finite");
  const auto kind = test.kind();
  if (kind == mean_test::rule::student && sd_a != sd_b)
    refuse(function, "sd_b", sd_b, "must be sd_a for Student's test; Welch's has two");
  const bool independent = kind == mean_test::rule::student || kind == mean_test::rule::welch;
  if (independent && plan.overlap)
    refuse(function, "overlap.share", plan.overlap->share,
           "must not be given for a test of independent samples: paired, normal or fixed");
  if (kind == mean_test::rule::paired && !(plan.overlap && plan.overlap->share == 1))
    refuse(function, "overlap.share", plan.overlap ? plan.overlap->share : 0,
           "must be 1 for a paired test");
}

}  // namespace detail

/// Two means as they are expected to be. A balance of opinion, or an NPS, is a mean with the
/// standard deviation √(p⁺ + p⁻ − (p⁺ − p⁻)²).
struct expected_means {
  double difference = 0;  ///< b − a
  double sd_a = 1;        ///< of the answers in a
  double sd_b = sd_a;
  mean_test test = mean_test::normal();

  static constexpr double fewest = 2;  ///< respondents

  /// @throws value_error  a difference of 0, a standard deviation that is not positive, or a
  ///                      test that is not for such samples
  void check(const comparison_plan& plan) const {
    if (!(difference != 0 && difference >= -1e100 && difference <= 1e100))
      detail::refuse("expected_means", "difference", difference, "must not be 0, and finite");
    detail::check_spread("expected_means", sd_a, sd_b, test, plan);
  }
  template <class Real>
  auto meets(const detail::drawn_variance<Real>& drawn) const {
    return detail::planned_mean_test<Real>(Real(difference), Real(sd_a), Real(sd_b), test,
                                           drawn);
  }
};

/// Standard deviations between which a difference of means is looked for.
struct reference_spread {
  double sd_a = 1;
  double sd_b = sd_a;
  mean_test test = mean_test::normal();

  static constexpr double fewest = 2;

  /// @throws value_error  as `expected_means`
  void check(const comparison_plan& plan) const {
    detail::check_spread("reference_spread", sd_a, sd_b, test, plan);
  }
  template <class Real>
  Real farthest() const {
    return std::numeric_limits<Real>::infinity();
  }
  template <class Real>
  auto meets(const detail::drawn_variance<Real>& drawn, const Real& difference) const {
    return detail::planned_mean_test<Real>(difference, Real(sd_a), Real(sd_b), test, drawn);
  }
};

}  // namespace baro
