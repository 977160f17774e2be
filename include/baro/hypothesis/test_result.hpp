// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/status.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace baro {

/// A test with a statistic that is compared with F(df1, df2), or where df2 is infinite with
/// χ²(df1) / df1. What cannot be said is NaN, and `status` says why.
template <class Real = double>
struct test_result {
  std::string test{};
  Real statistic = std::numeric_limits<Real>::quiet_NaN();
  Real df1 = std::numeric_limits<Real>::quiet_NaN();
  Real df2 = std::numeric_limits<Real>::quiet_NaN();
  Real p_value = std::numeric_limits<Real>::quiet_NaN();
  baro::status status = baro::status::ok;
};

/// How the independence of two questions is tested under a design, ν its degrees of freedom and
/// q = (R − 1)(C − 1).
///   rao_scott              X² / tr Δ against F(tr²Δ / tr Δ², ν tr²Δ / tr Δ²), second order
///   rao_scott_first_order  X² / (tr Δ / q) against χ²(q)
///   likelihood_ratio       G² in the place of X², second order
///   wald                   W / q against F(q, ν)
///   adjusted_wald          W (ν − q + 1) / (q ν) against F(q, ν − q + 1)
///   pearson                X² against χ²(q), as if drawn at random: for the eyes only
/// W tests N_rc = N_r N_c / N on estimated totals (Koch, Freeman and Freeman 1975), Δ has the
/// design effects of the interactions (Rao and Scott 1984, Annals of Statistics 12:46; Thomas
/// and Rao 1987, JASA 82:630).
enum class independence_test {
  rao_scott,
  rao_scott_first_order,
  likelihood_ratio,
  wald,
  adjusted_wald,
  pearson,
};

constexpr std::string_view name(independence_test t) noexcept {
  constexpr std::array<std::string_view, 6> names{"rao_scott",        "rao_scott_first_order",
                                                  "likelihood_ratio", "wald",
                                                  "adjusted_wald",    "pearson"};
  return names[static_cast<std::size_t>(t)];
}

/// The test of that name.
constexpr std::optional<independence_test> independence_test_by_name(
    std::string_view text) noexcept {
  for (int t = 0; t <= static_cast<int>(independence_test::pearson); ++t)
    if (name(static_cast<independence_test>(t)) == text)
      return static_cast<independence_test>(t);
  return std::nullopt;
}

}  // namespace baro
