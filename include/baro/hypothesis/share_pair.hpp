// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/interval/detail/distributions.hpp>
#include <baro/interval/detail/share_figure.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

namespace baro {

/// Two shares as the tests of their difference look at them.
template <class Real = double>
struct share_pair {
  /// One of the two.
  struct side {
    Real p{}, q{};  ///< the share and its complement, 0 or 1 within a few roundings
    Real n{};       ///< respondents
    Real kish{};    ///< (Σ w)² / Σ w²
    Real deff{};    ///< against p q / (n − 1); 1 at a share of 0 or 1, where nothing tells
    Real size{};    ///< n* = p q / V, Kish's size at 0 and 1; infinite for a census
    Real df{};
  };
  side a{}, b{};
  Real correlation{};      ///< ρ = C_ab / √(V_a V_b), 0 where one of them does not vary
  Real variance_ratio{1};  ///< κ = (V_a + V_b − 2 C_ab) / (V_a + V_b), 1 where nothing varies
  comparison_degrees degrees = comparison_degrees::design();

  /// Degrees of freedom together, the two having the variances given.
  Real df(const Real& v_a, const Real& v_b) const {
    return detail::degrees_together(degrees, v_a, a.df, v_b, b.df);
  }

  /// The variance of the difference where the two have others than the design's: by their
  /// correlation, v_a + v_b − 2 ρ √(v_a v_b), but at least half of κ (v_a + v_b). With few PSUs
  /// ρ can be near 1 whatever the design says of the difference, and leave nothing.
  Real variance(const Real& v_a, const Real& v_b) const {
    using std::sqrt;
    if (correlation == Real(0)) return variance_ratio * (v_a + v_b);
    const Real by_correlation = v_a + v_b - 2 * correlation * Real(sqrt(Real(v_a * v_b)));
    const Real least = variance_ratio * (v_a + v_b) / 2;
    return by_correlation > least ? by_correlation : least;
  }
};

namespace detail {

template <class Real>
typename share_pair<Real>::side side_of(const figure<Real>& f) {
  typename share_pair<Real>::side s;
  s.p = snapped(f.value);
  s.q = 1 - s.p;
  s.n = f.bases.n;
  s.kish = f.bases.effective_n > Real(0) ? f.bases.effective_n : s.n;
  const bool border = s.p == Real(0) || s.q == Real(0);
  // A standard error of a few roundings is none.
  const Real none = 16 * std::numeric_limits<Real>::epsilon();
  const Real variance =
      f.standard_error <= none ? Real(0) : f.standard_error * f.standard_error;
  s.deff = border                                    ? Real(s.n / s.kish)
           : f.deff >= Real(0) && variance > Real(0) ? f.deff
                                                     : Real(variance * (s.n - 1) / (s.p * s.q));
  s.size = border               ? s.kish
           : variance > Real(0) ? Real(s.p * s.q / variance)
                                : std::numeric_limits<Real>::infinity();
  s.df = f.df;
  return s;
}

/// Why no test can compare these two shares, or ok.
template <class Real>
status before_comparison(const share_pair<Real>& s) {
  for (const auto* x : {&s.a, &s.b}) {
    if (!(x->p >= Real(0) && x->q >= Real(0))) return status::undefined;  // negative weights
    if (!(x->n > Real(0)) || !(x->kish > Real(0))) return status::no_base;
  }
  // What does not vary is no evidence, unless it is nobody or everybody, in both.
  const auto border = [](const auto& x) { return x.p == Real(0) || x.q == Real(0); };
  const auto varies = [&](const auto& x) { return !border(x) && !is_infinite(x.size); };
  if (!varies(s.a) && !varies(s.b) && !(border(s.a) && border(s.b))) return status::undefined;
  return s.variance_ratio > Real(0) ? status::ok : status::undefined;
}

/// Two shares with the covariance C between them.
template <class Real>
share_pair<Real> pair_of(const figure<Real>& a, const figure<Real>& b, const Real& covariance,
                         comparison_degrees df) {
  using std::sqrt;
  share_pair<Real> out{side_of(a), side_of(b), Real(0), Real(1), df};
  const Real v_a = a.standard_error * a.standard_error;
  const Real v_b = b.standard_error * b.standard_error, apart = v_a + v_b;
  if (v_a * v_b > Real(0)) {
    const Real r = covariance / sqrt(Real(v_a * v_b));
    out.correlation = r > Real(1) ? Real(1) : r < Real(-1) ? Real(-1) : r;
  }
  const Real rounding = 64 * std::numeric_limits<Real>::epsilon();
  if (apart > Real(0)) {
    const Real ratio = 1 - 2 * covariance / apart;
    out.variance_ratio = ratio > rounding ? ratio : Real(0);
  }
  return out;
}

/// Entries i and j of an estimate.
/// @throws value_error  one of them is not a share
template <class Real>
share_pair<Real> pair_of(const estimate<Real>& e, std::size_t i, std::size_t j,
                         comparison_degrees df) {
  for (const std::size_t k : {i, j})
    if (e.entry(k).label.statistic != statistic::share)
      refuse("share_difference", "statistic", name(e.entry(k).label.statistic),
             "must be 'share'");
  return pair_of(e.figure(i), e.figure(j), e.covariance(i, j), df);
}

}  // namespace detail
}  // namespace baro
