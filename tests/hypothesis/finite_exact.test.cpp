// SPDX-License-Identifier: BSL-1.0
// Two samples without replacement: small populations written out, large ones, censuses.
#include <baro/hypothesis/finite_exact.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <support/close.hpp>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("hypothesis/finite_exact");

namespace hypothesis_finite_exact {

using baro::finite_exact_p_value, baro::finite_populations, baro::population_size,
    baro::two_counts;
using test::close;

double choose(std::size_t n, std::size_t k) {
  if (k > n) return 0;
  double out = 1;
  for (std::size_t i = 0; i < k; ++i)
    out *= static_cast<double>(n - i) / static_cast<double>(i + 1);
  return out;
}

double squared_z(const two_counts& t, std::size_t i, std::size_t j) {
  const double n = static_cast<double>(t.n_a), m = static_cast<double>(t.n_b);
  const double gap = static_cast<double>(i) / n - static_cast<double>(j) / m;
  const double p = static_cast<double>(i + j) / (n + m);
  return gap == 0 ? 0 : gap * gap / (p * (1 - p));
}

/// P of the tables for which `counts`, of populations with those holders.
template <class Counts>
double probability(const two_counts& t, std::size_t size_a, std::size_t size_b,
                   std::size_t holders_a, std::size_t holders_b, Counts counts) {
  double sum = 0;
  for (std::size_t i = 0; i <= t.n_a; ++i)
    for (std::size_t j = 0; j <= t.n_b; ++j)
      if (counts(i, j))
        sum += choose(holders_a, i) * choose(size_a - holders_a, t.n_a - i) /
               choose(size_a, t.n_a) * choose(holders_b, j) *
               choose(size_b - holders_b, t.n_b - j) / choose(size_b, t.n_b);
  return sum;
}

template <class Visit>
void each_same_pair(std::size_t size_a, std::size_t size_b, Visit visit) {
  const auto near = [](std::size_t k, std::size_t of, std::size_t to) {
    return static_cast<std::size_t>(
        std::floor(static_cast<double>(k * to) / static_cast<double>(of) + 0.5));
  };
  for (std::size_t k = 0; k <= size_a; ++k) visit(k, near(k, size_a, size_b));
  for (std::size_t k = 0; k <= size_b; ++k) visit(near(k, size_b, size_a), k);
}

TEST_CASE("small populations, every table written out") {
  for (const two_counts& t :
       {two_counts{3, 4, 1, 5}, {0, 3, 4, 6}, {5, 5, 2, 4}, {2, 6, 2, 3}}) {
    const std::size_t size_a = 9, size_b = 7;
    const double own = squared_z(t, t.count_a, t.count_b);
    double most = 0;
    each_same_pair(size_a, size_b, [&](std::size_t a, std::size_t b) {
      most = std::max(most, probability(t, size_a, size_b, a, b, [&](auto i, auto j) {
                        return squared_z(t, i, j) >= own * (1 - 1e-12);
                      }));
    });
    CHECK(close(finite_exact_p_value(t, {population_size(9), population_size(7)}),
                std::min(1.0, most), 1e-12));
  }
}

TEST_CASE("it never rejects what is true more often than it says") {
  const two_counts n{0, 8, 0, 6};
  const std::size_t size_a = 14, size_b = 10;
  each_same_pair(size_a, size_b, [&](std::size_t a, std::size_t b) {
    const double rejected = probability(n, size_a, size_b, a, b, [&](auto i, auto j) {
      return finite_exact_p_value(two_counts{i, n.n_a, j, n.n_b},
                                  {population_size(14), population_size(10)}) <= 0.05;
    });
    CHECK(rejected <= 0.05 + 1e-12);
  });
}

TEST_CASE("large populations: Barnard's test") {
  const two_counts t{7, 20, 2, 25};
  const double large =
      finite_exact_p_value(t, {population_size(40000), population_size(50000)});
  CHECK(close(large, baro::exact_p_value(t, baro::exact_test::barnard), 2e-3));
  // 122 of 400 know more than 122 of many.
  const two_counts drh{30, 122, 40, 110};
  const double of_400 = finite_exact_p_value(drh, {population_size(400), population_size(300)});
  CHECK(of_400 < 0.8 * baro::exact_p_value(drh, baro::exact_test::barnard));
}

TEST_CASE("two censuses differ for certain, or are the same") {
  CHECK(finite_exact_p_value({30, 122, 45, 150},
                             {population_size(122), population_size(150)}) == 0);
  CHECK(finite_exact_p_value({30, 120, 40, 160},
                             {population_size(120), population_size(160)}) == 1);
}

TEST_CASE("whoever is first, yes or no, and 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const finite_populations of{population_size(60), population_size(45)};
  const two_counts t{9, 20, 3, 18};
  const double p = finite_exact_p_value(t, of);
  CHECK(close(finite_exact_p_value({3, 18, 9, 20}, {of.b, of.a}), p, 1e-12));
  CHECK(close(finite_exact_p_value({11, 20, 15, 18}, of), p, 1e-12));
  CHECK(close(p, static_cast<double>(finite_exact_p_value<real>(t, of)), 1e-12));
}

TEST_CASE("what cannot be is refused") {
  const auto refused = [](const two_counts& t, double a, double b) {
    return test::refused<baro::value_error>([&] {
      static_cast<void>(finite_exact_p_value(t, {population_size(a), population_size(b)}));
    });
  };
  CHECK(refused({1, 10, 1, 10}, 9, 20) ==
        "finite_exact_p_value: a = 9, must be at least its sample");
  CHECK(refused({1, 10, 1, 10}, 20, 20.5) ==
        "finite_exact_p_value: b = 20.5, must be a whole number of at most 100000");
  CHECK(refused({11, 10, 1, 10}, 20, 20) ==
        "finite_exact_p_value: a = 11, must be at most its n");
  CHECK(refused({0, 0, 1, 10}, 20, 20) ==
        "finite_exact_p_value: a = 0, must have a sample of at least 1");
}

}  // namespace hypothesis_finite_exact
