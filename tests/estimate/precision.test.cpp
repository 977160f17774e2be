// SPDX-License-Identifier: BSL-1.0
// double against 50 digits, on data chosen to be hard.
#include <baro/estimate/balance.hpp>
#include <baro/estimate/function.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/quantile.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>
#include <support/close.hpp>
#include <support/naive_covariance.hpp>
#include <support/nan.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_precision {

using real50 = boost::multiprecision::cpp_bin_float_50;
using test::close;
using test::sample;

/// Answers near 1e9 with a standard deviation of 1, a tenth of them missing, and two strata
/// that leave single units: one of a single respondent, one of a respondent or two per region.
sample far_answers(std::uint64_t seed) {
  sample s = sample::of(400, seed);
  test::dice d(seed);
  for (std::size_t i = 0; i < s.size(); ++i) {
    s.x[i] = 1e9 + d.bell();
    s.y[i] = d.below(10) == 0 ? test::nan : 1e9 + .5 * (s.x[i] - 1e9) + d.bell();
  }
  const int small_region[] = {1, 2, 3, 3};
  for (std::size_t i = 0; i < 5; ++i) {
    s.stratum[i] = i < 4 ? 98 : 99;
    s.psu[i] = static_cast<int>(i);
    s.region[i] = i < 4 ? small_region[i] : 2;
    s.y[i] = s.x[i] + d.bell();
  }
  return s;
}

/// Weights over six orders of magnitude.
sample hard(std::uint64_t seed) {
  sample s = far_answers(seed);
  test::dice d(seed + 50);
  for (double& w : s.weight) w = std::pow(10.0, 6 * d.uniform() - 3);
  return s;
}

/// One weight per stratum: all the variance is that of the answers' last digits.
sample self_weighting(std::uint64_t seed) {
  sample s = far_answers(seed);
  for (std::size_t i = 0; i < s.size(); ++i) s.weight[i] = .1 + .7 * (s.stratum[i] % 10);
  return s;
}

/// Every stratum begins with a respondent who weighs a million times the others, outside of two
/// domains of three.
sample heavy_first(std::uint64_t seed) {
  sample s = far_answers(seed);
  std::set<int> met;
  for (std::size_t i = 5; i < s.size(); ++i)
    if (met.insert(s.stratum[i]).second) {
      s.weight[i] *= 1e6;
      s.region[i] = 3;
    }
  return s;
}

struct named_design {
  std::string name;
  baro::design design;
};

std::vector<named_design> designs(const sample& s) {
  using baro::single_psu;
  const baro::sampling_fraction some(.1), more(.4);
  std::vector<named_design> out;
  out.push_back({"weights", baro::design{baro::weights(s.weight)}});
  for (const single_psu p :
       {single_psu::remove, single_psu::average, single_psu::center, single_psu::certainty}) {
    const std::string policy(baro::name(p));
    out.push_back({"strata, " + policy, s.stratified(p)});
    out.push_back({"psus, " + policy, s.clustered(p)});
    out.push_back({"units of two stages, " + policy,
                   s.clustered(some, p, baro::stage(baro::psus(s.answer), more))});
    out.push_back({"respondents in psus, " + policy,
                   s.clustered(some, p, baro::stage(baro::sampling_fraction(.3)))});
  }
  return out;
}

/// Every statistic, by region: joint covariances across variables and domains are in it.
template <class Real>
baro::estimate<Real> estimate_all(const baro::design& d, const sample& s) {
  const baro::categories level(s.answer);
  return baro::tabulate<Real>(
      d, baro::by(s.region), baro::mean_of<Real>(s.y), baro::total_of<Real>(s.y),
      baro::total_of<Real>(s.x), baro::ratio_of<Real>(s.y, s.x), baro::share_of<Real>(level),
      baro::balance_of<Real>(level, {"4", "5"}, {"1"}), baro::nps_of<Real>(level),
      baro::function_of<Real>({s.y, s.x}, [](const auto& t) { return t[1] * t[0] / t[2]; }));
}

/// The entries that have not 13 digits of the value, 11 of the standard error, or whose
/// covariance with another entry is off by more than 1e-11 of the two standard errors.
std::string wrong(const baro::estimate<double>& e, const baro::estimate<real50>& exact) {
  if (e.size() != exact.size()) return "sizes";
  const auto missing = [](const auto& x) { return x != x; };
  std::string out;
  for (std::size_t i = 0; i < e.size(); ++i) {
    const baro::label& l = e.entry(i).label;
    const std::string who =
        std::string(name(l.statistic)) + " " + l.level + " in " + l.domain[0];
    if (!close(real50(e.value(i)), exact.value(i), 1e-13)) out += "value of " + who + "\n";
    if (missing(exact.variance(i)) != missing(e.variance(i)) ||
        (!missing(e.variance(i)) &&
         !close(real50(e.standard_error(i)), exact.standard_error(i), 1e-11)))
      out += "error of " + who + "\n";
    for (std::size_t j = 0; j < i; ++j) {
      const real50 most = exact.standard_error(i) * exact.standard_error(j);
      if (!missing(most) &&
          !(abs(real50(e.covariance(i, j)) - exact.covariance(i, j)) <= 1e-11 * most))
        out += "covariance of " + who + " with entry " + std::to_string(j) + "\n";
    }
  }
  return out;
}

TEST_SUITE("estimate/precision") {
  TEST_CASE("double has 13 digits of a value, 11 of an error, every covariance beside them") {
    for (const sample& s : {hard(0), hard(1), self_weighting(2), heavy_first(3)})
      for (const named_design& d : designs(s)) {
        CAPTURE(d.name);
        const auto e = estimate_all<double>(d.design, s);
        const auto exact = estimate_all<real50>(d.design, s);
        CHECK(wrong(e, exact) == "");
        for (std::size_t i = 0; i < e.size(); ++i)
          if (e.entry(i).deff == e.entry(i).deff)
            CHECK(close(real50(e.entry(i).deff), exact.entry(i).deff, 1e-10));
      }
  }

  TEST_CASE("quantiles are the same answers, and the shares below them have their digits") {
    for (const sample& s : {hard(4), self_weighting(5), heavy_first(6)})
      for (const named_design& d : designs(s)) {
        CAPTURE(d.name);
        for (const double p : {.1, .5, .8}) {
          const auto q =
              baro::quantile<double>(d.design, s.y, baro::probability(p), baro::by(s.region));
          const auto exact =
              baro::quantile<real50>(d.design, s.y, baro::probability(p), baro::by(s.region));
          REQUIRE(q.size() == exact.size());
          for (std::size_t i = 0; i < q.size(); ++i)
            CHECK(real50(q.value(i)) == exact.value(i));
          CHECK(wrong(q.share_below(), exact.share_below()) == "");
        }
      }
  }

  TEST_CASE("50 digits are those of the textbook formula") {
    sample s = hard(7);
    for (double& y : s.y)
      if (y != y) y = 1e9;
    const std::vector<double> none(s.size(), 0.0);
    const std::vector<test::naive_stage> stages{{s.stratum, s.psu, none}};
    const auto exact = baro::tabulate<real50>(
        s.clustered(baro::single_psu::remove), baro::mean_of<real50>(s.y),
        baro::ratio_of<real50>(s.y, s.x), baro::total_of<real50>(s.y));
    real50 w(0), y(0), x(0);
    for (std::size_t i = 0; i < s.size(); ++i) {
      w += s.weight[i];
      y += real50(s.weight[i]) * s.y[i];
      x += real50(s.weight[i]) * s.x[i];
    }
    CHECK(close(exact.value(0), real50(y / w), 1e-45));
    CHECK(close(exact.value(1), real50(y / x), 1e-45));
    CHECK(close(exact.value(2), y, 1e-45));
    std::vector<std::vector<real50>> u(3);
    for (std::size_t i = 0; i < s.size(); ++i) {
      u[0].push_back(real50(s.weight[i]) * (s.y[i] - y / w) / w);
      u[1].push_back(real50(s.weight[i]) * (s.y[i] - y / x * s.x[i]) / x);
      u[2].push_back(real50(s.weight[i]) * s.y[i]);
    }
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j <= i; ++j)
        CHECK(close(exact.covariance(i, j), test::naive_covariance(stages, u[i], u[j]), 1e-25));
  }

  TEST_CASE("long double does at least as well") {
    const sample s = hard(1);
    const baro::design d = s.clustered(baro::single_psu::remove);
    const auto exact = estimate_all<real50>(d, s);
    const auto wide = estimate_all<long double>(d, s);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      CAPTURE(i);
      CHECK(close(real50(wide.value(i)), exact.value(i), 1e-15));
      CHECK(close(real50(wide.standard_error(i)), exact.standard_error(i), 1e-13));
    }
  }
}

}  // namespace estimate_precision
