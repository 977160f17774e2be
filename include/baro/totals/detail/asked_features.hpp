// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/totals/detail/tree_walk.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/reading.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace baro::detail {

/// The features that forms ask for, side by side: a run of columns for each variable and
/// domain. Those of a `shifted` variable are here (n, Σ (w − ω), Σ w d …) with one ω for all
/// leaves, the smallest weight of all: where all weights are the same nothing is left of them,
/// and nowhere does w − ω exceed w.
template <class Real>
class asked_features {
 public:
  /// A variable in a domain, and its first column.
  struct key {
    std::size_t variable, domain, first, count;
  };

  asked_features(const tree_walk<Real>& walk, const reading<Real>& data,
                 std::span<const linear_form<Real>> forms)
      : walk_(walk), data_(data) {
    double least = 0;
    for (const double w : walk.tree().least_weight)
      if (w > 0) least = least > 0 ? std::min(least, w) : w;
    omega_ = Real(least);
    for (const linear_form<Real>& form : forms) {
      std::size_t at = 0;
      while (at < keys_.size() &&
             (keys_[at].variable != form.variable || keys_[at].domain != form.domain))
        ++at;
      if (at == keys_.size()) {
        keys_.push_back({form.variable, form.domain, width_, form.coefficients.size()});
        width_ += form.coefficients.size();
      }
      key_of_.push_back(at);
      begin_.push_back(coefficients_.size());
      coefficients_.insert(coefficients_.end(), form.coefficients.begin(),
                           form.coefficients.end());
      if (is_shifted(form.variable))
        coefficients_[begin_.back()] += form.coefficients[1] * omega_;
    }
  }

  const std::vector<key>& keys() const noexcept { return keys_; }
  std::size_t forms() const noexcept { return key_of_.size(); }
  std::size_t width() const noexcept { return width_; }
  std::size_t key_of(std::size_t form) const { return key_of_[form]; }

  /// The value of a form for a row of `width()` features, sums or deviations.
  Real value(std::size_t form, const Real* features) const {
    const key& of = keys_[key_of_[form]];
    const Real *c = coefficients_.data() + begin_[form], *x = features + of.first;
    Real u(0);
    for (std::size_t f = 0; f < of.count; ++f) u += c[f] * x[f];
    return u;
  }
  /// The values of all forms.
  void values(const Real* features, Real* out) const {
    for (std::size_t i = 0; i < forms(); ++i) out[i] = value(i, features);
  }

  /// Leaves × `width()` sums over the respondents of a leaf.
  std::vector<Real> by_leaf() const {
    const frame& tree = walk_.tree();
    std::vector<Real> out(tree.leaves() * width_);
    for (std::size_t l = 0; l < tree.leaves(); ++l)
      for (const key& q : keys_) {
        const Real* x = data_.features(q.variable, l, q.domain);
        Real* to = out.data() + l * width_ + q.first;
        for (std::size_t f = 0; f < q.count; ++f) to[f] = x[f];
        if (is_shifted(q.variable)) to[1] += x[0] * (Real(tree.least_weight[l]) - omega_);
      }
    return out;
  }

 private:
  bool is_shifted(std::size_t variable) const {
    return data_.shape().variables()[variable].what == variable_shape::kind::shifted;
  }

  const tree_walk<Real>& walk_;
  const reading<Real>& data_;
  Real omega_{};
  std::vector<key> keys_;
  std::size_t width_ = 0;
  std::vector<std::size_t> key_of_;
  std::vector<std::size_t> begin_;  // form → its first coefficient
  std::vector<Real> coefficients_;
};

}  // namespace baro::detail
