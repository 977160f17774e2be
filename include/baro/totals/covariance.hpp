// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/single_psu.hpp>
#include <baro/totals/detail/asked_features.hpp>
#include <baro/totals/detail/cell_products.hpp>
#include <baro/totals/detail/group_means.hpp>
#include <baro/totals/detail/presence.hpp>
#include <baro/totals/detail/rank_four.hpp>
#include <baro/totals/detail/residual_pass.hpp>
#include <baro/totals/detail/tree_walk.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/reading.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
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
        products_(walk.tree(), data),
        data_(data) {}

  matrix operator()(std::span<const linear_form<Real>> forms) const {
    if (forms.empty()) return matrix::Zero(0, 0);
    const asked_features<Real> asked(walk_, data_, forms);
    return over_stages(
        asked, asked.by_leaf(),
        [&](std::size_t s, double_span reach) { return finder_.at(s, reach, asked); },
        [&](std::size_t s, double_span reach, const presence<Real>& here,
            const std::vector<Real>& cells,
            matrix& v) { add_rows(s, reach, forms, asked, here, cells, v); });
  }

  /// The same of forms that calibration has been taken out of. Everybody has a residual, also
  /// outside the domain, so every unit counts for every form.
  matrix of_residuals(const residual_pass<Real>& residuals) const {
    const residual_columns<Real> asked(residuals.forms());
    if (asked.forms() == 0) return matrix::Zero(0, 0);
    matrix v = over_stages(
        asked, residuals.by_leaf(),
        [&](std::size_t s, double_span reach) { return finder_.everybody(s, reach); },
        [&](std::size_t s, double_span reach, const presence<Real>& here,
            const std::vector<Real>& cells,
            matrix& stage) { add_residuals(s, reach, residuals, here, cells, stage); });
    return v + residuals.from_targets();
  }

 private:
  using double_span = const std::vector<double>&;

  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

  /// From the last stage up to the first.
  /// @param z         leaves × width sums
  /// @param presence  here(stage, reach)
  /// @param rows      what cells of respondents add
  template <class Asked, class Here, class Rows>
  matrix over_stages(const Asked& asked, std::vector<Real> z, Here presence_at,
                     Rows add_cells) const {
    const std::size_t k = asked.forms();
    matrix v = matrix::Zero(index(k), index(k));
    const std::vector<std::vector<double>> reach = walk_.reach_of_stages();
    bool at_rows = tree_.rows_are_units;
    for (std::size_t s = tree_.stages.size(); s-- > 0;) {
      const frame_stage& st = tree_.stages[s];
      matrix stage = matrix::Zero(index(k), index(k));
      std::vector<Real> cells =
          at_rows ? std::move(z) : fold(z, st.cell, st.cells(), asked.width());
      const presence<Real> here = presence_at(s, reach[s]);
      if (at_rows)
        add_cells(s, reach[s], here, cells, stage);
      else
        add_units(s, reach[s], asked, here, z, cells, stage);
      if (policy_ == single_psu::average) scale_average(here, asked, stage);
      v += stage;
      if (s > 0) z = fold(cells, st.parent, tree_.stages[s - 1].units(), asked.width());
      at_rows = false;
    }
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j < i; ++j) v(index(j), index(i)) = v(index(i), index(j));
    return v;
  }

  /// Cells of respondents, from the products of their residuals about the mean of the cell.
  void add_residuals(std::size_t s, double_span reach, const residual_pass<Real>& residuals,
                     const presence<Real>& here, const std::vector<Real>& cells,
                     matrix& v) const {
    const frame_stage& st = tree_.stages[s];
    const std::size_t k = residuals.forms();
    const group_means<Real> beside = means_beside(s, cells, k);
    std::vector<Real> count, deviation(k);
    for (std::size_t c = 0; c < st.cells(); ++c) count.push_back(walk_.sampled(s, c));
    const std::vector<Real> products = residuals.products(cells, count);
    for (std::size_t c = 0; c < st.cells(); ++c) {
      const part treatment = here.treatment.front()[c];
      if (treatment == part::nothing) continue;
      const Real a = factor(s, c, reach[c]);
      beside.deviations(cells.data() + c * k, static_cast<std::size_t>(st.parent[c]),
                        deviation.data());
      const Real* product = products.data() + c * (k * (k + 1) / 2);
      for (std::size_t i = 0; i < k; ++i)
        for (std::size_t j = 0; j <= i; ++j, ++product)
          v(index(i), index(j)) +=
              a * (treatment == part::single ? Real(deviation[i] * deviation[j]) : *product);
    }
  }

  /// What a cell's sum of squares is multiplied by.
  Real factor(std::size_t s, std::size_t c, double reach) const {
    const Real n = walk_.sampled(s, c);
    const Real rest = Real(reach) * Real(1 - walk_.fraction(s, c));
    return n > Real(1) ? Real(rest * n / (n - Real(1))) : rest;
  }

  /// The means of the unit totals of all strata (within the same unit above): what a single
  /// unit is compared with.
  group_means<Real> means_beside(std::size_t s, const std::vector<Real>& cells,
                                 std::size_t width) const {
    const frame_stage& st = tree_.stages[s];
    std::vector<Real> units;
    for (std::size_t c = 0; c < st.cells(); ++c) units.push_back(walk_.sampled(s, c));
    const std::size_t parents = s == 0 ? 1 : tree_.stages[s - 1].units();
    return {cells, units, st.parent, parents, width};
  }

  /// The features are centred, then added up to forms: an answer far from 0 times a weight that
  /// does not vary is gone before it can cost a digit.
  template <class Asked>
  void add_units(std::size_t s, const std::vector<double>& reach, const Asked& asked,
                 const presence<Real>& here, const std::vector<Real>& z,
                 const std::vector<Real>& cells, matrix& v) const {
    const frame_stage& st = tree_.stages[s];
    const std::size_t k = asked.forms(), width = asked.width();
    const group_means<Real> own(z, std::vector<Real>(st.units(), Real(1)), st.cell, st.cells(),
                                width);
    const group_means<Real> beside = means_beside(s, cells, width);
    std::vector<Real> factors(st.cells()), deviation(width);
    for (std::size_t c = 0; c < st.cells(); ++c) factors[c] = factor(s, c, reach[c]);
    rank_four<Real> squares(k);
    std::vector<std::size_t> special;  // keys that do not count as ordinary in cell `last`
    std::size_t last = st.cells();
    for (std::size_t u = 0; u < st.units(); ++u) {
      const auto c = static_cast<std::size_t>(st.cell[u]);
      if (c != last) {
        last = c;
        special.clear();
        for (std::size_t q = 0; q < asked.keys().size(); ++q)
          if (here.treatment[q][c] != part::ordinary) special.push_back(q);
      }
      const Real* from = z.data() + u * width;
      own.deviations(from, c, deviation.data());
      for (const std::size_t q : special) {
        const auto& key = asked.keys()[q];
        if (here.treatment[q][c] == part::single && here.unit[q][u] != 0)
          beside.deviations(from, static_cast<std::size_t>(st.parent[c]), key.first, key.count,
                            deviation.data());
        else
          std::fill_n(deviation.begin() + static_cast<std::ptrdiff_t>(key.first), key.count,
                      Real(0));
      }
      Real* x = squares.next(factors[c], v);
      asked.values(deviation.data(), x);
    }
    squares.finish(v);
  }

  /// Cells whose units are respondents: Σ u uᵀ − n ū ūᵀ from the moments, zeros included.
  void add_rows(std::size_t s, const std::vector<double>& reach,
                std::span<const linear_form<Real>> forms, const asked_features<Real>& asked,
                const presence<Real>& here, const std::vector<Real>& cells, matrix& v) const {
    const frame_stage& st = tree_.stages[s];
    const std::size_t k = asked.forms(), width = asked.width();
    const group_means<Real> beside = means_beside(s, cells, width);
    std::vector<cell_form<Real>> in(k);
    std::vector<Real> deviation(width);
    for (std::size_t c = 0; c < st.cells(); ++c) {
      const Real a = factor(s, c, reach[c]), n = walk_.sampled(s, c);
      const Real* sums = cells.data() + c * width;
      beside.deviations(sums, static_cast<std::size_t>(st.parent[c]), deviation.data());
      for (std::size_t i = 0; i < k; ++i) {
        in[i].treatment = here.treatment[asked.key_of(i)][c];
        if (in[i].treatment == part::nothing) continue;
        in[i].variable = forms[i].variable;
        in[i].domain = forms[i].domain;
        in[i].coefficients = products_.in_features(forms[i], c);
        in[i].sum = asked.value(i, sums);
        in[i].beside = asked.value(i, deviation.data());
      }
      for (std::size_t j = 0; j < k; ++j)
        for (std::size_t i = j; i < k; ++i) {
          if (in[i].treatment == part::nothing || in[j].treatment == part::nothing) continue;
          v(index(i), index(j)) += a * products_.of(in[i], in[j], c, n);
        }
    }
  }

  /// single_psu::average: strata with one unit add the mean of the others of the domain.
  template <class Asked>
  void scale_average(const presence<Real>& here, const Asked& asked, matrix& v) const {
    using std::sqrt;
    std::vector<Real> scale;
    for (std::size_t i = 0; i < asked.forms(); ++i) {
      const std::size_t key = asked.key_of(i);
      Real all(0), ok(0);
      for (std::size_t c = 0; c < here.in_cell[key].size(); ++c) {
        if (!(here.in_cell[key][c] > Real(0))) continue;
        all += Real(1);
        if (here.treatment[key][c] == part::ordinary || here.complete[c] != 0) ok += Real(1);
      }
      scale.push_back(ok > Real(0) ? Real(sqrt(Real(all / ok))) : Real(1));
    }
    for (std::size_t i = 0; i < scale.size(); ++i)
      for (std::size_t j = 0; j <= i; ++j) v(index(i), index(j)) *= scale[i] * scale[j];
  }

  const tree_walk<Real>& walk_;
  const frame& tree_;
  single_psu policy_;
  presence_finder<Real> finder_;
  cell_products<Real> products_;
  const reading<Real>& data_;
};

}  // namespace baro::detail
