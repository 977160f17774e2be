// SPDX-License-Identifier: BSL-1.0
// Two answers of one question: the balance of opinion against 0.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/difference.hpp>
#include <baro/hypothesis/exclusive_answers.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/exclusive_answers");

namespace hypothesis_exclusive_answers {

using baro::balance_difference, baro::exclusive_answers;
using test::close;

TEST_CASE("42 % for and 31 % against of 1000") {
  const auto c = balance_difference(exclusive_answers<double>{.42, .31, 1000});
  CHECK(c.status == baro::status::ok);
  CHECK(close(c.difference, .11, 1e-14));
  // √((p + q − (p − q)²) / n) is 0.026793656; the package divides by n − 1.
  CHECK(close(c.standard_error * std::sqrt(.999), .026793656, 1e-8));
  CHECK(close(c.statistic, 4.10339620634459, 1e-12));  // R
  CHECK(c.df == 999);
  CHECK(close(c.p_value, 4.40311168738568e-05, 1e-10));
  const auto back = balance_difference(exclusive_answers<double>{.31, .42, 1000});
  CHECK(close(back.statistic, -c.statistic, 1e-14));
  const auto wide = balance_difference(exclusive_answers<double>{.42, .31, 1000}, 1.44);
  CHECK(close(wide.standard_error, 1.2 * c.standard_error, 1e-14));
}

TEST_CASE("without weights it is the design's test of two levels") {
  const std::vector<int> answers{1, 1, 2, 3, 1, 2, 1, 3, 1, 2, 1, 1, 3, 2, 1};
  const auto e = baro::share(baro::design{baro::rows(15)}, baro::categories(answers));
  const auto d = baro::difference(e, 0, 1, baro::confidence_level(.95));
  const auto c = balance_difference(exclusive_answers<double>{8.0 / 15, 4.0 / 15, 15});
  CHECK(close(c.statistic, d.statistic, 1e-12));
  CHECK(c.df == d.df);
  CHECK(close(c.p_value, d.p_value, 1e-11));
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const auto c = balance_difference(exclusive_answers<double>{.42, .31, 1000});
  const auto x =
      balance_difference(exclusive_answers<real>{real("0.42"), real("0.31"), real(1000)});
  CHECK(close(c.statistic, static_cast<double>(x.statistic), 1e-13));
  CHECK(close(c.p_value, static_cast<double>(x.p_value), 1e-12));
}

TEST_CASE("borders and refusals") {
  CHECK(balance_difference(exclusive_answers<double>{.5, .5, 1}).status ==
        baro::status::no_degrees);
  CHECK(balance_difference(exclusive_answers<double>{1, 0, 20}).status ==
        baro::status::undefined);
  CHECK(balance_difference(exclusive_answers<double>{0, 0, 20}).status ==
        baro::status::undefined);
  CHECK(balance_difference(exclusive_answers<double>{.5, .5, 20}).p_value == 1);
  const auto why = [](double a, double b, double n, double deff) {
    return test::refused<baro::value_error>([=] {
      static_cast<void>(balance_difference(exclusive_answers<double>{a, b, n}, deff));
    });
  };
  CHECK(why(-.1, .2, 9, 1) == "balance_difference: share_a = -0.1, must be from 0 to 1");
  CHECK(why(.1, std::nan(""), 9, 1) ==
        "balance_difference: share_b = nan, must be from 0 to 1");
  CHECK(why(.75, .5, 9, 1) ==
        "balance_difference: share_a + share_b = 1.25, must be at most 1");
  CHECK(why(.5, .5, 0, 1) == "balance_difference: n = 0, must be at least 1");
  CHECK(why(.5, .5, 9, 0) == "balance_difference: extra_deff = 0, must be above 0");
}

}  // namespace hypothesis_exclusive_answers

TEST_SUITE_END();
