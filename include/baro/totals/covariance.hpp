// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/design/design.hpp>
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

  covariance_of(const frame& tree, single_psu policy, degrees_of_freedom df,
                const reading<Real>& data)
      : tree_(tree), policy_(policy), df_(df), data_(data) {}

  matrix operator()(std::span<const linear_form<Real>> forms) const {
    const std::size_t k = forms.size();
    matrix v = matrix::Zero(index(k), index(k));
    if (k == 0) return v;
    std::vector<Real> z = leaf_totals(forms);
    const std::vector<std::vector<double>> reach = reach_of_stages();
    bool at_rows = tree_.rows_are_units;
    for (std::size_t s = tree_.stages.size(); s-- > 0;) {
      matrix stage = matrix::Zero(index(k), index(k));
      std::vector<Real> cells =
          at_rows ? z : fold(z, tree_.stages[s].cell, tree_.stages[s].cells(), k);
      for (std::size_t c = 0; c < tree_.stages[s].cells(); ++c)
        if (at_rows) add_rows_cell(s, c, reach[s][c], forms, cells, stage);
      if (!at_rows) add_unit_cells(s, reach[s], z, cells, k, stage);
      if (policy_ == single_psu::average) scale_average(s, reach[s], forms, stage);
      v += stage;
      if (s > 0) z = fold(cells, tree_.stages[s].parent, tree_.stages[s - 1].units(), k);
      at_rows = false;
    }
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j < i; ++j) v(index(j), index(i)) = v(index(i), index(j));
    return v;
  }

  /// Degrees of freedom of a variable in a domain, by the design's rule.
  Real degrees(std::size_t variable, std::size_t domain) const {
    using rule = degrees_of_freedom::rule;
    if (df_.kind() == rule::fixed || df_.kind() == rule::normal) return Real(df_.value());
    const frame_stage& first = tree_.stages.front();
    std::vector<Real> answered(first.cells(), Real(0));  // PSUs with an answer, by stratum
    count_psus(variable, domain, answered);
    Real psus(0), strata(0);
    for (std::size_t c = 0; c < first.cells(); ++c) {
      const bool touched = answered[c] > Real(0);
      if (!touched && df_.kind() != rule::full_design) continue;
      strata += Real(1);
      psus += df_.kind() == rule::domain ? answered[c] : sampled(0, c);
    }
    return psus - strata;
  }

  /// Is there a stratum, among those the domain touches, whose variance can be told?
  bool estimable(std::size_t variable, std::size_t domain) const {
    if (policy_ == single_psu::certainty || policy_ == single_psu::center) return true;
    const frame_stage& first = tree_.stages.front();
    std::vector<Real> answered(first.cells(), Real(0));
    count_psus(variable, domain, answered);
    bool any = false;
    for (std::size_t c = 0; c < first.cells(); ++c) {
      if (!(answered[c] > Real(0))) continue;
      any = true;
      if (sampled(0, c) > Real(1) || fraction(0, c) >= 1) return true;
    }
    return !any;
  }

 private:
  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

  Real sampled(std::size_t s, std::size_t c) const {
    if (tree_.rows_are_units && s + 1 == tree_.stages.size()) return data_.rows(c);
    return Real(tree_.stages[s].sampled[c]);
  }

  double fraction(std::size_t s, std::size_t c) const {
    const frame_stage& st = tree_.stages[s];
    if (st.population.empty() || !(st.population[c] > 0)) return st.fraction[c];
    return static_cast<double>(sampled(s, c)) / st.population[c];
  }

  /// Product of the sampling fractions of the stages above, by cell.
  std::vector<std::vector<double>> reach_of_stages() const {
    std::vector<std::vector<double>> reach;
    for (std::size_t s = 0; s < tree_.stages.size(); ++s) {
      const frame_stage& st = tree_.stages[s];
      std::vector<double> here(st.cells(), 1.0);
      for (std::size_t c = 0; s > 0 && c < st.cells(); ++c) {
        const auto above = static_cast<std::size_t>(
            tree_.stages[s - 1].cell[static_cast<std::size_t>(st.parent[c])]);
        here[c] = reach[s - 1][above] * fraction(s - 1, above);
      }
      reach.push_back(std::move(here));
    }
    return reach;
  }

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

  /// Sums groups of k numbers by `group`.
  static std::vector<Real> fold(const std::vector<Real>& z,
                                const std::vector<std::int32_t>& group, std::size_t groups,
                                std::size_t k) {
    std::vector<Real> out(groups * k, Real(0));
    for (std::size_t u = 0; u < group.size(); ++u)
      for (std::size_t i = 0; i < k; ++i)
        out[static_cast<std::size_t>(group[u]) * k + i] += z[u * k + i];
    return out;
  }

  /// What a cell's sum of squares is multiplied by; 0 when it adds nothing.
  Real factor(std::size_t s, std::size_t c, double reach) const {
    const Real n = sampled(s, c);
    const double rest = 1 - fraction(s, c);
    if (!(reach > 0) || !(rest > 1e-15) || !(n > Real(0))) return Real(0);
    if (n > Real(1)) return Real(reach) * Real(rest) * n / (n - Real(1));
    return policy_ == single_psu::center ? Real(reach) * Real(rest) : Real(0);
  }

  /// The mean of all unit totals beside a single one: all cells of the same unit above.
  std::vector<Real> mean_beside(std::size_t s, std::size_t c, const std::vector<Real>& cells,
                                std::size_t k) const {
    std::vector<Real> mean(k, Real(0));
    Real units(0);
    const auto& parent = tree_.stages[s].parent;
    for (std::size_t b = 0; b < parent.size(); ++b) {
      if (parent[b] != parent[c]) continue;
      units += sampled(s, b);
      for (std::size_t i = 0; i < k; ++i) mean[i] += cells[b * k + i];
    }
    for (Real& m : mean) m /= units;
    return mean;
  }

  static void add_outer(const Real& factor, const Real* x, std::size_t k, matrix& v) {
    for (std::size_t j = 0; j < k; ++j) {
      if (x[j] == Real(0)) continue;
      const Real t = factor * x[j];
      for (std::size_t i = j; i < k; ++i) v(index(i), index(j)) += x[i] * t;
    }
  }

  void add_unit_cells(std::size_t s, const std::vector<double>& reach, std::vector<Real>& z,
                      const std::vector<Real>& cells, std::size_t k, matrix& v) const {
    const frame_stage& st = tree_.stages[s];
    std::vector<Real> factors(st.cells()), centers(cells);
    for (std::size_t c = 0; c < st.cells(); ++c) {
      factors[c] = factor(s, c, reach[c]);
      const Real n = sampled(s, c);
      std::vector<Real> beside;
      if (n == Real(1) && factors[c] > Real(0)) beside = mean_beside(s, c, cells, k);
      for (std::size_t i = 0; i < k; ++i)
        centers[c * k + i] = beside.empty() ? Real(centers[c * k + i] / n) : beside[i];
    }
    std::vector<Real> x(k);
    for (std::size_t u = 0; u < st.units(); ++u) {
      const auto c = static_cast<std::size_t>(st.cell[u]);
      if (factors[c] == Real(0)) continue;
      for (std::size_t i = 0; i < k; ++i) x[i] = z[u * k + i] - centers[c * k + i];
      add_outer(factors[c], x.data(), k, v);
    }
  }

  /// A cell whose units are respondents: Σ u uᵀ − n ū ūᵀ from the moments, zeros included.
  void add_rows_cell(std::size_t s, std::size_t c, double reach,
                     std::span<const linear_form<Real>> forms, const std::vector<Real>& cells,
                     matrix& v) const {
    const std::size_t k = forms.size();
    const Real a = factor(s, c, reach);
    if (a == Real(0)) return;
    const Real n = sampled(s, c);
    const Real* sum = cells.data() + c * k;
    if (n == Real(1)) {
      const std::vector<Real> mean = mean_beside(s, c, cells, k);
      std::vector<Real> x(k);
      for (std::size_t i = 0; i < k; ++i) x[i] = sum[i] - mean[i];
      add_outer(a, x.data(), k, v);
      return;
    }
    for (std::size_t j = 0; j < k; ++j)
      for (std::size_t i = j; i < k; ++i) {
        const Real raw = product(forms[i], forms[j], c);
        Real centered = raw - sum[i] * (sum[j] / n);
        // What is left of a difference below its own rounding is no variance.
        if (i == j && !(centered > raw * Real(64) * std::numeric_limits<Real>::epsilon()))
          centered = Real(0);
        v(index(i), index(j)) += a * centered;
      }
  }

  /// Σ u u′ over the respondents of a cell.
  Real product(const linear_form<Real>& a, const linear_form<Real>& b, std::size_t cell) const {
    if (a.domain != b.domain) return Real(0);
    if (a.variable > b.variable) return product(b, a, cell);
    const std::vector<Real> ca = in_features(a, cell), cb = in_features(b, cell);
    Real sum(0);
    if (a.variable == b.variable) {
      const Real* r = data_.products(a.variable, cell, a.domain);
      if (data_.shape().variables()[a.variable].what == variable_shape::kind::levels) {
        for (std::size_t f = 0; f < ca.size(); ++f) sum += ca[f] * cb[f] * r[f];
        return sum;
      }
      for (std::size_t f = 0; f < ca.size(); ++f)
        for (std::size_t g = 0; g <= f; ++g, ++r)
          sum += (f == g ? Real(ca[f] * cb[f]) : Real(ca[f] * cb[g] + ca[g] * cb[f])) * *r;
      return sum;
    }
    if (!data_.shape().joint()) return std::numeric_limits<Real>::quiet_NaN();
    const Real* r = data_.cross(a.variable, b.variable, cell, a.domain);
    for (std::size_t f = 0; f < ca.size(); ++f)
      for (std::size_t g = 0; g < cb.size(); ++g) sum += ca[f] * cb[g] * *r++;
    return sum;
  }

  /// The coefficients with respect to the features as they are kept: those of a `shifted`
  /// variable have the weight split into first weight and rest.
  std::vector<Real> in_features(const linear_form<Real>& form, std::size_t leaf) const {
    std::vector<Real> c = form.coefficients;
    if (is_shifted(form)) c[0] += c[1] * Real(tree_.first_weight[leaf]);
    return c;
  }

  /// single_psu::average: strata with one unit add the mean of the others of the domain.
  void scale_average(std::size_t s, const std::vector<double>& reach,
                     std::span<const linear_form<Real>> forms, matrix& v) const {
    using std::sqrt;
    std::vector<Real> scale;
    for (const linear_form<Real>& form : forms) {
      std::vector<Real> answered(tree_.stages[s].cells(), Real(0));
      touched_cells(form.variable, form.domain, s, answered);
      Real all(0), ok(0);
      for (std::size_t c = 0; c < answered.size(); ++c) {
        if (!(answered[c] > Real(0)) || !(reach[c] > 0)) continue;
        all += Real(1);
        if (sampled(s, c) > Real(1) || fraction(s, c) >= 1) ok += Real(1);
      }
      scale.push_back(ok > Real(0) ? Real(sqrt(Real(all / ok))) : Real(1));
    }
    for (std::size_t i = 0; i < forms.size(); ++i)
      for (std::size_t j = 0; j <= i; ++j) v(index(i), index(j)) *= scale[i] * scale[j];
  }

  /// Units of stage 1 that hold an answer, by stratum.
  void count_psus(std::size_t variable, std::size_t domain, std::vector<Real>& count) const {
    if (tree_.rows_are_units && tree_.stages.size() == 1) {
      for (std::size_t c = 0; c < count.size(); ++c)
        count[c] = data_.leaf(variable, c, domain)[1];
      return;
    }
    const std::vector<char> units = touched_units(variable, domain, 0);
    for (std::size_t u = 0; u < units.size(); ++u)
      if (units[u] != 0) count[static_cast<std::size_t>(tree_.stages[0].cell[u])] += Real(1);
  }

  void touched_cells(std::size_t variable, std::size_t domain, std::size_t s,
                     std::vector<Real>& count) const {
    const frame_stage& st = tree_.stages[s];
    if (st.cell.empty()) {
      for (std::size_t c = 0; c < st.cells(); ++c)
        count[c] = data_.touches(variable, c, domain) ? Real(1) : Real(0);
      return;
    }
    const std::vector<char> units = touched_units(variable, domain, s);
    for (std::size_t u = 0; u < units.size(); ++u)
      if (units[u] != 0) count[static_cast<std::size_t>(st.cell[u])] += Real(1);
  }

  std::vector<char> touched_units(std::size_t variable, std::size_t domain,
                                  std::size_t s) const {
    std::size_t stage = tree_.stages.size() - 1;
    std::vector<char> at(tree_.leaves());
    for (std::size_t l = 0; l < at.size(); ++l) at[l] = data_.touches(variable, l, domain);
    if (tree_.rows_are_units) {  // leaves are cells: up to the units above them
      at = up(at, tree_.stages[stage].parent, tree_.stages[stage - 1].units());
      --stage;
    }
    for (; stage > s; --stage) {
      at = up(at, tree_.stages[stage].cell, tree_.stages[stage].cells());
      at = up(at, tree_.stages[stage].parent, tree_.stages[stage - 1].units());
    }
    return at;
  }

  static std::vector<char> up(const std::vector<char>& below,
                              const std::vector<std::int32_t>& parent, std::size_t count) {
    std::vector<char> above(count, 0);
    for (std::size_t i = 0; i < below.size(); ++i)
      if (below[i] != 0) above[static_cast<std::size_t>(parent[i])] = 1;
    return above;
  }

  const frame& tree_;
  single_psu policy_;
  degrees_of_freedom df_;
  const reading<Real>& data_;
};

}  // namespace baro::detail
