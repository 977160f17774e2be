// SPDX-License-Identifier: BSL-1.0
// Exact tests of two shares: R fisher.test, every table added up, what the tests promise.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/exact.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <support/close.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/exact");

namespace hypothesis_exact {

using baro::exact_p_value, baro::exact_test, baro::two_counts;
using test::close;

constexpr exact_test all[] = {exact_test::fisher, exact_test::mid_p, exact_test::barnard,
                              exact_test::boschloo};

TEST_CASE("R fisher.test") {
  const auto p = [](std::size_t x, std::size_t n, std::size_t y, std::size_t m) {
    return exact_p_value({x, n, y, m}, exact_test::fisher);
  };
  CHECK(close(p(30, 122, 312, 1000), 0.145425154992, 1e-10));
  CHECK(close(p(9, 10, 3, 10), 0.0197666110979, 1e-10));
  CHECK(close(p(7, 12, 1, 17), 0.00325222004382, 1e-10));
  CHECK(close(p(0, 10, 4, 9), 0.0325077399381, 1e-10));
  CHECK(close(p(55, 122, 45, 100), 1, 1e-10));
}

double choose(std::size_t n, std::size_t k) {
  double out = 1;
  for (std::size_t i = 0; i < k; ++i)
    out *= static_cast<double>(n - i) / static_cast<double>(i + 1);
  return out;
}

/// The largest probability of the tables where `extreme`, over a fine grid of shares.
template <class Extreme>
double by_adding(const two_counts& t, Extreme extreme) {
  // By how many hold it in both: the share does not change which tables are extreme.
  std::vector<double> ways(t.n_a + t.n_b + 1, 0.0);
  for (std::size_t i = 0; i <= t.n_a; ++i)
    for (std::size_t j = 0; j <= t.n_b; ++j)
      if (extreme(i, j)) ways[i + j] += choose(t.n_a, i) * choose(t.n_b, j);
  double most = 0;
  for (int k = 1; k < 20000; ++k) {
    const double share = k / 20000.0;
    double sum = 0;
    for (std::size_t s = 0; s < ways.size(); ++s)
      sum += ways[s] * std::pow(share, static_cast<double>(s)) *
             std::pow(1 - share, static_cast<double>(t.n_a + t.n_b - s));
    most = std::max(most, sum);
  }
  return most;
}

TEST_CASE("Barnard's and Boschloo's by adding up every table") {
  for (const two_counts& t : {two_counts{9, 9, 5, 6}, {2, 4, 2, 9}, {7, 8, 2, 7}}) {
    const auto z = [&](std::size_t i, std::size_t j) {
      const double n = static_cast<double>(t.n_a), m = static_cast<double>(t.n_b);
      const double a = static_cast<double>(i) / n, b = static_cast<double>(j) / m;
      const double p = static_cast<double>(i + j) / (n + m);
      return i + j == 0 || p == 1 ? 0
                                  : std::abs(a - b) / std::sqrt(p * (1 - p) * (1 / n + 1 / m));
    };
    const double own = z(t.count_a, t.count_b);
    const double barnard =
        by_adding(t, [&](std::size_t i, std::size_t j) { return z(i, j) >= own - 1e-9; });
    CHECK(close(exact_p_value(t, exact_test::barnard), barnard, 1e-7));
    const double fisher = exact_p_value(t, exact_test::fisher);
    const double boschloo = by_adding(t, [&](std::size_t i, std::size_t j) {
      return exact_p_value({i, t.n_a, j, t.n_b}, exact_test::fisher) <= fisher * (1 + 1e-9);
    });
    CHECK(close(exact_p_value(t, exact_test::boschloo), boschloo, 1e-7));
  }
}

TEST_CASE("what the tests promise") {
  for (std::size_t x = 0; x <= 12; ++x)
    for (std::size_t y = 0; y <= 7; y += 1) {
      const two_counts t{x, 12, y, 7}, turned{y, 7, x, 12}, other{12 - x, 12, 7 - y, 7};
      CAPTURE(x);
      CAPTURE(y);
      for (const exact_test method : all) {
        const double p = exact_p_value(t, method);
        CHECK(p > 0);
        CHECK(p <= 1);
        CHECK(close(exact_p_value(turned, method), p, 1e-9));  // whoever comes first
        CHECK(close(exact_p_value(other, method), p, 1e-9));   // whichever answer is counted
      }
      const double fisher = exact_p_value(t, exact_test::fisher);
      CHECK(exact_p_value(t, exact_test::mid_p) < fisher);
      CHECK(exact_p_value(t, exact_test::boschloo) <= fisher * (1 + 1e-12));
    }
  CHECK(exact_p_value({0, 5, 0, 9}, exact_test::fisher) == 1);
  CHECK(exact_p_value({0, 5, 0, 9}, exact_test::barnard) == 1);
}

/// Under the null no unconditional test exceeds its level, whatever the share.
TEST_CASE("size is at most the level; Boschloo's is nearer to it than Fisher's") {
  constexpr std::size_t n = 11, m = 8;
  bool rejects[4][n + 1][m + 1];
  for (std::size_t t = 0; t < 4; ++t)
    for (std::size_t i = 0; i <= n; ++i)
      for (std::size_t j = 0; j <= m; ++j)
        rejects[t][i][j] = exact_p_value({i, n, j, m}, all[t]) <= 0.05;
  double fisher_size = 0, boschloo_size = 0;
  for (int k = 1; k < 40; ++k) {
    const double share = k / 40.0;
    double size[4] = {};
    for (std::size_t i = 0; i <= n; ++i)
      for (std::size_t j = 0; j <= m; ++j) {
        const double probability = choose(n, i) * choose(m, j) *
                                   std::pow(share, static_cast<double>(i + j)) *
                                   std::pow(1 - share, static_cast<double>(n + m - i - j));
        for (std::size_t t = 0; t < 4; ++t)
          if (rejects[t][i][j]) size[t] += probability;
      }
    CHECK(size[0] <= 0.05);
    CHECK(size[2] <= 0.05 * (1 + 1e-9));
    CHECK(size[3] <= 0.05 * (1 + 1e-9));
    fisher_size = std::max(fisher_size, size[0]);
    boschloo_size = std::max(boschloo_size, size[3]);
  }
  CHECK(boschloo_size > fisher_size);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const two_counts t{11, 13, 15, 28};
  for (const exact_test method : all)
    CHECK(close(exact_p_value(t, method), static_cast<double>(exact_p_value<real>(t, method)),
                1e-11));
}

TEST_CASE("counts come from shares that are not weighted") {
  const std::vector<std::string> answer{"y", "n", "y", "y", "n", "y", ""},
      group{"a", "a", "a", "b", "b", "b", "b"};
  const auto e = baro::share(baro::design{baro::rows(7)}, baro::categories(answer),
                             baro::by(baro::categories(group)));
  const auto t = baro::counts_of(e.figure_of("y", {"a"}), e.figure_of("y", {"b"}));
  REQUIRE(t);
  CHECK(t->count_a == 2);
  CHECK(t->n_a == 3);
  CHECK(t->count_b == 2);
  CHECK(t->n_b == 3);
  const std::vector<double> w{1, 2, 1, 1, 1, 1, 1};
  const auto weighted = baro::share(baro::design{baro::weights(w)}, baro::categories(answer),
                                    baro::by(baro::categories(group)));
  CHECK(!baro::counts_of(weighted.figure_of("y", {"a"}), weighted.figure_of("y", {"b"})));
}

TEST_CASE("every test is found by its name") {
  for (const exact_test method : all) CHECK(baro::exact_test_by_name(name(method)) == method);
  CHECK(!baro::exact_test_by_name("exact"));
}

TEST_CASE("what is no table is refused") {
  CHECK_THROWS_WITH_AS(static_cast<void>(exact_p_value({3, 2, 0, 5}, exact_test::fisher)),
                       "exact_p_value: count_a = 3, must be at most n_a", baro::value_error);
  CHECK_THROWS_AS(static_cast<void>(exact_p_value({0, 0, 0, 5}, exact_test::fisher)),
                  baro::value_error);
}

}  // namespace hypothesis_exact

TEST_SUITE_END();
