// SPDX-License-Identifier: BSL-1.0
// Intervals of shares and of quantiles against R survey 4.1-1 (tests/reference/README.md).
#include <baro/estimate/mean.hpp>
#include <baro/estimate/quantile.hpp>
#include <baro/estimate/share.hpp>
#include <baro/interval/arcsine.hpp>
#include <baro/interval/korn_graubard.hpp>
#include <baro/interval/likelihood.hpp>
#include <baro/interval/logit.hpp>
#include <baro/interval/wald.hpp>
#include <baro/interval/woodruff.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <support/close.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("interval/reference");

namespace interval_reference {

using test::close;
using test::survey;
using test::table;

survey& find(std::map<std::string, survey>& surveys, const std::string& name) {
  return surveys.try_emplace(name, name).first->second;
}

baro::confidence_interval<> interval_named(const std::string& method,
                                           const baro::figure<double>& f,
                                           baro::confidence_level level) {
  if (method == "mean") return baro::interval(f, level, baro::wald{});
  if (method == "logit" || method == "xlogit") return baro::interval(f, level, baro::logit{});
  if (method == "asin") return baro::interval(f, level, baro::arcsine{});
  if (method == "beta") return baro::interval(f, level, baro::korn_graubard{});
  return baro::interval(f, level, baro::likelihood{});
}

TEST_CASE("intervals of a share are those of svyciprop") {
  const table t = table::reference("proportions");
  std::map<std::string, survey> surveys;
  for (std::size_t row = 0; row < t.rows(); ++row) {
    survey& s = find(surveys, t.text("design", row));
    std::vector<std::string> is;
    for (const std::string& answer : s.text(t.text("variable", row)))
      is.push_back(answer == t.text("level", row) ? "yes" : "no");
    const baro::estimate<> e = baro::share(s.design(), is);
    const baro::figure<double> f = e.figure(1);
    CAPTURE(t.text("design", row));
    CAPTURE(t.text("variable", row) + "=" + t.text("level", row));
    const std::string& method = t.text("method", row);
    CAPTURE(method);
    REQUIRE(e.entry(1).label.level == "yes");
    // R fits `logit` and `likelihood` by iteration.
    const bool fitted = method == "logit" || method == "likelihood";
    CHECK(close(f.value, t.number("estimate", row), fitted ? 1e-7 : 1e-9));
    CHECK(close(f.standard_error, t.number("standard_error", row), 1e-9));
    CHECK(f.df == t.number("df", row));
    const double low = t.number("low", row), high = t.number("high", row);
    const baro::confidence_level level(t.number("confidence", row));
    const baro::confidence_interval<> c = interval_named(method, f, level);
    CHECK(c.status == baro::status::ok);
    // R puts its `likelihood` on (n − 1)/n of our effective size and interpolates the profile.
    // Where the angle of `asin` passes 0, R folds it back.
    const double tolerance = method == "logit" ? 1e-7 : method == "likelihood" ? 1e-2 : 1e-9;
    const double half = std::asin(std::sqrt(high)) - std::asin(std::sqrt(f.value));
    const bool folded = method == "asin" && half > std::asin(std::sqrt(f.value));
    const double scale = method == "likelihood" ? high - low : low;
    if (folded)
      CHECK(c.low == 0);
    else
      CHECK(std::abs(c.low - low) <= tolerance * std::abs(scale));
    CHECK(close(c.high, high, tolerance));
  }
}

/// The share of the smallest answer: below it survey 4.1 skips that answer.
double share_of_smallest(survey& s, const std::string& variable, const std::string& weight) {
  const std::vector<double>&y = s.numbers(variable), &w = s.numbers(weight);
  double least = std::numeric_limits<double>::infinity(), of_least = 0, all = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (std::isnan(y[i])) continue;
    all += w[i];
    if (y[i] < least) of_least = 0;
    least = std::min(least, y[i]);
    if (y[i] == least) of_least += w[i];
  }
  return of_least / all;
}

TEST_CASE("quantiles and their Woodruff intervals are those of svyquantile") {
  const table t = table::reference("quantiles");
  const std::map<std::string, baro::quantile_rule> rules{{"math", baro::quantile_rule::hf1},
                                                         {"school", baro::quantile_rule::hf2},
                                                         {"hf4", baro::quantile_rule::hf4},
                                                         {"hf5", baro::quantile_rule::hf5},
                                                         {"hf7", baro::quantile_rule::hf7}};
  std::map<std::string, survey> surveys;
  std::size_t compared = 0, open = 0;
  for (std::size_t row = 0; row < t.rows(); ++row) {
    const std::string& name = t.text("rule", row);
    const auto rule = rules.find(name);
    if (rule == rules.end()) continue;
    // R's straight lines depend on the order of the rows where answers are equal.
    if (name[0] == 'h' && t.text("ties", row) == "yes") continue;
    survey& s = find(surveys, t.text("design", row));
    const std::string& variable = t.text("variable", row);
    const baro::confidence_level level(t.number("confidence", row));
    const auto q = baro::quantile(s.design(), s.numbers(variable),
                                  baro::probability(t.number("p", row)), rule->second);
    const auto w = baro::woodruff(q, level);
    CAPTURE(t.text("design", row));
    CAPTURE(variable + "@" + t.text("p", row));
    CAPTURE(name);
    REQUIRE(w.size() == 1);
    const baro::confidence_interval<>& c = w[0].interval;
    CHECK(close(q.value(0), t.number("estimate", row), 1e-9));
    CHECK(q.entry(0).df == t.number("df", row));
    const double low = t.number("low", row), high = t.number("high", row);
    const auto below = q.share_below();
    const double share_low = baro::interval(below.figure(0), level, baro::wald{}).low;
    if (share_low > 0 &&
        share_low < share_of_smallest(s, variable, s.data().has("pw") ? "pw" : "w")) {
      CHECK(close(c.high, high, 1e-9));
      continue;
    }
    CHECK((std::isnan(low) ? std::isinf(c.low) : close(c.low, low, 1e-9)));
    CHECK((std::isnan(high) ? std::isinf(c.high) : close(c.high, high, 1e-9)));
    if (std::isnan(low) || std::isnan(high)) {
      CHECK(c.status == baro::status::open_interval);
      ++open;
    } else {
      CHECK(close(w[0].standard_error, t.number("standard_error", row), 1e-9));
    }
    ++compared;
  }
  CHECK(compared > 100);
  CHECK(open < compared / 2);
}

TEST_CASE("the intervals of a share that people compare survey software with") {
  // apiclus1, 15 PSUs: comp.imp = Yes .7267759563, and ell = 0 .0218579235.
  survey s("apiclus1");
  const auto figure_of = [&](const std::string& column, const std::string& level) {
    std::vector<std::string> is;
    for (const std::string& answer : s.text(column)) is.push_back(answer == level ? "1" : "0");
    return baro::share(s.design(), is).figure(1);
  };
  const auto check = [](const baro::confidence_interval<>& c, double low, double high) {
    CHECK(std::abs(c.low - low) < 6e-11);
    CHECK(std::abs(c.high - high) < 6e-11);
  };
  const baro::confidence_level level(0.95);
  const auto yes = figure_of("comp.imp", "Yes"), none = figure_of("ell", "0");
  check(baro::interval(yes, level, baro::logit{}), .6571809630, .7868255216);
  check(baro::interval(yes, level, baro::wald{}), .6617296228, .7918222898);
  check(baro::interval(yes, level, baro::arcsine{}), .6595486768, .7891798509);
  check(baro::interval(yes, level, baro::korn_graubard{}), .6560773616, .7899569915);
  check(baro::interval(none, level, baro::logit{}), .0023046913, .1777477668);
  check(baro::interval(none, level, baro::korn_graubard{}), .0002161468, .1375077639);
}

TEST_SUITE_END();

}  // namespace interval_reference
