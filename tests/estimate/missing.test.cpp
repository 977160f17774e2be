// SPDX-License-Identifier: BSL-1.0
// A row without an answer leaves the sums and keeps its place in the design.
#include <baro/estimate/balance.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>

#include <doctest/doctest.h>

#include <support/nan.hpp>
#include <support/same.hpp>
#include <support/sample.hpp>
#include <vector>

namespace estimate_missing {

using baro::answers;
using baro::categories;
using baro::design;
using test::same;
using test::sample;

/// Every third row did not answer: NaN, a code, a column of reasons, a mask.
struct survey {
  sample s = sample::of(150, 101);
  std::vector<double> blank = s.y, coded = s.y;
  std::vector<int> level = s.answer;
  std::vector<baro::missing_reason> why;
  std::vector<char> answered;
  std::vector<std::size_t> kept;

  survey() {
    for (std::size_t i = 0; i < s.size(); ++i) {
      answered.push_back(i % 3 != 0);
      why.push_back(i % 3 != 0   ? baro::missing_reason::answered
                    : i % 2 == 0 ? baro::missing_reason::refused
                                 : baro::missing_reason::not_asked);
      if (i % 3 != 0) {
        kept.push_back(i);
      } else {
        blank[i] = test::nan;
        coded[i] = 999;
        level[i] = 99;
      }
    }
  }
  /// As if those rows had never been in the file.
  sample filtered() const { return s.rows(kept); }
};

const survey v;
const baro::missing_codes none{.refused = {999}, .dont_know = {99}};

TEST_SUITE("estimate/missing") {
  TEST_CASE("a missing answer is the domain of those who answered, however it was marked") {
    const baro::where who(v.answered);
    for (const design& d : {v.s.clustered(), v.s.stratified()}) {
      CHECK(same(baro::mean(d, v.blank), baro::mean(d, v.s.y, who), 1e-12));
      CHECK(same(baro::mean(d, answers(v.coded, none)), baro::mean(d, v.s.y, who), 1e-12));
      CHECK(same(baro::mean(d, answers(v.s.y, std::span(v.why))), baro::mean(d, v.s.y, who),
                 1e-12));
      CHECK(same(baro::total(d, v.blank), baro::total(d, v.s.y, who), 1e-12));
      CHECK(same(baro::ratio(d, v.s.x, v.blank), baro::ratio(d, v.s.x, v.s.y, who), 1e-12));
      CHECK(same(baro::share(d, categories(v.level, none)), baro::share(d, v.s.answer, who),
                 1e-12));
      CHECK(same(baro::balance(d, categories(v.level, none), {"5"}, {"1"}),
                 baro::balance(d, v.s.answer, {"5"}, {"1"}, who), 1e-12));
    }
  }

  TEST_CASE("filtering the file first has the same value and another standard error") {
    const sample f = v.filtered();
    const baro::estimate<> kept = baro::total(v.s.stratified(), v.blank),
                           lost = baro::total(f.stratified(), f.y);
    CHECK(test::same_values(kept, lost, 1e-13));
    CHECK(kept.standard_error(0) > 1.2 * lost.standard_error(0));
    const baro::estimate<> m = baro::mean(v.s.stratified(), v.blank),
                           n = baro::mean(f.stratified(), f.y);
    CHECK(test::same_values(m, n, 1e-13));
    CHECK(m.variance(0) != n.variance(0));
  }

  TEST_CASE("bases count those who answered; the design keeps everybody") {
    const design d = v.s.clustered();
    const baro::entry<>& e = baro::mean(d, v.blank).entry(0);
    CHECK(e.bases.n == 100);
    CHECK(d.size() == 150);
    CHECK(answers(v.s.y, std::span(v.why)).count_missing().missing() == 50);
    CHECK(baro::population_total(d).entry(0).bases.n == 150);
  }

  TEST_CASE("a PSU where nobody answered stays in the variance and leaves the df") {
    const std::vector<int> psu{1, 1, 2, 2, 3, 3};
    const std::vector<double> y{1, 2, 4, 6, test::nan, test::nan};
    const baro::estimate<> e = baro::total(design{baro::psus(psu)}, y);
    CHECK(e.entry(0).df == 1);
    // Totals 3, 10 and 0: 3/2 (109 − 169/3).
    CHECK(std::abs(e.variance(0) - 1.5 * (109 - 169.0 / 3)) < 1e-12);
  }

  TEST_CASE("questions of one pass each keep their own missing answers") {
    const design d = v.s.clustered();
    const baro::estimate<> both =
        baro::tabulate(d, baro::mean_of(v.blank), baro::mean_of(v.s.x));
    CHECK(both.entry(0).bases.n == 100);
    CHECK(both.entry(1).bases.n == 150);
    CHECK(same(both.slice(std::vector<std::size_t>{1}), baro::mean(d, v.s.x), 1e-14));
  }

  TEST_CASE("a break without an answer puts its row outside all domains") {
    const design d = v.s.clustered();
    const baro::estimate<> e = baro::mean(d, v.s.y, baro::by(categories(v.level, none)));
    CHECK(same(e, baro::mean(d, v.s.y, baro::by(v.s.answer), baro::where(v.answered)), 1e-12));
  }
}

}  // namespace estimate_missing
