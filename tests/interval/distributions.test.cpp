// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/detail/distributions.hpp>

#include "figures.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <limits>

namespace interval_distributions {

using namespace test;

using namespace baro::detail;
using real50 = boost::multiprecision::cpp_bin_float_50;

template <class Real>
void undone(double tolerance) {
  const Real tail = Real(1) / 40;
  for (const int df : {1, 3, 14, 200})
    CHECK(close(t_tail(Real(df), t_quantile_above(Real(df), tail)), tail, tolerance));
  const Real infinite = std::numeric_limits<Real>::infinity();
  CHECK(close(t_tail(infinite, t_quantile_above(infinite, tail)), tail, tolerance));
  CHECK(close(normal_tail(normal_quantile_above(tail)), tail, tolerance));
  for (const int a : {1, 5, 60}) {
    const Real b = Real(25) / 2;
    CHECK(close(beta_cdf(Real(a), b, beta_quantile_below(Real(a), b, tail)), tail, tolerance));
    CHECK(close(beta_tail(Real(a), b, beta_quantile_above(Real(a), b, tail)), tail, tolerance));
  }
}

TEST_SUITE("interval/distributions") {
  TEST_CASE("quantiles and probabilities are R's") {  // R 4.2.2: qt, qbeta, pbeta, pt, pnorm
    struct {
      double df, at975, at995;
    } const t[] = {
        {1, 12.7062047361747, 63.6567411628715},
        {2, 4.30265272974946, 9.92484320091829},
        {3.5, 2.94008863798273, 5.08570222309126},
        {14, 2.14478668791780, 2.97684273437083},
        {60, 2.00029782201426, 2.66028302885504},
        {1e4, 1.96020123989063, 2.57632104666853},
        {std::numeric_limits<double>::infinity(), 1.95996398454005, 2.57582930354890}};
    for (const auto& row : t) {
      CHECK(close(t_quantile_above(row.df, .025), row.at975, 1e-13));
      CHECK(close(t_quantile_above(row.df, .005), row.at995, 1e-13));
    }
    CHECK(close(beta_quantile_below(132.5, 50.25, .025), .658249776659056, 1e-13));
    CHECK(close(beta_quantile_above(1.0, 20.0, .025), .168433470983085, 1e-13));
    CHECK(close(beta_quantile_below(3.0, 1e5, .025), 6.18664022526293e-06, 1e-13));
    CHECK(close(beta_cdf(2.5, 7.0, .3), .641222462971721, 1e-13));
    CHECK(close(t_cdf(7.0, -2.5), .0204961092928764, 1e-13));
    CHECK(close(normal_cdf(-6.0), 9.86587645037698e-10, 1e-13));
  }

  TEST_CASE("each quantile is undone by its probability, in every kind of number") {
    undone<float>(2e-6);
    undone<double>(1e-13);
    undone<long double>(1e-15);
    undone<real50>(1e-45);
  }

  TEST_CASE("double agrees with 50 digits to 1e-13") {
    for (const double df : {1.0, 2.5, 8.0, 14.0, 121.0, 1e5})
      for (const double tail : {.1, .025, .0005})
        CHECK(close(t_quantile_above(df, tail),
                    static_cast<double>(t_quantile_above(real50(df), real50(tail))), 1e-13));
    for (const double df : {.01, .5, 1.0, 3.5, 999.0, 1e6, 1e9, 1e15, 1e17, 1e300})
      for (const double tail : {.49, .25, .005, 1e-10, 1e-100})
        CHECK(close(t_quantile_above(df, tail),
                    static_cast<double>(t_quantile_above(real50(df), real50(tail))), 1e-13));
    for (const double n : {1.0, 12.3, 122.0, 1000.0, 1e6})
      for (const double p : {.01, .3, .9})
        CHECK(close(beta_quantile_above(n * p + 1, n * (1 - p), .025),
                    static_cast<double>(beta_quantile_above(real50(n * p + 1),
                                                            real50(n * (1 - p)), real50(.025))),
                    1e-13));
  }

  TEST_CASE("Student's t quantile is Boost.Math's own") {
    using law = boost::math::students_t_distribution<double, math_policy>;
    for (const double df : {.5, 1.0, 2.0, 3.5, 8.0, 14.0, 121.0, 1e5, 1e9})
      for (const double tail : {.4, .1, .025, .0005, 1e-9})
        CHECK(close(t_quantile_above(df, tail), quantile(complement(law(df), tail)), 1e-13));
    CHECK(t_quantile_above(8.0, .5) == 0);
    CHECK(t_quantile_above(8.0, .75) == -t_quantile_above(8.0, .25));
  }

  TEST_CASE("a Beta without a first or a second parameter is a point") {
    CHECK(beta_quantile_below(0.0, 5.0, .025) == 0);
    CHECK(beta_quantile_above(5.0, 0.0, .025) == 1);
    CHECK(beta_quantile_above(0.0, 5.0, .025) == 0);
    CHECK(beta_quantile_below(5.0, 0.0, .025) == 1);
  }

  TEST_CASE("an argument outside its range gives NaN or infinity and throws nothing") {
    CHECK(t_quantile_above(-1.0, .025) != t_quantile_above(-1.0, .025));
    CHECK(t_quantile_above(5.0, 0.0) == std::numeric_limits<double>::infinity());
    CHECK(t_quantile_above(5.0, 1.0) == -std::numeric_limits<double>::infinity());
    CHECK(t_quantile_above(5.0, 1.5) != t_quantile_above(5.0, 1.5));
    CHECK(normal_quantile_above(0.0) == std::numeric_limits<double>::infinity());
    CHECK(normal_quantile_above(1.5) != normal_quantile_above(1.5));
    CHECK(beta_cdf(2.0, 3.0, 1.5) != beta_cdf(2.0, 3.0, 1.5));
    CHECK(is_infinite(t_quantile_above(1e-3, .025)));  // about 1e1299
  }
}

}  // namespace interval_distributions
