// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/interval/detail/distributions.hpp>
#include <baro/interval/interval.hpp>

#include <limits>

namespace baro::detail {

/// (t_{n−1} / t_df)², never above 1: what few degrees of freedom take off an effective size.
template <class Real>
Real df_factor(const Real& n, const Real& df, const Real& tail) {
  if (!(n - 1 > df)) return Real(1);
  const Real ratio = t_quantile_above(Real(n - 1), tail) / t_quantile_above(df, tail);
  return ratio * ratio;
}

/// A share within a few roundings of 0 or 1 is 0 or 1.
template <class Real>
Real snapped(const Real& p) {
  const Real rounding = 16 * std::numeric_limits<Real>::epsilon();
  if (p >= -rounding && p <= rounding) return Real(0);
  if (p >= 1 - rounding && p <= 1 + rounding) return Real(1);
  return p;
}

/// A share as the interval methods look at it: p, its complement, and the two sizes it can be
/// said to stand on.
template <class Real>
struct share_figure {
  Real p{}, q{}, variance{};
  Real n{};     ///< respondents
  Real kish{};  ///< (Σ w)² / Σ w², n when it is not known
  Real deff{};  ///< against p q / (n − 1)
  Real df{};
  baro::status status = baro::status::ok;

  /// Nobody, or everybody: the variance is 0 and says nothing about the precision.
  bool at_border() const { return p == 0 || q == 0; }

  /// n* = p q / V, the size of the simple random sample that would be as precise; Kish's size
  /// at 0 and 1. Infinite when V = 0 elsewhere (a census).
  Real variance_size() const {
    if (at_border()) return kish;
    if (!(variance > 0)) return std::numeric_limits<Real>::infinity();
    return p * q / variance;
  }

  /// n / deff, so that a simple random sample has exactly its own size; Kish's size at 0 and 1.
  Real counted_size() const {
    if (at_border()) return kish;
    if (!(deff > 0)) return std::numeric_limits<Real>::infinity();
    return n / deff;
  }
};

template <class Real>
Real half_alpha(confidence_level level) {
  return Real(level.alpha()) / 2;
}

/// @throws value_error  the figure is not a share
/// @status undefined  the share is outside [0, 1] (negative weights), or has no variance
/// @status no_base    at 0 or 1 with no respondents known
template <class Real, class Method>
share_figure<Real> share_of(const Method& m, const figure<Real>& f) {
  check_applies(m, f.statistic);
  share_figure<Real> s;
  s.status = before_interval(f);
  if (s.status != status::ok) return s;
  s.p = snapped(f.value);
  s.q = 1 - s.p;
  s.variance = f.standard_error * f.standard_error;
  s.df = f.df;
  s.n = f.bases.n;
  s.kish = f.bases.effective_n > 0 ? f.bases.effective_n : s.n;
  s.deff = f.deff >= 0 ? f.deff : s.variance * (s.n - 1) / (s.p * s.q);
  if (!(s.p >= 0 && s.q >= 0))
    s.status = status::undefined;
  else if (s.at_border() && !(s.kish > 0))
    s.status = status::no_base;
  return s;
}

template <class Real>
struct limits {
  Real low{}, high{};
};

/// The frame of every share method: which size the share stands on, then which limits.
/// @param size    (share_figure, α/2) → Real; infinite leaves the share alone, 0 leaves [0, 1]
/// @param around  (share_figure, size, α/2) → limits
template <class Real, class Method, class Size, class Around>
confidence_interval<Real> share_interval(const Method& m, const figure<Real>& f,
                                         confidence_level level, Size size, Around around) {
  const auto s = share_of(m, f);
  const Real tail = half_alpha<Real>(level);
  confidence_interval<Real> c;
  c.level = level;
  c.method = m.name();
  c.assumption = assumption::effective_base;
  c.df = f.df;
  c.status = s.status;
  if (s.status != status::ok) return c;
  c.base = size(s, tail);
  if (!(c.base >= 0)) {
    c.status = status::undefined;
  } else if (is_infinite(c.base)) {
    c.low = c.high = s.p;
  } else {
    const auto [low, high] = c.base > 0 ? around(s, c.base, tail) : limits<Real>{0, 1};
    c.low = low > 0 ? low : Real(0);
    c.high = high < 1 ? high : Real(1);
  }
  return c;
}

/// t²_df / size, by which the methods built on a t quantile widen.
template <class Real>
Real t_spread(const share_figure<Real>& s, const Real& size, const Real& tail) {
  const Real t = t_quantile_above(s.df, tail);
  return t * t / size;
}

}  // namespace baro::detail
