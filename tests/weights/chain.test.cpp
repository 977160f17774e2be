// SPDX-License-Identifier: BSL-1.0
// Weights calibrated twice: R survey with the last step taken out first, and what must be 0.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/total.hpp>
#include <baro/weights/calibrate.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <support/close.hpp>
#include <support/table.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/chain");

namespace weights_chain {

using baro::margin;
using test::close;
using test::table;

/// A sample of Californian schools and the two chains of tests/reference/chains.csv.
struct schools {
  explicit schools(const std::string& name)
      : data(table::reference(name)),
        weight(data.numbers("pw")),
        fpc(data.numbers("fpc")),
        api99(data.numbers("api99")),
        one(weight.size(), 1.0) {
    for (const std::string& level : data.text("awards")) awarded.push_back(level == "Yes");
  }
  baro::categories question(const std::string& column) const {
    return baro::categories(data.text(column)).named(column);
  }
  margin stype() const {
    return margin::counts(question("stype"), {{"E", 4421}, {"H", 755}, {"M", 1018}});
  }
  margin wide() const {
    return margin::counts(question("sch.wide"), {{"No", 1072}, {"Yes", 5122}});
  }
  baro::calibration poststratified_then_raked() const {
    return baro::rake(
        baro::poststratify(weight, stype()),
        {wide(), margin::counts(question("awards"), {{"No", 2027}, {"Yes", 4167}})},
        {.tolerance = 1e-13, .max_iterations = 1000});
  }
  baro::calibration raked_then_linear() const {
    return baro::calibrate(baro::calibrate(weight, {stype(), wide()}, baro::raking_distance{}),
                           {margin::total(baro::answers(one).named("1"), 6194),
                            margin::total(baro::answers(api99).named("api99"), 3914069)},
                           baro::linear_distance{});
  }
  /// The column a line of the table speaks of; NaN outside its domain, which is a missing
  /// answer there.
  std::vector<double> answers(const std::string& variable, const std::string& where,
                              bool last_is_linear) const {
    std::vector<double> y = variable == "one"     ? one
                            : variable != "known" ? data.numbers(variable)
                            : last_is_linear      ? api99
                                                  : awarded;
    if (!where.empty())
      for (std::size_t i = 0; i < y.size(); ++i)
        if (data.text("comp.imp", i) != where.substr(where.find('=') + 1)) y[i] = std::nan("");
    return y;
  }
  table data;
  std::vector<double> weight, fpc, api99, one, awarded{};
};

void check(const schools& s, const baro::design& d, const std::string& name) {
  const table expected = table::reference("chains");
  int met = 0;
  for (std::size_t row = 0; row < expected.rows(); ++row) {
    if (expected.text("name", row) != name) continue;
    CAPTURE(name);
    CAPTURE(row);
    const std::vector<double> y =
        s.answers(expected.text("variable", row), expected.text("where", row),
                  name.find("linear") != name.npos);
    const auto e =
        expected.text("statistic", row) == "mean" ? baro::mean(d, y) : baro::total(d, y);
    CHECK(close(e.value(0), expected.number("estimate", row), 1e-9));
    const double error = expected.number("standard_error", row);
    if (error > 0)
      CHECK(close(e.standard_error(0), error, 1e-7));
    else
      CHECK(e.standard_error(0) <= 1e-12 * e.value(0));  // what the last step meets is known
    ++met;
  }
  CHECK(met == 12);
}

TEST_CASE("apiclus1: two steps, each taken out of the variance, the last one first") {
  const schools s("apiclus1");
  const auto design = [&](const baro::calibration& c) {
    return baro::design{baro::weights(c), baro::psus(s.data.text("dnum")),
                        baro::population_sizes(s.fpc)};
  };
  check(s, design(s.poststratified_then_raked()), "apiclus1 poststratified then raked");
  check(s, design(s.raked_then_linear()), "apiclus1 raked then linear");
}

TEST_CASE("apistrat: two steps, each taken out of the variance, the last one first") {
  const schools s("apistrat");
  const auto design = [&](const baro::calibration& c) {
    return baro::design{baro::weights(c), baro::strata(s.data.text("stype")),
                        baro::population_sizes(s.fpc)};
  };
  check(s, design(s.poststratified_then_raked()), "apistrat poststratified then raked");
  check(s, design(s.raked_then_linear()), "apistrat raked then linear");
}

}  // namespace weights_chain

TEST_SUITE_END();
