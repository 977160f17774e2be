// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/share_figure.hpp>

#include <cmath>
#include <string_view>

namespace baro {

namespace detail {

/// The log-odds θ on the chosen side of p where  KL(p‖π) = p log(p/π) + q log(q/(1−π))  reaches
/// `distance`. In θ, KL = log(1 + e^θ) − p θ + p log p + q log q is convex, so Newton from
/// outside the root walks to it without stepping over; it stops when it no longer moves
/// outward.
template <class Real>
Real divergence_root(const Real& p, const Real& q, const Real& distance, bool upper) {
  using std::exp, std::log, std::log1p;
  const Real k = p * log(p) + q * log(q) - distance;
  Real theta = upper ? Real(-k / q) : Real(k / p);
  for (int i = 0; i < 200; ++i) {
    const Real e = theta > 0 ? Real(exp(-theta)) : Real(exp(theta));
    const Real softplus = (theta > 0 ? theta : Real(0)) + log1p(e);
    const Real pi = theta > 0 ? Real(1 / (1 + e)) : Real(e / (1 + e));
    const Real step = (softplus - p * theta + k) / (pi - p);
    const Real next = theta - step;
    if (!(upper ? next < theta : next > theta)) break;
    theta = next;
  }
  return theta;
}

template <class Real>
limits<Real> likelihood_limits(const Real& p, const Real& q, const Real& distance) {
  using std::exp, std::expm1;
  if (!(p > 0)) return {Real(0), Real(-expm1(-distance))};
  if (!(q > 0)) return {Real(exp(-distance)), Real(1)};
  return {1 / (1 + Real(exp(-divergence_root(p, q, distance, false)))),
          1 / (1 + Real(exp(-divergence_root(p, q, distance, true))))};
}

}  // namespace detail

/// All π whose likelihood, n* = p q / V people with a share p, is not significantly below the
/// best one:  2 n* [ p log(p/π) + q log(q/(1−π)) ] ≤ t².  At 0 and 1 n* is Kish's size.
/// @see  Rao and Scott (1984), Annals of Statistics 12:46, for the scaled statistic; R's
///       `svyciprop(method = "likelihood")` profiles the same function
/// @cost  two Newton searches, about six steps each
struct likelihood {
  static constexpr std::string_view name() noexcept { return "likelihood"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::share_interval(
        *this, f, level, [](const auto& s, const Real&) { return s.variance_size(); },
        [](const auto& s, const Real& n, const Real& tail) {
          return detail::likelihood_limits(s.p, s.q, Real(detail::t_spread(s, n, tail) / 2));
        });
  }
};

}  // namespace baro
