// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/status.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/published/base.hpp>
#include <baro/published/published_design.hpp>
#include <baro/published/published_figure.hpp>

#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace baro {

/// An estimate from a press release: a share, the base under it, and what is said of the
/// design.
///   V = deff · p (1 − p) / n · (N − n) / (N − 1)
/// The last factor when a population is given; `finite_population` names the other choices.
/// From here on nothing tells it from an estimate made of answers: one entry, normal (df = ∞).
/// @param share   in [0, 1], never percent
/// @param n       respondents; `std::nullopt` when the publication does not say
/// @returns       value p, variance V, bases {n, n p, n, n / deff}, deff
/// @throws value_error  a share outside [0, 1], or a design that is not valid
/// @status no_base  no base published: the value stands, its variance is NaN
/// @see    Cochran (1977), Sampling Techniques, 3rd ed., theorem 3.2, at P = p
template <class Real = double>
[[nodiscard]] estimate<Real> published_share(Real share, std::optional<base> n,
                                             const published_design& design = {},
                                             label named = {}) {
  if (!(share >= 0 && share <= 1))
    detail::refuse("published_share", "share", share, "must be a proportion from 0 to 1");
  detail::check(design, n);
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  const auto deff = static_cast<Real>(design.deff);

  entry<Real> about;
  about.label = std::move(named);
  about.label.statistic = statistic::share;
  typename estimate<Real>::vector value(1);
  typename estimate<Real>::matrix variance(1, 1);
  value(0) = share;
  if (!n) {
    variance(0, 0) = nan;
    about.status = status::no_base;
    about.bases = {nan, nan, nan, nan};
    return estimate<Real>(std::move(value), std::move(variance), {std::move(about)});
  }
  const auto size = static_cast<Real>(n->value());
  const Real left = detail::population_factor<Real>(design, *n);
  variance(0, 0) = deff * share * (1 - share) / size * left;
  about.bases = {size, size * share, size, size / deff};
  about.deff = deff * left;
  about.deff_without = deff;
  return estimate<Real>(std::move(value), std::move(variance), {std::move(about)});
}

/// The estimate of one figure as it was printed, at its nominal value.
/// @throws value_error  a figure known only by its claim has no value to estimate with
template <class Real = double>
[[nodiscard]] estimate<Real> published_share(const published_figure& figure, label named = {}) {
  if (!figure.share)
    throw value_error("published_share: share is missing, must be printed to have a value");
  return published_share(figure.share->value<Real>(), figure.base, figure.design,
                         std::move(named));
}

}  // namespace baro
