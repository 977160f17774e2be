// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/single_psu.hpp>
#include <baro/totals/detail/presence.hpp>
#include <baro/totals/detail/tree_walk.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/reading.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace baro::detail {

/// Covariance of linear forms under the design, stage after stage:
///   V = Σ_h (1 − f_h) n_h/(n_h − 1) Σ_a (z_a − z̄_h)(z_a − z̄_h)ᵀ + Σ_a f_h V_a,
/// z_a the total of u over unit a of cell h, V_a the same within unit a (Särndal, Swensson and
/// Wretman 1992, 4.3; conventions of R survey where a later stage has no population size: it is
/// added as if drawn with replacement).
/// Units without a respondent in the domain are there with z = 0: that is what makes it a
/// domain estimate and not a filter.
template <class Real>
class covariance_of {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

  covariance_of(const tree_walk<Real>& walk, single_psu policy, const reading<Real>& data)
      : walk_(walk),
        tree_(walk.tree()),
        policy_(policy),
        finder_(walk, policy, data),
        data_(data) {}

  matrix operator()(std::span<const linear_form<Real>> forms) const {
    const std::size_t k = forms.size();
    matrix v = matrix::Zero(index(k), index(k));
    if (k == 0) return v;
    std::vector<Real> z = leaf_totals(forms);
    const std::vector<std::vector<double>> reach = walk_.reach_of_stages();
    bool at_rows = tree_.rows_are_units;
    for (std::size_t s = tree_.stages.size(); s-- > 0;) {
      const frame_stage& st = tree_.stages[s];
      matrix stage = matrix::Zero(index(k), index(k));
      std::vector<Real> cells = at_rows ? z : fold(z, st.cell, st.cells(), k);
      const presence<Real> here = finder_.at(s, reach[s], forms);
      if (at_rows)
        add_rows(s, reach[s], forms, here, cells, stage);
      else
        add_units(s, reach[s], forms, here, z, cells, stage);
      if (policy_ == single_psu::average) scale_average(here, forms, stage);
      v += stage;
      if (s > 0) z = fold(cells, st.parent, tree_.stages[s - 1].units(), k);
      at_rows = false;
    }
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j < i; ++j) v(index(j), index(i)) = v(index(i), index(j));
    return v;
  }

 private:
  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

  std::vector<Real> leaf_totals(std::span<const linear_form<Real>> forms) const {
    const std::size_t k = forms.size(), leaves = tree_.leaves();
    std::vector<Real> z(leaves * k, Real(0));
    for (std::size_t l = 0; l < leaves; ++l)
      for (std::size_t i = 0; i < k; ++i) {
        const linear_form<Real>& form = forms[i];
        const Real* x = data_.features(form.variable, l, form.domain);
        Real u(0);
        for (std::size_t f = 0; f < form.coefficients.size(); ++f)
          u += form.coefficients[f] * x[f];
        if (is_shifted(form)) u += form.coefficients[1] * x[0] * Real(tree_.first_weight[l]);
        z[l * k + i] = u;
      }
    return z;
  }

  bool is_shifted(const linear_form<Real>& form) const {
    return data_.shape().variables()[form.variable].what == variable_shape::kind::shifted;
  }

  /// What a cell's sum of squares is multiplied by.
  Real factor(std::size_t s, std::size_t c, double reach) const {
    const Real n = walk_.sampled(s, c);
    const Real rest = Real(reach) * Real(1 - walk_.fraction(s, c));
    return n > Real(1) ? Real(rest * n / (n - Real(1))) : rest;
  }

  /// The mean of the unit totals of all strata (within the same unit above): what a single unit
  /// is compared with.
  std::vector<Real> means_beside(std::size_t s, const std::vector<Real>& cells,
                                 std::size_t k) const {
    const auto& parent = tree_.stages[s].parent;
    const std::size_t parents = s == 0 ? 1 : tree_.stages[s - 1].units();
    std::vector<Real> mean = fold(cells, parent, parents, k), units(parents, Real(0));
    for (std::size_t c = 0; c < parent.size(); ++c)
      units[static_cast<std::size_t>(parent[c])] += walk_.sampled(s, c);
    for (std::size_t p = 0; p < parents; ++p)
      for (std::size_t i = 0; i < k; ++i) mean[p * k + i] /= units[p];
    return mean;
  }

  void add_units(std::size_t s, const std::vector<double>& reach,
                 std::span<const linear_form<Real>> forms, const presence<Real>& here,
                 const std::vector<Real>& z, const std::vector<Real>& cells, matrix& v) const {
    const frame_stage& st = tree_.stages[s];
    const std::size_t k = forms.size();
    const std::vector<Real> beside =
        finder_.adjusts() ? means_beside(s, cells, k) : std::vector<Real>();
    std::vector<Real> x(k), factors(st.cells());
    for (std::size_t c = 0; c < st.cells(); ++c) factors[c] = factor(s, c, reach[c]);
    for (std::size_t u = 0; u < st.units(); ++u) {
      const auto c = static_cast<std::size_t>(st.cell[u]);
      const Real n = walk_.sampled(s, c);
      for (std::size_t i = 0; i < k; ++i) {
        const std::size_t key = here.key[i];
        switch (here.treatment[key][c]) {
          case part::ordinary:
            x[i] = z[u * k + i] - cells[c * k + i] / n;
            break;
          case part::single:
            x[i] = here.unit[key][u] != 0
                       ? Real(z[u * k + i] -
                              beside[static_cast<std::size_t>(st.parent[c]) * k + i])
                       : Real(0);
            break;
          case part::nothing:
            x[i] = Real(0);
            break;
        }
      }
      for (std::size_t j = 0; j < k; ++j) {
        if (x[j] == Real(0)) continue;
        const Real t = factors[c] * x[j];
        for (std::size_t i = j; i < k; ++i) v(index(i), index(j)) += x[i] * t;
      }
    }
  }

  /// Cells whose units are respondents: Σ u uᵀ − n ū ūᵀ from the moments, zeros included.
  void add_rows(std::size_t s, const std::vector<double>& reach,
                std::span<const linear_form<Real>> forms, const presence<Real>& here,
                const std::vector<Real>& cells, matrix& v) const {
    const frame_stage& st = tree_.stages[s];
    const std::size_t k = forms.size();
    const std::vector<Real> beside =
        finder_.adjusts() ? means_beside(s, cells, k) : std::vector<Real>();
    for (std::size_t c = 0; c < st.cells(); ++c) {
      const Real a = factor(s, c, reach[c]), n = walk_.sampled(s, c);
      const Real* sum = cells.data() + c * k;
      const auto parent = static_cast<std::size_t>(st.parent[c]);
      for (std::size_t j = 0; j < k; ++j)
        for (std::size_t i = j; i < k; ++i) {
          const part pi = here.treatment[here.key[i]][c], pj = here.treatment[here.key[j]][c];
          if (pi == part::nothing || pj == part::nothing) continue;
          const Real centered =
              pi == part::ordinary && pj == part::ordinary
                  ? centered_product(forms[i], forms[j], c, n, sum[i], sum[j])
                  : beside_product(pi, pj, product(forms[i], forms[j], c), sum[i], sum[j], n,
                                   beside[parent * k + i], beside[parent * k + j]);
          v(index(i), index(j)) += a * centered;
        }
    }
  }

  /// The product of two deviations where at least one form has a single respondent in the cell:
  /// its u is the sum, its deviation is from the mean beside, and it is nobody else's.
  static Real beside_product(part pi, part pj, const Real& raw, const Real& ui, const Real& uj,
                             const Real& n, const Real& mean_i, const Real& mean_j) {
    if (pi == part::single && pj == part::single) {
      const bool same = raw != Real(0) || ui == Real(0) || uj == Real(0);
      return same ? Real((ui - mean_i) * (uj - mean_j)) : Real(0);
    }
    if (pi == part::single) return beside_product(pj, pi, raw, uj, ui, n, mean_j, mean_i);
    const Real u_of_i = uj == Real(0) ? Real(0) : Real(raw / uj);
    return (u_of_i - ui / n) * (uj - mean_j);
  }

  /// Σ u u′ over the respondents of a cell.
  Real product(const linear_form<Real>& a, const linear_form<Real>& b, std::size_t cell) const {
    if (a.domain != b.domain) return Real(0);
    if (a.variable > b.variable) return product(b, a, cell);
    if (a.variable != b.variable && !data_.shape().joint())
      return std::numeric_limits<Real>::quiet_NaN();
    const std::vector<Real> ca = in_features(a, cell), cb = in_features(b, cell);
    Real sum(0);
    for (std::size_t f = 0; f < ca.size(); ++f)
      for (std::size_t g = 0; g < cb.size(); ++g)
        sum += ca[f] * cb[g] * product_of_features(a, b, cell, f, g);
    return sum;
  }

  /// Σ (u − ū)(u′ − ū′) over the n respondents of a cell, zeros included: feature by feature,
  /// so that a large mean (in the count of those who answered) is gone before anything is
  /// added.
  Real centered_product(const linear_form<Real>& a, const linear_form<Real>& b,
                        std::size_t cell, const Real& n, const Real& sum_a,
                        const Real& sum_b) const {
    if (a.domain != b.domain) return -(sum_a * (sum_b / n));
    if (a.variable > b.variable) return centered_product(b, a, cell, n, sum_b, sum_a);
    const bool same = a.variable == b.variable;
    if (!same && !data_.shape().joint()) return std::numeric_limits<Real>::quiet_NaN();
    const std::vector<Real> ca = in_features(a, cell), cb = in_features(b, cell);
    const Real *sa = data_.features(a.variable, cell, a.domain),
               *sb = data_.features(b.variable, cell, b.domain);
    const bool count_a = is_shifted(a), count_b = is_shifted(b);
    Real sum(0), size(0);
    for (std::size_t f = 0; f < ca.size(); ++f)
      for (std::size_t g = 0; g < cb.size(); ++g) {
        // Everybody answered: the count does not vary.
        if ((f == 0 && count_a && sa[0] == n) || (g == 0 && count_b && sb[0] == n)) continue;
        const Real raw = product_of_features(a, b, cell, f, g);
        const Real term = ca[f] * cb[g];
        sum += term * (raw - sa[f] * (sb[g] / n));
        size += term * raw < Real(0) ? Real(-(term * raw)) : Real(term * raw);
      }
    // What is left of a difference below its own rounding is no variance.
    const bool square = same && &a == &b;
    const Real least = size * Real(64) * std::numeric_limits<Real>::epsilon();
    return square && !(sum > least) ? Real(0) : sum;
  }

  /// Σ x_f x′_g over the respondents of a cell, as the state keeps it.
  Real product_of_features(const linear_form<Real>& a, const linear_form<Real>& b,
                           std::size_t cell, std::size_t f, std::size_t g) const {
    if (a.variable != b.variable)
      return data_.cross(a.variable, b.variable, cell, a.domain)[f * b.coefficients.size() + g];
    const Real* r = data_.products(a.variable, cell, a.domain);
    if (data_.shape().variables()[a.variable].what == variable_shape::kind::levels)
      return f == g ? r[f] : Real(0);
    return f >= g ? r[f * (f + 1) / 2 + g] : r[g * (g + 1) / 2 + f];
  }

  /// The coefficients with respect to the features as they are kept: those of a `shifted`
  /// variable have the weight split into first weight and rest.
  std::vector<Real> in_features(const linear_form<Real>& form, std::size_t leaf) const {
    std::vector<Real> c = form.coefficients;
    if (is_shifted(form)) c[0] += c[1] * Real(tree_.first_weight[leaf]);
    return c;
  }

  /// single_psu::average: strata with one unit add the mean of the others of the domain.
  void scale_average(const presence<Real>& here, std::span<const linear_form<Real>> forms,
                     matrix& v) const {
    using std::sqrt;
    std::vector<Real> scale;
    for (std::size_t i = 0; i < forms.size(); ++i) {
      const std::size_t key = here.key[i];
      Real all(0), ok(0);
      for (std::size_t c = 0; c < here.in_cell[key].size(); ++c) {
        if (!(here.in_cell[key][c] > Real(0))) continue;
        all += Real(1);
        if (here.treatment[key][c] == part::ordinary || here.complete[c] != 0) ok += Real(1);
      }
      scale.push_back(ok > Real(0) ? Real(sqrt(Real(all / ok))) : Real(1));
    }
    for (std::size_t i = 0; i < forms.size(); ++i)
      for (std::size_t j = 0; j <= i; ++j) v(index(i), index(j)) *= scale[i] * scale[j];
  }

  const tree_walk<Real>& walk_;
  const frame& tree_;
  single_psu policy_;
  presence_finder<Real> finder_;
  const reading<Real>& data_;
};

}  // namespace baro::detail
