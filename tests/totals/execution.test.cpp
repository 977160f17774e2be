// SPDX-License-Identifier: BSL-1.0
#include <baro/totals/execution.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <support/refused.hpp>
#include <totals/pass.hpp>
#include <type_traits>
#include <vector>

namespace {

static_assert(!std::is_convertible_v<std::size_t, baro::threads>);
const test::long_survey& survey() {
  static const test::long_survey s;
  return s;
}

baro::totals<> by_threads(const test::pass& p, std::size_t n) {
  baro::totals<> t(p.shape);
  baro::detail::add_all(t, p.rows, baro::threads(n));
  return t;
}

TEST_SUITE("totals/execution") {
  TEST_CASE("any number of threads leaves the same bits, more threads than blocks included") {
    for (const test::pass& p : {survey().with_psus(), survey().with_rows()}) {
      const std::vector<double> one = p.sums().sum();
      for (const std::size_t n : {1UL, 2UL, 3UL, 7UL, 40UL}) {
        CAPTURE(n);
        CHECK(by_threads(p, n).sum() == one);
      }
    }
  }

  TEST_CASE("rows before and after a pass by threads leave the same bits as one stream") {
    for (const test::pass& p : {survey().with_psus(), survey().with_rows()}) {
      const std::size_t n = p.rows.who->size(), block = p.shape.block_rows();
      for (const std::size_t before : {0UL, 7UL, block, block + 5}) {
        baro::totals<> stream(p.shape);
        stream.add(p.rows, 0, before);
        stream.add(p.rows, 0, n);
        stream.add(p.rows, 0, n);
        stream.add(p.rows, 0, 50'000);
        for (const std::size_t count : {1UL, 2UL, 3UL, 40UL}) {
          CAPTURE(before);
          CAPTURE(count);
          baro::totals<> t(p.shape);
          t.add(p.rows, 0, before);
          baro::detail::add_all(t, p.rows, baro::threads(count));
          baro::detail::add_all(t, p.rows, baro::threads(count));
          t.add(p.rows, 0, 50'000);
          CHECK(t.sum() == stream.sum());
          CHECK(t.block() == stream.block());
        }
      }
    }
  }

  TEST_CASE("a state that began at a later block takes threads too") {
    const test::pass p = survey().with_psus();
    baro::totals<> one(p.shape, 5), three(p.shape, 5);
    one.add(p.rows, 0, p.rows.who->size());
    baro::detail::add_all(three, p.rows, baro::threads(3));
    CHECK(one.sum() == three.sum());
    CHECK(one.block() == three.block());
  }

  TEST_CASE("an answer refused in the last thread is refused to the caller") {
    std::vector<double> y = survey().s.y;
    y.back() = std::numeric_limits<double>::infinity();
    const test::pass p(
        survey().clustered,
        {test::variable::numbers(test::kind::numbers, {baro::answers(y).named("pay")}, {0})});
    for (const std::size_t n : {1UL, 3UL})
      CHECK(test::refused<baro::value_error>([&] { by_threads(p, n); }) ==
            "answers: pay[200016] = inf, must be finite, or NaN where there is no answer");
  }

  TEST_CASE("no thread at all is refused") {
    CHECK(baro::threads(3).count == 3);
    CHECK(test::refused<baro::value_error>([] { baro::threads(0); }) ==
          "threads: count = 0, must be at least 1");
  }
}

}  // namespace
