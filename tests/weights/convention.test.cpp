// SPDX-License-Identifier: BSL-1.0
// Weights of other programs: R survey 4.1 on apistrat, loops written out for the others.
#include <baro/estimate/mean.hpp>
#include <baro/weights/calibrate.hpp>
#include <baro/weights/convention.hpp>
#include <baro/weights/nonresponse.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <support/close.hpp>
#include <support/table.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/convention");

namespace weights_convention {

namespace convention = baro::convention;
using baro::margin;
using test::close;
using test::table;

struct schools {
  table data = table::reference("apistrat");
  std::vector<double> weight = data.numbers("pw"), api00 = data.numbers("api00"),
                      fpc = data.numbers("fpc");

  baro::categories question(const std::string& column) const {
    return baro::categories(data.text(column)).named(column);
  }
  margin two(const std::string& column, double no, double yes) const {
    return margin::counts(question(column), {{"No", no}, {"Yes", yes}});
  }
  margin wide() const { return two("sch.wide", 1072, 5122); }
  margin better() const { return two("comp.imp", 1717, 4477); }
  margin awards() const { return two("awards", 2027, 4167); }
  margin stype() const {
    return margin::counts(question("stype"), {{"E", 4421}, {"H", 755}, {"M", 1018}});
  }
};

/// Two margins that leave something to do, and weights that differ.
struct panel {
  panel() {
    std::mt19937 random(5);
    for (int i = 0; i < 300; ++i) {
      weight.push_back(1 + static_cast<double>(random() % 7));
      a.push_back(static_cast<int>(random() % 3));
      b.push_back(static_cast<int>((random() % 4 + 2 * static_cast<unsigned>(a.back())) % 4));
    }
  }
  std::vector<margin> margins() const {
    const double sum = std::accumulate(weight.begin(), weight.end(), 0.0);
    return {
        margin::counts(baro::categories(a).named("a"),
                       {{"0", .5 * sum}, {"1", .3 * sum}, {"2", .2 * sum}}),
        margin::counts(baro::categories(b).named("b"),
                       {{"0", .1 * sum}, {"1", .2 * sum}, {"2", .45 * sum}, {"3", .25 * sum}})};
  }
  std::vector<double> weight;
  std::vector<int> a, b;
};

TEST_CASE("R's rake: its sweeps and its rule to stop") {
  const schools s;
  const std::vector<margin> margins{s.wide(), s.better()};
  const auto first = [&](double epsilon, int maxit) {
    const auto c = baro::rake(s.weight, margins, convention::r_rake(epsilon, maxit));
    return c.weights_anyway()[0];
  };
  CHECK(close(first(1, 10), 30.290048261688, 1e-13));
  CHECK(close(first(1e-13, 1), 35.4746190769732, 1e-13));
  CHECK(close(first(1e-13, 2), 31.9549935643578, 1e-13));
  CHECK(close(first(100, 10), 31.9549935643578, 1e-13));
  CHECK(close(first(50, 10), 30.8485189996671, 1e-13));
  CHECK(close(first(0.01, 10), 30.8485189996671, 1e-13));  // a share of the total
  CHECK(close(first(20, 10), 30.4769385642644, 1e-13));
  CHECK(close(first(5, 10), 30.3494175852167, 1e-13));

  const auto made = baro::rake(s.weight, margins, convention::r_rake());
  CHECK(made.status() == baro::status::ok);
  CHECK(made.largest_gap() > 1e-5);  // and it says so
  const auto cut_short = baro::rake(s.weight, margins, convention::r_rake(1e-13, 2));
  CHECK(cut_short.status() == baro::status::iteration_limit);
}

TEST_CASE("R's rake: standard errors by sweeps of unweighted means") {
  const schools s;
  const auto error = [&](const std::vector<margin>& margins,
                         const baro::calibration_options& options) {
    const auto c = baro::rake(s.weight, margins, options);
    const baro::design d{baro::weights(c), baro::strata(s.data.text("stype")),
                         baro::population_sizes(s.fpc)};
    return baro::mean(d, s.api00).standard_error(0);
  };
  const auto r = convention::r_rake(1e-12, 1000);
  CHECK(close(error({s.wide(), s.better()}, r), 9.34843483914691, 1e-12));
  CHECK(close(error({s.stype(), s.wide()}, r), 9.27291508967736, 1e-12));  // conventions 1.4
  CHECK(close(error({s.awards(), s.wide()}, r), 9.29218421877933, 1e-12));
  // Stopped early, R's means take the weights that each margin left behind, ours the last ones.
  CHECK(close(error({s.wide(), s.better()}, convention::r_rake()), 9.34853380623636, 1e-5));

  auto ours = r;
  ours.residuals = baro::residual_rule::regression;
  CHECK(close(error({s.stype(), s.wide()}, ours), 9.26954761, 1e-8));
  CHECK(close(error({s.awards(), s.wide()}, ours), 9.28557159, 1e-8));
}

TEST_CASE("R's calibrate stops at its own gap") {
  const schools s;
  const std::vector<double> api99 = s.data.numbers("api99");
  const std::vector<margin> margins{
      s.stype(), s.wide(), margin::total(baro::answers(api99).named("api99"), 3914069)};
  const auto options = convention::r_calibrate();
  const auto check = [&](const auto& distance, std::vector<double> expected) {
    const auto c = baro::calibrate(s.weight, margins, distance, options);
    const std::size_t row[] = {0, 1, 49, 199};
    for (std::size_t k = 0; k < 4; ++k) CHECK(close(c.weights()[row[k]], expected[k], 1e-9));
  };
  check(baro::raking_distance{},
        {45.4176550080997, 43.0462546507785, 45.6906811959418, 14.9786894270479});
  check(baro::logit_distance({.low = 0.5, .high = 1.8}),
        {45.4164375084576, 43.0445299277012, 45.6870592060913, 14.9790487879651});
  check(baro::linear_distance{},
        {45.4122399718083, 43.0398206894704, 45.6773927151284, 14.9805181850398});
}

TEST_CASE("CALMAR stops where ratios of weights change by less than its threshold") {
  const panel p;
  const baro::logit_distance logit({.low = 0.1, .high = 8});
  const auto c = baro::calibrate(p.weight, p.margins(), logit, convention::calmar());
  CHECK(c.status() == baro::status::ok);
  // The iteration before had not stopped, so one fewer is too few.
  auto fewer = convention::calmar();
  fewer.max_iterations = c.iterations() - 1;
  const auto before = baro::calibrate(p.weight, p.margins(), logit, fewer);
  CHECK(before.status() == baro::status::iteration_limit);
  double last = 0;
  for (std::size_t i = 0; i < c.size(); ++i)
    last = std::max(last, std::abs(c.weights()[i] - before.weights_anyway()[i]) / p.weight[i]);
  CHECK(last <= 1.05e-4);
  fewer.max_iterations = c.iterations() - 2;
  const auto earlier = baro::calibrate(p.weight, p.margins(), logit, fewer);
  double last_but_one = 0;
  for (std::size_t i = 0; i < c.size(); ++i)
    last_but_one = std::max(
        last_but_one,
        std::abs(before.weights_anyway()[i] - earlier.weights_anyway()[i]) / p.weight[i]);
  CHECK(last_but_one > 1.05e-4);
  // Linear: the first step arrives, the second changes nothing.
  const auto linear =
      baro::calibrate(p.weight, p.margins(), baro::linear_distance{}, convention::calmar());
  CHECK(linear.iterations() <= 2);
}

TEST_CASE("icarus takes the first weights within its tolerance") {
  const panel p;
  const auto c =
      baro::calibrate(p.weight, p.margins(), baro::raking_distance{}, convention::icarus());
  CHECK(c.status() == baro::status::ok);
  CHECK(c.largest_gap() < 1e-6);
  auto loose = convention::icarus(1e-2);
  const auto l = baro::calibrate(p.weight, p.margins(), baro::raking_distance{}, loose);
  CHECK(l.largest_gap() < 1e-2);
  CHECK(l.largest_gap() > 1e-10);
  CHECK(l.iterations() < c.iterations());
}

TEST_CASE("rim weighting with a cap inside the loop, beside the loop written out") {
  const panel p;
  const double cap = 2;
  // Weights of mean 1, as tabulation programs keep them.
  const auto n = static_cast<double>(p.weight.size());
  std::vector<double> w = p.weight;
  const auto to_mean = [&] {
    const double sum = std::accumulate(w.begin(), w.end(), 0.0);
    for (double& x : w) x *= n / sum;
  };
  to_mean();
  const auto fit = [&](const std::vector<int>& code, const std::vector<double>& share) {
    std::vector<double> sum(share.size());
    for (std::size_t i = 0; i < w.size(); ++i) sum[static_cast<std::size_t>(code[i])] += w[i];
    for (std::size_t i = 0; i < w.size(); ++i) {
      const auto level = static_cast<std::size_t>(code[i]);
      w[i] *= share[level] * n / sum[level];
    }
  };
  double change = 1e6, last = 1e7;
  int sweeps = 0;
  while (change < 0.99 * last) {
    const std::vector<double> old = w;
    fit(p.a, {.5, .3, .2});
    fit(p.b, {.1, .2, .45, .25});
    while (*std::max_element(w.begin(), w.end()) > cap * (1 + 1e-12)) {
      for (double& x : w) x = std::min(x, cap);
      to_mean();
    }
    last = change;
    change = 0;
    for (std::size_t i = 0; i < w.size(); ++i) change += std::abs(w[i] - old[i]);
    ++sweeps;
  }
  const auto c = baro::rake(p.weight, p.margins(), convention::rim(cap));
  CHECK(c.status() == baro::status::ok);
  CHECK(c.iterations() == sweeps);
  const double mean = c.summary().mean();
  for (std::size_t i = 0; i < w.size(); ++i) CHECK(close(c.weights()[i] / mean, w[i], 1e-10));
  const auto highest = [](const baro::calibration& of) {
    return *std::max_element(of.weights().begin(), of.weights().end()) / of.summary().mean();
  };
  CHECK(highest(c) <= cap * (1 + 1e-11));
  // Without weights to cut it is raking.
  const auto free = baro::rake(p.weight, p.margins(), convention::rim(1000, 1e-6));
  const auto raked = baro::rake(p.weight, p.margins());
  CHECK(highest(raked) > 1.1 * cap);
  for (std::size_t i = 0; i < w.size(); ++i)
    CHECK(close(free.weights()[i], raked.weights()[i], 1e-4));
}

TEST_CASE("R's standard errors do not depend on what is known of nonrespondents") {
  const panel p;
  std::vector<char> responded;
  for (std::size_t i = 0; i < p.a.size(); ++i) responded.push_back(i % 4 != 0);
  const std::vector<int> everybody(p.a.size(), 1);
  std::vector<double> y;
  for (std::size_t i = 0; i < p.a.size(); ++i) y.push_back(p.a[i] + 0.5 * p.b[i]);
  const auto error = [&](int of_nonrespondents) {
    std::vector<int> b = p.b;
    for (std::size_t i = 0; i < b.size(); ++i)
      if (responded[i] == 0) b[i] = of_nonrespondents;
    const auto first = baro::adjust_nonresponse(p.weight, responded,
                                                {baro::categories(everybody).named("all")});
    auto options = convention::r_rake(1e-12, 1000);
    const auto second = baro::rake(
        first,
        {p.margins()[0], margin::shares(baro::categories(b).named("b"),
                                        {{"0", .1}, {"1", .2}, {"2", .45}, {"3", .25}})},
        options);
    return baro::mean(baro::design{baro::weights(second)}, y).standard_error(0);
  };
  CHECK(close(error(0), error(1), 1e-13));
  CHECK(close(error(0), error(3), 1e-13));
}

TEST_CASE("weights by a convention are made when its rule says so, however small some are") {
  // Harsh targets under a cap: sweeps cut and refit until some weights are next to nothing.
  panel p;
  p.a.assign(p.a.size(), 0);
  for (std::size_t i = 0; i < 6; ++i) p.a[i] = static_cast<int>(1 + i % 2);
  const auto n = static_cast<double>(p.a.size());
  const std::vector<double> same(p.a.size(), 1.0);
  const auto c = baro::rake(same,
                            {margin::counts(baro::categories(p.a).named("a"),
                                            {{"0", .2 * n}, {"1", .4 * n}, {"2", .4 * n}})},
                            convention::rim(1.5));
  CHECK(c.status() != baro::status::infeasible);
}

TEST_CASE("what a convention cannot be used for is refused") {
  const panel p;
  CHECK_THROWS_WITH_AS(convention::rim(1), "rim: cap = 1, must be above 1 and finite",
                       baro::value_error);
  CHECK_THROWS_WITH_AS(
      baro::calibrate(p.weight, p.margins(), baro::raking_distance{}, convention::rim(3)),
      "calibrate: cap is inside the loop of rake; here final_weights is", baro::value_error);
  CHECK_THROWS_WITH_AS(
      baro::calibrate(p.weight, p.margins(), baro::raking_distance{}, convention::r_rake()),
      "calibrate: residuals r_rake are those of rake", baro::value_error);
  auto both = convention::rim(3);
  both.final_weights = baro::weight_bounds{0, 5};
  CHECK_THROWS_WITH_AS(baro::rake(p.weight, p.margins(), both),
                       "rake: cap and final_weights exclude each other", baro::value_error);
}

}  // namespace weights_convention

TEST_SUITE_END();
