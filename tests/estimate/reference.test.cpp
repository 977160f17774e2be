// SPDX-License-Identifier: BSL-1.0
// Every figure of tests/reference against R survey 4.1-1 (tests/reference/README.md), and the
// numbers of the published literature that need a design.
#include <baro/estimate/balance.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <string>
#include <support/close.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("estimate/reference");

namespace estimate_reference {

using test::close;
using test::survey;
using test::table;

constexpr double tolerance = 1e-9;

baro::request<double> request_for(survey& s, const std::string& statistic,
                                  const std::string& variable) {
  const auto answers = [&](const std::string& column) {
    return baro::answers(s.numbers(column)).named(column);
  };
  if (statistic == "mean") return baro::mean_of(answers(variable));
  if (statistic == "total") return baro::total_of(answers(variable));
  if (statistic == "share")
    return baro::share_of(baro::categories(s.text(variable)).named(variable));
  const auto parts = table::split(variable, '/');
  return baro::ratio_of(answers(parts.at(0)), answers(parts.at(1)));
}

/// The rows of estimates.csv that are one case, estimated in one pass.
struct reference_case {
  std::size_t first = 0, size = 0;
};

std::vector<reference_case> cases_of(const table& estimates) {
  std::vector<reference_case> out;
  for (std::size_t row = 0; row < estimates.rows(); ++row) {
    if (row == 0 || estimates.text("case", row) != estimates.text("case", row - 1))
      out.push_back({row, 0});
    ++out.back().size;
  }
  return out;
}

baro::estimate<> estimate_case(survey& s, const table& t, const reference_case& c) {
  std::vector<baro::request<double>> requests;
  std::string last;
  for (std::size_t row = c.first; row < c.first + c.size; ++row) {
    const std::string now = t.text("statistic", row) + t.text("variable", row);
    if (now != last)
      requests.push_back(request_for(s, t.text("statistic", row), t.text("variable", row)));
    last = now;
  }
  std::vector<baro::categories> breaks;
  if (!t.text("by", c.first).empty())
    for (const std::string& column : table::split(t.text("by", c.first), '+'))
      breaks.emplace_back(s.text(column));
  std::vector<char> mask(s.rows(), 1);
  if (!t.text("where", c.first).empty()) {
    const auto parts = table::split(t.text("where", c.first), '=');
    for (std::size_t i = 0; i < s.rows(); ++i)
      mask[i] = s.text(parts.at(0))[i] == parts.at(1) ? 1 : 0;
  }
  return baro::tabulate<double>(s.design(), baro::by(breaks), baro::where(mask), requests);
}

std::string joined(const std::vector<std::string>& labels) {
  std::string out;
  for (const std::string& l : labels) out += (out.empty() ? "" : "|") + l;
  return out;
}

/// Equal, or both rounding of 0 beside figures of this size.
bool same(double a, double b, double size) {
  return close(a, b, tolerance) || (std::abs(a) < 1e-13 * size && std::abs(b) < 1e-13 * size);
}

TEST_CASE("estimates, standard errors, bases, df and design effects are those of R survey") {
  const table t = table::reference("estimates");
  std::map<std::string, survey> surveys;
  std::size_t figures = 0;
  for (const reference_case& c : cases_of(t)) {
    survey& s =
        surveys.try_emplace(t.text("design", c.first), t.text("design", c.first)).first->second;
    const baro::estimate<> e = estimate_case(s, t, c);
    CAPTURE(t.text("case", c.first));
    REQUIRE(e.size() == c.size);
    for (std::size_t i = 0; i < c.size; ++i) {
      const std::size_t row = c.first + i;
      const auto& entry = e.entry(i);
      CAPTURE(t.text("design", row));
      CAPTURE(t.text("statistic", row) + " " + t.text("variable", row));
      CAPTURE(t.text("level", row) + " " + t.text("domain", row));
      CHECK(entry.label.level == t.text("level", row));
      CHECK(joined(entry.label.domain) == t.text("domain", row));
      CHECK(entry.bases.n == t.number("n", row));
      CHECK(close(entry.bases.sum_weights, t.number("sum_weights", row), tolerance));
      ++figures;
      if (t.number("n", row) == 0) {
        CHECK(entry.status == baro::status::empty_domain);
        CHECK(std::isnan(e.value(i)));
        continue;
      }
      const double value = t.number("estimate", row);
      CHECK(close(e.value(i), value, tolerance));
      CHECK(same(e.standard_error(i), t.number("standard_error", row), std::abs(value)));
      CHECK(close(entry.bases.effective_n, t.number("effective_n", row), tolerance));
      CHECK(entry.df == t.number("df", row));
      const auto check_deff = [&](double got, const std::string& column) {
        CAPTURE(column);
        const double expected = t.number(column, row);
        CHECK((std::isnan(expected) ? std::isnan(got) : same(got, expected, 1.0)));
      };
      check_deff(entry.deff, "deff");
      check_deff(entry.deff_without, "deff_without");
    }
  }
  CHECK(figures == t.rows());
}

TEST_CASE("covariances between levels, domains and statistics are those of R survey") {
  const table t = table::reference("estimates"), v = table::reference("covariances");
  std::map<std::string, survey> surveys;
  std::size_t at = 0;
  for (const reference_case& c : cases_of(t)) {
    survey& s =
        surveys.try_emplace(t.text("design", c.first), t.text("design", c.first)).first->second;
    const baro::estimate<> e = estimate_case(s, t, c);
    CAPTURE(t.text("design", c.first));
    CAPTURE(t.text("case", c.first));
    for (; at < v.rows() && v.text("case", at) == t.text("case", c.first); ++at) {
      const auto i = static_cast<std::size_t>(v.number("row", at));
      const auto j = static_cast<std::size_t>(v.number("column", at));
      CAPTURE(i);
      CAPTURE(j);
      const double expected = v.number("covariance", at);
      if (std::isnan(expected)) {
        CHECK(std::isnan(e.covariance(i, j)));
        continue;
      }
      const double scale = e.standard_error(i) * e.standard_error(j);
      // Rounding of 0, beside the variance of a mean of products of this size.
      const double size = std::abs(e.value(i) * e.value(j)) / e.entry(i).bases.n;
      const double difference = std::abs(e.covariance(i, j) - expected);
      CHECK(difference <= tolerance * scale + 1e-15 * size);
      CHECK(e.covariance(i, j) == e.covariance(j, i));
    }
  }
  CHECK(at == v.rows());
}

TEST_CASE("single PSUs of the design or of the domain add what R's policies add") {
  const table t = table::reference("single_psu"), school = table::reference("apiclus1");
  std::size_t compared = 0;
  for (std::size_t row = 0; row < t.rows(); ++row) {
    const bool whole = t.text("where", row) == "whole";
    const auto policy = *baro::single_psu_named(t.text("policy", row));
    const bool adjusts =
        policy == baro::single_psu::center || policy == baro::single_psu::average;
    // Where the policy adjusts, a single PSU of the domain is one: R's option `yes`.
    if (!whole && adjusts != (t.text("adjust_domain", row) == "yes")) continue;
    std::vector<double> w, y;
    std::vector<std::string> stratum;
    std::vector<char> in;
    for (std::size_t i = 0; i < school.rows(); ++i) {
      if (!whole && school.text("dnum", i) == "413") continue;
      stratum.push_back(school.text("dnum", i));
      w.push_back(school.number("pw", i));
      y.push_back(school.number("api00", i));
      in.push_back(whole || school.text("snum", i) != "2093" ? 1 : 0);
    }
    const baro::design d{baro::weights(w), baro::strata(stratum), policy};
    const baro::estimate<> e = baro::mean(d, y, baro::where(in));
    CAPTURE(t.text("where", row));
    CAPTURE(t.text("policy", row));
    CHECK(close(e.value(0), t.number("estimate", row), tolerance));
    CHECK(close(e.standard_error(0), t.number("standard_error", row), tolerance));
    ++compared;
  }
  CHECK(compared == 9);
}

TEST_CASE("a stratum with a single PSU is held against the mean of all PSU totals") {
  // The example of the survey package for `adjust` (since 2022), by hand: PSU totals 320.25,
  // 425.25, 700, 1040, 660 have the mean 629.1, and 126625 + (660 − 629.1)² = 127579.81.
  const std::vector<int> stratum{1, 1, 2, 2, 3}, psu{1, 2, 3, 4, 5};
  const std::vector<double> w{10.5, 10.5, 20, 20, 15}, age{30.5, 40.5, 35, 52, 44};
  const auto variance = [&](baro::single_psu policy) {
    const baro::design d{baro::weights(w), baro::strata(stratum), baro::psus(psu), policy};
    return baro::total(d, age).variance(0);
  };
  CHECK(close(variance(baro::single_psu::remove), 126625.0, 1e-14));
  CHECK(close(variance(baro::single_psu::certainty), 126625.0, 1e-14));
  CHECK(close(variance(baro::single_psu::average), 189937.5, 1e-14));
  CHECK(close(variance(baro::single_psu::center), 127579.81, 1e-14));
}

TEST_CASE("two stages: 5 of 50 clusters, 3 municipalities in each (Särndal et al. 1992)") {
  survey s("mu284");
  const baro::estimate<> e = baro::total(s.design(), s.numbers("y1"));
  CHECK(close(e.value(0), 15080.0, 1e-14));
  CHECK(close(e.standard_error(0), 2274.254, 1e-6));
}

TEST_CASE("a later stage without population sizes is added as if drawn with replacement") {
  // apiclus2, mean api00. With fpc1 only R survey adds stage 2 without its correction,
  // districts of one school adding 0; where stage 2 is complete (population = sample) it adds
  // nothing.
  survey s("apiclus2");
  const std::vector<double>&w = s.numbers("pw"), &y = s.numbers("api00"),
        &districts = s.numbers("fpc1");
  const baro::design first{baro::weights(w), baro::psus(s.text("dnum")),
                           baro::population_sizes(districts),
                           baro::stage(baro::psus(s.text("snum"))), baro::single_psu::remove};
  CHECK(close(baro::mean(first, y).standard_error(0), 30.1192136947, 1e-11));
  const baro::design complete{baro::weights(w), baro::psus(s.text("dnum")),
                              baro::population_sizes(districts)};
  CHECK(close(baro::mean(complete, y).standard_error(0), 29.8891624725, 1e-11));
  const baro::design both{
      baro::weights(w), baro::psus(s.text("dnum")), baro::population_sizes(districts),
      baro::stage(baro::psus(s.text("snum")), baro::population_sizes(s.numbers("fpc2")))};
  CHECK(close(baro::mean(both, y).standard_error(0), 30.0990273768, 1e-11));
  const baro::design none{baro::weights(w), baro::psus(s.text("dnum"))};
  CHECK(close(baro::mean(none, y).standard_error(0), 30.7115763093, 1e-11));
}

TEST_CASE("the figures that people compare survey software with") {
  survey strat("apistrat"), clus("apiclus1");
  const auto check = [](const baro::estimate<>& e, double value, double error) {
    CHECK(close(e.value(0), value, 1e-11));
    CHECK(close(e.standard_error(0), error, 1e-11));
  };
  check(baro::mean(strat.design(), strat.numbers("api00")), 662.2873631593, 9.4089408028);
  check(baro::total(strat.design(), strat.numbers("enroll")), 3687177.53243828,
        114641.71610078);
  check(baro::mean(clus.design(), clus.numbers("api00")), 644.1693989071, 23.5422406938);
  check(baro::total(clus.design(), clus.numbers("enroll")), 3404940.13452911, 932235.02704121);
  const baro::estimate<> share = baro::share(clus.design(), clus.text("comp.imp"));
  CHECK(share.entry(1).label.level == "Yes");
  CHECK(close(share.value(1), .7267759563, 1e-9));
  CHECK(close(share.standard_error(1), .0303276470, 1e-8));
  CHECK(share.entry(1).df == 14);
}

TEST_CASE("a balance of opinion carries the covariance of its two shares") {
  // p+ = .42, p− = .31 of 1000: variance (p+ + p− − B²)/n, standard error .026793656.
  std::vector<int> answer(1000, 0);
  for (std::size_t i = 0; i < 420; ++i) answer[i] = 1;
  for (std::size_t i = 420; i < 730; ++i) answer[i] = -1;
  const baro::design d{baro::rows(1000)};
  const baro::estimate<> e = baro::balance(d, answer, {"1"}, {"-1"});
  CHECK(close(e.value(0), .11, 1e-14));
  CHECK(close(e.standard_error(0) * std::sqrt(999.0 / 1000.0), .026793656, 1e-7));
}

TEST_SUITE_END();

}  // namespace estimate_reference
