// SPDX-License-Identifier: BSL-1.0
// The local level: R metafor and KalmanSmooth, a Kalman smoother written here, its limits,
// coverage by simulation.
#include <baro/trend/change.hpp>
#include <baro/trend/local_level.hpp>

#include <Eigen/LU>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/local_level");

namespace trend_local_level {

using baro::local_level, baro::status;
using test::close;
const baro::confidence_level level(0.95);
const double inf = std::numeric_limits<double>::infinity(), nan = std::nan("");
const std::vector<double> years{2009, 2010, 2011, 2013, 2014, 2016};
const std::vector<double> y{40, 43, 41, 47, 45, 52};

/// A value that is NaN is a wave without a figure.
template <class Real = double>
baro::wave_series<Real> waves(const std::vector<double>& value, Eigen::MatrixXd v,
                              const std::vector<double>& times, double df = inf) {
  typename baro::estimate<Real>::vector x(static_cast<Eigen::Index>(value.size()));
  std::vector<baro::entry<Real>> about(value.size());
  for (std::size_t t = 0; t < value.size(); ++t) {
    const auto at = static_cast<Eigen::Index>(t);
    x(at) = Real(value[t]);
    about[t].label.wave = std::to_string(static_cast<int>(times[t]));
    about[t].label.statistic = baro::statistic::share;
    about[t].df = Real(df);
    if (value[t] == value[t]) continue;
    about[t].status = status::empty_domain;
    v.row(at).setConstant(nan);
    v.col(at).setConstant(nan);
  }
  return {baro::estimate<Real>(x, v.template cast<Real>(), about), times};
}

Eigen::MatrixXd covariance(bool linked = true) {
  Eigen::VectorXd d(6);
  d << 2, 3, 1.5, 2.5, 4, 2;
  Eigen::MatrixXd v = d.asDiagonal();
  if (!linked) return v;
  v(0, 1) = v(1, 0) = .5;
  v(2, 3) = v(3, 2) = .7;
  v(3, 4) = v(4, 3) = -.4;
  return v;
}

void same(const baro::smoothed_levels<double>& found, const std::vector<double>& value,
          const std::vector<double>& se, double tolerance) {
  REQUIRE(found.levels.size() == value.size());
  for (std::size_t t = 0; t < value.size(); ++t) {
    CHECK(close(found.levels.value(t), value[t], tolerance));
    CHECK(close(found.levels.standard_error(t), se[t], tolerance));
  }
}

TEST_CASE("restricted likelihood by R, waves correlated and not") {
  // K <- outer(t, t, pmin) - 2009; rma.mv(y, V, random = ~1 | wave, R = list(wave = K),
  // Rscale = FALSE, method = "REML"): sigma2 8.0749301, blup as below to 8 digits; optimize()
  // of the likelihood of diff(y) and the direct formulas
  const auto linked = local_level(waves(y, covariance(), years), level);
  REQUIRE(linked.status == status::ok);
  CHECK(close(linked.drift, 8.07493045713927, 1e-7));
  CHECK(close(linked.log_likelihood, -13.8769837079662, 1e-12));
  same(linked,
       {40.2965437720338, 42.1457275090606, 41.3873169713219, 46.3811775322166,
        46.3703169283996, 51.3796444944466},
       {1.32620453516263, 1.40285022244582, 1.11947684734671, 1.34443761152099,
        1.54150599590689, 1.34479235940264},
       1e-8);
  const auto apart = local_level(waves(y, covariance(false), years), level);
  CHECK(close(apart.drift, 7.71043190318939, 1e-7));
  CHECK(close(apart.log_likelihood, -13.8401722308214, 1e-12));
  same(apart,
       {40.4377456751995, 42.1253497849700, 41.5649769207078, 46.2525192908379,
        46.2909308331263, 51.3445710579767},
       {1.29062889751050, 1.35295168746007, 1.10167980582270, 1.34717360852613,
        1.56448293190595, 1.34262805934362},
       1e-8);
}

TEST_CASE("a wave without a figure is interpolated, as R KalmanSmooth does") {
  // mod <- list(T = matrix(1), Z = 1, h = 2.5, V = matrix(.8), a = 0, P = matrix(1e9),
  // Pn = matrix(1e9)); KalmanSmooth(c(40, 43, NA, 41, 47, 45), mod): smooth, sqrt(var)
  const auto s = waves({40, 43, nan, 41, 47, 45}, 2.5 * Eigen::MatrixXd::Identity(6, 6),
                       {1, 2, 3, 4, 5, 6});
  const auto found = local_level(s, level, 0.8);
  same(found,
       {41.8097246562443, 42.3888366988462, 42.7723763937124, 43.1559160885787,
        44.2293489317901, 44.4161734331743},
       {1.070452994154244, 0.969826351854356, 1.022807264299619, 0.920253914313899,
        0.926787622338184, 1.048342327226500},
       1e-7);
  CHECK(found.weights.col(2).cwiseAbs().sum() == 0);
  CHECK(found.levels.figures().entry(2).status == status::ok);
  CHECK(found.levels.wave(2) == "3");
}

/// Filter and smoother (Rauch, Tung and Striebel) of a walk, from the first figure on, which is
/// what a diffuse start leaves.
void smooth(const std::vector<double>& value, const std::vector<double>& v,
            const std::vector<double>& times, double q, std::vector<double>& mean,
            std::vector<double>& variance) {
  const std::size_t n = value.size();
  std::vector<double> a{value[0]}, p{v[0]}, ahead{0};
  for (std::size_t t = 1; t < n; ++t) {
    ahead.push_back(p[t - 1] + q * (times[t] - times[t - 1]));
    const double gain = value[t] == value[t] ? ahead[t] / (ahead[t] + v[t]) : 0;
    a.push_back(gain > 0 ? a[t - 1] + gain * (value[t] - a[t - 1]) : a[t - 1]);
    p.push_back(ahead[t] * (1 - gain));
  }
  mean = a;
  variance = p;
  for (std::size_t t = n - 1; t-- > 0;) {
    const double back = p[t] / ahead[t + 1];
    mean[t] = a[t] + back * (mean[t + 1] - a[t]);
    variance[t] = p[t] + back * back * (variance[t + 1] - ahead[t + 1]);
  }
}

TEST_CASE("a Kalman smoother finds the same, at any drift and at uneven times") {
  test::dice d(4);
  for (const double q : {1e-6, .03, 1.0, 40.0, 1e6}) {
    std::vector<double> value, v, times, mean, variance;
    for (int t = 0; t < 9; ++t) {
      value.push_back(t == 3 || t == 8 ? nan : 10 * d.bell());
      v.push_back(.5 + 3 * d.uniform());
      times.push_back(t + .8 * d.uniform());
    }
    smooth(value, v, times, q, mean, variance);
    const Eigen::VectorXd diagonal = Eigen::Map<Eigen::VectorXd>(v.data(), 9);
    const auto found = local_level(waves(value, diagonal.asDiagonal(), times), level, q);
    for (std::size_t t = 0; t < 9; ++t) {
      CHECK(close(found.levels.value(t), mean[t], 1e-8));
      CHECK(close(found.levels.figures().variance(t), variance[t], 1e-8));
    }
    for (Eigen::Index t = 0; t < 9; ++t) CHECK(close(found.weights.row(t).sum(), 1.0, 1e-9));
  }
}

TEST_CASE("without drift the mean by 1/V, with much the figures themselves") {
  const auto s = waves(y, covariance(), years);
  const Eigen::MatrixXd inverse = covariance().inverse();
  const double variance = 1 / inverse.sum();
  const double mean =
      variance * (inverse * Eigen::Map<const Eigen::VectorXd>(y.data(), 6)).sum();
  const auto none = local_level(s, level, 0.0);
  for (std::size_t t = 0; t < 6; ++t) {
    CHECK(close(none.levels.value(t), mean, 1e-13));
    CHECK(close(none.levels.figures().variance(t), variance, 1e-13));
  }
  // Levels that are the same do not differ.
  CHECK(baro::change(none.levels, 0, 5, level).status == status::undefined);
  const auto much = local_level(s, level, 1e10);
  for (std::size_t t = 0; t < 6; ++t) {
    CHECK(close(much.levels.value(t), y[t], 1e-8));
    CHECK(close(much.levels.standard_error(t), s.standard_error(t), 1e-5));
  }
  CHECK(close(much.levels.figures().covariance(0, 1), .5, 1e-5));
}

TEST_CASE("figures that spread less than their errors have a drift of 0") {
  const auto still =
      local_level(waves({40, 40.1, 39.9, 40, 40.1, 40}, covariance(), years), level);
  CHECK(still.status == status::ok);
  CHECK(still.drift == 0);
  CHECK(close(still.levels.value(0), still.levels.value(5), 1e-13));
  // Two waves: q = max(0, d² − V)/h, here (16 − 5)/2.
  const Eigen::Vector2d two(2, 3);
  CHECK(close(local_level(waves({1, 5}, two.asDiagonal(), {1, 3}), level).drift, 5.5, 1e-12));
  CHECK(local_level(waves({1, 3}, two.asDiagonal(), {1, 3}), level).drift == 0);
}

TEST_CASE("the drift found is the highest of all: no other on a fine grid is higher") {
  test::dice d(12);
  for (int k = 0; k < 60; ++k) {
    std::vector<double> value, times;
    Eigen::VectorXd v(5);
    for (int t = 0; t < 5; ++t) {
      value.push_back(3 * d.bell());
      times.push_back(t);
      v(t) = std::exp(2 * d.bell());
    }
    const auto s = waves(value, v.asDiagonal(), times);
    const auto best = local_level(s, level);
    const baro::detail::drift_likelihood<double> likelihood(s.figures().value(),
                                                            s.figures().covariance(), times);
    double highest = likelihood.value(0);
    for (double q = 1e-6; q < 1e4; q *= 1.02) highest = std::max(highest, likelihood.value(q));
    CHECK(best.log_likelihood >= highest - 1e-12 * std::abs(highest));
  }
}

TEST_CASE("of two maxima the higher") {
  // Errors that add up from wave to wave leave differences that are independent: four with
  // variance 1 and z² = 2, three with 10000 and z². By hand the two maxima, near q = 1 and far
  // above, stand at − (6.8 + 27.6 + 3 z²/10⁴)/2 and, of z² = 1e5, − 81/2, of 2e5, − 86/2.
  const auto drift = [](double square) {
    const std::vector<double> variance{1, 1, 1, 1, 1e4, 1e4, 1e4};
    std::vector<double> value{0}, times{0};
    Eigen::MatrixXd v = Eigen::MatrixXd::Ones(8, 8);
    for (std::size_t j = 0; j < 7; ++j) {
      value.push_back(value[j] + std::sqrt(j < 4 ? 2.0 : square));
      times.push_back(times[j] + 1);
      for (auto s = static_cast<Eigen::Index>(j) + 1; s < 8; ++s)
        for (auto t = static_cast<Eigen::Index>(j) + 1; t < 8; ++t) v(s, t) += variance[j];
    }
    return local_level(waves(value, v, times), level).drift;
  };
  CHECK(close(drift(1e5), 1.0, 0.01));
  CHECK(drift(2e5) > 5e4);
}

TEST_CASE("intervals cover the level in nineteen of twenty draws, and beat the figures") {
  test::dice d(31);
  constexpr int times = 2500;
  const Eigen::MatrixXd v = covariance();
  // Draws with the covariance V by its Cholesky factor.
  Eigen::MatrixXd root = Eigen::MatrixXd::Zero(6, 6);
  for (Eigen::Index j = 0; j < 6; ++j)
    for (Eigen::Index i = j; i < 6; ++i) {
      const double rest = v(i, j) - root.row(i).head(j).dot(root.row(j).head(j));
      root(i, j) = i == j ? std::sqrt(rest) : rest / root(j, j);
    }
  std::vector<int> covered(6, 0);
  int change = 0, estimated = 0;
  for (int k = 0; k < times; ++k) {
    Eigen::VectorXd noise(6);
    for (Eigen::Index t = 0; t < 6; ++t) noise(t) = d.bell();
    noise = root * noise;
    std::vector<double> truth{50}, value;
    for (std::size_t t = 1; t < 6; ++t)
      truth.push_back(truth[t - 1] + std::sqrt(1.3 * (years[t] - years[t - 1])) * d.bell());
    for (std::size_t t = 0; t < 6; ++t)
      value.push_back(t == 2 ? nan : truth[t] + noise(static_cast<Eigen::Index>(t)));
    const auto found = local_level(waves(value, v, years), level, 1.3);
    for (std::size_t t = 0; t < 6; ++t) covered[t] += found.intervals[t].contains(truth[t]);
    change += baro::change(found.levels, 1, 5, level).limits.contains(truth[5] - truth[1]);
    if (k % 5 == 0)
      estimated += local_level(waves(value, v, years), level).intervals[3].contains(truth[3]);
  }
  const double slack = 4 * std::sqrt(.05 * .95 / times);
  for (const int c : covered) CHECK(std::abs(c / double(times) - .95) < slack);
  CHECK(std::abs(change / double(times) - .95) < slack);
  // With q estimated from four differences: short, as said, but not by much.
  CHECK(estimated / (times / 5.0) > .82);
  CHECK(estimated / (times / 5.0) < .96);
}

TEST_CASE("degrees of freedom and the name of the interval") {
  const auto found = local_level(waves(y, covariance(), years, 10), level, 1.0);
  // qt(.975, 10) = 2.2281388519862747
  CHECK(close(found.intervals[1].high - found.levels.value(1),
              2.2281388519862747 * found.levels.standard_error(1), 1e-11));
  CHECK(found.intervals[0].method == "wald");
  CHECK(found.levels.figures().entry(0).label.statistic == baro::statistic::function);
}

TEST_CASE("what cannot be smoothed has a status") {
  const auto s = waves(y, covariance(), years);
  const auto broken = local_level(s.broken_at({3}), level);
  CHECK(broken.status == status::series_break);
  CHECK(std::isnan(broken.levels.value(0)));
  CHECK(std::isnan(broken.drift));
  CHECK(broken.intervals[0].status == status::series_break);
  CHECK(std::isnan(broken.intervals[0].low));
  const auto one = waves({nan, 5, nan}, Eigen::Matrix3d::Identity(), {1, 2, 4});
  CHECK(local_level(one, level).status == status::empty_domain);
  const auto given = local_level(one, level, 0.5);
  CHECK(given.status == status::ok);
  CHECK(close(given.levels.value(2), 5.0, 1e-14));
  CHECK(close(given.levels.figures().variance(2), 1 + .5 * 2, 1e-14));
  CHECK(close(given.levels.figures().variance(0), 1 + .5 * 1, 1e-14));
  CHECK(local_level(waves({3}, Eigen::MatrixXd::Identity(1, 1), {1}), level).status ==
        status::undefined);
  const auto certain = local_level(waves({3, 3, 3}, Eigen::Matrix3d::Zero(), {1, 2, 3}), level);
  CHECK(certain.status == status::undefined);
  CHECK(std::isnan(certain.levels.value(1)));
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto a = local_level(waves(y, covariance(), years), level);
  const auto b = local_level(waves<real>(y, covariance(), years), level);
  CHECK(close(a.drift, static_cast<double>(b.drift), 1e-12));
  CHECK(close(a.log_likelihood, static_cast<double>(b.log_likelihood), 1e-12));
  for (std::size_t t = 0; t < 6; ++t) {
    CHECK(close(a.levels.value(t), static_cast<double>(b.levels.value(t)), 1e-12));
    CHECK(close(a.levels.standard_error(t), static_cast<double>(b.levels.standard_error(t)),
                1e-12));
  }
  CHECK(close(a.intervals[3].low, static_cast<double>(b.intervals[3].low), 1e-12));
}

TEST_CASE("refusals") {
  const auto s = waves(y, covariance(), years);
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(local_level(s, level, -1.0));
        }) == "local_level: drift = -1, must be finite and >= 0");
  CHECK_THROWS_AS(static_cast<void>(local_level(s, level, nan)), baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(local_level(s, level, inf)), baro::value_error);
}

}  // namespace trend_local_level

TEST_SUITE_END();
