// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/mean.hpp>
#include <baro/estimate/total.hpp>
#include <baro/weights/nonresponse.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/nonresponse");

namespace weights_nonresponse {

using test::close;

const std::vector<int> group{1, 1, 1, 2, 2, 2};
const std::vector<double> d{1, 2, 3, 1, 1, 4};
const std::vector<char> answered{1, 0, 1, 1, 1, 0};
const baro::categories groups = baro::categories(group).named("class");

TEST_CASE("weighting classes by hand") {
  const auto c = baro::adjust_nonresponse(d, answered, {groups});
  const double one = 6.0 / 4, two = 6.0 / 2;
  const std::vector<double> expected{one, 0, 3 * one, two, two, 0};
  for (std::size_t i = 0; i < d.size(); ++i) CHECK(close(c.weights()[i], expected[i], 1e-13));
  CHECK(c.steps() == std::vector<std::string>{"nonresponse"});
}

TEST_CASE("the variance of weighting classes is that of their linearised formula") {
  // z = d (ȳ_c + r g (y − ȳ_c)) for everybody in the sample, each respondent a unit.
  const std::vector<double> y{3, 1e9, 5, 8, 2, 1e9};  // those without an answer do not count
  const auto c = baro::adjust_nonresponse(d, answered, {groups});
  const baro::design design{baro::weights(c)};
  const auto total = baro::total(design, y);
  const double mean[2] = {(3 + 15) / 4.0, (8 + 2) / 2.0}, g[2] = {1.5, 3};
  std::vector<double> z;
  for (std::size_t i = 0; i < 6; ++i) {
    const auto k = static_cast<std::size_t>(group[i] - 1);
    z.push_back(d[i] * (mean[k] + (answered[i] ? g[k] * (y[i] - mean[k]) : 0)));
  }
  double sum = 0, squares = 0;
  for (const double x : z) sum += x;
  for (const double x : z) squares += (x - sum / 6) * (x - sum / 6);
  CHECK(close(total.value(0), sum, 1e-12));
  CHECK(close(total.variance(0), 6.0 / 5 * squares, 1e-11));
}

TEST_CASE("a logistic response model on one question is its classes") {
  const auto classes = baro::adjust_nonresponse(d, answered, {groups});
  const auto model =
      baro::adjust_nonresponse(d, answered, {groups}, baro::inverse_logit_distance{});
  for (std::size_t i = 0; i < d.size(); ++i)
    CHECK(close(model.weights()[i], classes.weights()[i], 1e-12));
}

/// A population of two classes of unlike answers, response 80 % and 40 %, then a margin.
TEST_CASE("standard errors of a chain of nonresponse and raking are true in simulation") {
  test::dice dice(11);
  const int draws = 1500, n = 400;
  double sum = 0, squares = 0, variance = 0, naive = 0;
  for (int t = 0; t < draws; ++t) {
    std::vector<int> known, margin_of;
    std::vector<double> base, y;
    std::vector<char> r;
    for (int i = 0; i < n; ++i) {
      const int k = dice.uniform() < 0.5 ? 1 : 2, m = dice.uniform() < 0.3 + 0.2 * k ? 1 : 2;
      known.push_back(k);
      margin_of.push_back(m);
      base.push_back(1);
      y.push_back(10 * k + 4 * m + 3 * dice.bell());
      r.push_back(dice.uniform() < (k == 1 ? 0.8 : 0.4));
    }
    const auto first =
        baro::adjust_nonresponse(base, r, {baro::categories(known).named("known")});
    const auto second =
        baro::calibrate(first,
                        {baro::margin::shares(baro::categories(margin_of).named("m"),
                                              {{"1", 0.6}, {"2", 0.4}})},
                        baro::raking_distance{});
    const baro::design design{baro::weights(second)};
    const auto e = baro::mean(design, y);
    sum += e.value(0);
    squares += e.value(0) * e.value(0);
    variance += e.variance(0);
    const std::vector<double> w(second.weights().begin(), second.weights().end());
    naive += baro::mean(baro::design{baro::weights(w)}, y).variance(0);
  }
  const double truth = squares / draws - (sum / draws) * (sum / draws);
  const double ratio = std::sqrt(variance / draws / truth);
  CAPTURE(std::sqrt(naive / draws / truth));
  // The standard deviation of 1500 draws is known to 1.8 %.
  CHECK(ratio > 0.945);
  CHECK(ratio < 1.055);
  CHECK(std::sqrt(naive / draws / truth) > 1.1);  // what leaving the chain out would say
}

TEST_CASE("who cannot stand in for nobody is refused") {
  const std::vector<char> nobody{1, 1, 1, 0, 0, 0};
  CHECK(test::refused<baro::value_error>(
            [&] { (void)baro::adjust_nonresponse(d, nobody, {groups}); }) ==
        "adjust_nonresponse: nobody with class = '2' responded, their weight of 6 must go to "
        "somebody: merge levels");
}

}  // namespace weights_nonresponse

TEST_SUITE_END();
