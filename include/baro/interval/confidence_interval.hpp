// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/core/status.hpp>

#include <cstdio>
#include <limits>
#include <string>

namespace baro {

/// What an interval takes for granted about where its figure came from.
enum class assumption {
  design,                ///< the standard error, and the degrees of freedom beside it
  effective_base,        ///< a simple random sample of `base` people, not always a whole number
  simple_random_sample,  ///< exactly `base` people drawn one by one with equal chances
};

constexpr std::string_view name(assumption a) noexcept {
  switch (a) {
    case assumption::design:
      return "design";
    case assumption::effective_base:
      return "effective base";
    case assumption::simple_random_sample:
      return "simple random sample";
  }
  return "design";
}

/// Two limits, and what it takes to read them: how sure, by which method, on which assumption.
/// When `status` is not ok the limits are NaN, but for `open_interval`, where one is infinite.
template <class Real = double>
struct confidence_interval {
  Real low = std::numeric_limits<Real>::quiet_NaN();
  Real high = std::numeric_limits<Real>::quiet_NaN();
  confidence_level level{default_level};
  std::string method{};
  baro::assumption assumption = baro::assumption::design;
  Real base =
      std::numeric_limits<Real>::quiet_NaN();       ///< people the limits stand on, if they do
  Real df = std::numeric_limits<Real>::infinity();  ///< infinite: normal, or not used
  baro::status status = baro::status::ok;

  Real width() const { return high - low; }
  bool contains(const Real& x) const { return low <= x && x <= high; }
};

/// "design, 14 df", "effective base 182.7", "simple random sample of 122".
template <class Real>
std::string assumption_text(const confidence_interval<Real>& c) {
  const auto number = [](const char* format, const Real& x) {
    char buffer[48];
    const int n = std::snprintf(buffer, sizeof buffer, format, static_cast<double>(x));
    return std::string(buffer, n > 0 && n < 48 ? static_cast<std::size_t>(n) : 0);
  };
  std::string text(name(c.assumption));
  if (c.assumption == assumption::simple_random_sample)
    return text + number(" of %.15g", c.base);
  if (c.assumption == assumption::effective_base) text += number(" %.1f", c.base);
  if (c.df <= (std::numeric_limits<Real>::max)()) return text + number(", %.6g df", c.df);
  return c.assumption == assumption::design ? text + ", normal" : text;
}

}  // namespace baro
