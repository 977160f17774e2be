// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/column_difference.hpp>
#include <baro/hypothesis/detail/policy_terms.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace baro {

/// What a table knows of the numbers y of the respondents of a column. A sum that is not known
/// is NaN: then the policies that need it do not test.
template <class Real = double>
struct mean_sums {
  static constexpr Real unknown() { return std::numeric_limits<Real>::quiet_NaN(); }
  Real mean = unknown();               ///< ȳ = Σ w y / Σ w
  Real sum_weights{};                  ///< Σ w
  Real sum_squared_weights{};          ///< Σ w²
  Real n{};                            ///< respondents
  Real sum_squares = unknown();        ///< Σ w (y − ȳ)²
  Real unweighted_spread = unknown();  ///< s² of y without weights, over n − 1
  Real variance = unknown();  ///< of ȳ: Σ w² (y − ȳ)² / (Σ w)² · n / (n − 1)
};

/// The mean of one column of a table.
template <class Real = double>
class mean_column {
 public:
  using real = Real;

  /// @throws value_error  a sum that is negative or not a number
  explicit mean_column(const mean_sums<Real>& s) : sums_(s) {
    for (const Real* x : {&s.sum_weights, &s.sum_squared_weights, &s.n})
      if (!(*x >= Real(0) && *x <= (std::numeric_limits<Real>::max)()))
        detail::refuse("mean_column", "sum", *x, "must be a number and at least 0");
    for (const Real* x : {&s.sum_squares, &s.unweighted_spread, &s.variance})
      if (*x < Real(0))
        detail::refuse("mean_column", "spread", *x, "must be at least 0, or NaN: not known");
    if (!(s.n > Real(0)) || !(s.sum_weights > Real(0)) || !(s.sum_squared_weights > Real(0)))
      status_ = baro::status::empty_domain;
    else if (!(s.mean - s.mean == Real(0)))
      detail::refuse("mean_column", "mean", s.mean, "must be a number");
  }
  explicit mean_column(baro::status why) : status_(why) {}

  const mean_sums<Real>& sums() const { return sums_; }
  Real n() const { return sums_.n; }
  Real sum_weights() const { return sums_.sum_weights; }
  Real sum_squared_weights() const { return sums_.sum_squared_weights; }
  /// Kish: (Σ w)² / Σ w².
  Real effective_n() const {
    return sums_.sum_weights * sums_.sum_weights / sums_.sum_squared_weights;
  }
  baro::status status() const { return status_; }

 private:
  mean_sums<Real> sums_;
  baro::status status_ = baro::status::ok;
};

/// One mean of an estimate as a column. Its spread comes out of its variance and design effect,
/// V / deff · (n − 1) Σ w; the spread without weights is not known.
/// @throws value_error  an entry that is not there, or not a mean
template <class Real>
[[nodiscard]] mean_column<Real> mean_column_of(const estimate<Real>& e, std::size_t i) {
  const auto& entry = e.entry(i);
  if (entry.label.statistic != statistic::mean)
    detail::refuse("mean_column_of", "statistic", name(entry.label.statistic),
                   "must be 'mean'");
  if (entry.status != status::ok && entry.status != status::no_degrees)
    return mean_column<Real>(entry.status);
  const auto& b = entry.bases;
  mean_sums<Real> s;
  s.mean = e.value(i);
  s.sum_weights = b.sum_weights;
  s.sum_squared_weights = b.sum_weights * b.sum_weights / b.effective_n;
  s.n = b.n;
  s.variance = e.variance(i);
  s.sum_squares = s.variance / entry.deff * (b.n - 1) * b.sum_weights;
  return mean_column<Real>(s);
}

namespace detail {

/// The terms of two means with one variance.
template <class Real>
column_terms<Real> common_terms(const mean_column<Real>& a, const mean_column<Real>& b,
                                const Real& variance, const Real& base_a, const Real& base_b,
                                const Real& base_both) {
  column_terms<Real> t;
  t.value_a = a.sums().mean;
  t.value_b = b.sums().mean;
  t.common_variance = variance;
  t.base_a = base_a;
  t.base_b = base_b;
  t.base_both = base_both;
  if (!(variance >= Real(0))) t.skip(status::undefined, "unknown variance");
  if (!(variance > Real(0))) t.skip(status::undefined, "no variance");
  return t;
}

}  // namespace detail

/// The variance of the categories of a variable together, Σ Σ w (y − ȳ)² / Σ (Σ w − 1): what
/// SPSS takes with MEANSVARIANCE=ALLCATS.
template <class Real>
[[nodiscard]] Real variance_of_categories(std::span<const mean_column<Real>> columns) {
  Real squares(0), sizes(0);
  for (const auto& c : columns) {
    if (c.status() != status::ok) continue;
    squares += c.sums().sum_squares;
    sizes += c.sum_weights() - 1;
  }
  return squares / sizes;
}

/// IBM SPSS CTABLES, means: the pooled t with weights as counts,
///   t = (ȳ_a − ȳ_b) / √(s² (1/n_a + 1/n_b − 2 n_o / (n_a n_b))),   n_a + n_b − n_o − 2 df
/// s² of the two columns, Σ w (y − ȳ)² over both / (n_a + n_b − 2), or `variance`: that of all
/// categories (`variance_of_categories`).
template <class Real = double>
struct spss_means {
  std::optional<Real> variance = std::nullopt;

  constexpr std::string_view name() const noexcept {
    return variance ? "spss_means_all_categories" : "spss_means";
  }

  column_terms<Real> operator()(const mean_column<Real>& a, const mean_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    const Real n_a = a.sum_weights(), n_b = b.sum_weights();
    const Real of_two = (a.sums().sum_squares + b.sums().sum_squares) / (n_a + n_b - 2);
    const Real both = overlap.none() ? Real(0) : overlap.sum_weights;
    auto t = detail::common_terms<Real>(a, b, variance ? *variance : of_two, n_a, n_b, both);
    t.df = n_a + n_b - both - 2;
    return t;
  }
};

/// UNICOM Intelligence Survey Reporter and Quantipy's "Dim", means:
///   t = (ȳ_a − ȳ_b) / √(s² (1/e_a + 1/e_b − 2 r e_o / (e_a e_b))),   e_a + e_b − e_o − 2 df
///   s² = Σ s_i² (W_i − 1) / Σ (W_i − q_i / W_i),   s_i² = Σ w (y − ȳ)² / (W − 1)
///   W = Σ w, q = Σ w²
/// with effective bases e.
struct survey_reporter_means {
  constexpr std::string_view name() const noexcept { return "survey_reporter_means"; }

  template <class Real>
  column_terms<Real> operator()(const mean_column<Real>& a, const mean_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    const auto room = [](const mean_column<Real>& c) {
      return Real(c.sum_weights() - c.sum_squared_weights() / c.sum_weights());
    };
    const Real variance = (a.sums().sum_squares + b.sums().sum_squares) / (room(a) + room(b));
    auto t = detail::common_terms<Real>(a, b, variance, a.effective_n(), b.effective_n(),
                                        overlap.effective_n());
    t.correlation = overlap.correlation;
    t.df = t.base_a + t.base_b - t.base_both - 2;
    return t;
  }
};

/// WinCross, means: the variance of the answers without weights over the effective base,
///   t = (ȳ_a − ȳ_b) / √(s_a² / e_a + s_b² / e_b)
/// as its documentation says; that Satterthwaite's degrees of freedom are from e − 1 is not
/// verified.
/// @see The papers of A. Madansky on weighted means, The Analytical Group
struct wincross_means {
  constexpr std::string_view name() const noexcept { return "wincross_means"; }

  template <class Real>
  column_terms<Real> operator()(const mean_column<Real>& a, const mean_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    const Real e_a = a.effective_n(), e_b = b.effective_n();
    auto t = detail::welch_terms<Real>(
        a.sums().mean, b.sums().mean, Real(a.sums().unweighted_spread / e_a),
        Real(b.sums().unweighted_spread / e_b), Real(e_a - 1), Real(e_b - 1));
    detail::skip_overlap(t, overlap);
    return t;
  }
};

/// Q and Displayr, means: Welch's t on Taylor standard errors, Σ w² (y − ȳ)² / (Σ w)² ·
/// n / (n − 1), with n − 1 degrees of freedom each.
/// @see Displayr, flipAnalysisOfVariance
struct displayr_means {
  constexpr std::string_view name() const noexcept { return "displayr_means"; }

  template <class Real>
  column_terms<Real> operator()(const mean_column<Real>& a, const mean_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    auto t = detail::welch_terms<Real>(a.sums().mean, b.sums().mean, a.sums().variance,
                                       b.sums().variance, Real(a.n() - 1), Real(b.n() - 1));
    detail::skip_overlap(t, overlap);
    return t;
  }
};

}  // namespace baro
