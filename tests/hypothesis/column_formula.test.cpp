// SPDX-License-Identifier: BSL-1.0
// Formulas with their numbers, in one line.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/column_formula.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <string>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/column_formula");

namespace hypothesis_column_formula {

using baro::column_counts, baro::column_of, baro::formula;
using column = baro::table_column<double>;

const column drh = column_of(.55, baro::base(122), {.deff = 122.0 / 110});
const column employees = column_of(.45, baro::base(1000), {.deff = 1000.0 / 800});

TEST_CASE("one cell, each policy") {
  CHECK(formula(drh, employees, baro::spss{}) ==
        "spss: z = (0.55 − 0.45) / √(0.4609 × 0.5391 × (1/122 + 1/1000)) = 2.0919, p = 0.0364 "
        "(two-sided)");
  CHECK(formula(drh, employees, baro::survey_reporter{}) ==
        "survey_reporter: t = (0.55 − 0.45) / √(0.4609 × 0.5391 × (1/110 + 1/800)) = 1.9728, "
        "p = 0.0488 (two-sided, 908 df)");
  CHECK(formula(drh, employees, baro::quantum{}) ==
        "quantum: t = (0.55 − 0.45) / √(0.4609 × 0.5391 × (1/110 + 1/800) × 910/909) = 1.9717, "
        "p = 0.0489 (two-sided, 909 df)");
  CHECK(formula(drh, employees, baro::askia{}) ==
        "askia: z = (0.55 − 0.45) / √(0.002029 + 0.0002475) = 2.0960, p = 0.0361 (two-sided)");
  CHECK(formula(drh, employees, baro::displayr{}) ==
        "displayr: t = (0.55 − 0.45) / √(0.00225 + 0.0003094) = 1.9767, p = 0.0498 (two-sided, "
        "157.49 df)");
  CHECK(formula(drh, employees, baro::displayr{.extra_deff = 1.5}) ==
        "displayr: t = (0.55 − 0.45) / √((0.00225 + 0.0003094) × 1.5) = 1.6139, p = 0.1085 "
        "(two-sided, 157.49 df)");
  CHECK(formula(drh, employees, baro::wincross{}) ==
        "wincross: z = (0.55 − 0.45) / √(0.4621 × 0.5379 × (1/110 + 1/800)) = 1.9724, "
        "p = 0.0486 (two-sided)");
}

TEST_CASE("negative differences, overlaps, corrections, small p-values") {
  CHECK(formula(employees, drh, baro::spss{}) ==
        "spss: z = (0.45 − 0.55) / √(0.4609 × 0.5391 × (1/1000 + 1/122)) = −2.0919, p = 0.0364 "
        "(two-sided)");
  const baro::survey_reporter corrected{.continuity_correction =
                                            baro::continuity_correction::yates};
  CHECK(
      formula(employees, drh, corrected) ==
      "survey_reporter: t = −(|0.45 − 0.55| − 0.00517) / √(0.4609 × 0.5391 × (1/800 + 1/110)) "
      "= −1.8708, p = 0.0617 (two-sided, 908 df)");
  const column part(column_counts<double>{67, 122}), total(column_counts<double>{517, 1122});
  CHECK(formula(part, total, baro::overlap_with_total(part), baro::spss{}) ==
        "spss: z = (0.5492 − 0.4608) / √(0.4695 × 0.5305 × (1/122 + 1/1122 − 2 × 122/(122 × "
        "1122))) = 2.0723, p = 0.0382 (two-sided)");
  const column x(column_counts<double>{60, 200}), y(column_counts<double>{175, 300});
  CHECK(formula(x, y, {120, 120, 120, 0, .25}, baro::quantum{}) ==
        "quantum: t = (0.3 − 0.5833) / √(0.47 × 0.53 × (1/200 + 1/300 − 2 × 0.25 × 120/(200 × "
        "300)) × 500/499) = −6.6226, p < 0.0001 (two-sided, 379 df)");
}

TEST_CASE("what is not tested says why") {
  const column part(column_counts<double>{67, 122}), none(column_counts<double>{0, 122}),
      empty(column_counts<double>{0, 0});
  CHECK(formula(part, none, baro::spss{}) == "spss: not tested (share of 0 or 1)");
  CHECK(formula(part, part, baro::overlap_with_total(part), baro::quantum{}) ==
        "quantum: not tested (columns coincide)");
  CHECK(formula(part, empty, baro::askia{}) == "askia: not tested (empty_domain)");
}

TEST_CASE("the design's test has variances and their covariance") {
  const std::vector<int> y{1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1},
      psu{1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6}, group{1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2};
  const auto e = baro::share(baro::design{baro::psus(psu)}, baro::categories(y),
                             baro::by(baro::categories(group)));
  const std::string text = formula(e, 2, 3, baro::design_based{});
  CHECK(text ==
        "design_based: t = (0.6667 − 0.5) / √(0.04444 + 0.05 − 2 × 0.03333) = 1.0000, "
        "p = 0.3632 (two-sided, 5 df)");
  const std::vector<int> same{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  const auto constant = baro::share(baro::design{baro::psus(psu)}, baro::categories(same),
                                    baro::by(baro::categories(group)));
  CHECK(formula(constant, 0, 1, baro::design_based{}) ==
        "design_based: not tested (undefined)");
}

TEST_CASE("50 digits and 7 print the same line") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const baro::table_column<real> x(baro::column_counts<real>{real(67), real(122)}),
      y(baro::column_counts<real>{real(450), real(1000)});
  const baro::table_column<float> f(baro::column_counts<float>{67.f, 122.f}),
      g(baro::column_counts<float>{450.f, 1000.f});
  const column a(column_counts<double>{67, 122}), b(column_counts<double>{450, 1000});
  CHECK(formula(x, y, baro::quantum{}) == formula(a, b, baro::quantum{}));
  CHECK(formula(f, g, baro::quantum{}) == formula(a, b, baro::quantum{}));
}

}  // namespace hypothesis_column_formula

TEST_SUITE_END();
