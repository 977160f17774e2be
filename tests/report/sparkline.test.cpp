// SPDX-License-Identifier: BSL-1.0
// One line of blocks: eight equal steps, gaps, breaks, scales.
#include <baro/report/sparkline.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <report/series.hpp>
#include <string>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("report/sparkline");

namespace report_sparkline {

using baro::sparkline, test::series_of;

template <class Real = double>
baro::wave_series<Real> values(const std::vector<double>& x) {
  std::vector<test::wave_figure> waves;
  for (std::size_t t = 0; t < x.size(); ++t)
    waves.push_back({std::to_string(t + 1), x[t], 100});
  return series_of<Real>(waves, baro::statistic::mean);
}

TEST_CASE("eight equal steps, each with its lower end, the largest in the highest") {
  CHECK(sparkline(values({0, 1, 2, 3, 4, 5, 6, 7, 8})) == "▁▂▃▄▅▆▇██");
  CHECK(sparkline(values({8, 7.99, 7.01, 6.99, 0.99, 0})) == "███▇▁▁");
  CHECK(sparkline(values({-3, 5})) == "▁█");
}

TEST_CASE("another unit and another zero are the same line, upside down the mirrored one") {
  const std::vector<double> x{6.42, 6.38, 6.1, 6.7, 6.21, 6.58};
  std::vector<double> other, down;
  for (const double y : x) other.push_back(1e9 + 1e3 * y), down.push_back(-y);
  CHECK(sparkline(values(x)) == "▅▄▁█▂▇");
  CHECK(sparkline(values(other)) == sparkline(values(x)));
  CHECK(sparkline(values(down)) == "▄▅█▁▇▂");
}

TEST_CASE("values that are all equal stand in the middle") {
  CHECK(sparkline(values({0.4, 0.4, 0.4})) == "▄▄▄");
  CHECK(sparkline(values({-7})) == "▄");
}

TEST_CASE("a wave without a value is a gap, a break a bar before its first wave") {
  CHECK(sparkline(values({1, test::nan, 3})) == "▁·█");
  CHECK(sparkline(values({1, 2, 3}).broken_at({1})) == "▁│▅█");
  CHECK(sparkline(values({1, 2, test::nan, 3}).broken_at({1, 2})) == "▁│▅│·█");
  CHECK(sparkline(values({test::nan, test::nan})) == "··");
  CHECK(sparkline(baro::wave_series<double>()).empty());
}

TEST_CASE("a published figure without its base has a value") {
  const auto s = test::with_status(values({1, 2, 3}), 1, baro::status::no_base);
  CHECK(sparkline(s) == "▁▅█");
}

TEST_CASE("a scale that is given: beyond it the lowest and the highest") {
  CHECK(sparkline(values({0.1, 0.5, 0.9}), baro::sparkline_scale{0, 1}) == "▁▅█");
  CHECK(sparkline(values({-5, 0.2, 7}), baro::sparkline_scale{0, 1}) == "▁▂█");
  CHECK(sparkline(values({0.4, 0.4}), baro::sparkline_scale{0, 1}) == "▄▄");
}

TEST_CASE("numbers as large as there are") {
  CHECK(sparkline(values({-1e308, 0, 1e308})) == "▁▅█");
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const std::vector<double> x{6.42, 6.38, test::nan, 6.1, 6.7};
  CHECK(sparkline(values<real>(x)) == sparkline(values(x)));
}

TEST_CASE("refusals") {
  CHECK(test::refused<baro::value_error>([&] {
          static_cast<void>(sparkline(values({1, 2}), baro::sparkline_scale{1, 1}));
        }) == "sparkline: scale.high = 1, must be above scale.low by a finite number");
  for (const double bad : {test::nan, std::numeric_limits<double>::infinity()})
    CHECK_THROWS_AS(static_cast<void>(sparkline(values({1, 2}), baro::sparkline_scale{0, bad})),
                    baro::value_error);
}

}  // namespace report_sparkline

TEST_SUITE_END();
