// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <cstddef>
#include <vector>

namespace baro {

/// A figure near its value, as a sum over respondents: u = Σ_f c_f x_f, with x the features of
/// one variable in one domain and c the gradient of the figure with respect to their totals.
template <class Real>
struct linear_form {
  std::size_t variable = 0;
  std::size_t domain = 0;
  std::vector<Real> coefficients;
};

}  // namespace baro
