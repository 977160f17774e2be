// SPDX-License-Identifier: BSL-1.0
// All figures of all waves at once: one figure is `follow`, order does not matter, a full panel
// is one survey asked twice, the change of one population less that of another by simulation.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/transform.hpp>
#include <baro/trend/follow.hpp>
#include <baro/trend/joint_waves.hpp>

#include <Eigen/Eigenvalues>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <trend/barometer_waves.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/joint_waves");

namespace trend_joint_waves {

using baro::answers, baro::categories, baro::joint_waves, baro::link_rule, baro::linked_by,
    baro::mean_of, baro::share_of, baro::wave;
using boost::multiprecision::cpp_bin_float_50;
using test::close, test::made_panel;

TEST_CASE("one figure: the same as follow") {
  const auto panel = made_panel(4, 150, 3, .6, 5);
  std::vector<baro::design> designs;
  for (const auto& w : panel) designs.push_back(w.design());
  std::vector<wave<double>> waves;
  for (std::size_t t = 0; t < 4; ++t)
    waves.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person),
                       mean_of<double>(answers(panel[t].y)));
  for (const auto rule : {link_rule::pattern, link_rule::stratum, link_rule::independent}) {
    const auto e = joint_waves(waves, rule);
    const auto series = baro::follow(waves, rule).at(0);
    for (std::size_t t = 0; t < 4; ++t) {
      CHECK(e.entry(t).label.wave == std::to_string(t));
      for (std::size_t s = 0; s < 4; ++s)
        CHECK(close(e.covariance(t, s), series.figures().covariance(t, s), 1e-10));
    }
  }
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(joint_waves(waves, link_rule::berger_priam));
        }) == "joint_waves: rule = 'berger_priam', must be pattern, stratum or independent");
}

TEST_CASE("a full panel is one survey that was asked both questions") {
  const auto panel = made_panel(2, 80, 2, 1, 9);
  const auto& first = panel[0];
  const auto& second = panel[1];
  const baro::design design{baro::weights(first.weight), baro::strata(first.stratum)};
  std::vector<wave<double>> waves;
  for (std::size_t t = 0; t < 2; ++t)
    waves.emplace_back(std::to_string(t), design, linked_by(first.person),
                       mean_of<double>(answers(panel[t].y)),
                       share_of<double>(categories(panel[t].answer)));
  const auto e = joint_waves(waves);
  const auto one = baro::tabulate(
      design, mean_of<double>(answers(first.y)), share_of<double>(categories(first.answer)),
      mean_of<double>(answers(second.y)), share_of<double>(categories(second.answer)));
  REQUIRE(e.size() == one.size());
  for (std::size_t i = 0; i < e.size(); ++i)
    for (std::size_t j = 0; j < e.size(); ++j)
      CHECK(std::abs(e.covariance(i, j) - one.covariance(i, j)) <
            1e-9 * one.standard_error(i) * one.standard_error(j));
}

TEST_CASE("the order of the figures does not matter, and V is positive semi-definite") {
  const auto panel = made_panel(3, 90, 3, .6, 15);
  std::vector<baro::design> designs;
  for (const auto& w : panel) designs.push_back(w.design());
  std::vector<wave<double>> one, two;
  for (std::size_t t = 0; t < 3; ++t) {
    const auto y = mean_of<double>(answers(panel[t].y));
    const auto w = mean_of<double>(answers(panel[t].weight));
    one.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person), y, w);
    two.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person), w, y);
  }
  const auto a = joint_waves(one), b = joint_waves(two);
  const auto turned = [](std::size_t i) { return i % 2 == 0 ? i + 1 : i - 1; };
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j)
      CHECK(close(a.covariance(i, j), b.covariance(turned(i), turned(j)), 1e-9));
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(a.covariance());
  CHECK(eigen.eigenvalues().minCoeff() > -1e-13 * eigen.eigenvalues().maxCoeff());
}

TEST_CASE("the change of one population less that of another, by simulation") {
  test::dice d(12);
  double estimated = 0, mean = 0, square = 0;
  const int draws = 250;
  for (int k = 0; k < draws; ++k) {
    std::array<std::vector<double>, 2> y;
    std::array<std::vector<int>, 2> person, group;
    for (int i = 0; i < 150; ++i) {
      const double own = d.bell();
      for (std::size_t t = 0; t < 2; ++t) {
        const double answer = own + .6 * d.bell();
        if (t == 0 ? i >= 100 : i < 50) continue;
        y[t].push_back(answer);
        person[t].push_back(i);
        group[t].push_back(i % 3 == 0 ? 1 : 2);
      }
    }
    std::vector<wave<double>> waves;
    const baro::design design{baro::rows(100)};
    for (std::size_t t = 0; t < 2; ++t)
      waves.emplace_back(std::to_string(t), design, linked_by(person[t]), baro::by(group[t]),
                         mean_of<double>(answers(y[t])));
    const auto gap = baro::transform(
        joint_waves(waves), [](const auto& m) { return (m[2] - m[0]) - (m[3] - m[1]); });
    estimated += gap.variance(0) / draws;
    mean += gap.value(0) / draws;
    square += gap.value(0) * gap.value(0) / draws;
  }
  CHECK(close(estimated, square - mean * mean, .25));
}

TEST_CASE("a domain without anybody keeps its NaN, and the same template in 50 digits") {
  const auto panel = made_panel(2, 60, 2, .7, 33);
  std::vector<std::vector<int>> group(2);
  for (std::size_t t = 0; t < 2; ++t)
    for (const int p : panel[t].person) group[t].push_back(p % 2);
  std::vector<baro::design> designs;
  for (const auto& w : panel) designs.push_back(w.design());
  const auto asked = [&]<class Real>(Real) {
    std::vector<wave<Real>> waves;
    for (std::size_t t = 0; t < 2; ++t)
      waves.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person),
                         baro::by(categories(group[t], baro::coded_labels{{"a", "b", "none"}})),
                         mean_of<Real>(answers(panel[t].y)));
    return joint_waves(waves);
  };
  const auto found = asked(0.0);
  const auto exact = asked(cpp_bin_float_50(0));
  CHECK(found.entry(2).status == baro::status::empty_domain);
  CHECK(std::isnan(found.covariance(2, 4)));
  for (const std::size_t i : {0U, 1U, 3U, 4U})
    for (const std::size_t j : {0U, 1U, 3U, 4U})
      CHECK(close(found.covariance(i, j), static_cast<double>(exact.covariance(i, j)), 1e-10));
}

}  // namespace trend_joint_waves

TEST_SUITE_END();
