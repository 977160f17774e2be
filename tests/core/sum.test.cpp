// SPDX-License-Identifier: BSL-1.0
#include <baro/core/sum.hpp>

#include <doctest/doctest.h>

#include <support/dice.hpp>
#include <vector>

namespace core_sum {

template <class Real>
Real sum(const std::vector<double>& terms) {
  baro::compensated_sum<Real> s;
  for (const double x : terms) s.add(static_cast<Real>(x));
  return s.value();
}

TEST_SUITE("core/sum") {
  TEST_CASE("what a plain sum loses is kept") {
    CHECK(sum<double>({1, 1e100, 1, -1e100}) == 2);  // a plain sum gives 0
    CHECK(sum<double>({-1e100, 1, 1e100}) == 1);
    CHECK(sum<double>(std::vector<double>(1000, .1)) == 100);  // 99.9999999999986
    CHECK(sum<float>({1e8, 1, -1e8}) == 1);
    CHECK(sum<double>({}) == 0);
  }

  TEST_CASE("it agrees with a sum of twice the precision") {
    test::dice d(3);
    std::vector<double> terms;
    for (int i = 0; i < 2000; ++i) terms.push_back(d.bell() * (i % 7 == 0 ? 1e9F : 1));
    std::vector<double> narrow;
    for (const double x : terms) narrow.push_back(static_cast<float>(x));
    CHECK(sum<float>(narrow) == static_cast<float>(sum<double>(narrow)));
  }
}

}  // namespace core_sum
