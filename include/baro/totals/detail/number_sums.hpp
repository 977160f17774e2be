// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/answers.hpp>
#include <baro/core/error.hpp>
#include <baro/totals/detail/batch.hpp>
#include <baro/totals/shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// The q columns of a variable of numbers over one batch.
template <class Real>
struct number_run {
  std::vector<const Real*> y;
  std::vector<Real> center;
  const double* least_weight = nullptr;  ///< by leaf, for a `shifted` variable
};

/// Q columns about their centres, in registers; or any number of them where Q is 0.
template <class Real, std::size_t Q>
class answer_reader {
 public:
  explicit answer_reader(const number_run<Real>& run)
      : run_(run), many_(Q > 0 ? 0 : run.y.size()) {
    for (std::size_t j = 0; j < Q; ++j) {
      y_[j] = run.y[j];
      center_[j] = run.center[j];
    }
  }

  /// False where an answer of row i is missing.
  bool read(std::size_t i) {
    for (std::size_t j = 0; j < columns(); ++j) {
      const Real y = Q > 0 ? y_[j][i] : run_.y[j][i];
      const Real d = y - (Q > 0 ? center_[j] : run_.center[j]);
      if (!(d - d == Real(0))) {
        if (y == y) infinite_ = true;
        return false;
      }
      (Q > 0 ? d_[j] : many_[j]) = d;
    }
    return true;
  }
  const Real& operator[](std::size_t j) const { return Q > 0 ? d_[j] : many_[j]; }
  std::size_t columns() const { return Q > 0 ? Q : many_.size(); }
  bool infinite() const { return infinite_; }

 private:
  static constexpr std::size_t most = Q > 0 ? Q : 1;
  const number_run<Real>& run_;
  std::array<const Real*, most> y_{};
  std::array<Real, most> center_{}, d_{};
  std::vector<Real> many_;
  bool infinite_ = false;
};

/// Adds one batch of a variable of numbers. Q columns known at compile time, or 0 for any
/// number.
/// @returns false when an answer was infinite
template <class Real, std::size_t Q, bool Shifted, bool Rows, domain_mode Mode>
bool add_numbers(const totals_shape& shape, std::size_t v, const batch<Real>& b,
                 const number_run<Real>& run, Real* state) {
  const variable_shape& s = shape.variables()[v];
  const std::size_t q = Q > 0 ? Q : s.columns, features = q + (Shifted ? 2 : 1);
  const std::size_t size = Rows ? 1 + features + features * (features + 1) / 2 : features;
  const std::size_t domains = shape.domains();
  constexpr std::size_t most = Q > 0 ? Q + 2 : 1;
  std::array<Real, most> fixed{};
  std::vector<Real> dynamic(Q > 0 ? 0 : q + 2);
  Real* const sums = state + shape.leaf_at(v, 0, 0);
  answer_reader<Real, Q> d(run);
  domain_sums<Real, 3, Mode == domain_mode::many> beside(shape, v, b.position, state);
  for_rows(b.count, [&]<std::size_t Lane>(std::size_t i) BARO_INLINE_LAMBDA {
    std::size_t domain = 0;
    if constexpr (Mode != domain_mode::all) {
      const std::int32_t code = b.domain[i];
      if (code < 0) return;
      domain = static_cast<std::size_t>(code);
    }
    if (!d.read(i)) return;
    const Real w = b.weight[i];
    if (!(w > Real(0))) return;  // keeps its place in the design, and that is all
    std::size_t cell = static_cast<std::size_t>(b.place[i]);
    if constexpr (Mode == domain_mode::many) cell = cell * domains + domain;
    Real* z = sums + cell * size;
    Real* const x = Q > 0 ? fixed.data() : dynamic.data();
    std::size_t f = 0;
    if constexpr (Shifted) {
      x[f++] = Real(1);
      x[f++] = w - Real(run.least_weight[b.leaf[i]]);
    } else {
      x[f++] = w;
    }
    for (std::size_t j = 0; j < q; ++j) x[f++] = w * d[j];
    if constexpr (Rows) {
      z[0] += Real(1);
      Real* products = z + 1 + features;
      for (std::size_t g = 0; g < features; ++g) {
        z[1 + g] += x[g];
        for (std::size_t h = 0; h <= g; ++h) *products++ += x[g] * x[h];
      }
    } else {
      for (std::size_t g = 0; g < features; ++g) z[g] += x[g];
    }
    Real* const a = beside.template at<Lane>(domain);
    a[0] += Real(1);
    a[1] += w * w;
    a[2] += w * d[0] * d[0];
    if constexpr (Q != 1) {
      Real* more = beside.in_place(domain) + 3;
      for (std::size_t j = 1; j < q; ++j)
        for (std::size_t k = 0; k <= j; ++k) *more++ += w * d[j] * d[k];
    }
  });
  return !d.infinite();
}

}  // namespace baro::detail
