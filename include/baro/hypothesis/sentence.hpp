// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/difference.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

namespace baro {

enum class language { english, french };

namespace detail {

/// Numbers as people of a language write them.
class written {
 public:
  explicit written(language in) : in_(in) {}

  std::string number(double x, int decimals) const {
    char buffer[64];
    const int n = std::snprintf(buffer, sizeof buffer, "%.*f", decimals, std::abs(x));
    std::string out(buffer, n > 0 && n < 64 ? static_cast<std::size_t>(n) : 0);
    const bool zero = out.find_first_not_of("0.") == out.npos;
    if (in_ == language::french)
      if (const auto point = out.find('.'); point != out.npos) out[point] = ',';
    return (x < 0 && !zero ? "−" : "") + out;
  }
  std::string p_value(double p) const {
    return p < 0.001 ? "p < " + number(0.001, 3) : "p = " + number(p, 3);
  }
  std::string choose(std::string_view english, std::string_view french) const {
    return std::string(in_ == language::french ? french : english);
  }

 private:
  language in_;
};

/// The groups of a comparison: what their labels have different.
inline std::string group_name(const label& l, const label& beside) {
  std::string out;
  for (std::size_t b = 0; b < l.domain.size(); ++b)
    if (b >= beside.domain.size() || l.domain[b] != beside.domain[b])
      out += (out.empty() ? "" : ", ") + l.domain[b];
  if (out.empty() && l.wave != beside.wave) out = l.wave;
  if (out.empty() && l.level != beside.level) out = l.level;
  return out.empty() ? l.variable : out;
}

}  // namespace detail

/// A difference as a client reads it:
///   "DRH 25.0 %, salariés 67.0 %: difference −42.0 points [−50.3; −33.7] at 95 %, p < 0.001
///   (t test, 1120 df)"
/// Shares and balances in percent and points, anything else with two decimals. `difference`
/// alone; a ratio is no difference.
template <class Real>
std::string sentence(const comparison<Real>& c, language in = language::english) {
  const detail::written w(in);
  const bool percent = c.a.statistic == statistic::share || c.a.statistic == statistic::balance;
  const double unit = percent ? 100 : 1;
  const int decimals = percent ? 1 : 2;
  const auto number = [&](const Real& x) {
    return w.number(unit * static_cast<double>(x), decimals);
  };
  const std::string colon = w.choose(": ", " : "), space = percent ? " %" : "";
  std::string out = detail::group_name(c.a, c.b) + " " + number(c.value_a) + space + ", " +
                    detail::group_name(c.b, c.a) + " " + number(c.value_b) + space + colon;
  if (!(c.difference == c.difference))
    return out + w.choose("nothing to compare (", "rien à comparer (") +
           std::string(name(c.status)) + ")";
  out += w.choose("difference ", "écart ") + number(c.difference) + (percent ? " points" : "");
  if (c.status != status::ok)
    return out + w.choose(", not tested (", ", non testé (") + std::string(name(c.status)) +
           ")";
  out += " [" + number(c.limits.low) + w.choose("; ", " ; ") + number(c.limits.high) + "] " +
         w.choose("at ", "à ") + w.number(100 * c.limits.level.value(), 0) + " %, " +
         w.p_value(static_cast<double>(c.p_value));
  if (!(c.df < std::numeric_limits<Real>::infinity()))
    return out + w.choose(" (normal test)", " (test normal)");
  return out + w.choose(" (t test, ", " (test t, ") + w.number(static_cast<double>(c.df), 0) +
         w.choose(" df)", " ddl)");
}

}  // namespace baro
