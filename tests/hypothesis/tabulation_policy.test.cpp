// SPDX-License-Identifier: BSL-1.0
// The policies of tabulation packages: their formulas worked out in R, the tests they become
// without weights, what they do not test, 50 digits.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/tabulation_policy.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <support/close.hpp>
#include <support/sample.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/tabulation_policy");

namespace hypothesis_tabulation_policy {

using baro::column_counts, baro::column_difference, baro::column_of, baro::column_sums,
    baro::table_column;
using test::close;

using column = table_column<double>;
static_assert(baro::tabulation_policy<baro::spss, column>);
static_assert(baro::tabulation_policy<baro::survey_reporter, column>);
static_assert(baro::tabulation_policy<baro::quantum, column>);
static_assert(baro::tabulation_policy<baro::displayr, table_column<float>>);
static_assert(baro::tabulation_policy<baro::displayr_unweighted, column>);
static_assert(baro::tabulation_policy<baro::askia, column>);
static_assert(baro::tabulation_policy<baro::wincross, column>);
// Its numbers are those of an estimate.
static_assert(!baro::tabulation_policy<baro::design_based, column>);

/// 55 % of 122, of which 110 effective, and 45 % of 1000, of which 800.
const column drh = column_of(.55, baro::base(122), {.deff = 122.0 / 110});
const column employees = column_of(.45, baro::base(1000), {.deff = 1000.0 / 800});

template <class Comparison>
void check_test(const Comparison& c, double statistic, double df, double p) {
  CAPTURE(c.test);
  CHECK(c.status == baro::status::ok);
  CHECK(close(c.statistic, statistic, 1e-13));
  CHECK(close(c.p_value, p, 1e-12));
  if (df > 0)
    CHECK(close(c.df, df, 1e-13));
  else
    CHECK(std::isinf(c.df));
  CHECK(close(c.standard_error * c.statistic, c.difference, 1e-14));
}

TEST_CASE("same data, different letters") {
  check_test(column_difference(drh, employees, baro::spss{}), 2.0919306480960347, 0,
             0.03644471999943702);
  check_test(column_difference(drh, employees, baro::askia{}), 2.0960222341720116, 0,
             0.036080218630227076);
  check_test(column_difference(drh, employees, baro::survey_reporter{}), 1.9728062525585413,
             908, 0.048820630869011165);
  check_test(column_difference(drh, employees, baro::quantum{}), 1.971721995124314, 909,
             0.04894422356806921);
  // With deff 1.4 on both bases there is no letter at 95 %.
  const auto c = column_difference(column_of(.55, baro::base(122), {.deff = 1.4}),
                                   column_of(.45, baro::base(1000), {.deff = 1.4}),
                                   baro::spss{.base = baro::spss_base::effective});
  CHECK(c.test == "spss_effective");
  CHECK(close(c.statistic, 1.7680040878353471, 1e-13));
  CHECK(close(c.p_value, 0.07706022027074172, 1e-12));
}

TEST_CASE("unweighted shares, by z and by t") {
  const column a(column_counts<double>{395 * .0886075949367089, 395});
  const column b(column_counts<double>{405 * .0518518518518519, 405});
  for (const auto& c :
       {column_difference(a, b, baro::spss{}),
        column_difference(
            a, b, baro::displayr_unweighted{.distribution = baro::test_distribution::normal})})
    check_test(c, 2.0371160892775677, 0, .0416384099417913);
  for (const auto& c : {column_difference(a, b, baro::displayr_unweighted{}),
                        column_difference(a, b, baro::survey_reporter{})})
    check_test(c, 2.0371160892775677, 798, .0419679190057229);
}

// Twelve and ten respondents; formulas worked out in R 4.2 on the answers, the variances by
// survey svymean().
const column a(column_sums<double>{7.9, 12, 15.1, 12, 10.95});
const column b(column_sums<double>{4.3, 10.5, 13.25, 10, 7.05});

TEST_CASE("weighted shares as R works out the formulas") {
  using baro::askia_base, baro::spss_base;
  check_test(column_difference(a, b, baro::spss{}), 1.18180277107789, 0, 0.237283968033694);
  check_test(column_difference(a, b, baro::spss{.base = spss_base::effective}), 1.0527656204309,
             0, 0.292448425297438);
  check_test(column_difference(a, b, baro::survey_reporter{}), 1.05273412766875,
             15.8571785580407, 0.308241126297753);
  check_test(column_difference(a, b, baro::quantum{}), 1.02283298519178, 16.8571785580407,
             0.320842085728432);
  check_test(column_difference(a, b, baro::askia{}), 1.21734402286298, 0, 0.223473351296387);
  check_test(column_difference(a, b, baro::askia{askia_base::effective}), 1.08436620058762, 0,
             0.278202463631362);
  check_test(column_difference(a, b, baro::wincross{}), 1.0527656204309, 0, 0.292448425297438);
  check_test(column_difference(a, b, baro::wincross{.pooled = false}), 1.08436620058762, 0,
             0.278202463631362);
  check_test(column_difference(a, b, baro::displayr{}), 1.02815960777451, 20.2270663531698,
             0.316013639785694);
  check_test(column_difference(a, b, baro::displayr{.bessel = 1}), 1.02815960777451,
             18.2931828730722, 0.317278568394427);
  const auto more = column_difference(a, b, baro::displayr{.extra_deff = 1.44});
  CHECK(close(more.statistic, 1.02815960777451 / 1.2, 1e-13));
  CHECK(close(more.df, 20.2270663531698, 1e-13));
  CHECK_THROWS_WITH_AS(
      static_cast<void>(column_difference(a, b, baro::displayr{.extra_deff = 0})),
      "displayr: extra_deff = 0, must be above 0", baro::value_error);
}

TEST_CASE("without weights most of them are one test, R prop.test") {
  const column x(column_counts<double>{67, 122}), y(column_counts<double>{450, 1000});
  for (const auto& c : {column_difference(x, y, baro::spss{}),
                        column_difference(x, y, baro::spss{.base = baro::spss_base::rounded}),
                        column_difference(x, y, baro::spss{.base = baro::spss_base::effective}),
                        column_difference(x, y, baro::wincross{})})
    check_test(c, 2.07481282853576, 0, 0.038003885169657);
  CHECK(close(column_difference(x, y, baro::survey_reporter{}).statistic, 2.07481282853576,
              1e-13));
  // prop.test(correct = TRUE)
  const baro::survey_reporter corrected{.continuity_correction =
                                            baro::continuity_correction::yates};
  CHECK(close(column_difference(x, y, corrected).statistic, 1.97861696103092, 1e-13));
  CHECK(column_difference(y, x, corrected).statistic ==
        -column_difference(x, y, corrected).statistic);
  // A difference below the correction is none.
  const column near(column_counts<double>{67, 122}), nearer(column_counts<double>{549, 1000});
  CHECK(column_difference(near, nearer, corrected).statistic == 0);
  CHECK(column_difference(near, nearer, corrected).p_value == 1);
}

TEST_CASE("SPSS rounds the cells of weights that are not whole") {
  const baro::spss rounded{.base = baro::spss_base::rounded};
  const column x(column_sums<double>{67.4, 121.6, 140, 122}),
      y(column_sums<double>{449.5, 1000.4, 1200, 1000});
  const auto c = column_difference(x, y, rounded);
  CHECK(c.test == "spss_rounded");
  check_test(c, 2.07481282853576, 0, 0.038003885169657);
  // 0.4 of a respondent rounds to a share of 0.
  const column few(column_sums<double>{.4, 30, 40, 30});
  CHECK(column_difference(few, y, rounded).status == baro::status::undefined);
  CHECK(column_difference(few, y, baro::spss{}).status == baro::status::ok);
}

TEST_CASE("what SPSS does not test") {
  const column some(column_counts<double>{10, 40}), none(column_counts<double>{0, 40}),
      all(column_counts<double>{40, 40}), one(column_counts<double>{.5, 1});
  for (const column& c : {none, all}) {
    const auto untested = column_difference(some, c, baro::spss{});
    CHECK(untested.status == baro::status::undefined);
    CHECK(untested.reason == "share of 0 or 1");
    CHECK(std::isnan(untested.p_value));
    CHECK(std::isnan(untested.statistic));
    CHECK(std::isnan(untested.standard_error));
    CHECK(close(untested.difference, .25 - c.share(), 1e-15));
    // The others do.
    CHECK(column_difference(some, c, baro::survey_reporter{}).status == baro::status::ok);
    CHECK(column_difference(some, c, baro::askia{}).status == baro::status::ok);
  }
  CHECK(column_difference(one, some, baro::spss{}).reason == "base under 2");
  CHECK(column_difference(none, none, baro::askia{}).reason == "no variance");
  CHECK(column_difference(none, none, baro::quantum{}).reason == "no variance");
  CHECK(column_difference(none, none, baro::displayr{}).reason == "no variance");
  CHECK(column_difference(some, some, baro::survey_reporter{}).reason == "same share");
  CHECK(column_difference(some, some, baro::quantum{}).p_value == 1);
}

TEST_CASE("too few respondents have no degrees of freedom") {
  const column one(column_counts<double>{1, 1}), other(column_counts<double>{0, 1});
  CHECK(column_difference(one, other, baro::survey_reporter{}).status ==
        baro::status::no_degrees);
  CHECK(column_difference(one, other, baro::displayr_unweighted{}).status ==
        baro::status::no_degrees);
  CHECK(column_difference(one, column(column_counts<double>{1, 4}), baro::displayr{}).reason ==
        "unknown variance");
}

TEST_CASE("policies without a term for it do not test columns that overlap") {
  const auto o = baro::overlap_with_total(a);
  const column total(column_sums<double>{12.2, 22.5, 28.35, 22, 18});
  const auto untested = [&](const auto& policy) {
    const auto c = column_difference(a, total, o, policy);
    return c.status == baro::status::undefined && c.reason == "no overlap term";
  };
  CHECK(untested(baro::askia{}));
  CHECK(untested(baro::wincross{}));
  CHECK(untested(baro::displayr{}));
  CHECK(untested(baro::displayr_unweighted{}));
}

TEST_CASE("overlap in Survey Reporter and Quantum") {
  const column x(column_counts<double>{60, 200}), y(column_counts<double>{75, 300});
  baro::column_overlap<double> o{120, 120, 120};
  const double pooled = 135.0 / 500, spread = pooled * (1 - pooled);
  const auto size = [&](double r) { return 1 / 200.0 + 1 / 300.0 - 2 * r * 120 / 60000; };
  auto c = column_difference(x, y, o, baro::survey_reporter{});
  CHECK(close(c.standard_error, std::sqrt(spread * size(1)), 1e-14));
  CHECK(c.df == 378);
  o.correlation = .25;
  c = column_difference(x, y, o, baro::survey_reporter{});
  CHECK(close(c.standard_error, std::sqrt(spread * size(.25)), 1e-14));
  const auto q = column_difference(x, y, o, baro::quantum{});
  CHECK(close(q.standard_error, std::sqrt(spread * size(.25) * 500 / 499), 1e-14));
  CHECK(q.df == 379);
}

TEST_CASE("Askia compares with 1.65, 1.96 and 2.576") {
  CHECK(baro::askia::level(2.58) == 99);
  CHECK(baro::askia::level(-1.97) == 95);
  CHECK(baro::askia::level(1.66) == 90);
  CHECK(baro::askia::level(1.648) == 0);  // though p < 0.10
}

TEST_CASE("the design's own test is that of difference") {
  const test::sample s = test::sample::of(400, 7);
  const auto e = baro::share(s.clustered(), baro::categories(s.answer),
                             baro::by(baro::categories(s.region)));
  const auto c = column_difference(e, 0, 2, baro::design_based{});
  const auto d = baro::difference(e, 0, 2, baro::confidence_level(.95));
  CHECK(c.test == "design_based");
  CHECK(c.statistic == d.statistic);
  CHECK(c.p_value == d.p_value);
  CHECK(c.df == d.df);
  CHECK(c.df == 20);
  const auto normal =
      column_difference(e, 0, 2, baro::design_based{baro::comparison_degrees::normal()});
  CHECK(normal.statistic == c.statistic);
  CHECK(normal.p_value < c.p_value);
  // Of a sample without strata and sampling units, by the normal, it is Displayr's with a z.
  const auto simple =
      baro::share(baro::design{baro::weights(s.weight)}, baro::categories(s.answer),
                  baro::by(baro::categories(s.region)));
  const auto taylor =
      column_difference(column_of(simple, 0), column_of(simple, 2), baro::displayr{});
  const auto design = column_difference(simple, 0, 2, baro::design_based{});
  CHECK(close(taylor.statistic, design.statistic, 1e-12));
  const std::array<int, 4> yes{1, 1, 1, 1}, group{1, 1, 2, 2};
  const auto constant = baro::share(baro::design{baro::rows(4)}, baro::categories(yes),
                                    baro::by(baro::categories(group)));
  const auto none = column_difference(constant, 0, 1, baro::design_based{});
  CHECK(none.status == baro::status::undefined);
  CHECK(none.reason == "undefined");
}

TEST_CASE("an estimate with the columns as strata has Displayr's own variance") {
  const std::vector<double> w{.5, 1.5, 1,  2, .8, 1.2, .6,  .4, 1.1, .9,  1.7,
                              .3, 1.4, .6, 1, .7, 1.3, 2.2, .5, .8,  1.1, .9};
  const std::vector<int> y{1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0};
  std::vector<int> who(22, 1);
  for (std::size_t i = 12; i < 22; ++i) who[i] = 2;
  const auto e = baro::share(baro::design{baro::weights(w), baro::strata(who)},
                             baro::categories(y), baro::by(baro::categories(who)));
  check_test(column_difference(column_of(e, e.index_of("1", {"1"})),
                               column_of(e, e.index_of("1", {"2"})), baro::displayr{}),
             1.02815960777451, 20.2270663531698, 0.316013639785694);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const table_column<real> x(
      column_sums<real>{real("7.9"), real(12), real("15.1"), real(12), real("10.95")});
  const table_column<real> y(
      column_sums<real>{real("4.3"), real("10.5"), real("13.25"), real(10), real("7.05")});
  const table_column<float> f(column_sums<float>{7.9f, 12.f, 15.1f, 12.f, 10.95f});
  const table_column<float> g(column_sums<float>{4.3f, 10.5f, 13.25f, 10.f, 7.05f});
  const auto agrees = [&](const auto& policy) {
    const auto c = column_difference(a, b, policy);
    const auto exact = column_difference(x, y, policy);
    const auto rough = column_difference(f, g, policy);
    CAPTURE(c.test);
    CHECK(close(c.statistic, static_cast<double>(exact.statistic), 1e-13));
    CHECK(close(c.p_value, static_cast<double>(exact.p_value), 1e-13));
    CHECK(close(rough.statistic, c.statistic, 1e-5));
    CHECK(close(rough.p_value, c.p_value, 1e-5));
  };
  agrees(baro::spss{});
  agrees(baro::spss{.base = baro::spss_base::rounded});
  agrees(baro::spss{.base = baro::spss_base::effective});
  agrees(baro::survey_reporter{.continuity_correction = baro::continuity_correction::yates});
  agrees(baro::quantum{});
  agrees(baro::displayr{});
  agrees(baro::displayr_unweighted{});
  agrees(baro::askia{});
  agrees(baro::wincross{});
}

}  // namespace hypothesis_tabulation_policy

TEST_SUITE_END();
