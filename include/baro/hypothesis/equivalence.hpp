// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/sentence.hpp>
#include <baro/hypothesis/share_difference.hpp>
#include <baro/interval/detail/distributions.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <string>
#include <utility>

namespace baro {

/// How far apart two figures may be and still be called the same, in the unit of the figure:
/// of shares 0.05 is 5 points. Chosen before the figures are seen.
class equivalence_margin {
 public:
  /// a − b may be from −below to above.
  struct sides {
    double below{}, above{};
  };

  /// The same both ways.
  /// @throws value_error  not above 0 and finite
  explicit constexpr equivalence_margin(double either_way)
      : equivalence_margin(sides{either_way, either_way}) {}
  /// `equivalence_margin({.below = 0.03, .above = 0.05})`
  explicit constexpr equivalence_margin(sides s) : sides_(s) {
    for (const double x : {s.below, s.above})
      if (!(x > 0 && x <= (std::numeric_limits<double>::max)()))
        detail::refuse("equivalence_margin", "margin", x, "must be above 0 and finite");
  }
  constexpr double below() const noexcept { return sides_.below; }
  constexpr double above() const noexcept { return sides_.above; }

 private:
  sides sides_;
};

/// Are two figures no more than a margin apart, or one not below the other by more than it? A
/// p-value above its level shows neither that they are nor that they are not. What cannot be
/// said is NaN, and `status` says why.
template <class Real = double>
struct equivalence_result {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  label a{}, b{};
  Real value_a = unknown(), value_b = unknown();
  Real difference = unknown();      ///< a − b
  Real standard_error = unknown();  ///< of the design
  Real df = unknown();              ///< infinite: normal
  equivalence_margin margin{1};
  bool one_sided = false;  ///< not_inferior: `margin.above` has no part
  /// Equivalence: level 1 − 2α, inside the margin where it is established. One-sided: level
  /// 1 − α, its upper limit infinite and its status open_interval.
  confidence_interval<Real> limits{};
  Real t_below = unknown();  ///< of a − b = −below; large: not so far below
  Real t_above = unknown();  ///< of a − b = above; far under 0: not so far above
  Real p_value = unknown();  ///< the larger of the two one-sided
  bool established = false;  ///< p_value <= α
  std::string test{};
  baro::status status = baro::status::ok;
};

namespace detail {

/// The level of the interval that goes with two one-sided tests at 1 − level.
inline confidence_level two_one_sided(confidence_level level) {
  if (!(level.value() > 0.5))
    refuse("equivalence", "level", level.value(), "must be above 0.5");
  return confidence_level(1 - 2 * level.alpha());
}

/// @param c  the comparison at 1 − 2α
/// @param t  δ → t of the hypothesis that the difference is δ
template <class Real, class Statistic>
equivalence_result<Real> equivalence_of(comparison<Real> c, const equivalence_margin& margin,
                                        confidence_level level, bool one_sided, Statistic t) {
  equivalence_result<Real> out;
  out.a = std::move(c.a);
  out.b = std::move(c.b);
  out.value_a = c.value_a;
  out.value_b = c.value_b;
  out.difference = c.difference;
  out.standard_error = c.standard_error;
  out.df = c.df;
  out.margin = margin;
  out.one_sided = one_sided;
  out.limits = std::move(c.limits);
  out.test = std::move(c.test);
  out.status = c.status;
  if (one_sided) out.limits.level = level;
  if (out.status != status::ok) return out;
  out.t_below = t(Real(-margin.below()));
  out.p_value = t_tail(out.df, out.t_below);
  if (one_sided) {
    out.limits.high = std::numeric_limits<Real>::infinity();
    out.limits.status = status::open_interval;
  } else {
    out.t_above = t(Real(margin.above()));
    const Real p = t_cdf(out.df, out.t_above);
    if (!(p <= out.p_value)) out.p_value = p;
  }
  if (!(out.p_value >= Real(0))) {
    out.status = out.limits.status = status::undefined;
    out.t_below = out.t_above = out.p_value = out.unknown();
    out.limits.low = out.limits.high = out.unknown();
    return out;
  }
  out.established = out.p_value <= Real(level.alpha());
  return out;
}

template <class Real>
equivalence_result<Real> design_equivalence(const estimate<Real>& e, std::size_t i,
                                            std::size_t j, const equivalence_margin& margin,
                                            confidence_level level, comparison_degrees df,
                                            bool one_sided) {
  const comparison<Real> c = difference(e, i, j, two_one_sided(level), df);
  return equivalence_of(c, margin, level, one_sided, [&c](const Real& delta) -> Real {
    return (c.difference - delta) / c.standard_error;
  });
}

template <class Real, class Method>
equivalence_result<Real> share_equivalence(const estimate<Real>& e, std::size_t i,
                                           std::size_t j, const equivalence_margin& margin,
                                           confidence_level level, const Method& method,
                                           comparison_degrees df, bool one_sided) {
  for (const double x : {margin.below(), margin.above()})
    if (!(x < 1)) refuse("equivalence", "margin", x, "must be below 1 for shares");
  const auto c = share_difference(e, i, j, two_one_sided(level), method, df);
  const share_pair<Real> pair = pair_of(e, i, j, df);
  return equivalence_of(c, margin, level, one_sided, [&](const Real& delta) -> Real {
    return method.statistic(pair, delta);
  });
}

}  // namespace detail

/// Are entries i and j of one estimate no more than the margin apart? Two one-sided t tests,
/// each at α = 1 − level, which is the interval of level 1 − 2α inside the margin:
///   t_below = (a − b + below) / s,  t_above = (a − b − above) / s
///   p = max(P(T > t_below), P(T < t_above))
/// Of rare answers and small bases `shares_equivalent`.
/// @status  as `difference`
/// @throws value_error  an entry that is not there, or is compared with itself; a level not
///                      above 0.5
/// @see     Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657
/// @checked R t.test(alternative), svyttest and pt
template <class Real>
[[nodiscard]] equivalence_result<Real> equivalent(
    const estimate<Real>& e, std::size_t i, std::size_t j, equivalence_margin margin,
    confidence_level level, comparison_degrees df = comparison_degrees::design()) {
  return detail::design_equivalence(e, i, j, margin, level, df, false);
}

/// Is entry i not below entry j by more than the margin? One t test at α = 1 − level. Where
/// less is better, ask it of j and i.
template <class Real>
[[nodiscard]] equivalence_result<Real> not_inferior(
    const estimate<Real>& e, std::size_t i, std::size_t j, equivalence_margin margin,
    confidence_level level, comparison_degrees df = comparison_degrees::design()) {
  return detail::design_equivalence(e, i, j, margin, level, df, true);
}

/// The same of two shares, by a test made for shares and the limits that go with it.
/// @status as `share_difference`
/// @throws value_error  as `equivalent`; an entry that is not a share; a margin of 1 or more
template <class Real, class Method = guarded_score>
requires share_comparison<Method, Real>
[[nodiscard]] equivalence_result<Real> shares_equivalent(
    const estimate<Real>& e, std::size_t i, std::size_t j, equivalence_margin margin,
    confidence_level level, const Method& method = {},
    comparison_degrees df = comparison_degrees::design()) {
  return detail::share_equivalence(e, i, j, margin, level, method, df, false);
}

template <class Real, class Method = guarded_score>
requires share_comparison<Method, Real>
[[nodiscard]] equivalence_result<Real> share_not_inferior(
    const estimate<Real>& e, std::size_t i, std::size_t j, equivalence_margin margin,
    confidence_level level, const Method& method = {},
    comparison_degrees df = comparison_degrees::design()) {
  return detail::share_equivalence(e, i, j, margin, level, method, df, true);
}

/// As a client reads it:
///   "DRH and salariés are no more than 5 points apart: difference 1.2 points [−1.9; 4.3] at
///   90 %, p = 0.022 (t test, 1120 df)"
///   "DRH et salariés ont au plus 5 points d'écart : écart 1,2 points …"
/// Where it is not established it says that nothing shows it, which is not that they differ.
template <class Real>
std::string sentence(const equivalence_result<Real>& r, language in = language::english) {
  const detail::written w(in);
  const bool percent = r.a.statistic == statistic::share || r.a.statistic == statistic::balance;
  const auto margin = [&](double x) {
    char buffer[48];
    const int n = std::snprintf(buffer, sizeof buffer, "%.6g", percent ? 100 * x : x);
    std::string out(buffer, n > 0 && n < 48 ? static_cast<std::size_t>(n) : 0);
    if (const auto point = out.find('.'); in == language::french && point != out.npos)
      out[point] = ',';
    return percent ? out + w.points(100 * x) : out;
  };
  const std::string a = detail::group_name(r.a, r.b), b = detail::group_name(r.b, r.a);
  const std::string below = margin(r.margin.below()), above = margin(r.margin.above());
  const bool fr = in == language::french, yes = r.established;
  std::string out = yes ? "" : w.choose("Nothing shows that ", "Rien ne montre que ");
  if (r.one_sided)
    out += fr ? a + (yes ? " ne sont pas" : " ne soient pas") + " à plus de " + below +
                    " au-dessous de " + b
              : a + " are not more than " + below + " below " + b;
  else if (below == above)
    out += fr ? a + " et " + b + (yes ? " ont" : " aient") + " au plus " + below + " d'écart"
              : a + " and " + b + " are no more than " + below + " apart";
  else
    out += fr ? a + (yes ? " sont" : " soient") + " entre " + below + " au-dessous et " +
                    above + " au-dessus de " + b
              : a + " are between " + below + " below and " + above + " above " + b;
  comparison<Real> c;
  c.a = r.a;
  c.b = r.b;
  c.difference = r.difference;
  c.limits = r.limits;
  c.p_value = r.p_value;
  c.test = r.test;
  c.df = r.df;
  c.status = r.status;
  return out + w.choose(": ", " : ") + detail::told_comparison<Real>(c, w).difference();
}

}  // namespace baro
