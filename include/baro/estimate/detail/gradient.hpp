// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <boost/math/differentiation/autodiff.hpp>

#include <array>
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

/// A number that carries its derivative (forward automatic differentiation, Boost.Math).
template <class Real>
using dual = boost::math::differentiation::autodiff_fvar<wider<Real>, 1>;

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
  using boost::math::differentiation::make_fvar;
  differential<Real> out;
  std::vector<dual<Real>> x;
  for (const auto& a : at) x.push_back(dual<Real>(a));
  const auto note = [&out, n = at.size()](std::size_t row, std::size_t column,
                                          const dual<Real>& y) {
    if (column == 0) {
      out.value.push_back(static_cast<Real>(y.derivative(0)));
      out.gradient.emplace_back(n);
    }
    out.gradient[row][column] = static_cast<Real>(y.derivative(1));
  };
  for (std::size_t j = 0; j < at.size(); ++j) {
    x[j] = make_fvar<wider<Real>, 1>(at[j]);
    const auto y = f(std::as_const(x));
    if constexpr (many_values<decltype(y)>) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(y.size()); ++i)
        note(i, j, dual<Real>(y[i]));
    } else {
      note(0, j, dual<Real>(y));
    }
    x[j] = dual<Real>(at[j]);
  }
  return out;
}

}  // namespace baro::detail
