// SPDX-License-Identifier: BSL-1.0
// The largest t of a family: R ptukey and mvtnorm, one test alone, the whole error by
// simulation.
#include <baro/hypothesis/max_t.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <hypothesis/figures.hpp>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/max_t");

namespace hypothesis_max_t {

using baro::comparison_degrees, baro::entry_pair, baro::max_t, baro::max_t_steps, baro::status;
using test::close;
using pairs = std::vector<entry_pair>;

template <class Real = double>
baro::estimate<Real> figures(const std::vector<double>& value, const Eigen::MatrixXd& v,
                             double df = std::numeric_limits<double>::infinity()) {
  const auto k = static_cast<Eigen::Index>(value.size());
  typename baro::estimate<Real>::vector x(k);
  for (Eigen::Index i = 0; i < k; ++i) x(i) = Real(value[static_cast<std::size_t>(i)]);
  std::vector<baro::entry<Real>> about(value.size());
  for (auto& e : about) e.df = Real(df);
  return {std::move(x), v.template cast<Real>(), std::move(about)};
}

pairs every_pair_of(std::size_t k) {
  pairs out;
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = i + 1; j < k; ++j) out.push_back({i, j});
  return out;
}

TEST_CASE("all pairs of four equal groups are Tukey's range, with a singular correlation") {
  // ptukey(t*sqrt(2), 4, Inf, lower = FALSE) for t = 1, 2, 3, 4
  for (const auto& [t, p] : {std::pair{1.0, 0.749388367113437},
                             {2.0, 0.187912110390854},
                             {3.0, 0.0143577710012356},
                             {4.0, 0.00036870647431253}}) {
    const auto e = figures({t * std::sqrt(2.0), 0, 0, 0}, Eigen::MatrixXd::Identity(4, 4));
    const auto all = max_t(e, every_pair_of(4));
    REQUIRE(all.size() == 6);
    CHECK(close(all[0].statistic, t, 1e-14));
    CHECK(close(all[0].adjusted_p, p, 1e-3));
    CHECK(all[3].adjusted_p == 1);  // two figures that are the same
  }
}

/// Three against the fourth, all covarying.
baro::estimate<double> against_one() {
  Eigen::MatrixXd v(4, 4);
  v << 4, 1, .5, .2, 1, 3, .4, .1, .5, .4, 2, .3, .2, .1, .3, 1;
  return figures({1, 3.5, 4.2, 0}, v);
}

TEST_CASE("three against one by mvtnorm, single-step and step-down") {
  // C <- cbind(diag(3), -1); S <- C %*% V %*% t(C); t <- C %*% th/sqrt(diag(S));
  // 1 - pmvnorm(-c, c, corr = cov2cor(S), algorithm = Miwa(steps = 2000)), c = |t_j|
  const auto e = against_one();
  const auto single = max_t(e, pairs{{0, 3}, {1, 3}, {2, 3}});
  CHECK(close(single[2].statistic, 2.711088342345192, 1e-13));
  CHECK(close(single[1].p_value, 0.07258010342278516, 1e-12));
  CHECK(close(single[0].adjusted_p, 0.946566241899221, 2e-4));
  CHECK(close(single[1].adjusted_p, 0.189434993866595, 2e-4));
  CHECK(close(single[2].adjusted_p, 0.0193489460208152, 2e-4));
  const auto down =
      max_t(e, pairs{{0, 3}, {1, 3}, {2, 3}}, comparison_degrees::design(), max_t_steps::down);
  CHECK(down[2].adjusted_p == single[2].adjusted_p);
  CHECK(close(down[1].adjusted_p, 0.133106295088434, 2e-4));
  CHECK(close(down[0].adjusted_p, 0.641034842998384, 1e-12));
}

TEST_CASE("contrasts are what pairs are, and a contrast has its own value") {
  const auto e = against_one();
  Eigen::MatrixXd c(3, 4);
  c << 1, 0, 0, -1, 0, 2, 0, -2, 1. / 3, 1. / 3, 1. / 3, -1;
  const auto by_matrix = max_t<double>(e, c);
  const auto by_pairs = max_t(e, pairs{{0, 3}, {1, 3}});
  CHECK(close(by_matrix[1].statistic, by_pairs[1].statistic, 1e-13));
  CHECK(close(by_matrix[1].p_value, by_pairs[1].p_value, 1e-12));
  CHECK(close(by_matrix[2].difference, 2.9, 1e-13));
}

TEST_CASE("one test is its t test, twice the same test is one") {
  const auto e = test::two_samples(30, 122, 312, 1000);
  const auto t = baro::difference(e, 0, 1, baro::confidence_level(0.95));
  const auto one = max_t(e, pairs{{0, 1}});
  CHECK(close(one[0].adjusted_p, t.p_value, 1e-10));
  CHECK(close(one[0].p_value, t.p_value, 1e-12));
  CHECK(one[0].df == t.df);
  const auto twice = max_t(e, pairs{{0, 1}, {1, 0}});
  CHECK(close(twice[0].adjusted_p, t.p_value, 1e-6));
  CHECK(close(twice[1].adjusted_p, t.p_value, 1e-6));
  const auto both = max_t(e, pairs{{0, 1}}, comparison_degrees::satterthwaite());
  CHECK(close(both[0].df,
              baro::difference(e, 0, 1, baro::confidence_level(0.95),
                               comparison_degrees::satterthwaite())
                  .df,
              1e-12));
}

TEST_CASE("independent tests are Šidák's, and few degrees are on the safe side") {
  Eigen::MatrixXd c = Eigen::MatrixXd::Identity(3, 3);
  const auto e = figures({1, 2, 3}, Eigen::MatrixXd::Identity(3, 3), 12);
  const auto all = max_t<double>(e, c);
  for (const auto& t : all) CHECK(close(t.adjusted_p, 1 - std::pow(1 - t.p_value, 3), 1e-4));
  // ptukey(2.5*sqrt(2), 4, 20, lower = FALSE) = 0.0904979596908856; with the tail of t as a
  // normal number, ptukey(-qnorm(pt(-2.5, 20))*sqrt(2), 4, Inf, lower = FALSE)
  const auto few =
      max_t(figures({2.5 * std::sqrt(2.0), 0, 0, 0}, Eigen::MatrixXd::Identity(4, 4), 20),
            every_pair_of(4));
  CHECK(close(few[0].adjusted_p, 0.0971213829566008, 1e-3));
  CHECK(few[0].adjusted_p > 0.0904979596908856);
}

TEST_CASE("between the p-value alone and Bonferroni's, in the order of the p-values") {
  test::dice d(31);
  for (int k = 0; k < 10; ++k) {
    Eigen::MatrixXd a(5, 5);
    for (Eigen::Index i = 0; i < 25; ++i) a(i / 5, i % 5) = d.bell();
    std::vector<double> value;
    for (int i = 0; i < 5; ++i) value.push_back(4 * d.bell());
    const auto e = figures(value, a * a.transpose(), 40);
    const pairs family{{0, 1}, {0, 2}, {1, 2}, {3, 4}};
    const auto single = max_t(e, family);
    const auto down = max_t(e, family, comparison_degrees::design(), max_t_steps::down);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(single[i].adjusted_p >= single[i].p_value);
      CHECK(single[i].adjusted_p <= std::min(1.0, 4 * single[i].p_value));
      CHECK(down[i].adjusted_p <= single[i].adjusted_p * (1 + 1e-3));
      for (std::size_t j = 0; j < 4; ++j)
        if (single[i].p_value < single[j].p_value)
          CHECK(single[i].adjusted_p <= single[j].adjusted_p);
    }
  }
}

TEST_CASE("no false finding in nineteen families of twenty") {
  // All pairs of three groups that are the same.
  test::dice d(5);
  constexpr int times = 150;
  int any = 0;
  for (int k = 0; k < times; ++k) {
    const auto e =
        figures({d.bell(), 2 * d.bell(), d.bell()}, Eigen::Vector3d(1, 4, 1).asDiagonal());
    const auto all = max_t(e, every_pair_of(3));
    any += std::min({all[0].adjusted_p, all[1].adjusted_p, all[2].adjusted_p}) < 0.05;
  }
  CHECK(std::abs(any / double(times) - 0.05) < 0.0712);  // 4 standard errors
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const Eigen::MatrixXd v = against_one().covariance();
  const auto x = max_t(figures<real>({1, 3.5, 4.2, 0}, v, 30), pairs{{0, 3}, {1, 3}});
  const auto t = max_t(figures({1, 3.5, 4.2, 0}, v, 30), pairs{{0, 3}, {1, 3}});
  CHECK(close(t[1].statistic, static_cast<double>(x[1].statistic), 1e-13));
  CHECK(close(t[1].p_value, static_cast<double>(x[1].p_value), 1e-12));
  CHECK(close(t[1].adjusted_p, static_cast<double>(x[1].adjusted_p), 1e-9));
}

TEST_CASE("a test without a figure has no part in the family") {
  auto e = figures({1, 3, std::numeric_limits<double>::quiet_NaN(), 0},
                   Eigen::MatrixXd::Identity(4, 4));
  auto about = e.entries();
  about[2].status = status::empty_domain;
  auto v = e.covariance();
  v.row(2).setConstant(std::numeric_limits<double>::quiet_NaN());
  v.col(2).setConstant(std::numeric_limits<double>::quiet_NaN());
  e = baro::estimate<double>(e.value(), v, about);
  const auto all = max_t(e, pairs{{1, 0}, {1, 2}, {1, 3}});
  CHECK(all[1].status == status::empty_domain);
  CHECK(std::isnan(all[1].adjusted_p));
  const auto without = max_t(e, pairs{{1, 0}, {1, 3}});
  CHECK(all[2].adjusted_p == without[1].adjusted_p);
  const auto none = max_t(e, pairs{{1, 0}}, comparison_degrees::fixed(0));
  CHECK(none[0].status == status::no_degrees);
  CHECK(std::isnan(none[0].statistic));
  CHECK(max_t(test::two_samples(0, 30, 0, 50), pairs{{0, 1}})[0].status == status::undefined);
  CHECK(max_t(e, pairs{}).empty());
}

TEST_CASE("refusals") {
  const auto e = against_one();
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(max_t(e, pairs{{0, 1}, {2, 2}}));
        }) == "max_t: pairs[1] = 2, must not be compared with itself");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(max_t(e, pairs{{0, 7}}));
        }) == "max_t: pairs[0] = 7, must be an entry");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(max_t(e, pairs(51, {0, 1})));
        }) == "max_t: tests = 51, must be at most 50");
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(max_t<double>(e, Eigen::MatrixXd::Zero(1, 4)));
        }) == "max_t: contrasts[0] = 0, must not be all 0");
  CHECK_THROWS_AS(static_cast<void>(max_t<double>(e, Eigen::MatrixXd::Identity(3, 3))),
                  baro::size_error);
}

}  // namespace hypothesis_max_t

TEST_SUITE_END();
