// SPDX-License-Identifier: BSL-1.0
#include <baro/weights/weight_summary.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("weights/weight_summary");

namespace weights_weight_summary {

using test::close;

TEST_CASE("Kish's effect by hand") {
  const std::vector<double> w{1, 1, 2, 4};
  const baro::weight_summary s(w);
  CHECK(s.sum() == 8);
  CHECK(s.mean() == 2);
  CHECK(close(s.effective_size(), 64.0 / 22, 1e-15));
  CHECK(close(s.kish_deff(), 4 * 22.0 / 64, 1e-15));
  CHECK(close(s.efficiency(), 64.0 / 88, 1e-15));
  CHECK(s.smallest() == 1);
  CHECK(s.largest() == 4);
  CHECK(s.quantile(0.5) == 1);
  CHECK(s.quantile(0.75) == 2);
  CHECK(s.quantile(1) == 4);
}

TEST_CASE(
    "the published weighted efficiency: sums 1651 and 2255.61852968 of 1621 respondents") {
  // Conventions 5. Weights of three values that have these sums.
  const double n = 1621, sum = 1651, squares = 2255.61852968, mean = sum / n;
  const double apart = std::sqrt((squares - sum * mean) / (n - 1));
  std::vector<double> w{mean};
  for (int i = 0; i < 810; ++i) w.insert(w.end(), {mean - apart, mean + apart});
  const baro::weight_summary s(w);
  CHECK(close(s.sum(), sum, 1e-12));
  CHECK(close(100 * s.efficiency(), 74.5496275503, 1e-11));
  CHECK(close(s.effective_size(), 1208.449, 1e-6));
}

TEST_CASE("equal weights cost nothing, and respondents of weight 0 are nobody") {
  CHECK(close(baro::weight_summary(std::vector<double>(7, 0.3)).kish_deff(), 1.0, 1e-15));
  CHECK(close(baro::weight_summary(std::vector<double>{2, 2, 0, 0}).kish_deff(), 1.0, 1e-15));
  CHECK(baro::weight_summary(std::vector<double>{2, -1}).negative() == 1);
}

TEST_CASE("the heaviest come first, the earlier of two equals before the later") {
  const std::vector<double> w{1, 5, 2, 5};
  CHECK(baro::heaviest(w, 3) == std::vector<std::size_t>{1, 3, 2});
  CHECK(baro::heaviest(w, 9).size() == 4);
}

TEST_CASE("a histogram counts everybody once") {
  const std::vector<double> w{0, 1, 1, 2};
  CHECK(baro::histogram_text(w, 2) ==
        "        0 - 1                 1  ##############\n"
        "        1 - 2                 3  ########################################\n");
  CHECK(baro::histogram_text(std::vector<double>{3, 3}, 5) ==
        "        3 - 3                 2  ########################################\n");
}

TEST_CASE("no weights have no summary") {
  CHECK(test::refused<baro::size_error>([] { baro::weight_summary(std::vector<double>{}); }) ==
        "weight_summary: 0 weights, must have at least 1");
}

}  // namespace weights_weight_summary

TEST_SUITE_END();
