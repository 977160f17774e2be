// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/totals/detail/batch.hpp>
#include <baro/totals/detail/level_sums.hpp>
#include <baro/totals/detail/number_sums.hpp>
#include <baro/totals/detail/product_sums.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace baro::detail {

/// Adds rows to a state, a batch at a time. Each variable is added in one loop over the host's
/// own columns; a column of another type than `Real` is first converted into a small buffer.
template <class Real>
class kernel {
 public:
  kernel(const totals_shape& shape, const respondents& rows)
      : shape_(shape),
        rows_(rows),
        has_domains_(rows.has_domains()),
        weight_(size, Real(1)),
        leaf_(size, 0),
        place_(size),
        domain_(size),
        scratch_(size),
        code_(size),
        identity_(shape.domains() + 1),
        products_(shape) {
    // Domains that had to be worked out lie in a buffer as they are, −1 included.
    std::iota(identity_.begin(), identity_.end(), -1);
    std::size_t columns = 1;
    for (const variable_columns& v : rows.variables)
      columns = std::max(columns, v.numbers.size());
    answer_.resize(columns * size);
    for (const variable_shape& v : shape.variables())
      counts_.emplace_back(v.what == kind::levels ? v.columns : 0, shape.domains());
  }

  /// Adds rows first … first + count − 1; `position` is the place of `first` in its block.
  void add(std::size_t first, std::size_t count, std::size_t position, Real* state) {
    for (std::size_t done = 0; done < count; done += size) {
      batch<Real> b;
      b.first = first + done;
      b.count = std::min(size, count - done);
      b.position = position + done;
      add_batch(b, state);
    }
    for (std::size_t v = 0; v < counts_.size(); ++v) counts_[v].put(shape_, v, state);
  }

 private:
  using kind = variable_shape::kind;
  static constexpr std::size_t size = batch<Real>::rows;

  void add_batch(batch<Real>& b, Real* state) {
    const design& d = *rows_.who;
    b.weight = d.is_weighted() ? d.weights_column().read(b.first, b.count, weight_.data())
                               : weight_.data();
    b.leaf = d.leaf() == nullptr ? leaf_.data() : d.leaf() + b.first;
    b.place = b.leaf;
    if (shape_.leaf_lanes() > 1) {
      const auto lanes = static_cast<std::int32_t>(shape_.leaf_lanes());
      for (std::size_t i = 0; i < b.count; ++i)
        place_[i] =
            b.leaf[i] * lanes + (static_cast<std::int32_t>(b.position + i) & (lanes - 1));
      b.place = place_.data();
    }
    if (shape_.rows_are_units() && shape_.leaves() == 1)
      state[shape_.rows_at(0)] += Real(static_cast<double>(b.count));
    else if (shape_.rows_are_units())
      for (std::size_t i = 0; i < b.count; ++i)
        state[shape_.rows_at(static_cast<std::size_t>(b.leaf[i]))] += Real(1);
    read_domains(b, state);
    for (std::size_t v = 0; v < shape_.variables().size(); ++v) {
      if (shape_.variables()[v].what == kind::levels)
        add_levels_of(v, b, state);
      else
        add_numbers_of(v, b, state);
    }
    if (shape_.joint()) products_.add(b, has_domains_, state);
  }

  void read_domains(batch<Real>& b, Real* state) {
    if (!has_domains_) {
      state[shape_.domain_rows_at(0)] += Real(static_cast<double>(b.count));
    } else if (rows_.single_break()) {
      b.domain = rows_.breaks.breaks[0].read(b.first, b.count, domain_.data());
    } else {
      rows_.read_domains(b.first, b.count, domain_.data(), scratch_.data());
      b.domain = {domain_.data(), -1, identity_.data()};
      for (std::size_t i = 0; i < b.count; ++i)
        if (domain_[i] >= 0)
          state[shape_.domain_rows_at(static_cast<std::size_t>(domain_[i]))] += Real(1);
    }
  }

  void add_levels_of(std::size_t v, const batch<Real>& b, Real* state) {
    const code_run codes = rows_.variables[v].levels->read(b.first, b.count, code_.data());
    dispatch([&]<bool Rows, domain_mode Mode>() {
      add_levels<Real, Rows, Mode>(shape_, v, b, codes, counts_[v], state);
    });
    if (shape_.joint()) products_.lay_out_levels(v, b, has_domains_, codes);
  }

  void add_numbers_of(std::size_t v, const batch<Real>& b, Real* state) {
    const variable_shape& s = shape_.variables()[v];
    const auto& columns = rows_.variables[v].numbers;
    run_.y.resize(columns.size());
    run_.center.assign(s.centers.begin(), s.centers.end());
    run_.least_weight = rows_.who->tree().least_weight.data();
    for (std::size_t j = 0; j < columns.size(); ++j)
      run_.y[j] = columns[j].read(b.first, b.count, answer_.data() + j * size);
    bool finite = true;
    dispatch([&]<bool Rows, domain_mode Mode>() {
      if (s.what == kind::shifted)
        finite = s.columns == 1
                     ? add_numbers<Real, 1, true, Rows, Mode>(shape_, v, b, run_, state)
                     : add_numbers<Real, 0, true, Rows, Mode>(shape_, v, b, run_, state);
      else
        finite = s.columns == 1
                     ? add_numbers<Real, 1, false, Rows, Mode>(shape_, v, b, run_, state)
                     : add_numbers<Real, 2, false, Rows, Mode>(shape_, v, b, run_, state);
    });
    if (!finite) refuse_infinite(columns, b);
    if (shape_.joint()) products_.lay_out_numbers(v, b, has_domains_, run_);
  }

  template <class F>
  void dispatch(F add) {
    const auto by_mode = [&]<bool Rows>() {
      if (!has_domains_)
        add.template operator()<Rows, domain_mode::all>();
      else if (shape_.domains() == 1)
        add.template operator()<Rows, domain_mode::mask>();
      else
        add.template operator()<Rows, domain_mode::many>();
    };
    if (shape_.rows_are_units())
      by_mode.template operator()<true>();
    else
      by_mode.template operator()<false>();
  }

  [[noreturn]] void refuse_infinite(const std::vector<answers>& columns,
                                    const batch<Real>& b) const {
    for (std::size_t i = 0; i < b.count; ++i)
      for (std::size_t j = 0; j < columns.size(); ++j) {
        const Real& y = run_.y[j][i];
        if (y == y && !(y - y == Real(0)))
          refuse("answers", columns[j].name().empty() ? "column" : columns[j].name(),
                 b.first + i, static_cast<double>(y),
                 "must be finite, or NaN where there is no answer");
      }
    throw value_error("answers: an answer is too large to be summed");
  }

  const totals_shape& shape_;
  const respondents& rows_;
  bool has_domains_;
  std::vector<Real> weight_;
  std::vector<std::int32_t> leaf_, place_, domain_, scratch_, code_, identity_;
  std::vector<Real> answer_;
  std::vector<level_counts> counts_;
  number_run<Real> run_;
  product_sums<Real> products_;
};

}  // namespace baro::detail
