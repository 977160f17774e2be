// SPDX-License-Identifier: BSL-1.0
#include <baro/totals/reading.hpp>

#include <doctest/doctest.h>

#include <support/nan.hpp>
#include <totals/pass.hpp>
#include <vector>

namespace totals_reading {

using test::kind;
using test::nan;
using numbers = std::vector<double>;

// Two strata, two domains; the last row has no answer and the one before weighs nothing.
const std::vector<int> stratum{1, 2, 1, 2, 2, 1}, domain{1, 1, 1, 2, 2, 1},
    level{7, 8, 8, 7, 8, 7};
const std::vector<int> psu{1, 1, 1, 2, 2, 2};
const numbers weight{2, 3, 4, 5, 0, 7}, y{11, 12, 13, 14, 15, nan};
const baro::design rows{baro::weights(weight), baro::strata(stratum)};
const baro::design units{baro::weights(weight), baro::strata(stratum), baro::psus(psu)};

test::pass pass_over(const baro::design& d, kind what) {
  return {d,
          {test::variable::numbers(what, {y}, {10}), test::variable::levels(level)},
          baro::by(domain)};
}

numbers run(const double* p, std::size_t n) { return {p, p + n}; }

TEST_SUITE("totals/reading") {
  TEST_CASE("sums are read by leaf and domain, answers about their centre") {
    const test::pass p = pass_over(rows, kind::numbers);
    const auto t = p.sums();
    const baro::detail::reading<double> r(rows.tree(), t);
    CHECK(r.rows(0) == 3);  // with or without an answer
    CHECK(run(r.features(0, 0, 0), 2) == numbers{2 + 4, 2 * 1 + 4 * 3});
    CHECK(run(r.features(0, 1, 0), 2) == numbers{3, 3 * 2});
    CHECK(run(r.features(0, 0, 1), 2) == numbers{0, 0});
    CHECK(run(r.features(0, 1, 1), 2) == numbers{5, 5 * 4});
    CHECK(r.leaf(0, 1, 1)[0] == 1);  // answered, and weighs something
    CHECK(run(r.products(0, 0, 0), 3) == numbers{4 + 16, 2 * 2 + 4 * 12, 2 * 2 + 12 * 12});
  }

  TEST_CASE("beside the leaves stand n, the squares of the weights and of the answers") {
    const test::pass p = pass_over(rows, kind::numbers);
    const auto t = p.sums();
    const baro::detail::reading<double> r(rows.tree(), t);
    CHECK(run(r.domain(0, 0), 3) == numbers{3, 4 + 9 + 16, 2 * 1 + 3 * 4 + 4 * 9});
    CHECK(run(r.domain(0, 1), 3) == numbers{1, 25, 5 * 16});
    CHECK(r.domain(1, 0)[1] == 4 + 9 + 16 + 49);
    CHECK(r.domain(1, 0)[2] == 2);  // respondents at level 7, unweighted
    CHECK(r.domain(1, 0)[3] == 2);
  }

  TEST_CASE("products between two variables are those of one respondent") {
    const test::pass p = pass_over(rows, kind::numbers);
    const auto t = p.sums();
    const baro::detail::reading<double> r(rows.tree(), t);
    // (w, w d) times w at level 7 and 8, of stratum 1: rows 0 (level 7) and 2 (level 8).
    CHECK(run(r.cross(0, 1, 0, 0), 4) == numbers{2 * 2, 4 * 4, 2 * 2, 12 * 4});
  }

  TEST_CASE("a total over all leaves gives a shifted variable its weights back") {
    for (const baro::design* d : {&rows, &units}) {
      const test::pass p = pass_over(*d, kind::shifted);
      const auto t = p.sums();
      const baro::detail::reading<double> r(d->tree(), t);
      CHECK(r.total(0, 0) == numbers{3, 2 + 3 + 4, 2 * 1 + 3 * 2 + 4 * 3});
      CHECK(r.total(0, 1) == numbers{1, 5, 5 * 4});
      CHECK(r.total(1, 0) == numbers{2 + 7, 3 + 4});
    }
  }

  TEST_CASE("a leaf is touched by an answer of positive weight, by nothing less") {
    for (const kind what : {kind::numbers, kind::shifted}) {
      const test::pass p = pass_over(units, what);
      const auto t = p.sums();
      const baro::detail::reading<double> r(units.tree(), t);
      CHECK(r.touched(0, 0)[0] == 1);  // stratum 1, PSU 1
      CHECK(r.touched(0, 0)[1] == 0);  // PSU 2: no answer to the first question
      CHECK(r.touched(1, 0)[1] == 1);  // but to the second
      CHECK(r.touched(0, 1)[0] == 0);
      CHECK(r.touched(0, 1)[3] == 1);
    }
  }

  TEST_CASE("rows of weight 0 touch nothing, whatever the first weight of their leaf") {
    const std::vector<int> one(7, 1);
    const numbers w{.1, 0, 0, 0, 0, 0, 0}, z{1, 2, 3, 4, 5, 6, 7};
    const std::vector<char> in{0, 1, 1, 1, 1, 1, 1};
    const baro::design d{baro::weights(w), baro::psus(one), baro::single_psu::remove};
    const test::pass p(d, {test::variable::numbers(kind::shifted, {z}, {0})}, {},
                       baro::where(in));
    const auto t = p.sums();
    const baro::detail::reading<double> r(d.tree(), t);
    CHECK(r.touched(0, 0)[0] == 0);
    CHECK(r.total(0, 0)[1] == 0);
  }
}

}  // namespace totals_reading
