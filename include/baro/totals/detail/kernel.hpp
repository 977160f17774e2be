// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace baro::detail {

/// Adds rows to a state, a batch at a time: a batch of one variable is first laid out in a
/// small buffer (weights with 0 where there is no answer, answers about their centre, codes),
/// so the loops that add are the same for every type of column.
template <class Real>
class kernel {
 public:
  static constexpr std::size_t batch = 512;

  kernel(const totals_shape& shape, const respondents& rows)
      : shape_(shape),
        rows_(rows),
        weight_buffer_(batch),
        domain_(batch),
        scratch_(batch),
        leaf_(batch),
        code_(batch),
        answered_(batch),
        weight_(batch) {
    std::size_t columns = 1;
    for (const auto& v : shape.variables()) columns = std::max(columns, v.columns);
    bool numbers = false;
    for (const auto& v : shape.variables())
      numbers = numbers || v.what != variable_shape::kind::levels;
    answer_.resize(numbers ? columns * batch : 0);
    answer_buffer_.resize(batch);
    if (shape.joint()) {
      value_.resize(shape.variables().size());
      index_.resize(shape.variables().size());
    }
  }

  /// Adds rows first … first + count − 1; `position` is the place of `first` in its block.
  void add(std::size_t first, std::size_t count, std::size_t position, Real* state) {
    while (count > 0) {
      const std::size_t n = std::min(count, batch);
      add_batch(first, n, position, state);
      first += n;
      position += n;
      count -= n;
    }
  }

 private:
  using kind = variable_shape::kind;

  void add_batch(std::size_t first, std::size_t n, std::size_t position, Real* state) {
    const design& d = *rows_.who;
    if (d.is_weighted()) {
      base_weight_ = d.weights_column().read(first, n, weight_buffer_.data());
    } else {
      base_weight_ = weight_buffer_.data();
      if (!ones_) std::fill(weight_buffer_.begin(), weight_buffer_.end(), Real(1));
      ones_ = true;
    }
    const std::int32_t* leaf = d.leaf();
    if (leaf == nullptr) {
      std::fill(leaf_.begin(), leaf_.end(), 0);
      leaf = leaf_.data();
    } else {
      leaf += first;
    }
    if (shape_.rows_are_units())
      for (std::size_t i = 0; i < n; ++i)
        state[shape_.rows_at(static_cast<std::size_t>(leaf[i]))] += Real(1);
    has_domains_ = rows_.has_domains();
    if (has_domains_) {
      rows_.read_domains(first, n, domain_.data(), scratch_.data());
      for (std::size_t i = 0; i < n; ++i)
        if (domain_[i] >= 0)
          state[shape_.domain_rows_at(static_cast<std::size_t>(domain_[i]))] += Real(1);
    } else {
      std::fill(domain_.begin(), domain_.end(), 0);
      state[shape_.domain_rows_at(0)] += Real(static_cast<double>(n));
    }
    // The place of each row among leaves × domains (× lanes), shared by all variables.
    lane_ = position;
    place(leaf, n);
    for (std::size_t v = 0; v < shape_.variables().size(); ++v) {
      const variable_shape& s = shape_.variables()[v];
      if (s.what == kind::levels) {
        lay_out_levels(v, first, n);
        add_levels(v, n, state);
      } else {
        lay_out_numbers(v, first, n);
        if (shape_.rows_are_units() || s.what == kind::shifted)
          add_moments(v, n, leaf, state);
        else if (s.columns == 1)
          add_numbers<1>(v, n, state);
        else
          add_numbers<0>(v, n, state);
      }
      if (shape_.joint()) keep_features(v, n, leaf);
    }
    if (shape_.joint()) add_products(n, leaf, state);
  }

  void place(const std::int32_t* leaf, std::size_t n) {
    cell_.resize(batch);
    const std::size_t domains = shape_.domains(), lanes = shape_.leaf_lanes();
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t at = domain_[i] > 0 ? static_cast<std::size_t>(domain_[i]) : 0;
      cell_[i] = (static_cast<std::size_t>(leaf[i]) * domains + at) * lanes +
                 ((lane_ + i) & (lanes - 1));
    }
  }

  std::size_t domain_cell(std::size_t i) const {
    const std::size_t at = domain_[i] > 0 ? static_cast<std::size_t>(domain_[i]) : 0;
    return at * shape_.domain_lanes() + ((lane_ + i) & (shape_.domain_lanes() - 1));
  }

  /// Weights with 0, and answers with 0, where a row has no answer or lies outside.
  void lay_out_numbers(std::size_t v, std::size_t first, std::size_t n) {
    const auto& columns = rows_.variables[v].numbers;
    const auto& centers = shape_.variables()[v].centers;
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const Real* y = columns[j].read(first, n, answer_buffer_.data());
      const Real center(centers[j]);
      Real* out = answer_.data() + j * batch;
      bool infinite = false;
      for (std::size_t i = 0; i < n; ++i) {
        const Real d = y[i] - center;
        const bool finite = (d - d == Real(0));
        infinite = infinite || (!finite && d == d);
        const bool kept = finite && domain_[i] >= 0 && (j == 0 || answered_[i] != Real(0));
        answered_[i] = kept ? Real(1) : Real(0);
        out[i] = finite ? d : Real(0);
      }
      if (infinite) refuse_infinite(columns[j], first, n);
    }
    for (std::size_t i = 0; i < n; ++i)
      weight_[i] = answered_[i] != Real(0) ? base_weight_[i] : Real(0);
  }

  [[noreturn]] void refuse_infinite(const answers& column, std::size_t first,
                                    std::size_t n) const {
    std::vector<Real> buffer(batch);
    const Real* y = column.read(first, n, buffer.data());
    std::size_t i = 0;
    while (i + 1 < n && !(y[i] == y[i] && !(y[i] - y[i] == Real(0)))) ++i;
    refuse("answers", column.name().empty() ? "column" : column.name(), first + i,
           static_cast<double>(y[i]), "must be finite, or NaN where there is no answer");
  }

  void lay_out_levels(std::size_t v, std::size_t first, std::size_t n) {
    rows_.variables[v].levels->read(first, n, code_.data());
    for (std::size_t i = 0; i < n; ++i) {
      const bool kept = (code_[i] | domain_[i]) >= 0;
      answered_[i] = kept ? Real(1) : Real(0);
      weight_[i] = kept ? base_weight_[i] : Real(0);
      code_[i] = kept ? code_[i] : 0;
    }
  }

  /// numbers with PSUs: (w, w d) of each PSU; Q columns known at compile time, or 0 for any.
  template <std::size_t Q>
  void add_numbers(std::size_t v, std::size_t n, Real* state) {
    const std::size_t q = Q > 0 ? Q : shape_.variables()[v].columns;
    Real* sums = state + shape_.leaf_at(v, 0, 0);
    for (std::size_t i = 0; i < n; ++i) {
      Real* z = sums + cell_[i] * (q + 1);
      const Real w = weight_[i];
      z[0] += w;
      for (std::size_t j = 0; j < q; ++j) z[j + 1] += w * answer_[j * batch + i];
    }
    add_domain_numbers(v, n, state);
  }

  void add_domain_numbers(std::size_t v, std::size_t n, Real* state) {
    const variable_shape& s = shape_.variables()[v];
    const std::size_t q = s.columns, size = s.domain_size();
    Real* base = state + shape_.domain_at(v, 0);
    if (shape_.domains() == 1 && q == 1) {
      add_lanes(
          n, [&](std::size_t lane) { return base + lane * size; },
          [&](std::size_t i, Real* a) {
            const Real w = weight_[i], d = answer_[i];
            a[0] += answered_[i];
            a[1] += w * w;
            a[2] += w * d * d;
          });
      return;
    }
    for (std::size_t i = 0; i < n; ++i) {
      Real* a = base + domain_cell(i) * size;
      const Real w = weight_[i];
      a[0] += answered_[i];
      a[1] += w * w;
      std::size_t at = 2;
      for (std::size_t j = 0; j < q; ++j) {
        const Real wd = w * answer_[j * batch + i];
        for (std::size_t k = 0; k <= j; ++k) a[at++] += wd * answer_[k * batch + i];
      }
    }
  }

  /// Three running sums in four lanes, held in registers over the batch. Row i goes to the lane
  /// of its place in the block, so a stream cut anywhere gives the same bits.
  template <class Place, class Add>
  void add_lanes(std::size_t n, Place place, Add add) {
    std::array<std::array<Real, 3>, 4> sums;
    for (std::size_t l = 0; l < 4; ++l)
      for (std::size_t k = 0; k < 3; ++k) sums[l][k] = place(l)[k];
    std::size_t i = 0;
    for (; i < n && ((lane_ + i) & 3) != 0; ++i) add(i, sums[(lane_ + i) & 3].data());
    for (; i + 4 <= n; i += 4)
      for (std::size_t l = 0; l < 4; ++l) add(i + l, sums[l].data());
    for (; i < n; ++i) add(i, sums[(lane_ + i) & 3].data());
    for (std::size_t l = 0; l < 4; ++l)
      for (std::size_t k = 0; k < 3; ++k) place(l)[k] = sums[l][k];
  }

  /// levels: one addition per row, at its level.
  void add_levels(std::size_t v, std::size_t n, Real* state) {
    const variable_shape& s = shape_.variables()[v];
    const std::size_t levels = s.columns, leaf_size = s.leaf_size(shape_.rows_are_units());
    Real* sums = state + shape_.leaf_at(v, 0, 0);
    if (shape_.rows_are_units()) {
      for (std::size_t i = 0; i < n; ++i) {
        Real* z = sums + cell_[i] * leaf_size;
        const Real w = weight_[i];
        const auto code = static_cast<std::size_t>(code_[i]);
        z[0] += answered_[i];
        z[1] += w > Real(0) ? Real(1) : Real(0);
        z[2 + code] += w;
        z[2 + levels + code] += w * w;
      }
    } else {
      for (std::size_t i = 0; i < n; ++i)
        sums[cell_[i] * levels + static_cast<std::size_t>(code_[i])] += weight_[i];
    }
    Real* base = state + shape_.domain_at(v, 0);
    const std::size_t size = s.domain_size();
    for (std::size_t i = 0; i < n; ++i) {
      Real* a = base + domain_cell(i) * size;
      const Real w = weight_[i];
      a[1] += w * w;
      a[2 + static_cast<std::size_t>(code_[i])] += answered_[i];
    }
  }

  /// The features of row i of a `numbers` or `shifted` variable.
  std::size_t features_of(const variable_shape& s, std::size_t i, const std::int32_t* leaf,
                          Real* x) const {
    const Real w = weight_[i];
    std::size_t f = 0;
    if (s.what == kind::shifted) {
      const double first = rows_.who->tree().first_weight[static_cast<std::size_t>(leaf[i])];
      x[f++] = answered_[i];
      x[f++] = answered_[i] != Real(0) ? w - Real(first) : Real(0);
    } else {
      x[f++] = w;
    }
    for (std::size_t j = 0; j < s.columns; ++j) x[f++] = w * answer_[j * batch + i];
    return f;
  }

  /// numbers where respondents are the units, and shifted ones everywhere.
  void add_moments(std::size_t v, std::size_t n, const std::int32_t* leaf, Real* state) {
    const variable_shape& s = shape_.variables()[v];
    const std::size_t features = s.features(), size = s.leaf_size(shape_.rows_are_units());
    Real* sums = state + shape_.leaf_at(v, 0, 0);
    feature_.resize(features);
    Real* x = feature_.data();
    for (std::size_t i = 0; i < n; ++i) {
      Real* z = sums + cell_[i] * size;
      features_of(s, i, leaf, x);
      if (!shape_.rows_are_units()) {
        for (std::size_t f = 0; f < features; ++f) z[f] += x[f];
        continue;
      }
      z[0] += answered_[i];
      z[1] += weight_[i] > Real(0) ? Real(1) : Real(0);
      Real* products = z + 2 + features;
      for (std::size_t f = 0; f < features; ++f) {
        z[2 + f] += x[f];
        for (std::size_t g = 0; g <= f; ++g) *products++ += x[f] * x[g];
      }
    }
    add_domain_numbers(v, n, state);
  }

  /// Joint moments: keeps the features of each variable until all are laid out.
  void keep_features(std::size_t v, std::size_t n, const std::int32_t* leaf) {
    const variable_shape& s = shape_.variables()[v];
    const std::size_t width = s.what == kind::levels ? 1 : s.features();
    value_[v].resize(width * batch);
    index_[v].resize(batch);
    for (std::size_t i = 0; i < n; ++i) {
      if (s.what == kind::levels) {
        value_[v][i] = weight_[i];
        index_[v][i] = static_cast<std::size_t>(code_[i]);
      } else {
        features_of(s, i, leaf, value_[v].data() + i * width);
      }
    }
  }

  void add_products(std::size_t n, const std::int32_t* leaf, Real* state) {
    const auto& variables = shape_.variables();
    for (std::size_t a = 0; a < variables.size(); ++a)
      for (std::size_t b = a + 1; b < variables.size(); ++b) {
        const std::size_t fb = variables[b].features();
        const bool level_a = variables[a].what == kind::levels;
        const bool level_b = variables[b].what == kind::levels;
        const std::size_t wa = level_a ? 1 : variables[a].features(), wb = level_b ? 1 : fb;
        for (std::size_t i = 0; i < n; ++i) {
          if (domain_[i] < 0) continue;
          Real* products = state + shape_.cross_at(a, b, static_cast<std::size_t>(leaf[i]),
                                                   static_cast<std::size_t>(domain_[i]));
          for (std::size_t f = 0; f < wa; ++f)
            for (std::size_t g = 0; g < wb; ++g)
              products[(level_a ? index_[a][i] : f) * fb + (level_b ? index_[b][i] : g)] +=
                  value_[a][i * wa + f] * value_[b][i * wb + g];
        }
      }
  }

  const totals_shape& shape_;
  const respondents& rows_;
  const Real* base_weight_ = nullptr;
  bool ones_ = false, has_domains_ = false;
  std::size_t lane_ = 0;
  std::vector<Real> weight_buffer_;
  std::vector<std::int32_t> domain_, scratch_, leaf_, code_;
  std::vector<std::size_t> cell_;
  std::vector<Real> answered_, weight_, answer_, answer_buffer_, feature_;
  std::vector<std::vector<Real>> value_;
  std::vector<std::vector<std::size_t>> index_;
};

}  // namespace baro::detail
