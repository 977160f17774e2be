// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/totals/detail/batch.hpp>
#include <baro/totals/detail/number_sums.hpp>
#include <baro/totals/shape.hpp>

#include <cstddef>
#include <vector>

namespace baro::detail {

/// Products of the features of different variables, where each respondent is a unit: what their
/// joint covariance needs. Each variable of a batch is laid out first: a number for a level
/// (with its place), all features otherwise, 0 where there is no answer.
template <class Real>
class product_sums {
 public:
  explicit product_sums(const totals_shape& shape)
      : shape_(shape), value_(shape.variables().size()), place_(shape.variables().size()) {}

  void lay_out_levels(std::size_t v, const batch<Real>& b, bool domains,
                      const code_run& codes) {
    value_[v].assign(b.count, Real(0));
    place_[v].assign(b.count, 0);
    for (std::size_t i = 0; i < b.count; ++i) {
      if (codes[i] < 0 || (domains && b.domain[i] < 0)) continue;
      value_[v][i] = b.weight[i];
      place_[v][i] = static_cast<std::size_t>(codes[i]);
    }
  }

  void lay_out_numbers(std::size_t v, const batch<Real>& b, bool domains,
                       const number_run<Real>& run) {
    const variable_shape& s = shape_.variables()[v];
    const bool shifted = s.what == variable_shape::kind::shifted;
    const std::size_t features = s.features();
    value_[v].assign(b.count * features, Real(0));
    answer_reader<Real, 0> reader(run);
    std::vector<Real> d(s.columns);
    for (std::size_t i = 0; i < b.count; ++i) {
      if (domains && b.domain[i] < 0) continue;
      const Real w = b.weight[i];
      if (!reader.read(i, w, d.data())) continue;
      Real* x = value_[v].data() + i * features;
      if (shifted) {
        *x++ = Real(1);
        *x++ = w - Real(run.least_weight[b.leaf[i]]);
      } else {
        *x++ = w;
      }
      for (std::size_t j = 0; j < s.columns; ++j) *x++ = w * d[j];
    }
  }

  void add(const batch<Real>& b, bool domains, Real* state) const {
    const auto& variables = shape_.variables();
    for (std::size_t p = 0; p < variables.size(); ++p)
      for (std::size_t q = p + 1; q < variables.size(); ++q) {
        const std::size_t fq = variables[q].features();
        if (fq == 0 || variables[p].features() == 0) continue;  // a question nobody answered
        const bool level_p = variables[p].what == variable_shape::kind::levels;
        const bool level_q = variables[q].what == variable_shape::kind::levels;
        const std::size_t wp = level_p ? 1 : variables[p].features(), wq = level_q ? 1 : fq;
        for (std::size_t i = 0; i < b.count; ++i) {
          const std::int32_t domain = domains ? b.domain[i] : 0;
          if (domain < 0) continue;
          Real* products = state + shape_.cross_at(p, q, static_cast<std::size_t>(b.leaf[i]),
                                                   static_cast<std::size_t>(domain));
          for (std::size_t f = 0; f < wp; ++f)
            for (std::size_t g = 0; g < wq; ++g)
              products[(level_p ? place_[p][i] : f) * fq + (level_q ? place_[q][i] : g)] +=
                  value_[p][i * wp + f] * value_[q][i * wq + g];
        }
      }
  }

 private:
  const totals_shape& shape_;
  std::vector<std::vector<Real>> value_;
  std::vector<std::vector<std::size_t>> place_;
};

}  // namespace baro::detail
