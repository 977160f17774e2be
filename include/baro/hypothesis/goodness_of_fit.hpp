// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/hypothesis/detail/contrast_test.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/test_result.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace baro {

namespace detail {

/// The proportions, rescaled so that they add up to 1.
template <class Real>
std::vector<Real> rescaled_proportions(std::span<const double> given, std::size_t levels) {
  check_size("goodness_of_fit", "proportions", given.size(), levels);
  std::vector<Real> out;
  Real sum(0);
  for (std::size_t l = 0; l < given.size(); ++l) {
    if (!(given[l] > 0) || !(given[l] - given[l] == 0))
      refuse("goodness_of_fit", "proportions", l, given[l], "must be above 0 and finite");
    out.emplace_back(given[l]);
    sum += out.back();
  }
  for (Real& p : out) p /= sum;
  return out;
}

/// 2 n Σ p log(p / π)
template <class Real>
Real deviance_from(const estimate<Real>& shares, const std::vector<Real>& expected) {
  using std::log;
  Real sum(0);
  for (std::size_t l = 0; l < expected.size(); ++l)
    if (const Real p = shares.value(l); p > Real(0)) sum += p * log(Real(p / expected[l]));
  return 2 * shares.entry(0).bases.n * sum;
}

}  // namespace detail

/// Are the shares p of all levels of one question the proportions π given (of a census, of a
/// published survey whose own error is left out)? The tests of `independence_test`, with
///   X² = n Σ (p − π)² / π,  Δ = n (D_π − ππᵀ)⁻¹ V  without one level,  q = k − 1
/// so tr Δ / q is the mean design effect under the null (Rao and Scott 1981, JASA 76:221).
/// @param shares       `share(design, question)`: every level, in one domain, with its
///                     covariance. A level nobody gave must be among them too: see
///                     `coded_labels`
/// @param proportions  in the order of the entries, each above 0; rescaled to add up to 1, so
///                     that counts and rounded percentages are welcome
/// @param df           `normal()` is the reference of R svygofchisq, χ² in the place of F
/// @status that of the first share that is not ok; undefined for one level, and where the
///         design leaves the shares no spread; no_degrees
/// @throws size_error   not as many proportions as shares
/// @throws value_error  a proportion that is not above 0, shares that do not add up to 1
/// @checked R survey svygofchisq (where the design fixes the size of the population, else
///          R adds its error), chisq.test; Wald by hand
template <class Real>
[[nodiscard]] test_result<Real> goodness_of_fit(
    const estimate<Real>& shares, std::span<const double> proportions,
    independence_test method = independence_test::rao_scott,
    comparison_degrees df = comparison_degrees::design()) {
  using std::abs;
  const std::vector<Real> expected =
      detail::rescaled_proportions<Real>(proportions, shares.size());
  auto none = detail::no_test<Real>(name(method), status::ok);
  if (shares.empty()) none.status = status::empty_domain;
  Real sum(0);
  for (std::size_t l = 0; l < shares.size() && none.status == status::ok; ++l) {
    none.status = shares.entry(l).status;
    sum += shares.value(l);
  }
  if (none.status != status::ok) return none;
  if (!(abs(Real(sum - 1)) <= Real(1e-6)))
    detail::refuse("goodness_of_fit", "sum of shares", static_cast<double>(sum),
                   "must be 1: every level of one question in one domain");

  // The level left out changes nothing; the largest leaves the matrices best conditioned.
  std::vector<std::size_t> kept;
  std::size_t largest = 0;
  for (std::size_t l = 0; l < expected.size(); ++l)
    if (expected[l] > expected[largest]) largest = l;
  for (std::size_t l = 0; l < expected.size(); ++l)
    if (l != largest) kept.push_back(l);

  const auto q = static_cast<Eigen::Index>(kept.size());
  detail::share_contrasts<Real> c;
  c.value.resize(q);
  c.covariance.resize(q, q);
  c.multinomial.resize(q, q);
  for (Eigen::Index i = 0; i < q; ++i) {
    const std::size_t a = kept[static_cast<std::size_t>(i)];
    c.value(i) = shares.value(a) - expected[a];
    for (Eigen::Index j = 0; j < q; ++j) {
      const std::size_t b = kept[static_cast<std::size_t>(j)];
      c.covariance(i, j) = shares.covariance(a, b);
      c.multinomial(i, j) = (a == b ? expected[a] : Real(0)) - expected[a] * expected[b];
    }
  }
  c.n = shares.entry(0).bases.n;
  const Real own = shares.entry(0).df;
  c.df = detail::degrees_together(df, Real(0), own, Real(0), own);
  return c.test(method, method == independence_test::likelihood_ratio
                            ? detail::deviance_from(shares, expected)
                            : c.pearson());
}

}  // namespace baro
