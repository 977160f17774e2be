// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/mean.hpp>
#include <baro/estimate/share.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <support/close.hpp>
#include <support/positive.hpp>
#include <support/refused.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_share {

using baro::share;
using test::close;
using words = std::vector<std::string>;
const test::sample s = test::sample::of(180, 51);
enum class vote { no, yes };

TEST_SUITE("estimate/share") {
  TEST_CASE("an unweighted share has the variance p q / (n − 1) and a design effect of 1") {
    const words answer{"yes", "no", "yes", "yes"};
    const baro::estimate<> e =
        share(baro::design{baro::rows(4)}, baro::categories(answer).named("member"));
    REQUIRE(e.size() == 2);
    CHECK(e.entry(0).label.level == "no");
    CHECK(e.entry(1).label == baro::label{baro::statistic::share, "member", "yes", {}, ""});
    CHECK(e.value(1) == .75);
    CHECK(close(e.variance(1), .75 * .25 / 3, 1e-15));
    CHECK(close(e.covariance(0, 1), -.75 * .25 / 3, 1e-15));
    CHECK(close(e.entry(1).deff, 1.0, 1e-14));
    CHECK(e.entry(1).bases.n == 4);
    CHECK(e.entry(1).bases.count == 3);
  }

  TEST_CASE("shares sum to 1, and what one gains the others lose") {
    for (const baro::design& d : {s.clustered(), s.stratified()}) {
      const baro::estimate<> e = share(d, s.answer);
      REQUIRE(e.size() == 5);
      CHECK(close(e.value().sum(), 1.0, 1e-14));
      for (Eigen::Index i = 0; i < 5; ++i)
        CHECK(std::abs(e.covariance().row(i).sum()) < 1e-13 * e.covariance()(i, i));
      CHECK(test::positive_semidefinite(e.covariance()));
    }
  }

  TEST_CASE("each share is the mean of its indicator") {
    const baro::design d = s.clustered(baro::sampling_fraction(.3));
    const baro::estimate<> e = share(d, s.answer, baro::by(s.region));
    for (std::size_t l = 0; l < 5; ++l) {
      std::vector<signed char> holds;
      for (const int a : s.answer) holds.push_back(a == static_cast<int>(l + 1));
      const baro::estimate<> m = baro::mean(d, holds, baro::by(s.region));
      for (std::size_t r = 0; r < 3; ++r) {
        const std::size_t at = 3 * l + r;  // levels, and within a level the domains
        CHECK(e.entry(at).label.level == std::to_string(l + 1));
        CHECK(e.entry(at).label.domain[0] == std::to_string(r + 1));
        CHECK(close(e.value(at), m.value(r), 1e-13));
        CHECK(close(e.variance(at), m.variance(r), 1e-12));
        CHECK(close(e.entry(at).deff, m.entry(r).deff, 1e-11));
        CHECK(e.entry(at).df == m.entry(r).df);
        CHECK(e.entry(at).bases.n == m.entry(r).bases.n);
      }
    }
  }

  TEST_CASE("some levels may be asked for, in any order, in the base of all") {
    const baro::design d = s.clustered();
    const baro::estimate<> all = share(d, s.answer);
    const baro::estimate<> some =
        baro::tabulate(d, baro::share_of(baro::categories(s.answer), {"4", "2"}));
    REQUIRE(some.size() == 2);
    CHECK(some.value(0) == all.value(3));
    CHECK(some.value(1) == all.value(1));
    CHECK(close(some.covariance(0, 1), all.covariance(3, 1), 1e-13));
    CHECK(test::refused<baro::value_error>([] {
            baro::share_of(baro::categories(s.answer).named("q1"), {"2", "6"});
          }) == "share: q1 = '6', must be one of 1, 2, 3, 4, 5");
  }

  TEST_CASE("integers, enums, booleans and strings of any kind are levels") {
    const baro::design d{baro::rows(4)};
    const auto check = [&](const auto& column, const char* level) {
      const baro::estimate<> e = share(d, column);
      REQUIRE(e.size() == 2);
      CHECK(e.value(1) == .75);
      CHECK(e.entry(1).label.level == level);
    };
    check(std::vector<int>{7, -7, 7, 7}, "7");
    check(std::vector<vote>{vote::yes, vote::no, vote::yes, vote::yes}, "1");
    check(std::array<bool, 4>{true, false, true, true}, "1");
    check(std::array<const char*, 4>{"b", "a", "b", "b"}, "b");
    check(std::vector<std::string_view>{"b", "a", "b", "b"}, "b");
    check(std::vector<std::int64_t>{1'000'000'000'000, 0, 1'000'000'000'000, 1'000'000'000'000},
          "1000000000000");
  }

  TEST_CASE("don't know is out of the base, or in it and shown, as the caller says") {
    const std::vector<int> answer{1, 2, 99, 1, 98};
    const baro::design d{baro::rows(5)};
    baro::missing_codes codes{.refused = {98}, .dont_know = {99}};
    const baro::estimate<> out = share(d, baro::categories(answer, codes));
    REQUIRE(out.size() == 2);
    CHECK(close(out.value(0), 2.0 / 3, 1e-15));
    CHECK(out.entry(0).bases.n == 3);
    codes.dont_know_is = baro::dont_know_is::answer;
    const baro::estimate<> in = share(d, baro::categories(answer, codes));
    REQUIRE(in.size() == 3);
    CHECK(in.value(0) == .5);
    CHECK(in.value(2) == .25);
    CHECK(in.entry(2).label.level == "99");
  }

  TEST_CASE("a level that nobody holds has a share of 0, and one that all hold of 1") {
    const std::vector<int> code(4, 1);
    const baro::estimate<> e =
        share(baro::design{baro::rows(4)},
              baro::categories(code, baro::coded_labels{{"never", "always"}}));
    CHECK(e.value(0) == 0);
    CHECK(e.value(1) == 1);
    CHECK(e.covariance().isZero(0));
    CHECK(e.entry(0).status == baro::status::ok);
    CHECK(std::isnan(e.entry(0).deff));
    CHECK(e.entry(0).bases.count == 0);
  }

  TEST_CASE("a question that nobody answered has no levels") {
    const words nobody(3);
    CHECK(share(baro::design{baro::rows(3)}, nobody).empty());
  }
}

}  // namespace estimate_share
