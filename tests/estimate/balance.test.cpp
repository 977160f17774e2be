// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/balance.hpp>
#include <baro/estimate/mean.hpp>

#include <doctest/doctest.h>

#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_balance {

using baro::categories;
using test::close;
const test::sample s = test::sample::of(180, 61);

std::string refused(const std::vector<std::string>& up, const std::vector<std::string>& down) {
  return test::refused<baro::value_error>(
      [&] { baro::balance_of(categories(s.answer).named("mood"), up, down); });
}

TEST_SUITE("estimate/balance") {
  TEST_CASE("a balance is the difference of two shares, their covariance included") {
    for (const baro::design& d : {s.clustered(), s.stratified()}) {
      const baro::estimate<> b = baro::balance(d, s.answer, {"5"}, {"1"}, baro::by(s.region));
      const baro::estimate<> p = baro::share(d, s.answer, baro::by(s.region));
      for (std::size_t r = 0; r < 3; ++r) {
        const std::size_t up = 12 + r, down = r;
        CHECK(close(b.value(r), p.value(up) - p.value(down), 1e-12));
        CHECK(close(b.variance(r),
                    p.variance(up) + p.variance(down) - 2 * p.covariance(up, down), 1e-12));
      }
    }
  }

  TEST_CASE("several levels on a side, neutral ones in the base: the mean of a score") {
    const baro::design d = s.clustered();
    std::vector<int> score;
    for (const int a : s.answer) score.push_back(a >= 4 ? 1 : a == 1 ? -1 : 0);
    const baro::estimate<> b = baro::balance(d, s.answer, {"4", "5"}, {"1"});
    const baro::estimate<> m = baro::mean(d, score);
    CHECK(close(b.value(0), m.value(0), 1e-13));
    CHECK(close(b.variance(0), m.variance(0), 1e-12));
    CHECK(close(b.entry(0).deff, m.entry(0).deff, 1e-12));
    CHECK(b.entry(0).df == m.entry(0).df);
    CHECK(b.entry(0).label.statistic == baro::statistic::balance);
  }

  TEST_CASE("the sides changed, the sign changes and nothing else") {
    const baro::design d = s.stratified();
    const baro::estimate<> a = baro::balance(d, s.answer, {"5"}, {"1", "2"}),
                           b = baro::balance(d, s.answer, {"1", "2"}, {"5"});
    CHECK(close(a.value(0), -b.value(0), 1e-14));
    CHECK(close(a.variance(0), b.variance(0), 1e-14));
  }

  TEST_CASE("promoters are 9 and 10, detractors 0 to 6, and all are the base") {
    const std::vector<int> points{10, 9, 9, 8, 7, 6, 0, 10};
    const baro::design d{baro::rows(8)};
    const baro::estimate<> e = baro::nps(d, points);
    CHECK(close(e.value(0), 4.0 / 8 - 2.0 / 8, 1e-15));
    CHECK(close(e.variance(0), (6.0 / 8 - 1.0 / 16) / 7, 1e-14));
    CHECK(e.entry(0).label.statistic == baro::statistic::nps);
    const std::vector<std::string> text{"10", "9", "9", "8", "7", "6", "0", "10"};
    CHECK(baro::nps(d, text).value(0) == e.value(0));
    const std::vector<int> with_code{10, 9, 9, 8, 7, 6, 0, 99};
    const baro::estimate<> some = baro::nps(d, categories(with_code, {.dont_know = {99}}));
    CHECK(some.entry(0).bases.n == 7);
    CHECK(close(some.value(0), 1.0 / 7, 1e-14));
  }

  TEST_CASE("levels that are not there, or on both sides, are refused by name") {
    CHECK(refused({"5"}, {"6"}) == "balance: mood = '6', must be one of 1, 2, 3, 4, 5");
    CHECK(refused({"better"}, {"1"}) ==
          "balance: mood = 'better', must be one of 1, 2, 3, 4, 5");
    CHECK(refused({"4", "5"}, {"1", "4"}) == "balance: level = '4', must be on one side only");
    CHECK(refused({}, {}) == "nothing was refused");
  }

  TEST_CASE("an answer that is no point from 0 to 10 is refused") {
    const auto nps = [](const auto& column) {
      return test::refused<baro::value_error>([&] { baro::nps_of(categories(column)); });
    };
    CHECK(nps(std::vector<int>{0, 11}) == "nps: answer = '11', must be one of 0, 1, ... 10");
    CHECK(nps(std::vector<int>{-1, 5}) == "nps: answer = '-1', must be one of 0, 1, ... 10");
    CHECK(nps(std::vector<std::string>{"7", "ten"}) ==
          "nps: answer = 'ten', must be one of 0, 1, ... 10");
    CHECK(nps(std::vector<std::string>{"7", "07"}) ==
          "nps: answer = '07', must be one of 0, 1, ... 10");
  }
}

}  // namespace estimate_balance
