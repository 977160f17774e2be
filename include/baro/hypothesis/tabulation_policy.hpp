// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/column_difference.hpp>
#include <baro/hypothesis/detail/policy_terms.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/table_column.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

/// The tests of tabulation packages, as their documentation and public code give them. None of
/// them knows strata or sampling units: `design_based` does.
namespace baro {

/// What SPSS takes for the number of respondents.
enum class spss_base {
  weighted,   ///< Σ w, as if weights were counts
  rounded,    ///< the same, the cells rounded to whole numbers before the test
  effective,  ///< Kish: (Σ w)² / Σ w²
};

/// Whom the pooled share of two columns that overlap counts.
enum class pooled_share {
  of_columns,      ///< (x_a + x_b) / (n_a + n_b): who is in both counts twice
  of_respondents,  ///< (x_a + x_b − x_o) / (n_a + n_b − n_o): everybody counts once
};

/// IBM SPSS, CTABLES and CROSSTABS:
///   z = (p_a − p_b) / √(P (1 − P) (1/n_a + 1/n_b − 2 n_o / (n_a n_b))),
///   P = (n_a p_a + n_b p_b) / (n_a + n_b)
/// Shares of 0 and 1 and bases under 2 are not tested. With the WEIGHT command n = Σ w, and
/// cells that are not whole are rounded (`spss_base::rounded`; a base given as the sum of
/// rounded cells is whole already); with the subcommand /WEIGHT of an effective base nothing is
/// rounded (`spss_base::effective`; that P is then of effective bases too is not verified).
/// Against a total P counts the column twice, once in each; `pooled_share::of_respondents` does
/// not, and is the adjusted residual.
/// The package's default adjusts by Bonferroni for the pairs of columns of a row.
/// @see IBM SPSS Statistics 20 Algorithms, p. 263
struct spss {
  spss_base base = spss_base::weighted;
  pooled_share pooled = pooled_share::of_columns;

  constexpr std::string_view name() const noexcept {
    return base == spss_base::weighted  ? "spss"
           : base == spss_base::rounded ? "spss_rounded"
                                        : "spss_effective";
  }

  template <class Real>
  column_terms<Real> operator()(const table_column<Real>& a, const table_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    const sizes<Real> x = size(a.count(), a.sum_weights(), a.effective_n()),
                      y = size(b.count(), b.sum_weights(), b.effective_n());
    sizes<Real> both;
    if (!overlap.none()) both = size(overlap.count, overlap.sum_weights, overlap.effective_n());
    column_terms<Real> t;
    t.value_a = x.count / x.n;
    t.value_b = y.count / y.n;
    t.base_a = x.n;
    t.base_b = y.n;
    t.base_both = both.n;
    if (pooled == pooled_share::of_columns) both = {};
    t.pooled_share = (x.count + y.count - both.count) / (x.n + y.n - both.n);
    t.common_variance = t.pooled_share * (1 - t.pooled_share);
    if (!(x.n >= Real(2) && y.n >= Real(2))) t.skip(status::undefined, "base under 2");
    for (const Real& p : {t.value_a, t.value_b})
      if (!(p > Real(0) && p < Real(1))) t.skip(status::undefined, "share of 0 or 1");
    return t;
  }

 private:
  template <class Real>
  struct sizes {
    Real count{}, n{};
  };
  template <class Real>
  sizes<Real> size(const Real& count, const Real& n, const Real& effective) const {
    using std::floor;
    if (base == spss_base::effective) return {count / n * effective, effective};
    if (base == spss_base::weighted) return {count, n};
    return {Real(floor(Real(count + Real(0.5)))), Real(floor(Real(n + Real(0.5))))};
  }
};

enum class continuity_correction { none, yates };

/// UNICOM Intelligence (IBM SPSS Data Collection) Survey Reporter, and Quantipy's "Dim":
///   t = (p_a − p_b) / √(P (1 − P) (1/e_a + 1/e_b − 2 r e_o / (e_a e_b))),
///   e_a + e_b − e_o − 2 df,   P = (x_a + x_b) / (Σ_a w + Σ_b w)
/// with effective bases e, r the correlation of the overlap: 1 but in grids. Equal shares are
/// not tested. The correction takes (1/e_a + 1/e_b) / 2 off |p_a − p_b|; its documentation
/// shows this as a picture that was not read, so the size is Yates's, not verified. That r is
/// Pearson's is the plain reading of the counts that it names.
/// @see UNICOM Intelligence, "Statistical formula for the column proportions test"
struct survey_reporter {
  baro::continuity_correction continuity_correction = baro::continuity_correction::none;

  constexpr std::string_view name() const noexcept { return "survey_reporter"; }

  template <class Real>
  column_terms<Real> operator()(const table_column<Real>& a, const table_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    const Real e_a = a.effective_n(), e_b = b.effective_n();
    auto t = detail::pooled_terms<Real>(a, b, {a.sum_weights(), b.sum_weights()}, {e_a, e_b});
    t.base_both = overlap.effective_n();
    t.correlation = overlap.correlation;
    t.df = e_a + e_b - t.base_both - 2;
    if (continuity_correction == baro::continuity_correction::yates)
      t.continuity = (1 / e_a + 1 / e_b) / 2;
    using std::abs;
    const Real rounding = 16 * std::numeric_limits<Real>::epsilon();
    if (abs(Real(t.value_a - t.value_b)) <= rounding) t.skip(status::undefined, "same share");
    return t;
  }
};

/// Quantum and Quanvert, as Q's documentation gives them: `survey_reporter` with the variance
/// times (e_a + e_b) / (e_a + e_b − 1), r Pearson's correlation of the overlap, and
/// e_a + e_b − e_o − 1 df (UNICOM's comparison of the two; Q's page leaves e_o in).
/// @see Q, "Independent Samples" and "Dependent Samples - Quantum Column Proportions Test"
struct quantum {
  constexpr std::string_view name() const noexcept { return "quantum"; }

  template <class Real>
  column_terms<Real> operator()(const table_column<Real>& a, const table_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    const Real e_a = a.effective_n(), e_b = b.effective_n();
    auto t = detail::pooled_terms<Real>(a, b, {a.sum_weights(), b.sum_weights()}, {e_a, e_b});
    t.base_both = overlap.effective_n();
    t.correlation = overlap.correlation;
    t.times = e_a + e_b;
    t.over = e_a + e_b - 1;
    t.df = t.over - t.base_both;
    return t;
  }
};

/// Q and Displayr with weights, their t test of shares:
///   t = (p_a − p_b) / √(deff (s_a² + s_b²)),   s² = Σ w² (y − p)² / (Σ w)² · n / (n − 1),
///   (s_a² + s_b²)² / (s_a⁴ / (n_a − b) + s_b⁴ / (n_b − b)) df (Satterthwaite)
/// Of an estimate s² is its variance. deff is the package's "extra deff", b its Bessel
/// correction, 0 or 1. Its default for shares, "non-parametric", is Rao and Scott's second
/// order: `independence`. Q adjusts the tests of cell against rest by Benjamini and Hochberg
/// over the table, Displayr not at all.
/// @see Displayr, flipAnalysisOfVariance
struct displayr {
  double extra_deff = 1;
  int bessel = 0;

  constexpr std::string_view name() const noexcept { return "displayr"; }

  template <class Real>
  column_terms<Real> operator()(const table_column<Real>& a, const table_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    if (!(extra_deff > 0))
      detail::refuse("displayr", "extra_deff", extra_deff, "must be above 0");
    auto t = detail::welch_terms<Real>(a.share(), b.share(), a.variance(), b.variance(),
                                       Real(a.n() - Real(bessel)), Real(b.n() - Real(bessel)));
    t.base_a = a.n();
    t.base_b = b.n();
    t.times = Real(extra_deff);
    detail::skip_overlap(t, overlap);
    return t;
  }
};

/// The distribution that a test reads its p-value from.
enum class test_distribution { t, normal };

/// Q and Displayr without weights: the pooled z, or the same with n_a + n_b − 2 df.
struct displayr_unweighted {
  test_distribution distribution = test_distribution::t;

  constexpr std::string_view name() const noexcept { return "displayr_unweighted"; }

  template <class Real>
  column_terms<Real> operator()(const table_column<Real>& a, const table_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    auto t = detail::pooled_terms<Real>(a, b, {a.n(), b.n()}, {a.n(), b.n()});
    if (distribution == test_distribution::t) t.df = a.n() + b.n() - 2;
    detail::skip_overlap(t, overlap);
    return t;
  }
};

enum class askia_base { weighted, effective };

/// Askia's significance of closed questions, as its documentation says:
///   σ = (p_a − p_b) / √(p_a (1 − p_a) / n_a + p_b (1 − p_b) / n_b)
/// n of the table, or effective bases, its "efficiency coefficient". It prints no p-value: it
/// compares σ with 1.65, 1.96 and 2.576 (`level`).
struct askia {
  askia_base base = askia_base::weighted;

  constexpr std::string_view name() const noexcept {
    return base == askia_base::effective ? "askia_effective" : "askia";
  }
  /// 99 (letter "A+"), 95 ("A"), 90 ("a") or 0 percent.
  template <class Real>
  static int level(const Real& sigma) {
    const Real size = sigma < Real(0) ? Real(-sigma) : sigma;
    return size > Real(2.576) ? 99 : size > Real(1.96) ? 95 : size > Real(1.65) ? 90 : 0;
  }

  template <class Real>
  column_terms<Real> operator()(const table_column<Real>& a, const table_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    auto t = base == askia_base::effective
                 ? detail::unpooled_terms<Real>(a, b, {a.effective_n(), b.effective_n()})
                 : detail::unpooled_terms<Real>(a, b, {a.sum_weights(), b.sum_weights()});
    detail::skip_overlap(t, overlap);
    return t;
  }
};

/// WinCross's independent z, with pooled or unpooled shares as its user picks, on effective
/// bases. Its documentation says so of means; of shares that is not verified. Its tests of
/// columns that overlap are not here.
struct wincross {
  bool pooled = true;

  constexpr std::string_view name() const noexcept {
    return pooled ? "wincross" : "wincross_unpooled";
  }

  template <class Real>
  column_terms<Real> operator()(const table_column<Real>& a, const table_column<Real>& b,
                                const column_overlap<Real>& overlap) const {
    const std::array<Real, 2> e{a.effective_n(), b.effective_n()};
    auto t =
        pooled ? detail::pooled_terms<Real>(a, b, e, e) : detail::unpooled_terms<Real>(a, b, e);
    detail::skip_overlap(t, overlap);
    return t;
  }
};

/// `difference` of one estimate: strata, sampling units and the covariance between the columns,
/// whoever is in both.
struct design_based {
  comparison_degrees df = comparison_degrees::design();
  constexpr std::string_view name() const noexcept { return "design_based"; }
};

template <class Real>
[[nodiscard]] column_comparison<Real> column_difference(const estimate<Real>& e, std::size_t i,
                                                        std::size_t j,
                                                        const design_based& policy) {
  const comparison<Real> c = difference(e, i, j, confidence_level(default_level), policy.df);
  column_comparison<Real> out;
  out.value_a = c.value_a;
  out.value_b = c.value_b;
  out.difference = c.difference;
  out.standard_error = c.standard_error;
  out.statistic = c.statistic;
  out.df = c.df;
  out.p_value = c.p_value;
  out.test = policy.name();
  out.status = c.status;
  if (c.status != status::ok) out.reason = name(c.status);
  return out;
}

}  // namespace baro
