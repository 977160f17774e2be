// SPDX-License-Identifier: BSL-1.0
// Newcombe (1998), table II, methods 5 (Mee) and 6 (Miettinen and Nurminen).
#include <baro/hypothesis/miettinen_nurminen.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <hypothesis/figures.hpp>
#include <support/close.hpp>

TEST_SUITE_BEGIN("hypothesis/miettinen_nurminen");

namespace hypothesis_miettinen_nurminen {

using baro::comparison_degrees, baro::miettinen_nurminen, baro::share_pair;
using test::close;

share_pair<double> pair_of(int x, int n, int y, int m) {
  return baro::detail::pair_of(test::two_published(x, n, y, m), 0, 1,
                               comparison_degrees::design());
}

struct row {
  int x, n, y, m;
  double mee_low, mee_high, low, high;
};
const row table_two[] = {
    {56, 70, 48, 80, 0.0533, 0.3377, 0.0528, 0.3382},
    {9, 10, 3, 10, 0.1821, 0.8370, 0.1700, 0.8406},
    {6, 7, 2, 7, 0.0544, 0.8478, 0.0342, 0.8534},
    {5, 56, 0, 29, -0.0313, 0.1926, -0.0326, 0.1933},
    {0, 10, 0, 20, -0.1611, 0.2775, -0.1658, 0.2844},
    {0, 10, 0, 10, -0.2775, 0.2775, -0.2879, 0.2879},
    {10, 10, 0, 20, 0.7225, 1, 0.7156, 1},
    {10, 10, 0, 10, 0.6777, 1, 0.6636, 1},
};

TEST_CASE("Newcombe (1998), table II") {
  const double z = baro::detail::normal_quantile_above(0.025);
  for (const row& r : table_two) {
    CAPTURE(r.x);
    const auto s = pair_of(r.x, r.n, r.y, r.m);
    const auto mee = miettinen_nurminen{false}.limits(s, z);
    const auto usual = miettinen_nurminen{}.limits(s, z);
    CHECK(std::abs(mee.low - r.mee_low) < 0.00005);
    CHECK(std::abs(mee.high - r.mee_high) < 0.00005);
    CHECK(std::abs(usual.low - r.low) < 0.00005);
    CHECK(std::abs(usual.high - r.high) < 0.00005);
  }
}

TEST_CASE("at a difference of 0 it is the pooled z, times √((N − 1) / N)") {
  const auto s = pair_of(56, 70, 48, 80);
  const double p = 104.0 / 150;
  const double z = (0.8 - 0.6) / std::sqrt(p * (1 - p) * (1.0 / 70 + 1.0 / 80));
  CHECK(close(miettinen_nurminen{false}.statistic(s, 0.0), z, 1e-13));
  CHECK(close(miettinen_nurminen{}.statistic(s, 0.0), z * std::sqrt(149.0 / 150), 1e-13));
}

TEST_CASE("the likeliest shares: none nearby is likelier") {
  const auto s = pair_of(9, 30, 21, 50);
  const double delta = 0.1, gap = s.a.p - s.b.p - delta;
  const auto variance = [&](double a) {
    const double b = a - delta;
    return (a * (1 - a) / 30 + b * (1 - b) / 50) * 80 / 79;
  };
  const auto likelihood = [&](double a) {
    return 9 * std::log(a) + 21 * std::log(1 - a) + 21 * std::log(a - delta) +
           29 * std::log(1 - a + delta);
  };
  double best = 0.2;
  for (int i = 0; i < 400000; ++i)
    if (const double a = 0.101 + i * 2e-6; likelihood(a) > likelihood(best)) best = a;
  const double z = gap / std::sqrt(variance(best));
  CHECK(close(miettinen_nurminen{}.statistic(s, delta), z, 1e-5));
}

}  // namespace hypothesis_miettinen_nurminen
