// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/error.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/pooled_waves.hpp>
#include <baro/trend/wave_series.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace baro {

namespace detail {

template <class Real>
void check_window(const char* function, const wave_series<Real>& series, std::size_t k) {
  if (k == 0 || k > series.size())
    refuse(function, "k", k, "must be from 1 to the number of waves");
}

}  // namespace detail

/// Rolling means of k waves, R_t pooled from waves t − k + 1 … t: T − k + 1 figures with the
/// covariance that the waves in common bring. Of independent waves with equal variances two
/// means next to each other have the correlation (k − 1)/k.
/// @param k     waves in a window, from 1 to T
/// @param rule  how much each wave of a window counts
/// @returns named "2009–2011" by the first and last wave of the window, in time where the last
///          is; bases are interviews, those of a window added up
/// @status  that of the first wave of a window that has no figure; series_break for a window
///          that crosses one; windows on the two sides of a break cannot be compared either
/// @throws value_error  a k that is not from 1 to T; as `pooling_coefficients`
template <class Real>
[[nodiscard]] wave_series<Real> rolling(const wave_series<Real>& series, std::size_t k,
                                        pooling rule = pooling::equal) {
  detail::check_window("rolling", series, k);
  std::vector<std::vector<std::size_t>> windows;
  std::vector<std::size_t> firsts;
  for (std::size_t last = k - 1; last < series.size(); ++last) {
    std::vector<std::size_t> window;
    for (std::size_t t = last + 1 - k; t <= last; ++t) window.push_back(t);
    windows.push_back(std::move(window));
    if (last >= k && series.segment(last) != series.segment(last - 1))
      firsts.push_back(last + 1 - k);
  }
  return detail::pooled_sets(series, windows, rule).broken_at(std::move(firsts));
}

/// The change of two rolling means next to each other, and what it is really about.
template <class Real = double>
struct rolling_change {
  std::size_t from{}, to{};     ///< numbers of the waves t − k and t
  wave_contrast<Real> found{};  ///< of R_t − R_{t−1}
  std::string hypothesis{};     ///< "wave 2012 = wave 2009"
};

/// The change R_t − R_{t−1} of rolling means of k waves, each counting the same. All waves that
/// the two windows share cancel out,
///   R_t − R_{t−1} = (y_t − y_{t−k}) / k
/// so whatever k, the hypothesis tested is that wave t equals wave t − k, and t and p-value are
/// those of that change; `hypothesis` says so. Testing the two means as if they were
/// independent takes the standard error for √k times what it is.
/// @param t      number of the wave that is new in the later window, from k to T − 1; the waves
///               between cancel out and need no figure
/// @returns difference, standard error and limits of the change of the rolling means
/// @status  as `contrast`
/// @throws value_error  a k that is not from 1 to T, a t that is not from k to T − 1
template <class Real>
[[nodiscard]] rolling_change<Real> change_of_rolling(
    const wave_series<Real>& series, std::size_t k, std::size_t t, confidence_level level,
    comparison_degrees df = comparison_degrees::satterthwaite()) {
  detail::check_window("change_of_rolling", series, k);
  if (t < k || t >= series.size())
    detail::refuse("change_of_rolling", "t", t, "must be the number of a wave, k at least");
  std::vector<Real> c(series.size(), Real(0));
  c[t] = 1 / Real(static_cast<double>(k));
  c[t - k] = -c[t];
  return {t - k, t, contrast(series, c, level, df, "rolling_change"),
          "wave " + series.wave(t) + " = wave " + series.wave(t - k)};
}

}  // namespace baro
