// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <string_view>
#include <utility>

namespace baro {

/// How dear it is to change a weight, seen from its dual side: the factor F(u) by which the
/// weight of a respondent is multiplied, u = xᵀλ, and its slope F′(u). F(0) = F′(0) = 1 and F
/// never falls (Deville and Särndal 1992, JASA 87:376, section 2). A user's own distance is one
/// such struct; what it is asked in besides `double` is the type the weights are solved in.
template <class D>
concept calibration_distance = requires(const D& distance, double u) {
  { distance.factor(u) } -> std::convertible_to<double>;
  { distance.slope(u) } -> std::convertible_to<double>;
};

/// What a factor may be: 0 <= low < 1 < high.
struct factor_bounds {
  double low = 0, high = 0;
};

namespace detail {

inline factor_bounds checked_bounds(std::string_view function, factor_bounds b) {
  if (!(b.low >= 0 && b.low < 1)) refuse(function, "low", b.low, "must be in [0, 1)");
  if (!(b.high > 1 && std::isfinite(b.high)))
    refuse(function, "high", b.high, "must be above 1 and finite");
  return b;
}

}  // namespace detail

/// F(u) = 1 + u, the generalised regression estimator. Solved in one step; weights may become
/// negative.
struct linear_distance {
  static constexpr std::string_view name = "linear";

  template <class Real>
  Real factor(const Real& u) const {
    return Real(1) + u;
  }
  template <class Real>
  Real slope(const Real&) const {
    return Real(1);
  }
};

/// F(u) = exp u, the raking ratio: what iterative proportional fitting arrives at. Weights stay
/// positive.
struct raking_distance {
  static constexpr std::string_view name = "raking";

  template <class Real>
  Real factor(const Real& u) const {
    using std::exp;
    return exp(u);
  }
  template <class Real>
  Real slope(const Real& u) const {
    return factor(u);
  }
};

/// Factors strictly between two bounds:
///   F(u) = (L (U − 1) + U (1 − L) e^(A u)) / ((U − 1) + (1 − L) e^(A u)),
///   A = (U − L) / ((1 − L)(U − 1))        (Deville and Särndal 1992, case 6)
class logit_distance {
 public:
  static constexpr std::string_view name = "logit";

  /// @throws value_error unless 0 <= low < 1 < high
  explicit logit_distance(factor_bounds bounds)
      : bounds_(detail::checked_bounds("logit_distance", bounds)) {}
  factor_bounds bounds() const noexcept { return bounds_; }

  template <class Real>
  Real factor(const Real& u) const {
    const auto [a, b] = sides(u);
    return (Real(bounds_.low) * a + Real(bounds_.high) * b) / (a + b);
  }
  template <class Real>
  Real slope(const Real& u) const {
    const Real low(bounds_.low), high(bounds_.high), range = high - low;
    const auto [a, b] = sides(u);
    return range * range / ((Real(1) - low) * (high - Real(1))) * (a / (a + b)) * (b / (a + b));
  }

 private:
  /// (U − 1) and (1 − L) e^(A u), both divided by e^(A u / 2) so that nothing overflows.
  template <class Real>
  std::pair<Real, Real> sides(const Real& u) const {
    using std::exp;
    const Real low(bounds_.low), high(bounds_.high);
    const Real half = (high - low) / ((Real(1) - low) * (high - Real(1))) * u / Real(2);
    const Real v = exp(half > Real(300) ? Real(300) : half < Real(-300) ? Real(-300) : half);
    return {(high - Real(1)) / v, (Real(1) - low) * v};
  }
  factor_bounds bounds_;
};

/// F(u) = 1 + u cut off at two bounds (Deville and Särndal 1992, case 7).
class truncated_distance {
 public:
  static constexpr std::string_view name = "truncated";
  static constexpr bool attains_bounds = true;

  /// @throws value_error unless 0 <= low < 1 < high
  explicit truncated_distance(factor_bounds bounds)
      : bounds_(detail::checked_bounds("truncated_distance", bounds)) {}
  factor_bounds bounds() const noexcept { return bounds_; }

  template <class Real>
  Real factor(const Real& u) const {
    return std::clamp(Real(Real(1) + u), Real(bounds_.low), Real(bounds_.high));
  }
  template <class Real>
  Real slope(const Real& u) const {
    const Real f = Real(1) + u;
    return f > Real(bounds_.low) && f < Real(bounds_.high) ? Real(1) : Real(0);
  }

 private:
  factor_bounds bounds_;
};

/// The hyperbolic sine of Roy and Vanheuverzwyn: sinh(α (F − 1/F)) / (2 α) = u. Factors below 1
/// are as dear as their inverse above it; weights stay positive, and large factors are rarer
/// than with raking. (Le Guennec and Sautory 2002, Calmar 2, distance 5.)
class sinh_distance {
 public:
  static constexpr std::string_view name = "sinh";

  /// @throws value_error unless alpha > 0
  explicit sinh_distance(double alpha = 1) : alpha_(alpha) {
    if (!(alpha > 0 && std::isfinite(alpha)))
      detail::refuse("sinh_distance", "alpha", alpha, "must be above 0 and finite");
  }
  double alpha() const noexcept { return alpha_; }

  template <class Real>
  Real factor(const Real& u) const {
    using std::sqrt;
    const Real s = difference(u), root = sqrt(Real(s * s + Real(4)));
    return s > Real(0) ? Real((s + root) / Real(2)) : Real(Real(2) / (root - s));
  }
  template <class Real>
  Real slope(const Real& u) const {
    using std::sqrt;
    const Real s = difference(u), a = Real(2) * Real(alpha_) * u;
    return factor(u) / sqrt(Real(s * s + Real(4))) * Real(2) / sqrt(Real(Real(1) + a * a));
  }

 private:
  /// F − 1/F = asinh(2 α u) / α.
  template <class Real>
  Real difference(const Real& u) const {
    using std::asinh;
    const Real alpha(alpha_);
    return asinh(Real(Real(2) * alpha * u)) / alpha;
  }
  double alpha_;
};

}  // namespace baro
