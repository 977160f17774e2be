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

/// Is the first answer of row i that is not finite an infinite one (and not a missing one)?
template <class Real>
bool is_infinite(const number_run<Real>& run, std::size_t i) {
  for (std::size_t j = 0; j < run.y.size(); ++j) {
    const Real &y = run.y[j][i], d = y - run.center[j];
    if (!(d - d == Real(0))) return y == y;
  }
  return false;
}

/// Q columns about their centres, in registers; or any number of them where Q is 0.
template <class Real, std::size_t Q>
class answer_reader {
 public:
  explicit answer_reader(const number_run<Real>& run) : run_(run) {
    for (std::size_t j = 0; j < Q; ++j) {
      y_[j] = run.y[j];
      center_[j] = run.center[j];
    }
  }

  /// The answers of row i about their centres, to d[0] …; false where one of them is missing
  /// or the weight is 0. One comparison tells: what is not finite is NaN when taken from
  /// itself.
  BARO_ALWAYS_INLINE bool read(std::size_t i, const Real& weight, Real* d) {
    Real left = weight;
    for (std::size_t j = 0; j < (Q > 0 ? Q : run_.y.size()); ++j) {
      d[j] = Q > 0 ? Real(y_[j][i] - center_[j]) : Real(run_.y[j][i] - run_.center[j]);
      left += d[j] - d[j];
    }
    if (left > Real(0)) [[likely]]
      return true;
    if (is_infinite(run_, i)) infinite_ = true;
    return false;
  }
  bool infinite() const { return infinite_; }

 private:
  static constexpr std::size_t most = Q > 0 ? Q : 1;
  const number_run<Real>& run_;
  std::array<const Real*, most> y_{};
  std::array<Real, most> center_{};
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
  constexpr bool many = Mode == domain_mode::many;
  std::vector<Real> dynamic(Q > 0 ? 0 : 2 * q + 2);
  Real* const sums = state + shape.leaf_at(v, 0, 0);
  const Real* const weight = b.weight;
  const std::int32_t* const place = b.place;
  const code_run domain_of = b.domain;
  answer_reader<Real, Q> reader(run);
  constexpr std::size_t products = Q * (Q + 1) / 2;
  std::size_t left_out = 0;
  {
    domain_sums<Real, 2 + products, many> beside(shape, v, b.position, state);
    for_rows(b.count, [&]<std::size_t Lane>(std::size_t i) BARO_ALWAYS_INLINE {
      std::size_t domain = 0;
      if constexpr (Mode != domain_mode::all) {
        const std::int32_t code = domain_of[i];
        if (code < 0) [[unlikely]] {
          ++left_out;
          return;
        }
        domain = static_cast<std::size_t>(code);
      }
      const Real w = weight[i];
      std::array<Real, 2 * Q + 2> fixed;
      Real* const d = Q > 0 ? fixed.data() : dynamic.data();
      Real* const x = d + q;
      // A row of weight 0 keeps its place in the design, and that is all.
      if (!reader.read(i, w, d)) [[unlikely]] {
        ++left_out;
        return;
      }
      std::size_t cell = static_cast<std::size_t>(place[i]);
      if constexpr (many) cell = cell * domains + domain;
      Real* const z = sums + cell * size;
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
        Real* squares = z + 1 + features;
        for (std::size_t g = 0; g < features; ++g) {
          z[1 + g] += x[g];
          for (std::size_t h = 0; h <= g; ++h) *squares++ += x[g] * x[h];
        }
      } else {
        for (std::size_t g = 0; g < features; ++g) z[g] += x[g];
      }
      Real* const a = beside.template at<Lane>(domain);
      if constexpr (many) a[0] += Real(1);
      a[1] += w * w;
      const Real* const wd = x + (features - q);
      if constexpr (Q == 1) {
        a[2] += wd[0] * d[0];
      } else if constexpr (Q == 2) {
        a[2] += wd[0] * d[0];
        a[3] += wd[1] * d[0];
        a[4] += wd[1] * d[1];
      } else {
        Real* more = beside.in_place(domain) + 2;
        for (std::size_t j = 0; j < q; ++j)
          for (std::size_t h = 0; h <= j; ++h) *more++ += wd[j] * d[h];
      }
    });
  }
  if constexpr (!many)
    state[shape.domain_at(v, 0)] += Real(static_cast<double>(b.count - left_out));
  return !reader.infinite();
}

}  // namespace baro::detail
