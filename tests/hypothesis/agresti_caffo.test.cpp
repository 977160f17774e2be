// SPDX-License-Identifier: BSL-1.0
// Two added to each sample, then Wald.
#include <baro/hypothesis/agresti_caffo.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <hypothesis/figures.hpp>
#include <support/close.hpp>

TEST_SUITE_BEGIN("hypothesis/agresti_caffo");

namespace hypothesis_agresti_caffo {

using baro::agresti_caffo, baro::comparison_degrees;
using test::close;

TEST_CASE("by hand: 57/72 and 49/82 in the place of 56/70 and 48/80") {
  const auto s = baro::detail::pair_of(test::two_published(56, 70, 48, 80), 0, 1,
                                       comparison_degrees::design());
  const double a = 57.0 / 72, b = 49.0 / 82;
  const double error = std::sqrt(a * (1 - a) / 72 + b * (1 - b) / 82);
  CHECK(close(agresti_caffo{}.statistic(s, 0.0), (a - b) / error, 1e-13));
  const auto limits = agresti_caffo{}.limits(s, 2.0);
  CHECK(close(limits.low, a - b - 2 * error, 1e-13));
  CHECK(close(limits.high, a - b + 2 * error, 1e-13));
  CHECK(std::isinf(agresti_caffo{}.df(s)));
}

TEST_CASE("all against none stays within 1, and has a width") {
  const auto s = baro::detail::pair_of(test::two_published(10, 10, 0, 10), 0, 1,
                                       comparison_degrees::design());
  const auto limits = agresti_caffo{}.limits(s, 1.96);
  CHECK(limits.high == 1);
  CHECK(limits.low > 0.5);
  CHECK(limits.low < 0.7);
}

TEST_CASE("a census is left as it is") {
  auto s = baro::detail::pair_of(test::two_published(5, 10, 4, 20), 0, 1,
                                 comparison_degrees::design());
  s.a.size = std::numeric_limits<double>::infinity();
  const double b = 5.0 / 22;
  CHECK(
      close(agresti_caffo{}.statistic(s, 0.0), (0.5 - b) / std::sqrt(b * (1 - b) / 22), 1e-13));
}

}  // namespace hypothesis_agresti_caffo
