// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/difference.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/slope.hpp>
#include <baro/trend/wave_series.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace baro {

/// Are all waves of a series equal? The q = T − 1 differences from the first by `all_zero`:
/// with two waves the square of the t of their change. Waves without a figure are left out.
/// It is Wald's test: with shares of a few percent on bases below 200 it rejects too often (11
/// % where 5 % is said), where `change` is guarded.
/// @status undefined with fewer than two waves, or where nothing varies; no_degrees;
/// series_break
template <class Real>
[[nodiscard]] test_result<Real> equal_waves(
    const wave_series<Real>& series,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  using matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  const std::vector<std::size_t> there = detail::waves_with_figure(series);
  if (there.size() < 2)
    return detail::no_test<Real>("equal_waves", detail::too_few_waves(series));
  // Two waves whose difference does not vary make all of it singular, but for rounding.
  const matrix& v = series.figures().covariance();
  for (const std::size_t t : there)
    for (const std::size_t s : there) {
      const auto a = static_cast<Eigen::Index>(s), b = static_cast<Eigen::Index>(t);
      if (s < t && series.is_told(s) && series.is_told(t) &&
          detail::is_rounding(Real(v(a, a) + v(b, b) - 2 * v(a, b)), Real(v(a, a) + v(b, b))))
        return detail::no_test<Real>("equal_waves", status::undefined);
    }
  matrix c = matrix::Zero(static_cast<Eigen::Index>(there.size() - 1),
                          static_cast<Eigen::Index>(series.size()));
  for (std::size_t k = 1; k < there.size(); ++k) {
    c(static_cast<Eigen::Index>(k - 1), static_cast<Eigen::Index>(there[k])) = Real(1);
    c(static_cast<Eigen::Index>(k - 1), static_cast<Eigen::Index>(there[0])) = Real(-1);
  }
  return all_zero(series, c, df, "equal_waves");
}

}  // namespace baro
