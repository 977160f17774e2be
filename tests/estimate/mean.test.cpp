// SPDX-License-Identifier: BSL-1.0
#include <baro/estimate/mean.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <support/close.hpp>
#include <support/refused.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_mean {

using baro::design;
using baro::mean;
using test::close;
using numbers = std::vector<double>;
const design four{baro::rows(4)};

/// The mean of 3, 0, 1, 4 in whatever column.
template <class Column>
void check_column(const Column& y) {
  const baro::estimate<> e = mean(four, y);
  CHECK(e.value(0) == 2);
  CHECK(close(e.variance(0), 10.0 / 3 / 4, 1e-15));
}

TEST_SUITE("estimate/mean") {
  TEST_CASE("a simple random sample has the textbook's mean, variance and design effect") {
    const numbers y{1, 2, 3, 4};
    const baro::estimate<> e = mean(four, baro::answers(y).named("age"));
    CHECK(e.value(0) == 2.5);
    CHECK(close(e.variance(0), 5.0 / 3 / 4, 1e-15));
    CHECK(close(e.standard_error(0), std::sqrt(5.0 / 12), 1e-15));
    const auto& entry = e.entry(0);
    CHECK(entry.label == baro::label{baro::statistic::mean, "age", "", {}, ""});
    CHECK(entry.df == 3);
    CHECK(close(entry.deff, 1.0, 1e-14));
    CHECK(std::isnan(entry.deff_without));  // a population of 4, all of them asked
    CHECK(entry.bases.n == 4);
    CHECK(entry.bases.sum_weights == 4);
    CHECK(entry.bases.effective_n == 4);
    const design half{baro::rows(4), baro::population_size(8)};
    CHECK(close(mean(half, y).variance(0), 5.0 / 3 / 4 / 2, 1e-15));
  }

  TEST_CASE("weights, strata and PSUs by hand") {
    // W = 7, mean 3; PSU totals of w (y - 3): -4 and 2 | 2 - 2 = 0 and 2; V = (6² + 2²)/7².
    const numbers w{2, 1, 1, 1, 2}, y{1, 5, 5, 1, 4};
    const std::vector<int> stratum{1, 1, 2, 2, 2}, psu{1, 2, 1, 1, 2};
    const design d{baro::weights(w), baro::strata(stratum), baro::psus(psu)};
    const baro::estimate<> e = mean(d, y);
    const double v = 40.0 / 49;
    CHECK(close(e.value(0), 3.0, 1e-15));
    CHECK(close(e.variance(0), v, 1e-14));
    CHECK(e.entry(0).df == 2);
    CHECK(e.entry(0).bases.sum_weights == 7);
    CHECK(close(e.entry(0).bases.effective_n, 49.0 / 11, 1e-15));
    // deff = V / (s²/n), s² = n/(n − 1) Σ w (y − ȳ)² / W; without replacement / (1 − n/W).
    const double square = (2 * 4 + 4 + 4 + 4 + 2 * 1) / 7.0;
    CHECK(close(e.entry(0).deff, v / (square / 4), 1e-13));
    CHECK(close(e.entry(0).deff_without, v / (square / 4) / (1 - 5.0 / 7), 1e-13));
  }

  TEST_CASE("any arithmetic column will do, wherever it lies") {
    check_column(std::vector<double>{3, 0, 1, 4});
    check_column(std::vector<float>{3, 0, 1, 4});
    check_column(std::vector<long double>{3, 0, 1, 4});
    check_column(std::vector<std::int8_t>{3, 0, 1, 4});
    check_column(std::vector<std::uint16_t>{3, 0, 1, 4});
    check_column(std::vector<std::int64_t>{3, 0, 1, 4});
    check_column(std::vector<std::uint64_t>{3, 0, 1, 4});
    check_column(std::array<int, 4>{3, 0, 1, 4});
    const double raw[] = {3, 0, 1, 4};
    check_column(raw);
    check_column(std::span<const double>(raw));
    check_column(Eigen::Map<const Eigen::VectorXd>(raw, 4));
    Eigen::MatrixXd table(4, 2);
    table.col(1) << 3, 0, 1, 4;
    check_column(table.col(1));
    const std::array<bool, 4> yes{true, false, false, true};
    CHECK(mean(four, yes).value(0) == .5);
  }

  TEST_CASE("weights of any arithmetic column count the same") {
    const numbers y{1, 2, 3, 4}, w{1, 2, 0, 4};
    const std::vector<std::uint8_t> bytes{1, 2, 0, 4};
    const std::vector<float> floats{1, 2, 0, 4};
    const baro::estimate<> e = mean(design{baro::weights(w)}, y);
    for (const design& d : {design{baro::weights(bytes)}, design{baro::weights(floats)}}) {
      CHECK(mean(d, y).value(0) == e.value(0));
      CHECK(mean(d, y).variance(0) == e.variance(0));
    }
  }

  TEST_CASE("domains come out of one pass as out of passes of their own") {
    const test::sample s = test::sample::of(150, 3);
    for (const design& d : {s.clustered(), s.stratified()}) {
      const baro::estimate<> all = mean(d, s.y, baro::by(s.region));
      REQUIRE(all.size() == 3);
      for (int r = 1; r <= 3; ++r) {
        std::vector<char> in;
        for (const int region : s.region) in.push_back(region == r);
        const baro::estimate<> one = mean(d, s.y, baro::where(in));
        const auto at = static_cast<std::size_t>(r - 1);
        CHECK(all.entry(at).label.domain == std::vector{std::to_string(r)});
        CHECK(all.entry(at).bases.n == one.entry(0).bases.n);
        CHECK(all.entry(at).df == one.entry(0).df);
        CHECK(close(all.value(at), one.value(0), 1e-13));
        CHECK(close(all.variance(at), one.variance(0), 1e-12));
        CHECK(close(all.entry(at).deff, one.entry(0).deff, 1e-12));
      }
    }
  }

  TEST_CASE("two breaks give their combinations that somebody has, first break slowest") {
    const numbers y{1, 2, 3, 4};
    const std::vector<std::string> region{"S", "N", "S", "S"}, sex{"m", "f", "m", "f"};
    const baro::estimate<> e = mean(four, y, baro::by(region, sex), baro::threads(2));
    REQUIRE(e.size() == 3);
    CHECK(e.entry(0).label.domain == std::vector<std::string>{"N", "f"});
    CHECK(e.entry(1).label.domain == std::vector<std::string>{"S", "f"});
    CHECK(e.entry(2).label.domain == std::vector<std::string>{"S", "m"});
    CHECK(e.value(2) == 2);
  }

  TEST_CASE("an infinite answer is refused with its row, a short column with its length") {
    const numbers y{1, 2, -std::numeric_limits<double>::infinity(), 4}, three{1, 2, 3};
    try {
      static_cast<void>(mean(four, baro::answers(y).named("pay")));
      FAIL("nothing was refused");
    } catch (const baro::value_error& e) {
      CHECK(std::string(e.what()) ==
            "answers: pay[2] = -inf, must be finite, or NaN where there is no answer");
      CHECK(e.argument == "pay");
      CHECK(e.index == 2);
      CHECK(e.value == "-inf");
    }
    const std::vector<char> outside{1, 1, 0, 1};
    CHECK(mean(four, y, baro::where(outside)).entry(0).bases.n == 3);
    CHECK(test::refused<baro::size_error>([&] {
            static_cast<void>(mean(four, baro::answers(three).named("pay")));
          }) == "answers: pay has 3 rows, must have 4");
  }
}

}  // namespace estimate_mean
