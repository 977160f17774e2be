// SPDX-License-Identifier: BSL-1.0
#include <baro/totals/covariance.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <support/naive_covariance.hpp>
#include <support/nan.hpp>
#include <support/positive.hpp>
#include <totals/pass.hpp>
#include <vector>

namespace totals_covariance {

using form = baro::linear_form<double>;
using matrix = Eigen::MatrixXd;
using numbers = std::vector<double>;

/// A question with two numeric columns, one with levels, three regions; a fifth did not answer.
struct questions {
  test::sample s;
  numbers y, x;
  std::vector<int> level;

  explicit questions(std::uint64_t seed) : s(test::sample::of(150, seed)) {
    test::dice d(seed + 100);
    y = s.y;
    x = s.x;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (d.below(5) == 0) y[i] = test::nan;
      level.push_back(d.below(5) == 0 ? 9 : s.answer[i]);
    }
  }
  std::vector<test::variable> variables() const {
    return {test::variable::numbers(test::kind::numbers, {y, x}, {11, 4}),
            test::variable::numbers(test::kind::shifted, {y}, {12}),
            test::variable::levels(baro::categories(level, {.refused = {9}}))};
  }
  /// Forms of every variable in every region, with coefficients drawn at random.
  std::vector<form> forms() const {
    test::dice d(3);
    std::vector<form> out;
    for (std::size_t region = 0; region < 3; ++region)
      for (std::size_t v = 0; v < 3; ++v) {
        numbers c(v == 2 ? 5 : 3);
        for (double& k : c) k = d.bell();
        out.push_back({v, region, c});
      }
    return out;
  }
  /// What a form adds up, row by row.
  numbers terms(const form& f) const {
    numbers u(s.size(), 0.0);
    for (std::size_t i = 0; i < s.size(); ++i) {
      const double w = s.weight[i];
      const bool answered = f.variable == 2 ? level[i] != 9 : y[i] == y[i];
      if (static_cast<std::size_t>(s.region[i]) != f.domain + 1 || !answered) continue;
      const numbers& c = f.coefficients;
      if (f.variable == 0) u[i] = w * (c[0] + c[1] * (y[i] - 11) + c[2] * (x[i] - 4));
      if (f.variable == 1) u[i] = c[0] + w * (c[1] + c[2] * (y[i] - 12));
      if (f.variable == 2) u[i] = w * c[static_cast<std::size_t>(level[i] - 1)];
    }
    return u;
  }
};

matrix covariance(const questions& q, const baro::design& d) {
  const test::pass p(d, q.variables(), baro::by(q.s.region));
  const auto t = p.sums();
  const baro::detail::reading<double> r(d.tree(), t);
  const baro::detail::tree_walk<double> walk(d.tree(), r);
  return baro::detail::covariance_of<double>(walk, d.single_psu_policy(), r)(q.forms());
}

matrix naive(const questions& q, const std::vector<test::naive_stage>& stages) {
  const std::vector<form> forms = q.forms();
  matrix v(forms.size(), forms.size());
  for (std::size_t i = 0; i < forms.size(); ++i)
    for (std::size_t j = 0; j < forms.size(); ++j)
      v(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
          test::naive_covariance(stages, q.terms(forms[i]), q.terms(forms[j]));
  return v;
}

/// Every element within 1e-12 of the product of the two standard errors.
bool same(const matrix& a, const matrix& b) {
  REQUIRE(a.rows() == b.rows());
  for (Eigen::Index i = 0; i < a.rows(); ++i)
    for (Eigen::Index j = 0; j < a.cols(); ++j)
      if (!(std::abs(a(i, j) - b(i, j)) <= 1e-12 * std::sqrt(b(i, i) * b(j, j)))) return false;
  return true;
}

std::vector<int> row_numbers(std::size_t n) {
  std::vector<int> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<int>(i);
  return out;
}

TEST_SUITE("totals/covariance") {
  TEST_CASE("forms of all variables and domains have the textbook's covariance") {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      CAPTURE(seed);
      const questions q(seed);
      const test::sample& s = q.s;
      const std::vector<int> one(s.size(), 0), row = row_numbers(s.size());
      const numbers none(s.size(), 0.0), third(s.size(), 1.0 / 3);
      CHECK(same(covariance(q, s.stratified()), naive(q, {{s.stratum, row, none}})));
      CHECK(same(covariance(q, s.clustered()), naive(q, {{s.stratum, s.psu, none}})));
      CHECK(same(covariance(q, s.stratified(baro::sampling_fractions(third))),
                 naive(q, {{s.stratum, row, third}})));
      CHECK(same(covariance(q, baro::design{baro::weights(s.weight)}),
                 naive(q, {{one, row, none}})));
    }
  }

  TEST_CASE("stages add up by recursion, to respondents or to units of several") {
    for (std::uint64_t seed = 5; seed < 8; ++seed) {
      CAPTURE(seed);
      const questions q(seed);
      const test::sample& s = q.s;
      const std::vector<int> one(s.size(), 0), row = row_numbers(s.size());
      std::vector<int> class_of;
      for (const int i : row) class_of.push_back(i % 3);
      numbers first, second;
      for (std::size_t i = 0; i < s.size(); ++i) {
        first.push_back(s.stratum[i] == 0 ? 0 : .1 * (1 + s.stratum[i]));
        second.push_back(s.psu[i] % 2 == 0 ? .5 : .25);
      }
      const auto two =
          s.clustered(baro::sampling_fractions(first), baro::single_psu::remove,
                      baro::stage(baro::psus(class_of), baro::sampling_fractions(second)));
      CHECK(!two.tree().rows_are_units);
      CHECK(same(covariance(q, two),
                 naive(q, {{s.stratum, s.psu, first}, {one, class_of, second}})));
      const auto three =
          s.clustered(baro::sampling_fractions(first), baro::single_psu::remove,
                      baro::stage(baro::psus(class_of), baro::sampling_fractions(second)),
                      baro::stage(baro::sampling_fraction(.2)));
      CHECK(three.tree().rows_are_units);
      const numbers fifth(s.size(), .2);
      CHECK(same(
          covariance(q, three),
          naive(q, {{s.stratum, s.psu, first}, {one, class_of, second}, {one, row, fifth}})));
    }
  }

  TEST_CASE("the matrix is symmetric and positive semi-definite under every policy") {
    const questions q(9);
    for (const auto policy : {baro::single_psu::remove, baro::single_psu::average,
                              baro::single_psu::center, baro::single_psu::certainty})
      for (const auto& d : {q.s.stratified(policy), q.s.clustered(policy)}) {
        const matrix v = covariance(q, d);
        CHECK(v == v.transpose());
        CHECK(test::positive_semidefinite(v));
      }
  }

  TEST_CASE("no forms have an empty covariance") {
    const questions q(1);
    const baro::design d = q.s.stratified();
    const test::pass p(d, q.variables());
    const auto t = p.sums();
    const baro::detail::reading<double> r(d.tree(), t);
    const baro::detail::tree_walk<double> walk(d.tree(), r);
    CHECK(baro::detail::covariance_of<double>(walk, d.single_psu_policy(), r)({}).size() == 0);
  }
}

}  // namespace totals_covariance
