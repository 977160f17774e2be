// SPDX-License-Identifier: BSL-1.0
// double against 50 digits, on data chosen to be hard: answers near 1e9 with a standard
// deviation of 1, weights over six orders of magnitude.
#include <baro/estimate/balance.hpp>
#include <baro/estimate/function.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <support/close.hpp>
#include <support/naive_covariance.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_precision {

using real50 = boost::multiprecision::cpp_bin_float_50;
using test::close;
using test::sample;

sample hard(std::uint64_t seed) {
  sample s = sample::of(600, seed);
  test::dice d(seed);
  for (std::size_t i = 0; i < s.size(); ++i) {
    s.weight[i] = std::pow(10.0, 6 * d.uniform() - 3);
    s.x[i] = 1e9 + d.bell();
    s.y[i] = 1e9 + .5 * (s.x[i] - 1e9) + d.bell();
  }
  return s;
}

template <class Real>
baro::estimate<Real> estimate_all(const baro::design& d, const sample& s) {
  const baro::categories level(s.answer);
  return baro::tabulate<Real>(
      d, baro::by(s.region), baro::mean_of<Real>(s.y), baro::total_of<Real>(s.y),
      baro::ratio_of<Real>(s.y, s.x), baro::share_of<Real>(level),
      baro::balance_of<Real>(level, {"4", "5"}, {"1"}),
      baro::function_of<Real>({s.y, s.x}, [](const auto& t) { return t[1] * t[0] / t[2]; }));
}

std::vector<baro::design> designs(const sample& s) {
  return {baro::design{baro::weights(s.weight)}, s.stratified(), s.clustered(),
          s.clustered(baro::sampling_fraction(.1), baro::single_psu::remove,
                      baro::stage(baro::psus(s.answer), baro::sampling_fraction(.4)))};
}

TEST_SUITE("estimate/precision") {
  TEST_CASE("double has 13 digits of each value and 11 of each standard error") {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      const sample s = hard(seed);
      for (const baro::design& d : designs(s)) {
        const auto e = estimate_all<double>(d, s);
        const auto exact = estimate_all<real50>(d, s);
        REQUIRE(e.size() == exact.size());
        for (std::size_t i = 0; i < e.size(); ++i) {
          CAPTURE(name(e.entry(i).label.statistic));
          CAPTURE(e.entry(i).label.domain[0]);
          CAPTURE(d.tree().rows_are_units);
          CHECK(close(real50(e.value(i)), exact.value(i), 1e-13));
          CHECK(close(real50(e.standard_error(i)), exact.standard_error(i), 1e-11));
          CHECK(close(real50(e.entry(i).deff), exact.entry(i).deff, 1e-10));
        }
      }
    }
  }

  TEST_CASE("50 digits are those of the textbook formula") {
    const sample s = hard(7);
    const std::vector<double> none(s.size(), 0.0);
    const std::vector<test::naive_stage> stages{{s.stratum, s.psu, none}};
    const auto exact = baro::tabulate<real50>(s.clustered(), baro::mean_of<real50>(s.y),
                                              baro::ratio_of<real50>(s.y, s.x));
    real50 w(0), y(0), x(0);
    for (std::size_t i = 0; i < s.size(); ++i) {
      w += s.weight[i];
      y += real50(s.weight[i]) * s.y[i];
      x += real50(s.weight[i]) * s.x[i];
    }
    CHECK(close(exact.value(0), real50(y / w), 1e-45));
    CHECK(close(exact.value(1), real50(y / x), 1e-45));
    std::vector<real50> mean, ratio;
    for (std::size_t i = 0; i < s.size(); ++i) {
      mean.push_back(real50(s.weight[i]) * (s.y[i] - y / w) / w);
      ratio.push_back(real50(s.weight[i]) * (s.y[i] - y / x * s.x[i]) / x);
    }
    CHECK(close(exact.variance(0), test::naive_covariance(stages, mean, mean), 1e-30));
    CHECK(close(exact.variance(1), test::naive_covariance(stages, ratio, ratio), 1e-25));
    CHECK(close(exact.covariance(0, 1), test::naive_covariance(stages, mean, ratio), 1e-25));
  }

  TEST_CASE("long double does at least as well") {
    const sample s = hard(1);
    const auto exact = estimate_all<real50>(s.clustered(), s);
    const auto wide = estimate_all<long double>(s.clustered(), s);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      CAPTURE(i);
      CHECK(close(real50(wide.value(i)), exact.value(i), 1e-15));
      CHECK(close(real50(wide.standard_error(i)), exact.standard_error(i), 1e-13));
    }
  }
}

}  // namespace estimate_precision
