// SPDX-License-Identifier: BSL-1.0
#include <baro/interval/interval.hpp>
#include <baro/interval/wald.hpp>

#include "figures.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string_view>
#include <support/refused.hpp>
#include <vector>

namespace interval_interval {

using namespace test;

/// A user's own method: nobody of n, at 95 %, is at most 3 / n.
struct rule_of_three {
  std::string_view name() const { return "rule_of_three"; }
  bool applies_to(baro::statistic s) const { return s == baro::statistic::share; }
  template <class Real>
  baro::confidence_interval<Real> operator()(const baro::figure<Real>& f,
                                             baro::confidence_level) const {
    baro::confidence_interval<Real> c;
    if (f.value == 0) c.low = 0, c.high = 3 / f.bases.n;
    c.assumption = baro::assumption::simple_random_sample;
    c.base = f.bases.n;
    return c;
  }
};

struct nameless {
  template <class Real>
  baro::confidence_interval<Real> operator()(const baro::figure<Real>&,
                                             baro::confidence_level) const;
};

TEST_SUITE("interval/interval") {
  TEST_CASE("a method is a struct with a name and a call operator, anybody's") {
    CHECK(baro::interval_method<rule_of_three>);
    static_assert(baro::interval_method<baro::wald>);
    static_assert(baro::interval_method<baro::wald, float>);
    static_assert(!baro::interval_method<nameless>);
    static_assert(!baro::interval_method<double>);
    const auto c = interval(sampled(0, 60), at95, rule_of_three{});
    CHECK(c.high == .05);
    CHECK(c.method == "rule_of_three");
    CHECK(c.level.value() == .95);
    CHECK(assumption_text(c) == "simple random sample of 60");
  }

  TEST_CASE("what a method says it does not apply to is refused before it is called") {
    auto f = sampled(0, 60);
    f.statistic = baro::statistic::balance;
    CHECK(refused<baro::value_error>([&] { (void)interval(f, at95, rule_of_three{}); }) ==
          "rule_of_three: statistic = 'balance', must be 'share'");
  }

  TEST_CASE("a NaN from a method never passes for a limit") {
    const auto c = interval(sampled(3, 60), at95, rule_of_three{});  // it knows nothing of 3
    CHECK(c.status == baro::status::undefined);
    CHECK(c.low != c.low);
    CHECK(c.high != c.high);
  }

  TEST_CASE("a figure that has no value, no degrees or no base is not given to the method") {
    auto f = sampled(3, 60);
    using baro::status;
    for (const auto s : {status::empty_domain, status::zero_denominator, status::undefined,
                         status::no_degrees, status::no_base, status::iteration_limit}) {
      f.status = s;
      const auto c = interval(f, at95, baro::wald{});
      CHECK(c.status == s);
      CHECK(c.low != c.low);
      CHECK(c.method == "wald");
    }
    f = sampled(3, 60);
    for (const double df : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
      f.df = df;
      CHECK(interval(f, at95, baro::wald{}).status == status::no_degrees);
    }
    f = sampled(3, 60);
    f.standard_error = -1;
    CHECK(interval(f, at95, baro::wald{}).status == status::undefined);
    f.standard_error = .1;
    f.value = std::numeric_limits<double>::infinity();
    CHECK(interval(f, at95, baro::wald{}).status == status::undefined);
  }

  TEST_CASE("an estimate's entries come back in their order") {
    baro::estimate<double>::vector v(3);
    v << 1, 2, 3;
    const baro::estimate<double>::matrix c = baro::estimate<double>::matrix::Identity(3, 3);
    std::vector<baro::entry<double>> entries(3);
    entries[1].status = baro::status::empty_domain;
    const auto all = interval(baro::estimate<double>(v, c, entries), at95, baro::wald{});
    REQUIRE(all.size() == 3);
    CHECK(close(all[0].low, 1 - 1.959963984540054, 1e-14));
    CHECK(all[1].status == baro::status::empty_domain);
    CHECK(close(all[2].high, 3 + 1.959963984540054, 1e-14));
  }
}

}  // namespace interval_interval
