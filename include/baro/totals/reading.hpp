// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/sum.hpp>
#include <baro/design/frame.hpp>
#include <baro/totals/shape.hpp>
#include <baro/totals/totals.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace baro::detail {

/// A finished state, read by leaf, domain and feature. Lanes are folded
/// and totals are made once, here.
template <class Real>
class reading {
 public:
  reading(const frame& tree, const totals<Real>& t)
      : tree_(tree), shape_(t.shape()), sums_(t.sum()) {
    fold_lanes();
    for (std::size_t v = 0; v < shape_.variables().size(); ++v) total_.push_back(totals_of(v));
  }

  const totals_shape& shape() const noexcept { return shape_; }

  /// Respondents of a leaf, with or without an answer (where respondents are the units).
  const Real& rows(std::size_t leaf) const { return sums_[shape_.rows_at(leaf)]; }
  /// Respondents in a domain, with or without an answer.
  const Real& domain_rows(std::size_t d) const { return sums_[shape_.domain_rows_at(d)]; }
  const Real* leaf(std::size_t v, std::size_t leaf, std::size_t d) const {
    return sums_.data() + shape_.leaf_at(v, leaf, d);
  }
  const Real* features(std::size_t v, std::size_t l, std::size_t d) const {
    return leaf(v, l, d) + (shape_.rows_are_units() ? 1 : 0);
  }
  const Real* products(std::size_t v, std::size_t l, std::size_t d) const {
    return leaf(v, l, d) + 1 + shape_.variables()[v].features();
  }
  const Real* cross(std::size_t a, std::size_t b, std::size_t l, std::size_t d) const {
    return sums_.data() + shape_.cross_at(a, b, l, d);
  }
  /// n, Σ w², then Σ w dᵢ dⱼ or the counts of the levels.
  const Real* domain(std::size_t v, std::size_t d) const {
    return sums_.data() + shape_.domain_at(v, d);
  }

  /// Σ over respondents of each feature, over all leaves. Of a `shifted` variable the second
  /// feature is given back its least weights: (n, Σ w, Σ w d…).
  std::vector<Real> total(std::size_t v, std::size_t d) const {
    const std::size_t features = shape_.variables()[v].features();
    const auto from = total_[v].begin() + static_cast<std::ptrdiff_t>(d * features);
    return std::vector<Real>(from, from + static_cast<std::ptrdiff_t>(features));
  }

  /// Which leaves have a respondent with an answer and a positive weight in the domain?
  std::vector<char> touched(std::size_t v, std::size_t d) const {
    std::vector<char> out(shape_.leaves());
    using kind = variable_shape::kind;
    const kind what = shape_.variables()[v].what;
    const bool first_tells = shape_.rows_are_units() || what == kind::numbers;
    const Real* z = leaf(v, 0, d);
    const std::size_t step =
        shape_.leaves() > 1 ? shape_.leaf_at(v, 1, d) - shape_.leaf_at(v, 0, d) : 0;
    const std::size_t features = shape_.variables()[v].features();
    for (std::size_t l = 0; l < out.size(); ++l, z += step) {
      if (first_tells)
        out[l] = z[0] > Real(0);
      else if (what == kind::shifted)
        out[l] = z[1] + z[0] * Real(tree_.least_weight[l]) > Real(0);
      else
        out[l] = std::any_of(z, z + features, [](const Real& w) { return w > Real(0); });
    }
    return out;
  }

 private:
  void fold_lanes() {
    const auto fold = [this](std::size_t into, std::size_t from, std::size_t size) {
      for (std::size_t k = 0; k < size; ++k) sums_[into + k] += sums_[from + k];
    };
    for (std::size_t v = 0; v < shape_.variables().size(); ++v) {
      const variable_shape& s = shape_.variables()[v];
      for (std::size_t d = 0; d < shape_.domains(); ++d) {
        for (std::size_t lane = 1; lane < shape_.domain_lanes(); ++lane)
          fold(shape_.domain_at(v, d), shape_.domain_at(v, d, lane), s.domain_size());
        for (std::size_t lane = 1; lane < shape_.leaf_lanes(); ++lane)
          for (std::size_t l = 0; l < shape_.leaves(); ++l)
            fold(shape_.leaf_at(v, l, d), shape_.leaf_at(v, l, d, lane),
                 s.leaf_size(shape_.rows_are_units()));
      }
    }
  }

  /// By domain and feature, from one walk over the leaves.
  std::vector<Real> totals_of(std::size_t v) const {
    const variable_shape& s = shape_.variables()[v];
    const std::size_t features = s.features();
    std::vector<compensated_sum<Real>> sums(shape_.domains() * features);
    for (std::size_t l = 0; l < shape_.leaves(); ++l)
      for (std::size_t d = 0, k = 0; d < shape_.domains(); ++d) {
        const Real* z = this->features(v, l, d);
        if (s.what == variable_shape::kind::shifted)
          sums[k + 1].add(z[0] * Real(tree_.least_weight[l]));
        for (std::size_t f = 0; f < features; ++f) sums[k++].add(z[f]);
      }
    std::vector<Real> out;
    out.reserve(sums.size());
    for (const auto& sum : sums) out.push_back(sum.value());
    return out;
  }

  const frame& tree_;
  totals_shape shape_;
  std::vector<Real> sums_;
  std::vector<std::vector<Real>> total_;  // by variable
};

}  // namespace baro::detail
