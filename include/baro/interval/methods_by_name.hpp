// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/interval/agresti_coull.hpp>
#include <baro/interval/arcsine.hpp>
#include <baro/interval/clopper_pearson.hpp>
#include <baro/interval/default_interval.hpp>
#include <baro/interval/guarded_jeffreys.hpp>
#include <baro/interval/jeffreys.hpp>
#include <baro/interval/korn_graubard.hpp>
#include <baro/interval/likelihood.hpp>
#include <baro/interval/logit.hpp>
#include <baro/interval/normal.hpp>
#include <baro/interval/wald.hpp>
#include <baro/interval/wilson.hpp>

#include <array>
#include <string>
#include <string_view>
#include <variant>

namespace baro {

/// A method chosen while the program runs. Every method of the library that needs nothing but
/// the figure is in it; hypergeometric, which needs a population size, is not.
struct named_interval {
  std::variant<default_interval, normal, wald, logit, wilson, clopper_pearson, korn_graubard,
               agresti_coull, arcsine, likelihood, jeffreys, guarded_jeffreys>
      method{};

  constexpr std::string_view name() const {
    return std::visit([](const auto& m) -> std::string_view { return m.name(); }, method);
  }
  constexpr bool applies_to(statistic s) const {
    return std::visit([s](const auto& m) { return detail::applies(m, s); }, method);
  }
  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return std::visit([&](const auto& m) { return m(f, level); }, method);
  }
};

/// Every method that has a name, in the order they are listed to people.
inline constexpr std::array named_intervals{
    named_interval{default_interval{}},
    named_interval{normal{}},
    named_interval{wald{}},
    named_interval{logit{}},
    named_interval{wilson{}},
    named_interval{wilson{effective_size::df_adjusted}},
    named_interval{clopper_pearson{}},
    named_interval{korn_graubard{}},
    named_interval{korn_graubard{size_cap::respondents}},
    named_interval{agresti_coull{}},
    named_interval{arcsine{}},
    named_interval{likelihood{}},
    named_interval{jeffreys{}},
    named_interval{guarded_jeffreys{}},
};

/// "default, normal, wald, …"
inline std::string interval_names() {
  std::string all;
  for (const auto& m : named_intervals) (all += all.empty() ? "" : ", ") += m.name();
  return all;
}

/// @throws value_error  no method has this name; the message lists those that do
inline named_interval interval_named(std::string_view name) {
  for (const auto& m : named_intervals)
    if (m.name() == name) return m;
  detail::refuse("interval_named", "name", name, "must be one of " + interval_names());
}

}  // namespace baro
