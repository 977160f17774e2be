// SPDX-License-Identifier: BSL-1.0
// Generalised calibration: its closed form, its limits, its standard errors by the jackknife.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/total.hpp>
#include <baro/weights/calibrate.hpp>
#include <baro/weights/nonresponse.hpp>

#include <Eigen/Dense>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <support/close.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/instrument");

namespace weights_instrument {

using baro::margin;
using test::close;

/// Respondents of a survey that those who are content answer more often: what is known of the
/// population is region and age, what explains response is region and contentment.
struct survey {
  explicit survey(unsigned seed = 3, int n = 240) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0, 1);
    for (int i = 0; i < n; ++i) {
      region.push_back(static_cast<int>(random() % 3));
      age.push_back(20 + 50 * uniform(random));
      content.push_back(0.02 * age.back() + uniform(random) + 0.2 * region.back());
      y.push_back(5 + content.back() + uniform(random) + (content.back() > 1.5 ? 3 : 0));
      weight.push_back(5 + 5 * uniform(random));
    }
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double w = weight[i] * (1.6 - 0.3 * content[i]);
      region_total[static_cast<std::size_t>(region[i])] += w;
      age_total += w * age[i];
    }
  }
  std::vector<margin> margins() const {
    return {margin::counts(
                baro::categories(region).named("region"),
                {{"0", region_total[0]}, {"1", region_total[1]}, {"2", region_total[2]}}),
            margin::total(baro::answers(age).named("age"), age_total)};
  }
  std::vector<baro::instrument> instruments() const {
    return {baro::categories(region).named("region"), baro::answers(content).named("content")};
  }
  template <class Distance>
  baro::calibration make(const Distance& distance) const {
    return baro::calibrate(weight, margins(), distance, {.instruments = instruments()});
  }
  std::vector<int> region;
  std::vector<double> age, content, y, weight, region_total = std::vector<double>(3);
  double age_total = 0;
};

TEST_CASE("linear: d (1 + zᵀλ), (Σ d x zᵀ) λ = t − Σ d x") {
  const survey s;
  Eigen::Matrix4d a = Eigen::Matrix4d::Zero();
  Eigen::Vector4d t(s.region_total[0], s.region_total[1], s.region_total[2], s.age_total);
  const auto row = [&](std::size_t i, double last) {
    Eigen::Vector4d x = Eigen::Vector4d::Zero();
    x(s.region[i]) = 1;
    x(3) = last;
    return x;
  };
  for (std::size_t i = 0; i < s.y.size(); ++i) {
    a += s.weight[i] * row(i, s.age[i]) * row(i, s.content[i]).transpose();
    t -= s.weight[i] * row(i, s.age[i]);
  }
  const Eigen::Vector4d lambda = a.fullPivLu().solve(t);
  const auto c = s.make(baro::linear_distance{});
  for (std::size_t i = 0; i < s.y.size(); ++i)
    CHECK(close(c.weights()[i], s.weight[i] * (1 + row(i, s.content[i]).dot(lambda)), 1e-11));
}

TEST_CASE("the targets are met with every distance, and the factors are those of instruments") {
  const survey s;
  const auto check = [&](const auto& distance) {
    const auto c = s.make(distance);
    REQUIRE(c.status() == baro::status::ok);
    CHECK(c.largest_gap() <= 1e-12);
    // u = F⁻¹(factor) is linear in z: within a region it is a line in content.
    std::vector<std::size_t> of_region;
    for (std::size_t i = 0; i < s.y.size() && of_region.size() < 3; ++i)
      if (s.region[i] == 1) of_region.push_back(i);
    const auto u = [&](std::size_t k) {
      const std::size_t i = of_region[k];
      return std::log(c.weights()[i] / s.weight[i]);
    };
    if constexpr (std::is_same_v<std::decay_t<decltype(distance)>, baro::raking_distance>) {
      const auto z = [&](std::size_t k) { return s.content[of_region[k]]; };
      CHECK(close((u(1) - u(0)) / (z(1) - z(0)), (u(2) - u(0)) / (z(2) - z(0)), 1e-9));
    }
  };
  check(baro::linear_distance{});
  check(baro::raking_distance{});
  check(baro::logit_distance({.low = 0.2, .high = 4}));
  check(baro::sinh_distance{});
  check(baro::truncated_distance({.low = 0.3, .high = 3}));
}

TEST_CASE("margins as their own instruments are calibration as it was") {
  const survey s;
  const std::vector<baro::instrument> own{baro::categories(s.region).named("region"),
                                          baro::answers(s.age).named("age")};
  const auto check = [&](const auto& distance) {
    const auto with = baro::calibrate(s.weight, s.margins(), distance, {.instruments = own});
    const auto without = baro::calibrate(s.weight, s.margins(), distance);
    for (std::size_t i = 0; i < s.y.size(); ++i)
      CHECK(close(with.weights()[i], without.weights()[i], 1e-11));
    return std::pair(with, without);
  };
  check(baro::raking_distance{});
  check(baro::logit_distance({.low = 0.2, .high = 4}));
  // Where F′ is 1 the standard errors are the same as well.
  const auto [with, without] = check(baro::linear_distance{});
  const auto error = [&](const baro::calibration& c) {
    return baro::mean(baro::design{baro::weights(c)}, s.y).standard_error(0);
  };
  CHECK(close(error(with), error(without), 1e-10));
}

TEST_CASE("any other basis of the same instruments gives the same weights") {
  const survey s;
  std::vector<double> other;
  for (std::size_t i = 0; i < s.y.size(); ++i)
    other.push_back(100 - 7 * s.content[i] + 3 * s.region[i]);
  const auto a = s.make(baro::raking_distance{});
  const auto b = baro::calibrate(s.weight, s.margins(), baro::raking_distance{},
                                 {.instruments = {baro::categories(s.region).named("region"),
                                                  baro::answers(other).named("other")}});
  for (std::size_t i = 0; i < s.y.size(); ++i)
    CHECK(close(a.weights()[i], b.weights()[i], 1e-10));
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const survey s;
  const baro::starting_weights start(s.weight);
  const auto margins = s.margins();
  const baro::calibration_options options{.instruments = s.instruments()};
  baro::detail::problem_builder builder("test", margins, start, options, true);
  const auto& p = builder.problem();
  auto rows = baro::detail::read_instruments("test", options.instruments, p.x, p.d);
  const baro::raking_distance distance;
  const auto exact = baro::detail::instrument_solver<real>(p, rows).solve(
      [&](std::size_t, const real& u) { return distance.factor(u); },
      [&](std::size_t, const real& u) { return distance.slope(u); }, {1e-40, 100});
  REQUIRE(exact.status == baro::status::ok);
  const auto c = s.make(distance);
  for (std::size_t i = 0; i < s.y.size(); ++i)
    CHECK(close(c.weights()[i], s.weight[i] * static_cast<double>(exact.factor[i]), 1e-12));
}

TEST_CASE("the standard error is that of the jackknife, far from the starting weights too") {
  const survey s(11, 1200);
  const auto check = [&](const auto& distance) {
    const auto c = s.make(distance);
    const baro::design d{baro::weights(c)};
    const double mean = baro::mean(d, s.y).value(0);
    const double error = baro::mean(d, s.y).standard_error(0);
    const auto n = static_cast<double>(s.y.size());
    double sum = 0;
    survey without = s;
    for (std::size_t k = 0; k < s.y.size(); ++k) {
      // The others' weights carry n / (n − 1); the one left out has next to none.
      for (std::size_t i = 0; i < s.y.size(); ++i)
        without.weight[i] = s.weight[i] * (i == k ? 1e-9 : n / (n - 1));
      const auto made = without.make(distance);
      double total = 0, size = 0;
      for (std::size_t i = 0; i < s.y.size(); ++i) {
        total += made.weights()[i] * s.y[i];
        size += made.weights()[i];
      }
      sum += (total / size - mean) * (total / size - mean);
    }
    CHECK(close(error, std::sqrt(sum * (n - 1) / n), 0.02));
    return error;
  };
  check(baro::raking_distance{});
  check(baro::inverse_logit_distance{});
}

TEST_CASE("instruments after raking, some final weights at a bound: the jackknife again") {
  const survey s(17, 1000);
  const auto make = [](const survey& of) {
    const auto raked = baro::calibrate(of.weight, {of.margins()[0]}, baro::raking_distance{});
    return baro::calibrate(
        raked, of.margins(), baro::raking_distance{},
        {.final_weights = baro::weight_bounds{4.5, 9.2}, .instruments = of.instruments()});
  };
  const auto c = make(s);
  REQUIRE(c.status() == baro::status::ok);
  const auto at_bound = std::count(c.weights().begin(), c.weights().end(), 9.2) +
                        std::count(c.weights().begin(), c.weights().end(), 4.5);
  CHECK(at_bound > 50);
  const auto n = static_cast<double>(s.y.size());
  const auto e = baro::total(baro::design{baro::weights(c)}, s.y);
  double sum = 0, squares = 0;
  for (std::size_t k = 0; k < s.y.size(); ++k) {
    survey without = s;
    const auto leave_out = [k](auto& column) {
      column.erase(column.begin() + static_cast<std::ptrdiff_t>(k));
    };
    leave_out(without.region);
    leave_out(without.age);
    leave_out(without.content);
    leave_out(without.y);
    leave_out(without.weight);
    const auto made = make(without);
    double total = 0;
    for (std::size_t i = 0; i < without.y.size(); ++i)
      total += made.weights()[i] * without.y[i];
    sum += total - e.value(0);
    squares += (total - e.value(0)) * (total - e.value(0));
  }
  const double jackknife = std::sqrt((squares - sum * sum / n) * (n - 1) / n);
  CHECK(close(e.standard_error(0), jackknife, 0.01));
}

TEST_CASE("instruments that cannot be are refused by name") {
  const survey s;
  const auto with = [&](std::vector<baro::instrument> z) {
    return baro::calibrate(s.weight, s.margins(), baro::linear_distance{},
                           {.instruments = std::move(z)});
  };
  CHECK_THROWS_WITH_AS(with({baro::answers(s.content).named("content")}),
                       "calibrate: the instruments have 1 independent columns, the margins 4, "
                       "must be as many",
                       baro::value_error);
  std::vector<double> hole = s.content;
  hole[7] = std::nan("");
  CHECK_THROWS_WITH_AS(
      with({baro::categories(s.region).named("region"), baro::answers(hole).named("content")}),
      "calibrate: content[7] = missing, must be known, it is an instrument", baro::value_error);
  const std::vector<double> one_short(s.y.size() - 1, 1.0);
  CHECK_THROWS_AS(with({baro::answers(one_short).named("content")}), baro::size_error);
  CHECK_THROWS_WITH_AS(baro::rake(s.weight, {s.margins()[0]}, {.instruments = s.instruments()}),
                       "rake: instruments are for calibrate", baro::value_error);
  CHECK_THROWS_WITH_AS(
      baro::calibrate(s.weight, {s.margins()[0], s.margins()[1].with_cost(1)},
                      baro::linear_distance{}, {.instruments = s.instruments()}),
      "calibrate: age has a cost, must be met where there are instruments", baro::value_error);
}

}  // namespace weights_instrument

TEST_SUITE_END();
