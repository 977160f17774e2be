// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/totals/detail/form_reader.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>
#include <baro/weights/detail/calibration_record.hpp>
#include <baro/weights/detail/independent_columns.hpp>

#include <Eigen/Core>
#include <Eigen/QR>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace baro::detail {

/// The k residuals of forms, side by side, in the words of `asked_features`.
template <class Real>
class residual_columns {
 public:
  struct key {
    std::size_t variable, domain, first, count;
  };
  explicit residual_columns(std::size_t k) : k_(k), keys_{{0, 0, 0, k}} {}

  const std::vector<key>& keys() const noexcept { return keys_; }
  std::size_t forms() const noexcept { return k_; }
  std::size_t width() const noexcept { return k_; }
  std::size_t key_of(std::size_t) const noexcept { return 0; }
  void values(const Real* z, Real* out) const { std::copy(z, z + k_, out); }

 private:
  std::size_t k_;
  std::vector<key> keys_;
};

/// Second pass of calibrated weights: each form u of a respondent is replaced by what the
/// margins do not explain of it, step after step from the last one back,
///   v_s = e_s − x_sᵀ B_s,  e_{s−1} = g_s v_s,  z = w_0 e_0,
///   B_s = (Σ w_{s−1} q x_s x_sᵀ + C)⁻¹ Σ w_{s−1} q x_s e_s,    e_S = u
/// with g_s the factors of step s and w_{s−1} the weights before it: for one step z = g d e
/// (Deville and Särndal 1992, eq. 3.4; R survey `calibrate`). Where the targets are totals of
/// the sample itself (nonresponse) x_sᵀ B_s stays, e_{s−1} = g_s v_s + x_sᵀ B_s, for those who
/// did not respond too (Särndal and Lundström 2005, 11.3, of which this is the with-replacement
/// form). z is then summed by leaf.
template <class Real>
class residual_pass {
 public:
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

  /// @param rows   the respondents of the first pass
  /// @param forms  k forms, coefficients with respect to `reading::total`
  residual_pass(const respondents& rows, const totals_shape& shape,
                std::span<const linear_form<Real>> forms)
      : rows_(rows), shape_(shape), record_(*rows.who->weight_chain()), k_(forms.size()) {
    forms_of_.resize(shape.variables().size() * shape.domains());
    for (std::size_t i = 0; i < k_; ++i)
      forms_of_[forms[i].variable * shape.domains() + forms[i].domain].push_back(
          {i, forms[i].coefficients});
    fit_.resize(record_.steps.size());
    for (std::size_t s = record_.steps.size(); s-- > 0;) fit(s);
  }

  std::size_t forms() const noexcept { return k_; }

  /// Is nothing left of a constant, whatever the rounding? Where the last step knows the size
  /// of the population, by a question that everybody has a level of and that must be met.
  static bool explains_constants(const calibration_record& record) {
    for (const auto& step : record.steps)
      if (!step->target_variance.empty()) return false;  // that needs all of B
    auto step = record.steps.rbegin();
    while (step != record.steps.rend() && (*step)->x.columns == 0) ++step;  // a scale
    if (step == record.steps.rend()) return false;
    const calibration_step& last = **step;
    if (last.own_totals || last.x.levels == 0) return false;
    for (std::size_t m = 0; m < last.x.levels; ++m) {
      bool exact = true;
      for (std::size_t u = 0; u < last.x.units; ++u)
        exact &=
            !(last.slack[static_cast<std::size_t>(last.x.column[u * last.x.levels + m])] > 0);
      if (exact) return true;
    }
    return false;
  }

  /// Leaves × k sums of z.
  std::vector<Real> by_leaf() const {
    return by_group(rows_.who->tree().leaves(),
                    [](std::size_t, std::size_t leaf) { return leaf; });
  }

  /// The same by any group of rows: groups × k.
  /// @param group  row, leaf → its group
  template <class Group>
  std::vector<Real> by_group(std::size_t groups, Group group) const {
    std::vector<Real> z(groups * k_, Real(0));
    each_row(0, 0, [&](std::size_t row, std::size_t leaf, const Real& w, const Real* e) {
      Real* const to = z.data() + group(row, leaf) * k_;
      for (std::size_t i = 0; i < k_; ++i) to[i] += w * e[i];
    });
    return z;
  }

  /// Where respondents are the units: Σ (z − z̄)(z − z̄)ᵀ of each leaf, lower triangles by rows.
  /// @param sums   what `by_leaf` gave
  /// @param count  leaf → respondents
  std::vector<Real> products(const std::vector<Real>& sums,
                             const std::vector<Real>& count) const {
    const std::size_t size = k_ * (k_ + 1) / 2;
    std::vector<Real> out(count.size() * size, Real(0)), d(k_);
    each_row(0, 0, [&](std::size_t, std::size_t leaf, const Real& w, const Real* e) {
      for (std::size_t i = 0; i < k_; ++i) d[i] = w * e[i] - sums[leaf * k_ + i] / count[leaf];
      Real* to = out.data() + leaf * size;
      for (std::size_t i = 0; i < k_; ++i)
        for (std::size_t j = 0; j <= i; ++j) *to++ += d[i] * d[j];
    });
    return out;
  }

  /// What targets that are estimates add: Σ_s B_sᵀ Var(t_s) B_s.
  matrix from_targets() const {
    matrix v = matrix::Zero(index(k_), index(k_));
    for (std::size_t s = 0; s < fit_.size(); ++s) {
      const std::vector<double>& variance = record_.steps[s]->target_variance;
      for (std::size_t j = 0; j < variance.size(); ++j)
        v += Real(variance[j]) * fit_[s].b.col(index(j)) * fit_[s].b.col(index(j)).transpose();
    }
    return v;
  }

 private:
  static constexpr std::size_t batch = form_reader<Real>::batch;
  using one_form = typename form_reader<Real>::one_form;

  /// The regression of one step.
  struct fitted {
    matrix b{};                   ///< k × p
    std::vector<Real> of_unit{};  ///< units × k, xᵀB, where units are few
  };

  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

  /// B of step s, from those of the steps after it.
  void fit(std::size_t s) {
    const calibration_step& step = *record_.steps[s];
    if (step.x.columns == 0) return;
    if (step.residuals == residual_rule::r_rake) {
      sweep(s);
      return;
    }
    if (step.instruments) {
      fit_instruments(s);
      return;
    }
    const calibration_matrix& x = step.x;
    const auto q = [&](std::size_t u) { return step.q.empty() ? Real(1) : Real(step.q[u]); };
    matrix m =
        weighted_square<Real>(x, [&](std::size_t u) { return Real(Real(step.d[u]) * q(u)); });
    for (std::size_t j = 0; j < x.columns; ++j) m(index(j), index(j)) += Real(step.slack[j]);
    // By row of x first: a respondent then costs k additions whatever the number of margins.
    std::vector<Real> by_unit(x.units * k_, Real(0));
    each_row(s + 1, s, [&](std::size_t row, std::size_t, const Real& w, const Real* e) {
      Real* const to = by_unit.data() + x.unit(row) * k_;
      for (std::size_t i = 0; i < k_; ++i) to[i] += w * e[i];
    });
    matrix right = matrix::Zero(index(k_), index(x.columns));
    for (std::size_t u = 0; u < x.units; ++u) {
      if (!(step.d[u] > 0)) continue;  // did not respond
      x.each(u, [&](std::size_t j, double value) {
        const Real a = q(u) * Real(value);
        const Real* const from = by_unit.data() + u * k_;
        Real* const to = right.data() + j * k_;
        for (std::size_t i = 0; i < k_; ++i) to[i] += a * from[i];
      });
    }
    const pivoted_cholesky<Real> factors(std::move(m));
    fitted& f = fit_[s];
    f.b.resize(index(k_), index(x.columns));
    for (std::size_t i = 0; i < k_; ++i)
      f.b.row(index(i)) = factors.solve(right.row(index(i)).transpose()).transpose();
    explain_units(s);
  }

  /// B of step s where the weights move with instruments z,
  ///   (Σ w_{s−1} F′ z xᵀ) B = Σ w_{s−1} F′ z e
  /// the derivative of the weights that solve Σ w x = t (Kott 2006, Survey Methodology 32:133).
  void fit_instruments(std::size_t s) {
    const calibration_step& step = *record_.steps[s];
    const instrument_rows& rows = *step.instruments;
    const auto slope = [&](std::size_t u) {
      return step.d[u] > 0 ? Real(rows.slope[u]) : Real(0);
    };
    matrix all = matrix::Zero(index(k_), index(rows.z.columns));
    each_row(s + 1, s, [&](std::size_t row, std::size_t, const Real& w, const Real* e) {
      const Real a = w * slope(row);
      if (!(a > Real(0))) return;
      rows.z.each(row, [&](std::size_t j, double z) {
        for (std::size_t i = 0; i < k_; ++i) all(index(i), index(j)) += a * Real(z) * e[i];
      });
    });
    const std::size_t r = rows.z_columns.size();
    matrix right(index(r), index(k_));
    for (std::size_t j = 0; j < r; ++j)
      right.row(index(j)) = all.col(index(rows.z_columns[j])).transpose();
    const matrix m = rows.template cross<Real>(
        step.x, [&](std::size_t u) { return Real(Real(step.d[u]) * slope(u)); });
    const matrix solved = Eigen::ColPivHouseholderQR<matrix>(m.transpose()).solve(right);
    matrix& b = fit_[s].b;
    b = matrix::Zero(index(k_), index(step.x.columns));
    for (std::size_t j = 0; j < r; ++j)
      b.col(index(rows.x_columns[j])) = solved.row(index(j)).transpose();
  }

  /// xᵀB of each row of x, where they are few.
  void explain_units(std::size_t s) {
    const calibration_matrix& x = record_.steps[s]->x;
    fitted& f = fit_[s];
    if (x.unit_of_row.empty() || x.units * k_ > (std::size_t{1} << 22)) return;
    f.of_unit.assign(x.units * k_, Real(0));
    for (std::size_t u = 0; u < x.units; ++u) explain(x, u, f.b, f.of_unit.data() + u * k_);
  }

  /// B of step s by `residual_rule::r_rake`.
  void sweep(std::size_t s) {
    const calibration_matrix& x = record_.steps[s]->x;
    std::vector<Real> left(x.units * k_, Real(0)), count(x.units, Real(0));
    each_row(s + 1, s, [&](std::size_t row, std::size_t, const Real& w, const Real* e) {
      if (!(w > Real(0))) return;  // did not respond
      const std::size_t u = x.unit(row);
      count[u] += Real(1);
      for (std::size_t i = 0; i < k_; ++i) left[u * k_ + i] += e[i];
    });
    matrix& b = fit_[s].b;
    b = matrix::Zero(index(k_), index(x.columns));
    std::vector<Real> of_level(x.columns);
    matrix mean(index(k_), index(x.columns));
    for (int round = 0; round < 10; ++round)
      for (std::size_t m = 0; m < x.levels; ++m) {
        const auto at = [&](std::size_t u) {
          return static_cast<std::size_t>(x.column[u * x.levels + m]);
        };
        std::fill(of_level.begin(), of_level.end(), Real(0));
        mean.setZero();
        for (std::size_t u = 0; u < x.units; ++u) {
          of_level[at(u)] += count[u];
          for (std::size_t i = 0; i < k_; ++i) mean(index(i), index(at(u))) += left[u * k_ + i];
        }
        for (std::size_t j = 0; j < x.columns; ++j)
          if (of_level[j] > Real(0)) mean.col(index(j)) /= of_level[j];
        b += mean;
        for (std::size_t u = 0; u < x.units; ++u)
          for (std::size_t i = 0; i < k_; ++i)
            left[u * k_ + i] -= count[u] * mean(index(i), index(at(u)));
      }
    explain_units(s);
  }

  /// to += xᵀB
  void explain(const calibration_matrix& x, std::size_t u, const matrix& b, Real* to) const {
    x.each(u, [&](std::size_t j, double value) {
      const Real a(value);
      const Real* const from = b.data() + j * k_;
      for (std::size_t i = 0; i < k_; ++i) to[i] += a * from[i];
    });
  }

  /// Calls use(row, leaf, w, e) for every row: e the k forms once the steps from number `out`
  /// on are taken out of them, w the weight after the first `done` steps.
  template <class Use>
  void each_row(std::size_t out, std::size_t done, Use use) const {
    const design& who = *rows_.who;
    const std::size_t n = who.size(), steps = record_.steps.size();
    std::vector<Real> e(batch * k_), before(batch), w(batch);
    std::vector<Real> kept(any_clipped() ? batch * k_ : 0);
    form_reader<Real> reader(rows_, shape_, forms_of_, k_);
    for (std::size_t first = 0; first < n; first += batch) {
      const std::size_t count = std::min(batch, n - first);
      std::fill(e.begin(), e.end(), Real(0));
      reader.read(first, count, e.data());
      const Real* const base = record_.base.read(first, count, before.data());
      std::fill(kept.begin(), kept.end(), Real(0));
      for (std::size_t t = steps; t-- > out;)
        take_out(t, first, count, e.data(), kept.empty() ? nullptr : kept.data());
      if (out == 0)
        for (std::size_t i = 0; i < kept.size(); ++i) e[i] += kept[i];
      std::copy_n(base, count, w.data());
      for (std::size_t t = 0; t < done; ++t) {
        const calibration_step& step = *record_.steps[t];
        for (std::size_t i = 0; i < count; ++i)
          w[i] *= Real(step.factor[step.x.unit(first + i)]);
      }
      const std::int32_t* const leaf = who.leaf();
      for (std::size_t i = 0; i < count; ++i)
        use(first + i, leaf == nullptr ? 0 : static_cast<std::size_t>(leaf[first + i]), w[i],
            e.data() + i * k_);
    }
  }

  /// e_t to e_{t−1} for a run of rows:
  /// g (e − xᵀB), and where the totals are the sample's own xᵀB stays: g e + (1 − g) xᵀB
  /// Where a weight is clipped, g v is its own part of z and no business of the steps before:
  /// kept aside, only scaled by them.
  void take_out(std::size_t t, std::size_t first, std::size_t count, Real* e,
                Real* kept) const {
    const calibration_step& step = *record_.steps[t];
    const fitted& f = fit_[t];
    std::vector<Real> here(f.of_unit.empty() ? k_ : 0);
    const bool clips = kept != nullptr && t > 0 && !step.clipped.empty();
    for (std::size_t r = 0; r < count; ++r, e += k_) {
      const std::size_t u = step.x.unit(first + r);
      const Real g(step.factor[u]);
      Real* const own = kept == nullptr ? nullptr : kept + r * k_;
      if (own != nullptr)
        for (std::size_t i = 0; i < k_; ++i) own[i] *= g;
      if (step.x.columns == 0) {
        for (std::size_t i = 0; i < k_; ++i) e[i] *= g;
        continue;
      }
      const Real* explained = here.data();
      if (f.of_unit.empty()) {
        std::fill(here.begin(), here.end(), Real(0));
        explain(step.x, u, f.b, here.data());
      } else {
        explained = f.of_unit.data() + u * k_;
      }
      if (step.own_totals)
        for (std::size_t i = 0; i < k_; ++i) e[i] = g * (e[i] - explained[i]) + explained[i];
      else
        for (std::size_t i = 0; i < k_; ++i) e[i] = g * (e[i] - explained[i]);
      if (clips && step.clipped[u] != 0)
        for (std::size_t i = 0; i < k_; ++i) {
          own[i] += e[i];
          e[i] = Real(0);
        }
    }
  }

  bool any_clipped() const {
    for (std::size_t s = 1; s < record_.steps.size(); ++s)
      if (!record_.steps[s]->clipped.empty()) return true;
    return false;
  }

  const respondents& rows_;
  const totals_shape& shape_;
  const calibration_record& record_;
  std::size_t k_;
  std::vector<std::vector<one_form>> forms_of_;  // variable, domain → its forms
  std::vector<fitted> fit_;                      // by step
};

}  // namespace baro::detail
