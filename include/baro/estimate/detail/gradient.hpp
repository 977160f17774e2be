// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/detail/dual.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro::detail {

/// Gradients are taken in a wider type than the figures, so that a function of totals near 1e9
/// keeps the digits of its differences.
template <class Real>
using wider = std::conditional_t<std::same_as<Real, double> || std::same_as<Real, float>,
                                 long double, Real>;

template <class T>
concept many_values = requires(const T& t) {
  t.size();
  t[0];
};

/// Values of a function and its Jacobian, row by row.
template <class Real>
struct differential {
  std::vector<Real> value;
  std::vector<std::vector<Real>> gradient;
};

/// f takes a `std::vector` of numbers and returns a number, or a vector or array of numbers.
/// One evaluation per argument, each with a derivative in one direction.
template <class Real, class F>
differential<Real> differentiate(const F& f, const std::vector<wider<Real>>& at) {
  using number = dual<wider<Real>>;
  differential<Real> out;
  std::vector<number> x(at.begin(), at.end());
  const auto note = [&out, n = at.size()](std::size_t row, std::size_t column,
                                          const number& y) {
    if (column == 0) {
      out.value.push_back(static_cast<Real>(y.value()));
      out.gradient.emplace_back(n);
    }
    out.gradient[row][column] = static_cast<Real>(y.slope());
  };
  for (std::size_t j = 0; j < at.size(); ++j) {
    x[j] = number(at[j], wider<Real>(1));
    const auto y = f(std::as_const(x));
    if constexpr (many_values<decltype(y)>) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(y.size()); ++i)
        note(i, j, number(y[i]));
    } else {
      note(0, j, number(y));
    }
    x[j] = number(at[j]);
  }
  return out;
}

}  // namespace baro::detail
