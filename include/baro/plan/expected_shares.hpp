// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/plan/comparison_plan.hpp>
#include <baro/plan/detail/drawn_variance.hpp>
#include <baro/plan/detail/planned_test.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace baro {

/// The test that two shares will meet, as planning sees it: the standard error s₀ it divides by
/// when there is no difference, and the one s₁ that the difference has. m = n / deff.
///   pooled    s₀ of the common share P = (m_a p_a + m_b p_b) / (m_a + m_b), s₁ of each its
///   own:
///             n = [z_α √(2 P Q) + z_β √(p_a q_a + p_b q_b)]² deff / (p_a − p_b)² in each of
///             two equal groups (Fleiss, Levin and Paik 2003, section 4.2). R `power.prop.test`
///   unpooled  both of each its own: the test of Wald
///   common    both of the share of a: what tables of "significant from so many points" have,
///             the same for a rise and for a fall
///   arcsine   of 2 arcsin √p, which has the variance 1/m (Cohen 1988, chapter 6)
enum class share_test { pooled, unpooled, common, arcsine };

constexpr std::string_view name(share_test t) noexcept {
  constexpr std::array<std::string_view, 4> names{"pooled", "unpooled", "common", "arcsine"};
  return names[static_cast<std::size_t>(t)];
}

namespace detail {

/// The test of two shares p_a and p_b from 0 to 1.
template <class Real>
planned_normal_test<Real> planned_share_test(const Real& p_a, const Real& p_b, share_test test,
                                             const drawn_variance<Real>& drawn) {
  using std::abs, std::asin, std::sqrt;
  const auto sd = [](const Real& p) { return Real(sqrt(Real(p * (1 - p)))); };
  const auto error_of = [&](const Real& sd_a, const Real& sd_b) {
    return Real(sqrt(drawn.of(sd_a, sd_b)));
  };
  planned_normal_test<Real> out;
  out.difference = abs(Real(p_b - p_a));
  if (test == share_test::arcsine) {
    out.difference = 2 * abs(Real(asin(Real(sqrt(p_b))) - asin(Real(sqrt(p_a)))));
    out.error = out.null_error = error_of(Real(1), Real(1));
    return out;
  }
  const Real together =
      (drawn.weight_a * p_a + drawn.weight_b * p_b) / (drawn.weight_a + drawn.weight_b);
  const Real each = error_of(sd(p_a), sd(p_b));
  const Real common = error_of(sd(p_a), sd(p_a));
  out.error = test == share_test::common ? common : each;
  out.null_error =
      test == share_test::pooled ? error_of(sd(together), sd(together)) : out.error;
  return out;
}

inline void check_share(std::string_view function, std::string_view argument, double p) {
  if (!(p > 0 && p < 1)) refuse(function, argument, p, "must be between 0 and 1");
}

}  // namespace detail

/// Two shares as they are expected to be: `expected_shares{.a = .50, .b = .55}`.
struct expected_shares {
  double a = 0, b = 0;
  share_test test = share_test::pooled;

  static constexpr double fewest = 1;  ///< respondents

  /// @throws value_error  a share outside (0, 1), or two that are equal
  void check(const comparison_plan&) const {
    detail::check_share("expected_shares", "a", a);
    detail::check_share("expected_shares", "b", b);
    if (a == b) detail::refuse("expected_shares", "b", b, "must differ from a");
  }
  template <class Real>
  auto meets(const detail::drawn_variance<Real>& drawn) const {
    return detail::planned_share_test<Real>(Real(a), Real(b), test, drawn);
  }
};

/// Where the second share lies.
enum class gap_direction { rise, fall };

/// A share from which a difference is looked for: `reference_share{.share = .50}`.
struct reference_share {
  double share = 0;
  gap_direction direction = gap_direction::rise;
  share_test test = share_test::pooled;

  static constexpr double fewest = 1;

  /// @throws value_error  a share outside (0, 1)
  void check(const comparison_plan&) const {
    detail::check_share("reference_share", "share", share);
  }
  /// The farthest the second share can be.
  template <class Real>
  Real farthest() const {
    return direction == gap_direction::rise ? Real(1 - Real(share)) : Real(share);
  }
  template <class Real>
  auto meets(const detail::drawn_variance<Real>& drawn, const Real& difference) const {
    const Real p_a = Real(share);
    Real p_b =
        direction == gap_direction::rise ? Real(p_a + difference) : Real(p_a - difference);
    if (p_b > Real(1)) p_b = Real(1);  // a rounding away
    if (p_b < Real(0)) p_b = Real(0);
    return detail::planned_share_test<Real>(p_a, p_b, test, drawn);
  }
};

}  // namespace baro
