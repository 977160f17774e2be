// SPDX-License-Identifier: BSL-1.0
#include <baro/core/answers.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <type_traits>
#include <vector>

namespace core_answers {

using baro::answers;
using baro::missing_reason;
using test::nan;

static_assert(std::is_constructible_v<answers, const std::vector<float>&>);
static_assert(std::is_constructible_v<answers, const std::array<bool, 3>&>);
static_assert(
    !std::is_constructible_v<answers, const std::vector<bool>&>);  // no memory to look at
static_assert(!std::is_constructible_v<answers, const std::vector<const char*>&>);
static_assert(!std::is_constructible_v<answers, double>);
// A temporary column would be gone before it is read.
static_assert(!std::is_constructible_v<answers, std::vector<double>>);
static_assert(!std::is_constructible_v<answers, std::vector<double>, baro::missing_codes>);
static_assert(
    !std::is_constructible_v<answers, std::vector<double>, std::span<const missing_reason>>);
static_assert(std::is_constructible_v<answers, std::span<const double>>);

template <class Real = double>
std::vector<Real> read_all(const answers& y, std::size_t first = 0) {
  std::vector<Real> buffer(y.size());
  const Real* p = y.read(first, y.size() - first, buffer.data());
  return {p, p + (y.size() - first)};
}

TEST_SUITE("core/answers") {
  TEST_CASE("a column that already holds the type of the sums is handed out where it lies") {
    const std::vector<double> y{1, 2, nan, 4};
    std::vector<double> buffer(4);
    CHECK(answers(y).read(1, 2, buffer.data()) == y.data() + 1);
    const std::vector<float> single{1, 2};
    CHECK(answers(single).read(0, 2, buffer.data()) == buffer.data());
  }

  TEST_CASE("a code without an answer is read as NaN, and its row keeps the reason") {
    const std::vector<int> y{3, -1, 98, 99, 5};
    const answers a(y, {.not_asked = {-1}, .refused = {98}, .dont_know = {99}});
    const std::vector<double> values = read_all(a);
    CHECK(values[0] == 3);
    CHECK(std::isnan(values[1]));
    CHECK(std::isnan(values[2]));
    CHECK(std::isnan(values[3]));
    CHECK(values[4] == 5);
    CHECK(a.reason(0) == missing_reason::answered);
    CHECK(a.reason(1) == missing_reason::not_asked);
    CHECK(a.reason(2) == missing_reason::refused);
    CHECK(a.reason(3) == missing_reason::dont_know);
  }

  TEST_CASE("codes are found from any row on, and in any type of the sums") {
    const std::vector<short> y{1, 99, 2, 99};
    const answers a(y, {.dont_know = {99}});
    const std::vector<long double> values = read_all<long double>(a, 2);
    CHECK(values[0] == 2);
    CHECK(std::isnan(values[1]));
  }

  TEST_CASE("don't know is an answer when the caller says so") {
    const std::vector<int> y{1, 99};
    const answers a(y, {.dont_know = {99}, .dont_know_is = baro::dont_know_is::answer});
    CHECK(a.reason(1) == missing_reason::answered);
    CHECK(read_all(a)[1] == 99);
  }

  TEST_CASE("a column of reasons decides whatever number stands beside it") {
    const std::vector<double> y{1, 2, nan};
    const std::vector<missing_reason> why{missing_reason::answered, missing_reason::refused,
                                          missing_reason::answered};
    const answers a(y, std::span(why));
    const std::vector<double> values = read_all(a, 1);
    CHECK(std::isnan(values[0]));
    CHECK(std::isnan(values[1]));
    CHECK(a.reason(1) == missing_reason::refused);
    CHECK(a.reason(2) == missing_reason::no_answer);  // a blank that nobody explained
  }

  TEST_CASE("rows are counted by reason") {
    const std::vector<double> y{1, nan, 98, 98, 2, 3};
    const baro::missing_counts counts = answers(y, {.refused = {98}}).count_missing();
    CHECK(counts[missing_reason::answered] == 3);
    CHECK(counts[missing_reason::no_answer] == 1);
    CHECK(counts[missing_reason::refused] == 2);
    CHECK(counts[missing_reason::dont_know] == 0);
    CHECK(counts.missing() == 3);
  }

  TEST_CASE("reasons must be as many as the answers") {
    const std::vector<double> y{1, 2};
    const std::vector<missing_reason> why(3);
    CHECK(test::refused<baro::size_error>([&] { answers(y, std::span(why)); }) ==
          "answers: reasons has 3 rows, must have 2");
  }

  TEST_CASE("a name can be given to a view that has a name of its own") {
    const std::vector<double> y{1};
    const answers income = answers(y).named("income");
    CHECK(income.name() == "income");
    CHECK(income.named("pay").name() == "pay");
    CHECK(income.name() == "income");
  }
}

}  // namespace core_answers
