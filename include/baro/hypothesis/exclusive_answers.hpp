// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/hypothesis/column_difference.hpp>

#include <limits>
#include <string_view>

namespace baro {

/// Two answers of one question to the same n respondents, of which each can give one: for and
/// against, promoters and detractors.
template <class Real = double>
struct exclusive_answers {
  Real share_a{}, share_b{};
  Real n{};  ///< respondents, unweighted
};

/// Is the balance of opinion 0? Q's t test of two mutually exclusive shares:
///   t = (a − b) / √(deff (a + b − (a − b)²) / (n − 1)),   n − 1 df
/// Of an estimate with its design, `difference` of the two entries is the test.
/// @param extra_deff  the design effect that the package asks for, 1 or more with weights
/// @status no_degrees with one respondent; undefined where everybody gives the same answer
/// @throws value_error  shares that are not of one question, or a deff that is not above 0
/// @see Q, "T-Test of Two Mutually Exclusive Proportions"
template <class Real>
[[nodiscard]] column_comparison<Real> balance_difference(const exclusive_answers<Real>& x,
                                                         const Real& extra_deff = Real(1)) {
  constexpr std::string_view function = "balance_difference";
  const Real slack = 16 * std::numeric_limits<Real>::epsilon();
  if (!(x.share_a >= Real(0)))
    detail::refuse(function, "share_a", x.share_a, "must be from 0 to 1");
  if (!(x.share_b >= Real(0)))
    detail::refuse(function, "share_b", x.share_b, "must be from 0 to 1");
  if (!(x.share_a + x.share_b <= 1 + slack))
    detail::refuse(function, "share_a + share_b", Real(x.share_a + x.share_b),
                   "must be at most 1");
  if (!(x.n >= Real(1))) detail::refuse(function, "n", x.n, "must be at least 1");
  if (!(extra_deff > Real(0)))
    detail::refuse(function, "extra_deff", extra_deff, "must be above 0");
  column_terms<Real> t;
  t.value_a = x.share_a;
  t.value_b = x.share_b;
  t.df = x.n - 1;
  if (!(t.df > Real(0))) t.skip(status::no_degrees, "no degrees of freedom");
  const Real balance = x.share_a - x.share_b;
  // Each answer's part of the variance of a score of 1, 0 and −1.
  t.variance_a = x.share_a * (1 - balance) / t.df;
  t.variance_b = x.share_b * (1 + balance) / t.df;
  t.times = extra_deff;
  return detail::test_of_terms(t, "exclusive_shares");
}

}  // namespace baro
