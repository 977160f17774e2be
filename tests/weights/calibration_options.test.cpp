// SPDX-License-Identifier: BSL-1.0
#include <baro/weights/calibrate.hpp>
#include <baro/weights/calibration_options.hpp>

#include <doctest/doctest.h>

#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/calibration_options");

namespace weights_calibration_options {

using baro::margin;
using test::close;

const std::vector<double> one(4, 1.0), x{1, 2, 3, 4};
const std::vector<margin> margins{margin::total(baro::answers(one).named("1"), 4),
                                  margin::total(baro::answers(x).named("x"), 11)};

baro::calibration linear(const baro::calibration_options& options) {
  return baro::calibrate(one, margins, baro::linear_distance{}, options);
}
std::string why(const baro::calibration_options& options) {
  return test::refused<baro::value_error>([&] { (void)linear(options); });
}

TEST_CASE("q moves only those it may: by hand") {
  // w = 1 + q (a + b x) with Σ w = 4, Σ w x = 11. With q = (1, 0, 0, 1) the outer two give and
  // take: w4 = 1 + 1/3, w1 = 1 - 1/3; q must be above 0, so it is nearly that.
  const std::vector<double> q{1, 1e-12, 1e-12, 1};
  const auto c = linear({.q = baro::number_view(q)});
  CHECK(close(c.weights()[0], 2.0 / 3, 1e-9));
  CHECK(close(c.weights()[1], 1.0, 1e-9));
  CHECK(close(c.weights()[3], 4.0 / 3, 1e-9));
}

TEST_CASE("final weights stay within their bounds and the others make up for it") {
  const auto free = linear({});
  CHECK(close(free.weights()[3], 1.3, 1e-12));
  const auto c = linear({.final_weights = baro::weight_bounds{.low = 0.8, .high = 1.5}});
  CHECK(c.status() == baro::status::ok);
  CHECK(close(c.weights()[0], 0.8, 1e-12));
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum += c.weights()[i];
    total += c.weights()[i] * x[i];
  }
  CHECK(close(sum, 4.0, 1e-12));
  CHECK(close(total, 11.0, 1e-12));
}

TEST_CASE("options that cannot be are refused") {
  CHECK(why({.tolerance = 0}) == "calibrate: tolerance = 0, must be in (0, 1)");
  CHECK(why({.max_iterations = 0}) == "calibrate: max_iterations = 0, must be at least 1");
  CHECK(why({.final_weights = baro::weight_bounds{.low = 2, .high = 1}}) ==
        "calibrate: final_weights.low = 2, must be >= 0 and below final_weights.high");
  const std::vector<double> q{1, 0, 1, 1};
  CHECK(why({.q = baro::number_view(q)}) == "calibrate: q[1] = 0, must be finite and > 0");
}

}  // namespace weights_calibration_options

TEST_SUITE_END();
