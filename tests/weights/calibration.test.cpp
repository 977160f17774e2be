// SPDX-License-Identifier: BSL-1.0
// Calibrated weights in estimates: figures of R survey, and the record of the steps.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/total.hpp>
#include <baro/weights/calibrate.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <support/table.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/calibration");

namespace weights_calibration {

using baro::margin;
using test::close;
using test::table;

/// A sample of Californian schools, its calibration, and what R makes of it.
struct schools {
  explicit schools(const std::string& name)
      : data(table::reference(name)), weight(data.numbers("pw")), fpc(data.numbers("fpc")) {}
  baro::categories question(const std::string& column) const {
    return baro::categories(data.text(column)).named(column);
  }
  std::vector<margin> stype() const {
    return {margin::counts(question("stype"), {{"E", 4421}, {"H", 755}, {"M", 1018}})};
  }
  std::vector<margin> both() const {
    auto all = stype();
    all.push_back(margin::counts(question("sch.wide"), {{"No", 1072}, {"Yes", 5122}}));
    return all;
  }
  table data;
  std::vector<double> weight, fpc;
};

void check_design(const schools& s, const baro::design& d, const std::string& name) {
  const table expected = table::reference("calibrated");
  int met = 0;
  for (std::size_t row = 0; row < expected.rows(); ++row) {
    if (expected.text("name", row) != name) continue;
    CAPTURE(name);
    const std::vector<double> y = s.data.numbers(expected.text("variable", row));
    const auto e =
        expected.text("statistic", row) == "mean" ? baro::mean(d, y) : baro::total(d, y);
    CHECK(close(e.value(0), expected.number("estimate", row), 1e-9));
    CHECK(close(e.standard_error(0), expected.number("standard_error", row), 1e-7));
    ++met;
  }
  CHECK(met == 2);
}

TEST_CASE("apiclus1 and apistrat: post-stratified, raked and calibrated as R does") {
  const schools s("apiclus1");
  const auto check = [&](const baro::calibration& c, const std::string& name) {
    check_design(s,
                 baro::design{baro::weights(c), baro::psus(s.data.text("dnum")),
                              baro::population_sizes(s.fpc)},
                 name);
  };
  check(baro::poststratify(s.weight, s.stype()[0]), "apiclus1 poststratified stype");
  check(baro::calibrate(s.weight, s.both(), baro::raking_distance{}),
        "apiclus1 raked stype sch.wide (calibrate)");
  // With equal starting weights R's two rules for raking coincide.
  check(baro::rake(s.weight, s.both()), "apiclus1 raked stype sch.wide (rake)");
  const std::vector<double> ones(s.weight.size(), 1.0), api99 = s.data.numbers("api99");
  check(baro::calibrate(s.weight,
                        {margin::total(baro::answers(ones).named("1"), 6194),
                         margin::total(baro::answers(api99).named("api99"), 3914069)},
                        baro::linear_distance{}),
        "apiclus1 calibrated api99");
  const schools t("apistrat");
  const auto raked = baro::calibrate(t.weight, t.both(), baro::raking_distance{});
  check_design(t,
               baro::design{baro::weights(raked), baro::strata(t.data.text("stype")),
                            baro::population_sizes(t.fpc)},
               "apistrat raked stype sch.wide (calibrate)");
}

TEST_CASE("the figures a book would print: apiclus1 raked, conventions 5") {
  const schools s("apiclus1");
  const auto c = baro::rake(s.weight, s.both());
  const baro::design d{baro::weights(c), baro::psus(s.data.text("dnum")),
                       baro::population_sizes(s.fpc)};
  const std::vector<double> api00 = s.data.numbers("api00");
  const auto e = baro::mean(d, api00);
  CHECK(std::abs(e.value(0) - 641.23) < 0.005);
  CHECK(std::abs(e.standard_error(0) - 23.704) < 0.0005);
}

TEST_CASE("a margin that is estimated itself has a standard error of zero") {
  const schools s("apistrat");
  const auto c = baro::calibrate(s.weight, s.both(), baro::raking_distance{});
  const baro::design d{baro::weights(c), baro::strata(s.data.text("stype"))};
  std::vector<double> wide;
  for (const std::string& level : s.data.text("sch.wide")) wide.push_back(level == "Yes");
  const auto e = baro::total(d, wide);
  CHECK(close(e.value(0), 5122.0, 1e-10));
  CHECK(e.standard_error(0) < 1e-9 * 5122);
}

TEST_CASE("the scale of the weights is in totals and in no mean") {
  const schools s("apiclus1");
  const auto c = baro::rake(s.weight, s.both());
  const auto n = baro::scaled(c, 183);
  const auto design = [&](const baro::calibration& w) {
    return baro::design{baro::weights(w), baro::psus(s.data.text("dnum"))};
  };
  const auto y = s.data.numbers("api00");
  const auto a = baro::mean(design(c), y), b = baro::mean(design(n), y);
  CHECK(close(a.value(0), b.value(0), 1e-13));
  CHECK(close(a.standard_error(0), b.standard_error(0), 1e-11));
  const auto t = baro::total(design(c), y), u = baro::total(design(n), y);
  CHECK(close(t.standard_error(0) * 183 / 6194, u.standard_error(0), 1e-11));
}

TEST_CASE("standard errors agree with 50 digits to 1e-11") {
  using real50 = boost::multiprecision::cpp_bin_float_50;
  const schools s("apistrat");
  const auto first = baro::poststratify(s.weight, s.stype()[0]);
  const auto c = baro::calibrate(first, s.both(), baro::raking_distance{});
  const auto y = s.data.numbers("api00");
  const auto check = [&](const baro::design& d) {
    const auto two = baro::tabulate<double>(d, baro::by(s.data.text("awards")),
                                            baro::mean_of(y), baro::total_of(y));
    const auto fifty =
        baro::tabulate<real50>(d, baro::by(s.data.text("awards")), baro::mean_of<real50>(y),
                               baro::total_of<real50>(y));
    for (std::size_t i = 0; i < two.size(); ++i) {
      CHECK(close(two.value(i), fifty.value(i), 1e-13));
      CHECK(close(two.standard_error(i), fifty.standard_error(i), 1e-11));
      for (std::size_t j = 0; j < i; ++j)
        CHECK(std::abs(two.covariance(i, j) - static_cast<double>(fifty.covariance(i, j))) <=
              1e-11 * two.standard_error(i) * two.standard_error(j));
    }
  };
  check(baro::design{baro::weights(c), baro::strata(s.data.text("stype"))});
  check(baro::design{baro::weights(c), baro::psus(s.data.text("dnum"))});
}

TEST_CASE("answers near 1e9 lose nothing of the standard error of a calibrated total") {
  using real50 = boost::multiprecision::cpp_bin_float_50;
  const schools s("apiclus1");
  const auto c = baro::calibrate(s.weight, s.both(), baro::raking_distance{});
  const baro::design d{baro::weights(c), baro::psus(s.data.text("dnum"))};
  auto y = s.data.numbers("api00");
  for (double& x : y) x += 1e9;
  CHECK(close(baro::total(d, y).standard_error(0), baro::total<real50>(d, y).standard_error(0),
              1e-11));
  CHECK(close(baro::mean(d, y).standard_error(0), baro::mean<real50>(d, y).standard_error(0),
              1e-11));
}

TEST_CASE("targets that are estimates themselves add their variance") {
  // One class: Σ w y with N estimated is N ȳ, and its variance gains ȳ² Var(N).
  const std::vector<int> all(4, 1);
  const std::vector<double> d(4, 2.0), y{1, 2, 4, 5};
  const margin known = margin::counts(baro::categories(all).named("all"), {{"1", 100}});
  const auto total = [&](const margin& m) {
    return baro::total(baro::design{baro::weights(baro::poststratify(d, m))}, y);
  };
  const auto without = total(known), with = total(known.with_standard_errors({5}));
  CHECK(close(with.variance(0) - without.variance(0), 9.0 * 25, 1e-12));
}

TEST_CASE("calibrated weights belong to all rows together") {
  const schools s("apiclus1");
  const auto c = baro::rake(s.weight, s.both());
  const baro::design d{baro::weights(c), baro::psus(s.data.text("dnum"))};
  const auto y = s.data.numbers("api00");
  baro::tally<> t(d, baro::mean_of(y));
  CHECK(test::refused<baro::value_error>([&] { t.add(d, baro::mean_of(y)); }) ==
        "tally: calibrated weights belong to all rows together, which must be in one design");
}

TEST_CASE("the record keeps the chain and what became of each target") {
  const schools s("apiclus1");
  const auto first = baro::poststratify(s.weight, s.stype()[0]);
  const auto second = baro::calibrate(first, s.both(), baro::raking_distance{});
  CHECK(second.steps() == std::vector<std::string>{"poststratify", "raking"});
  CHECK(second.status() == baro::status::ok);
  REQUIRE(second.margins().size() == 5);
  const auto& row = second.margins()[4];
  CHECK(row.variable == "sch.wide");
  CHECK(row.level == "Yes");
  CHECK(row.target == 5122);
  CHECK(close(row.after, 5122.0, 1e-10));
  CHECK(std::abs(row.gap) < 1e-9);
  double before = 0;
  const auto w = first.weights();
  for (std::size_t i = 0; i < w.size(); ++i)
    before += s.data.text("sch.wide", i) == "Yes" ? w[i] : 0;
  CHECK(close(row.before, before, 1e-12));
  CHECK(second.largest_gap() < 1e-12);
  CHECK(close(second.summary().sum(), 6194.0, 1e-12));
}

TEST_CASE("weights that were not reached cannot be used by accident") {
  const schools s("apiclus1");
  const auto c = baro::calibrate(s.weight, s.both(),
                                 baro::truncated_distance({.low = 0.95, .high = 1.05}));
  CHECK(c.status() == baro::status::infeasible);
  const std::string message = c.explanation();
  CHECK(message.starts_with("calibrate: no weights within the bounds meet margin"));
  CHECK(test::refused<baro::value_error>([&] { (void)c.weights(); }) == message);
  CHECK(test::refused<baro::value_error>([&] { baro::weights{c}; }) == message);
  CHECK(test::refused<baro::value_error>([&] { (void)baro::rake(c, s.both()); }) == message);
  CHECK(c.weights_anyway().size() == 183);  // on purpose
}

TEST_CASE("negative weights are counted and not taken for a design") {
  const std::vector<double> one(6, 1.0), x{1, 2, 3, 4, 5, 60};
  const auto c = baro::calibrate(one,
                                 {margin::total(baro::answers(one).named("1"), 6),
                                  margin::total(baro::answers(x).named("x"), 1)},
                                 baro::linear_distance{});
  CHECK(c.status() == baro::status::ok);
  CHECK(c.summary().negative() == 1);
  CHECK(test::refused<baro::value_error>([&] {
          baro::weights{c};
        }).starts_with("weights: 1 weights of the calibration are negative"));
}

}  // namespace weights_calibration

TEST_SUITE_END();
