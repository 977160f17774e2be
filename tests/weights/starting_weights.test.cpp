// SPDX-License-Identifier: BSL-1.0
#include <baro/weights/calibrate.hpp>
#include <baro/weights/starting_weights.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <string>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/starting_weights");

namespace weights_starting_weights {

using baro::margin;

static_assert(std::constructible_from<baro::starting_weights, const std::vector<float>&>);
static_assert(
    !std::constructible_from<baro::starting_weights, const std::vector<std::string>&>);

const std::vector<int> answer{1, 1, 2};
const baro::categories question = baro::categories(answer).named("q");

std::string why(const std::vector<double>& d) {
  return test::refused<baro::value_error>([&] {
    (void)baro::poststratify(d, margin::counts(question, {{"1", 1}, {"2", 1}}));
  });
}

TEST_CASE("base weights are seen in the type they have") {
  const std::vector<float> d{1, 3, 2};
  const auto c = baro::poststratify(d, margin::counts(question, {{"1", 8}, {"2", 6}}));
  CHECK(test::close(c.weights()[0], 2.0, 1e-15));
  CHECK(test::close(c.weights()[1], 6.0, 1e-15));
  CHECK(test::close(c.weights()[2], 6.0, 1e-15));
}

TEST_CASE("weights of zero, below it or missing are refused with their place") {
  CHECK(why({1, 0, 1}) == "poststratify: weights[1] = 0, must be finite and > 0");
  CHECK(why({1, 1, -2}) == "poststratify: weights[2] = -2, must be finite and > 0");
  CHECK(why({1, test::nan, 1}).starts_with("poststratify: weights[1] = "));
  CHECK(test::refused<baro::size_error>([] {
          const std::vector<double> two{1, 1};
          (void)baro::poststratify(two, margin::counts(question, {{"1", 1}, {"2", 1}}));
        }) == "poststratify: q has 3 rows, must have 2");
}

}  // namespace weights_starting_weights

TEST_SUITE_END();
