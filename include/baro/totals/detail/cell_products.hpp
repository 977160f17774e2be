// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/frame.hpp>
#include <baro/totals/detail/presence.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/reading.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace baro::detail {

/// A form as a cell of respondents sees it.
template <class Real>
struct cell_form {
  part treatment = part::nothing;
  std::size_t variable = 0, domain = 0;
  std::vector<Real> coefficients{};  ///< of the features as they are kept
  Real sum{};                        ///< Σ u
  Real beside{};                     ///< Σ u of a single respondent, about the mean beside
};

/// Products of forms over the respondents of a cell where respondents are the units, out of the
/// moments that are kept: those without an answer are there with u = 0.
template <class Real>
class cell_products {
 public:
  cell_products(const frame& tree, const reading<Real>& data) : tree_(tree), data_(data) {}

  /// The coefficients with respect to the features as they are kept: those of a `shifted`
  /// variable have the weight split into least weight and rest.
  std::vector<Real> in_features(const linear_form<Real>& form, std::size_t cell) const {
    std::vector<Real> c = form.coefficients;
    if (is_shifted(form.variable)) c[0] += c[1] * Real(tree_.least_weight[cell]);
    return c;
  }

  /// The product of the deviations of two forms that both count in the cell of n respondents.
  Real of(const cell_form<Real>& a, const cell_form<Real>& b, std::size_t cell,
          const Real& n) const {
    return a.treatment == part::ordinary && b.treatment == part::ordinary
               ? centered_product(a, b, cell, n)
               : beside_product(a, b, cell, n);
  }

 private:
  bool is_shifted(std::size_t variable) const {
    return data_.shape().variables()[variable].what == variable_shape::kind::shifted;
  }

  bool is_levels(std::size_t variable) const {
    return data_.shape().variables()[variable].what == variable_shape::kind::levels;
  }

  /// The product of two deviations where at least one form has a single respondent in the cell:
  /// its deviation is from the mean beside, and it is nobody else's.
  Real beside_product(const cell_form<Real>& a, const cell_form<Real>& b, std::size_t cell,
                      const Real& n) const {
    if (b.treatment != part::single) return beside_product(b, a, cell, n);
    if (a.variable != b.variable && !data_.shape().joint())
      return std::numeric_limits<Real>::quiet_NaN();
    const std::vector<Real> x = features_at_single(a, b, cell);
    bool answered = false;
    for (const Real& feature : x) answered = answered || feature != Real(0);
    if (a.treatment == part::single) return answered ? Real(a.beside * b.beside) : Real(0);
    const Real* sums = data_.features(a.variable, cell, a.domain);
    Real u(0);
    for (std::size_t f = 0; f < x.size(); ++f) u += a.coefficients[f] * (x[f] - sums[f] / n);
    return u * b.beside;
  }

  /// The features of the variable of `a` for the only respondent of `b` in the cell, 0 where
  /// that one has no answer to it.
  std::vector<Real> features_at_single(const cell_form<Real>& a, const cell_form<Real>& b,
                                       std::size_t cell) const {
    std::vector<Real> x(a.coefficients.size(), Real(0));
    if (a.domain != b.domain) return x;
    const Real* only = data_.features(b.variable, cell, b.domain);
    std::size_t g = 0;  // a count or a weight, and of levels the one answered
    while (only[g] == Real(0)) ++g;
    for (std::size_t f = 0; f < x.size(); ++f)
      x[f] = product_of_features(a, b, cell, f, g) / only[g];
    return x;
  }

  /// Σ (u − ū)(u′ − ū′) over the n respondents of a cell, zeros included.
  Real centered_product(const cell_form<Real>& a, const cell_form<Real>& b, std::size_t cell,
                        const Real& n) const {
    if (a.domain != b.domain) return -(a.sum * (b.sum / n));
    const bool same = a.variable == b.variable;
    if (!same && !data_.shape().joint()) return std::numeric_limits<Real>::quiet_NaN();
    Real size(0);  // of what is added up
    const Real sum = same && is_levels(a.variable) ? centered_levels(a, b, cell, n, size)
                                                   : centered_features(a, b, cell, n, size);
    // What is left of a difference below its own rounding is no variance.
    const Real least = size * Real(64) * std::numeric_limits<Real>::epsilon();
    return &a == &b && sum <= least && size - size == Real(0) ? Real(0) : sum;
  }

  /// Feature by feature, so that a large mean (in the count of those who answered) is gone
  /// before anything is added.
  Real centered_features(const cell_form<Real>& a, const cell_form<Real>& b, std::size_t cell,
                         const Real& n, Real& size) const {
    using std::abs;
    const Real *sa = data_.features(a.variable, cell, a.domain),
               *sb = data_.features(b.variable, cell, b.domain);
    const bool count_a = is_shifted(a.variable), count_b = is_shifted(b.variable);
    Real sum(0);
    for (std::size_t f = 0; f < a.coefficients.size(); ++f)
      for (std::size_t g = 0; g < b.coefficients.size(); ++g) {
        // Everybody answered: the count does not vary.
        if ((f == 0 && count_a && sa[0] == n) || (g == 0 && count_b && sb[0] == n)) continue;
        const Real raw = product_of_features(a, b, cell, f, g);
        const Real term = a.coefficients[f] * b.coefficients[g];
        sum += term * (raw - sa[f] * (sb[g] / n));
        size += abs(Real(term * raw));
      }
    return sum;
  }

  /// Levels exclude each other: products of two of them are 0.
  Real centered_levels(const cell_form<Real>& a, const cell_form<Real>& b, std::size_t cell,
                       const Real& n, Real& size) const {
    using std::abs;
    const Real* squares = data_.products(a.variable, cell, a.domain);
    Real sum(0);
    for (std::size_t l = 0; l < a.coefficients.size(); ++l) {
      const Real term = a.coefficients[l] * b.coefficients[l] * squares[l];
      sum += term;
      size += abs(term);
    }
    return sum - a.sum * (b.sum / n);
  }

  /// Σ x_f x′_g over the respondents of a cell, as the state keeps it.
  Real product_of_features(const cell_form<Real>& a, const cell_form<Real>& b, std::size_t cell,
                           std::size_t f, std::size_t g) const {
    if (a.variable > b.variable) return product_of_features(b, a, cell, g, f);
    if (a.variable != b.variable)
      return data_.cross(a.variable, b.variable, cell, a.domain)[f * b.coefficients.size() + g];
    const Real* r = data_.products(a.variable, cell, a.domain);
    if (is_levels(a.variable)) return f == g ? r[f] : Real(0);
    return f >= g ? r[f * (f + 1) / 2 + g] : r[g * (g + 1) / 2 + f];
  }

  const frame& tree_;
  const reading<Real>& data_;
};

}  // namespace baro::detail
