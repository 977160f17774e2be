// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>

#include <cstddef>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

namespace baro {

/// What can be said of a claim at a confidence level when the figure behind it is not known
/// exactly. A claim with > ≥ < ≤ has the burden of proof, in a one-sided test: no is « not
/// established », which is not « false ». A claim with = is given the benefit of the doubt, in
/// a two-sided test: yes is « compatible », no is « rejected ».
enum class verdict {
  yes,          ///< whatever value inside the printed interval is the true one
  no,           ///< not for any of these values
  undecidable,  ///< it depends on digits that were not printed, or on a base that was not
};

constexpr std::string_view name(verdict v) noexcept {
  switch (v) {
    case verdict::yes:
      return "yes";
    case verdict::no:
      return "no";
    case verdict::undecidable:
      return "undecidable";
  }
  return "undecidable";
}

/// The p-values of all the values a printed figure may stand for, smallest to largest. NaN when
/// there is nothing to test.
template <class Real = double>
struct p_range {
  Real low = std::numeric_limits<Real>::quiet_NaN();
  Real high = std::numeric_limits<Real>::quiet_NaN();

  bool empty() const { return !(low <= high); }
  /// Every p-value is below α = 1 − level.
  bool all_below(confidence_level level) const { return high < Real(level.alpha()); }
  /// None is.
  bool none_below(confidence_level level) const { return low >= Real(level.alpha()); }
};

namespace detail {

/// `0.0308`, and `< 0.0001` below that.
inline std::string p_text(double p) {
  if (p < 1e-4) return "< 0.0001";
  char buffer[16];
  const int n = std::snprintf(buffer, sizeof buffer, "%.4f", p);
  return std::string(buffer, n > 0 && n < 16 ? static_cast<std::size_t>(n) : 0);
}

/// "95 %".
inline std::string level_text(confidence_level level) {
  char buffer[32];
  const int n = std::snprintf(buffer, sizeof buffer, "%.6g %%", 100 * level.value());
  return std::string(buffer, n > 0 && n < 32 ? static_cast<std::size_t>(n) : 0);
}

}  // namespace detail

/// "p 0.0308 to 0.0466", "p < 0.0001", "p unknown".
template <class Real>
std::string p_text(const p_range<Real>& p) {
  if (p.empty()) return "p unknown";
  const std::string low = detail::p_text(static_cast<double>(p.low));
  const std::string high = detail::p_text(static_cast<double>(p.high));
  return "p " + (low == high ? low : low + " to " + high);
}

/// Of a claim that has the burden of proof: yes when every p-value is below α, no when none is.
template <class Real>
verdict judge(const p_range<Real>& p, confidence_level level) {
  if (p.all_below(level)) return verdict::yes;
  if (p.none_below(level)) return verdict::no;
  return verdict::undecidable;
}

}  // namespace baro
