// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace baro {

/// How p-values of one family are adjusted for their number m.
///   bonferroni          m p
///   holm                step-down, at no cost better than bonferroni (Holm 1979)
///   hochberg            step-up, for tests that are not negatively dependent (Hochberg 1988)
///   hommel              sharper than hochberg, the same condition (Hommel 1988)
///   benjamini_hochberg  the share of false discoveries (Benjamini and Hochberg 1995)
///   benjamini_yekutieli the same under any dependence (Benjamini and Yekutieli 2001)
enum class adjustment {
  none,
  bonferroni,
  holm,
  hochberg,
  hommel,
  benjamini_hochberg,
  benjamini_yekutieli,
};

constexpr std::string_view name(adjustment a) noexcept {
  constexpr std::array<std::string_view, 7> names{"none",   "bonferroni", "holm", "hochberg",
                                                  "hommel", "bh",         "by"};
  return names[static_cast<std::size_t>(a)];
}

/// The adjustment of that name.
constexpr std::optional<adjustment> adjustment_by_name(std::string_view text) noexcept {
  for (int a = 0; a <= static_cast<int>(adjustment::benjamini_yekutieli); ++a)
    if (name(static_cast<adjustment>(a)) == text) return static_cast<adjustment>(a);
  return std::nullopt;
}

namespace detail {

/// Hommel's adjusted p-values of sorted ones: of a hypothesis, the largest Simes p-value
/// min_k s p_(k) / k of all sets that hold it. Among sets of s that is the hypothesis with the
/// s − 1 largest others (Wright 1992, Biometrics 48:1005).
inline std::vector<double> hommel(const std::vector<double>& p) {
  const std::size_t m = p.size();
  std::vector<double> out(p);
  for (std::size_t s = m; s >= 2; --s) {
    const std::size_t first = m - s;  // the s largest begin there
    const auto size = static_cast<double>(s);
    double others = 1;
    for (std::size_t k = 2; k <= s; ++k)
      others = std::min(others, size * p[first + k - 1] / static_cast<double>(k));
    for (std::size_t i = 0; i < m; ++i)
      out[i] = std::max(out[i], std::min(others, size * p[std::min(i, first)]));
  }
  return out;
}

}  // namespace detail

/// The p-values of one family, adjusted. A NaN is no test: it stays, and does not count.
/// @throws value_error  a p-value outside [0, 1]
/// @checked R p.adjust
inline std::vector<double> adjusted(std::span<const double> p_values, adjustment method) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (std::isnan(p_values[i])) continue;
    if (!(p_values[i] >= 0 && p_values[i] <= 1))
      detail::refuse("adjusted", "p_values", i, p_values[i], "must be in [0, 1]");
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  const std::size_t m = order.size();
  std::vector<double> p(m), q(m);
  for (std::size_t k = 0; k < m; ++k) p[k] = p_values[order[k]];
  const auto step_down = [&](auto factor) {
    for (std::size_t k = 0; k < m; ++k)
      q[k] = std::max(k == 0 ? 0.0 : q[k - 1], std::min(1.0, factor(k) * p[k]));
  };
  const auto step_up = [&](auto factor) {
    for (std::size_t k = m; k-- > 0;)
      q[k] = std::min(k + 1 == m ? 1.0 : q[k + 1], factor(k) * p[k]);
  };
  const auto all = static_cast<double>(m);
  double harmonic = 0;
  for (std::size_t k = 1; k <= m; ++k) harmonic += 1 / static_cast<double>(k);
  switch (method) {
    case adjustment::none:
      q = p;
      break;
    case adjustment::bonferroni:
      step_down([&](std::size_t) { return all; });
      break;
    case adjustment::holm:
      step_down([&](std::size_t k) { return all - static_cast<double>(k); });
      break;
    case adjustment::hochberg:
      step_up([&](std::size_t k) { return all - static_cast<double>(k); });
      break;
    case adjustment::hommel:
      q = detail::hommel(p);
      break;
    case adjustment::benjamini_hochberg:
      step_up([&](std::size_t k) { return all / static_cast<double>(k + 1); });
      break;
    case adjustment::benjamini_yekutieli:
      step_up([&](std::size_t k) { return harmonic * all / static_cast<double>(k + 1); });
      break;
  }
  std::vector<double> out(p_values.begin(), p_values.end());
  for (std::size_t k = 0; k < m; ++k) out[order[k]] = q[k];
  return out;
}

/// The same within each family by itself: `family` says for each p-value which it is of, a row
/// of a table, a question, a whole report. With one family for all of them it is `adjusted(p,
/// …)`.
/// @throws size_error   families and p-values differ in number
/// @throws value_error  a p-value outside [0, 1]; NaN is no test and stays NaN
[[nodiscard]] inline std::vector<double> adjusted(std::span<const double> p_values,
                                                  std::span<const std::size_t> family,
                                                  adjustment method) {
  detail::check_size("adjusted", "family", family.size(), p_values.size());
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < family.size(); ++i) members[family[i]].push_back(i);
  std::vector<double> out(p_values.size());
  for (const auto& [name, of] : members) {
    std::vector<double> p;
    for (const std::size_t i : of) p.push_back(p_values[i]);
    const std::vector<double> q = adjusted(p, method);
    for (std::size_t k = 0; k < of.size(); ++k) out[of[k]] = q[k];
  }
  return out;
}

}  // namespace baro
