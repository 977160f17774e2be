// SPDX-License-Identifier: BSL-1.0
// What the tests of two shares see of an estimate.
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/share_pair.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <hypothesis/figures.hpp>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <support/survey.hpp>

TEST_SUITE_BEGIN("hypothesis/share_pair");

namespace hypothesis_share_pair {

using baro::comparison_degrees;
using test::close;

TEST_CASE("two domains of a clustered sample bring their covariance") {
  test::survey s("apiclus1");
  const auto e = baro::share(s.design(), baro::categories(s.text("awards")),
                             baro::by(baro::categories(s.text("stype"))));
  const std::size_t i = e.index_of("Yes", {"E"}), j = e.index_of("Yes", {"M"});
  const auto pair = baro::detail::pair_of(e, i, j, comparison_degrees::design());
  CHECK(close(pair.a.size, e.value(i) * (1 - e.value(i)) / e.variance(i), 1e-14));
  CHECK(close(pair.variance_ratio, 1 - 2 * e.covariance(i, j) / (e.variance(i) + e.variance(j)),
              1e-13));
  CHECK(close(pair.correlation,
              e.covariance(i, j) / (e.standard_error(i) * e.standard_error(j)), 1e-14));
  // With the variances of the design, the variance of the difference is the design's.
  CHECK(close(pair.variance(e.variance(i), e.variance(j)),
              e.variance(i) + e.variance(j) - 2 * e.covariance(i, j), 1e-12));
  CHECK(pair.a.n == e.entry(i).bases.n);
  CHECK(close(pair.a.deff, e.entry(i).deff, 1e-15));
  CHECK(pair.a.df == e.entry(i).df);
}

TEST_CASE("at 0 and 1 the size is Kish's and the two are apart") {
  const auto e = test::two_samples(0, 10, 7, 20);
  const auto pair = baro::detail::pair_of(e, 0, 1, comparison_degrees::design());
  CHECK(pair.a.size == 10);
  CHECK(pair.a.deff == 1);
  CHECK(pair.variance_ratio == 1);
  CHECK(close(pair.b.size, 19, 1e-14));
  CHECK(baro::detail::before_comparison(pair) == baro::status::ok);
}

TEST_CASE("degrees of freedom together, by name") {
  auto pair = baro::detail::pair_of(test::two_samples(3, 10, 7, 20), 0, 1,
                                    comparison_degrees::design());
  CHECK(pair.df(1, 1) == 9);
  pair.degrees = comparison_degrees::fixed(28);
  CHECK(pair.df(1, 1) == 28);
  pair.degrees = comparison_degrees::normal();
  CHECK(std::isinf(pair.df(1, 1)));
  pair.degrees = comparison_degrees::satterthwaite();
  CHECK(close(pair.df(2, 1), 9.0 / (4.0 / 9 + 1.0 / 19), 1e-14));
}

TEST_CASE("what is no share is refused, and what has no base is said") {
  test::survey s("apiclus1");
  const auto e = baro::mean(s.design(), baro::answers(s.numbers("api00")),
                            baro::by(baro::categories(s.text("stype"))));
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(baro::detail::pair_of(e, 0, 1, comparison_degrees::design()));
        }) == "share_difference: statistic = 'mean', must be 'share'");
  auto pair = baro::detail::pair_of(test::two_samples(3, 10, 7, 20), 0, 1,
                                    comparison_degrees::design());
  pair.b.n = pair.b.kish = 0;
  CHECK(baro::detail::before_comparison(pair) == baro::status::no_base);
  pair.a.p = -0.1;
  CHECK(baro::detail::before_comparison(pair) == baro::status::undefined);
}

TEST_CASE("what does not vary is no evidence, unless it is nobody or everybody in both") {
  auto e = test::two_samples(30, 100, 40, 100);
  const auto judged = [](const baro::estimate<double>& of) {
    return baro::detail::before_comparison(
        baro::detail::pair_of(of, 0, 1, comparison_degrees::design()));
  };
  CHECK(judged(e) == baro::status::ok);
  const auto census = [&](double a, double b) {
    Eigen::MatrixXd v = Eigen::Vector2d(a, b).asDiagonal();
    return baro::estimate<double>(e.value(), v, e.entries());
  };
  CHECK(judged(census(0, 0)) == baro::status::undefined);
  CHECK(judged(census(1e-33, 0)) == baro::status::undefined);  // a rounding of 0
  CHECK(judged(census(0.002, 0)) == baro::status::ok);         // one census, one sample
  CHECK(judged(test::two_samples(0, 30, 40, 40)) == baro::status::ok);
  // Two that move together entirely: their difference does not vary.
  Eigen::MatrixXd together = Eigen::MatrixXd::Constant(2, 2, 0.002);
  CHECK(judged(baro::estimate<double>(e.value(), together, e.entries())) ==
        baro::status::undefined);
}

}  // namespace hypothesis_share_pair
