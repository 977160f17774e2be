// SPDX-License-Identifier: BSL-1.0
// Effect sizes: R by the formulas, the test that the limits agree with, coverage by simulation.
#include <baro/estimate/share.hpp>
#include <baro/hypothesis/effect_size.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <hypothesis/figures.hpp>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <support/survey.hpp>
#include <vector>

TEST_SUITE_BEGIN("hypothesis/effect_size");

namespace hypothesis_effect_size {

using baro::cohen_h, baro::cramer_correction, baro::cramer_v, baro::status;
using test::close;
using real50 = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;

const baro::confidence_level usual(0.95);
const double pi = std::acos(-1.0);

TEST_CASE("Cohen's h by hand") {
  // h <- 2*asin(sqrt(.5)) - 2*asin(sqrt(.4)); h + c(-1, 1)*qnorm(.975)*sqrt(1/400 + 1/300)
  const auto h = cohen_h(test::two_published(200, 400, 120, 300), 0, 1, usual);
  CHECK(h.status == status::ok);
  CHECK(h.name == "cohen_h");
  CHECK(close(h.value, 0.201357920790331, 1e-13));
  CHECK(close(h.limits.low, 0.051663198814630, 1e-12));
  CHECK(close(h.limits.high, 0.351052642766032, 1e-12));
  // At 0 there is a variance all the same: sqrt(1/50 + 1/100).
  const auto none = cohen_h(test::two_published(0, 50, 10, 100), 0, 1, usual);
  CHECK(close(none.value, -0.643501108793284, 1e-13));
  CHECK(close(none.limits.low, -0.982976829016136, 1e-12));
  CHECK(close(none.limits.high, -0.304025388570433, 1e-12));
}

TEST_CASE("Cohen's h under a design, with the covariance of two domains") {
  // b <- svyby(~I(sch.wide == "Yes"), ~stype, apiclus1 design, svymean, covmat = TRUE)
  // p <- coef(b)[c(4, 6)]; g <- c(1, -1)/sqrt(p*(1 - p)); 2*asin(sqrt(p[1])) -
  // 2*asin(sqrt(p[2])); sqrt(t(g) %*% vcov(b)[c(4, 6), c(4, 6)] %*% g)
  test::survey s("apiclus1");
  const auto e = baro::share(s.design(), baro::categories(s.text("sch.wide")),
                             baro::by(baro::categories(s.text("stype"))));
  const auto h = cohen_h(e, e.index_of("Yes", {"E"}), e.index_of("Yes", {"M"}), usual,
                         baro::comparison_degrees::normal());
  CHECK(close(h.value, 0.616842889901105, 1e-12));
  CHECK(close(h.limits.width() / 2 / 1.959963984540054, 0.275842884125903, 1e-11));
}

TEST_CASE("h turns round with its shares, stays within pi, and compares like with like") {
  const auto h = cohen_h(test::two_samples(7, 40, 31, 90), 0, 1, usual);
  const auto back = cohen_h(test::two_samples(7, 40, 31, 90), 1, 0, usual);
  const auto no = cohen_h(test::two_samples(33, 40, 59, 90), 0, 1, usual);
  CHECK(close(back.value, -h.value, 1e-13));
  CHECK(close(back.limits.low, -h.limits.high, 1e-13));
  CHECK(close(no.value, -h.value, 1e-13));
  CHECK(h.limits.df == 39);
  const auto most = cohen_h(test::two_samples(5, 5, 0, 5), 0, 1, usual);
  CHECK(close(most.value, pi, 1e-15));
  CHECK(most.limits.high == doctest::Approx(pi));
  CHECK(most.limits.high <= pi + 1e-15);
  const auto none = cohen_h(test::two_samples(0, 30, 0, 50), 0, 1, usual);
  CHECK(none.value == 0);
  CHECK(none.limits.low < -0.3);
  CHECK(close(
      h.value,
      static_cast<double>(cohen_h(test::two_samples<real50>(7, 40, 31, 90), 0, 1, usual).value),
      1e-14));
  CHECK(close(h.limits.low,
              static_cast<double>(
                  cohen_h(test::two_samples<real50>(7, 40, 31, 90), 0, 1, usual).limits.low),
              1e-12));
}

TEST_CASE("h that cannot be said") {
  const auto unsaid = cohen_h(baro::concatenate(test::two_samples(3, 10, 4, 10),
                                                baro::published_share(0.4, std::nullopt)),
                              0, 2, usual);
  CHECK(unsaid.status == status::no_base);
  CHECK(std::isnan(unsaid.value));
  CHECK(std::isnan(unsaid.limits.low));
  const auto e = test::two_samples(3, 10, 4, 10);
  const auto degrees = cohen_h(e, 0, 1, usual, baro::comparison_degrees::fixed(0));
  CHECK(degrees.status == status::no_degrees);
  CHECK(degrees.value < 0);
  CHECK(std::isnan(degrees.limits.low));
  CHECK_THROWS_AS(static_cast<void>(cohen_h(e, 1, 1, usual)), baro::value_error);
}

template <class Real = double>
baro::cell_shares<Real> school_wide_by_type() {
  test::survey s("apiclus1");
  return baro::shares_of_cells<Real>(s.design(), baro::categories(s.text("sch.wide")),
                                     baro::categories(s.text("stype")));
}

TEST_CASE("Cramér's V of apiclus1 by R") {
  // svymean(~interaction(sch.wide, stype)) and its vcov; Δ by Helmert contrasts as svychisq;
  // the gradient of φ² by differences; limits by uniroot on pf(, ncp).
  const auto table = school_wide_by_type();
  const auto v = cramer_v(table, usual);
  CHECK(v.status == status::ok);
  CHECK(v.name == "cramer_v");
  CHECK(v.limits.df == 14);
  CHECK(close(v.value, 0.2554423152054403, 1e-10));
  CHECK(close(v.limits.low, 0.0175340338676374, 1e-6));
  CHECK(close(v.limits.high, 0.5230045462289945, 1e-6));
  CHECK(close(cramer_v(table, usual, cramer_correction::bergsma).value, 0.2302598648199077,
              1e-9));
  CHECK(cramer_v(table, usual, cramer_correction::bergsma).limits.high == v.limits.high);
  const auto sure = cramer_v(table, baro::confidence_level(0.99));
  CHECK(sure.limits.low == 0);
  CHECK(close(sure.limits.high, 0.608183028503257, 1e-6));
  // X² = n φ², conventions 5.
  CHECK(close(183 * v.value * v.value, 11.94089208, 1e-9));
}

TEST_CASE("the lower limit leaves 0 where the test of independence rejects") {
  const auto table = school_wide_by_type();
  const double p = baro::independence(table).p_value;
  CHECK(cramer_v(table, baro::confidence_level(1 - 2 * p + 1e-6)).limits.low == 0);
  CHECK(cramer_v(table, baro::confidence_level(1 - 2 * p - 1e-6)).limits.low > 0);
}

TEST_CASE("V in double and in 50 digits") {
  const auto v = cramer_v(school_wide_by_type(), usual);
  const auto x = cramer_v(school_wide_by_type<real50>(), usual);
  CHECK(close(v.value, static_cast<double>(x.value), 1e-12));
  CHECK(close(v.limits.low, static_cast<double>(x.limits.low), 1e-8));
  CHECK(close(v.limits.high, static_cast<double>(x.limits.high), 1e-10));
}

/// Counts of a random sample, as a table of shares: V = (D − p pᵀ) / (n − 1).
baro::cell_shares<double> drawn(const std::vector<int>& counts, std::size_t columns) {
  const auto k = static_cast<Eigen::Index>(counts.size());
  double n = 0;
  for (const int c : counts) n += c;
  Eigen::VectorXd value = Eigen::VectorXd::Zero(k + 1);
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(k + 1, k + 1);
  for (Eigen::Index i = 0; i < k; ++i) value(i) = counts[static_cast<std::size_t>(i)] / n;
  for (Eigen::Index i = 0; i < k; ++i)
    for (Eigen::Index j = 0; j < k; ++j)
      v(i, j) = ((i == j ? value(i) : 0) - value(i) * value(j)) / (n - 1);
  value(k) = n;
  baro::cell_shares<double> t;
  t.rows.resize(counts.size() / columns);
  t.columns.resize(columns);
  std::vector<baro::entry<double>> about(counts.size() + 1);
  for (auto& e : about) {
    e.bases.n = n;
    e.df = n - 1;
  }
  t.cells = baro::estimate<double>(value, v, about);
  return t;
}

TEST_CASE("Bergsma's formula on a random sample") {
  // n = 100, 3 × 3: φ̃² = φ̂² − 4/99, R̃ − 1 = 2 − 4/99
  const std::vector<int> counts{20, 10, 5, 8, 15, 9, 4, 10, 19};
  const auto table = drawn(counts, 3);
  const double plain = cramer_v(table, usual).value;
  const double by_hand = std::sqrt((2 * plain * plain - 4.0 / 99) / (2 - 4.0 / 99));
  CHECK(close(cramer_v(table, usual, cramer_correction::bergsma).value, by_hand, 1e-11));
}

TEST_CASE("nothing seen is not nothing") {
  const auto v = cramer_v(drawn({20, 20, 20, 20}, 2), usual);
  CHECK(v.value == 0);
  CHECK(v.limits.low == 0);
  CHECK(v.limits.high > 0.2);
  CHECK(v.limits.high < 0.35);
  CHECK(cramer_v(drawn({20, 20, 20, 20}, 2), usual, cramer_correction::bergsma).value == 0);
  const auto all = cramer_v(drawn({40, 0, 0, 40}, 2), usual);
  CHECK(close(all.value, 1.0, 1e-14));
}

TEST_CASE("limits hold the V of the population: no V, some, much; clusters or none") {
  // Cells of 3 × 2 and their V.
  const std::vector<std::vector<double>> cells{
      {.2, .3, .12, .18, .08, .12}, {.24, .26, .12, .18, .06, .14}, {.4, .1, .1, .2, .02, .18}};
  const std::vector<double> truth{0, 0.14044168, 0.58333333};
  test::dice d(20);
  constexpr int times = 300, psus = 40, in_each = 8;
  for (std::size_t k = 0; k < cells.size(); ++k)
    for (const bool clustered : {false, true}) {
      CAPTURE(k);
      CAPTURE(clustered);
      const auto draw = [&] {
        double u = d.uniform();
        int cell = 0;
        while (cell < 5 && u >= cells[k][static_cast<std::size_t>(cell)])
          u -= cells[k][static_cast<std::size_t>(cell++)];
        return cell;
      };
      int below = 0, above = 0;
      double corrected = 0;
      for (int rep = 0; rep < times; ++rep) {
        std::vector<int> row, column, psu;
        for (int a = 0; a < psus; ++a) {
          const int first = draw();
          for (int i = 0; i < in_each; ++i) {
            const int cell = clustered && d.uniform() < 0.3 ? first : draw();
            row.push_back(cell / 2);
            column.push_back(cell % 2);
            psu.push_back(clustered ? a : a * in_each + i);
          }
        }
        const auto table = baro::shares_of_cells(
            baro::design{baro::psus(psu)}, baro::categories(row), baro::categories(column));
        const auto v = cramer_v(table, usual);
        REQUIRE(v.status == status::ok);
        below += v.limits.high < truth[k];
        above += v.limits.low > truth[k];
        corrected += cramer_v(table, usual, cramer_correction::bergsma).value / times;
      }
      // 2.5 % of 300 are 7.5, 4 standard errors of that 11.
      CHECK(below <= 18);
      CHECK(above <= 18);
      if (k == 2) CHECK(std::abs(corrected - truth[k]) < 0.02);
    }
}

TEST_CASE("V that cannot be said") {
  const auto line = cramer_v(drawn({20, 30}, 2), usual);
  CHECK(line.status == status::undefined);
  CHECK(std::isnan(line.value));
  CHECK(cramer_v(baro::cell_shares<double>{}, usual).status == status::empty_domain);
  auto table = drawn({20, 10, 8, 30}, 2);
  auto entries = table.cells.entries();
  for (auto& e : entries) {
    e.df = 0;
    e.status = status::no_degrees;
  }
  table.cells = baro::estimate<double>(table.cells.value(), table.cells.covariance(), entries);
  const auto value_only = cramer_v(table, usual);
  CHECK(value_only.status == status::no_degrees);
  CHECK(value_only.value > 0.3);
  CHECK(std::isnan(value_only.limits.low));
  const auto census = cramer_v(
      [] {
        auto t = drawn({20, 10, 8, 30}, 2);
        t.cells = baro::estimate<double>(t.cells.value(), Eigen::MatrixXd::Zero(5, 5),
                                         t.cells.entries());
        return t;
      }(),
      usual);
  CHECK(census.status == status::undefined);
  CHECK(census.value > 0.3);
  CHECK(std::isnan(census.limits.high));
}

}  // namespace hypothesis_effect_size

TEST_SUITE_END();
