// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/hypergeometric.hpp>
#include <baro/interval/methods_by_name.hpp>

#include "figures.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>

/// One file for all methods: the 50-digit templates take long to compile.
namespace interval_precision {

using namespace test;
using real50 = boost::multiprecision::cpp_bin_float_50;

template <class To, class From>
baro::figure<To> as(const baro::figure<From>& f) {
  return {To(f.value),
          To(f.standard_error),
          To(f.df),
          To(f.deff),
          {To(f.bases.n), To(f.bases.count), To(f.bases.sum_weights), To(f.bases.effective_n)},
          f.statistic,
          f.status};
}

/// double and long double against the same template in 50 digits; float as a float can.
template <class Method>
void check_precision(const Method& m) {
  for (const auto& f : many_shares()) {
    const auto a = baro::interval(f, at95, m);
    const auto b = baro::interval(as<real50>(f), at95, m);
    const auto c = baro::interval(as<long double>(f), at95, m);
    const auto d = baro::interval(as<float>(f), at95, m);
    CAPTURE(f.value);
    REQUIRE(a.status == b.status);
    CHECK(a.status == c.status);
    CHECK(a.status == d.status);
    if (a.status != baro::status::ok) continue;
    CHECK(close(a.low, static_cast<double>(b.low), 1e-13));
    CHECK(close(a.high, static_cast<double>(b.high), 1e-13));
    CHECK(close(static_cast<double>(c.low), static_cast<double>(b.low), 1e-14));
    CHECK(close(static_cast<double>(c.high), static_cast<double>(b.high), 1e-14));
    CHECK(std::abs(static_cast<double>(d.low) - a.low) < 2e-5);
    CHECK(std::abs(static_cast<double>(d.high) - a.high) < 2e-5);
  }
}

TEST_SUITE("interval/precision") {
  TEST_CASE("every method in double is within 1e-13 of itself in 50 digits") {
    for (const auto& m : baro::named_intervals) {
      const std::string method(m.name());
      CAPTURE(method);
      check_precision(m);
    }
  }

  TEST_CASE("float, double, long double and 50 digits count the same people") {
    const baro::hypergeometric m{baro::population_size(4000)};
    for (const int k : {0, 1, 31, 61, 121, 122}) {
      const auto f = sampled(k, 122);
      const auto c = interval(f, at95, m);
      const auto people = [](const auto& limit) {
        return std::lround(static_cast<double>(limit) * 4000);
      };
      CHECK(people(c.low) == people(interval(as<real50>(f), at95, m).low));
      CHECK(people(c.high) == people(interval(sampled<real50>(k, 122), at95, m).high));
      CHECK(people(c.high) == people(interval(sampled<long double>(k, 122), at95, m).high));
      CHECK(people(c.low) == people(interval(sampled<float>(k, 122), at95, m).low));
    }
  }
}

}  // namespace interval_precision
