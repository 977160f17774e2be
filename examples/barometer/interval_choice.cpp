// SPDX-License-Identifier: BSL-1.0
#include "interval_choice.hpp"

#include <baro/interval/agresti_coull.hpp>
#include <baro/interval/arcsine.hpp>
#include <baro/interval/clopper_pearson.hpp>
#include <baro/interval/interval.hpp>
#include <baro/interval/jeffreys.hpp>
#include <baro/interval/korn_graubard.hpp>
#include <baro/interval/likelihood.hpp>
#include <baro/interval/logit.hpp>
#include <baro/interval/normal.hpp>
#include <baro/interval/wald.hpp>
#include <baro/interval/wilson.hpp>

#include "refusal.hpp"

#include <string>
#include <variant>
#include <vector>

namespace barometer {

namespace {

using method = std::variant<baro::normal, baro::wald, baro::logit, baro::wilson,
                            baro::clopper_pearson, baro::korn_graubard, baro::agresti_coull,
                            baro::arcsine, baro::likelihood, baro::jeffreys>;

const std::vector<method>& methods() {
  static const std::vector<method> all{
      baro::normal{},          baro::wald{},          baro::logit{},         baro::wilson{},
      baro::clopper_pearson{}, baro::korn_graubard{}, baro::agresti_coull{}, baro::arcsine{},
      baro::likelihood{},      baro::jeffreys{}};
  return all;
}

std::string name_of(const method& m) {
  return std::visit([](const auto& x) { return std::string(x.name()); }, m);
}

const method& method_named(const std::string& name) {
  std::string names;
  for (const method& m : methods()) {
    if (name_of(m) == name) return m;
    names += (names.empty() ? "" : &m == &methods().back() ? " or " : ", ") + name_of(m);
  }
  refuse_option("--interval", name, "must be " + names);
}

}  // namespace

interval_choice::interval_choice(const std::string& name) : name_(name) { method_named(name); }

bool interval_choice::passes_over(baro::statistic kind) const {
  return name_ && !std::visit([&](const auto& m) { return baro::detail::applies(m, kind); },
                              method_named(*name_));
}

baro::confidence_interval<double> interval_choice::operator()(
    const baro::figure<double>& figure, baro::confidence_level level) const {
  const bool share = figure.statistic == baro::statistic::share;
  const std::string fallback = share ? "korn_graubard" : "wald";
  const std::string chosen = name_ && !passes_over(figure.statistic) ? *name_ : fallback;
  return std::visit([&](const auto& m) { return baro::interval(figure, level, m); },
                    method_named(chosen));
}

}  // namespace barometer
