// SPDX-License-Identifier: BSL-1.0
// Changes taken apart: the examples of Das Gupta (1993), his formulas, standard errors by hand
// in R and by simulation, groups without people, weights that remove the composition. Data and
// effects of the examples are those that the README of R DasGuptR lists; it was not run.
#include <baro/trend/decomposition.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/decomposition");

namespace trend_decomposition {

using baro::composition_is, baro::decompose, baro::group_margins, baro::grouped_waves,
    baro::status;
using test::close;
using list = std::vector<double>;
const baro::confidence_level level(0.95);

template <class Real = double>
baro::estimate<Real> figures(const list& value, const Eigen::MatrixXd& v) {
  typename baro::estimate<Real>::vector x(static_cast<Eigen::Index>(value.size()));
  for (std::size_t i = 0; i < value.size(); ++i)
    x(static_cast<Eigen::Index>(i)) = Real(value[i]);
  std::vector<baro::entry<Real>> about(value.size());
  return {std::move(x), v.template cast<Real>(), std::move(about)};
}

/// Figures with the standard errors given, independent.
baro::estimate<double> figures(const list& value, const list& se = {}) {
  const auto k = static_cast<Eigen::Index>(value.size());
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(k, k);
  for (std::size_t i = 0; i < se.size(); ++i)
    v(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(i)) = se[i] * se[i];
  return figures<double>(value, v);
}

/// s1, r1, s2, r2 one after the other.
grouped_waves in_order(std::size_t groups) {
  grouped_waves at;
  for (std::size_t g = 0; g < groups; ++g) {
    at.shares_1.push_back(g);
    at.rates_1.push_back(groups + g);
    at.shares_2.push_back(2 * groups + g);
    at.rates_2.push_back(3 * groups + g);
  }
  return at;
}

/// The covariance of a simple random sample: shares multinomial, rates binomial.
void sampled(Eigen::MatrixXd& v, Eigen::Index at, const list& s, const list& r, double n) {
  const auto groups = static_cast<Eigen::Index>(s.size());
  for (Eigen::Index g = 0; g < groups; ++g) {
    const auto i = static_cast<std::size_t>(g);
    for (Eigen::Index h = 0; h < groups; ++h)
      v(at + g, at + h) = ((g == h ? s[i] : 0) - s[i] * s[static_cast<std::size_t>(h)]) / n;
    v(at + groups + g, at + groups + g) = r[i] * (1 - r[i]) / (n * s[i]);
  }
}

const list s_1{.5, .3, .2}, r_1{.2, .4, .6}, s_2{.4, .35, .25}, r_2{.25, .4, .7};

list joined(const list& a, const list& b, const list& c, const list& d) {
  list out = a;
  for (const list* l : {&b, &c, &d}) out.insert(out.end(), l->begin(), l->end());
  return out;
}

template <class Real = double>
baro::estimate<Real> two_waves() {
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(12, 12);
  sampled(v, 0, s_1, r_1, 400);
  sampled(v, 6, s_2, r_2, 500);
  for (Eigen::Index g = 3; g < 6; ++g)
    v(g, g + 6) = v(g + 6, g) = .3 * std::sqrt(v(g, g) * v(g + 6, g + 6));
  return figures<Real>(joined(s_1, r_1, s_2, r_2), v);
}

TEST_CASE("household headship in the United States, 1970 and 1985: age and rates") {
  // Das Gupta (1993), example 5.1: effects 1.2269 and 1.7403 of 2.9672
  const list size_1{12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9},
      size_2{10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5};
  const list rate_1{1.9,  25.8, 45.7, 49.6, 51.2, 51.6, 51.8,
                    54.9, 58.7, 60.4, 62.8, 66.6, 66.8},
      rate_2{2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2};
  auto value = joined(size_1, rate_1, size_2, rate_2);
  for (std::size_t g = 0; g < 13; ++g) {
    value[g] /= 100;
    value[26 + g] /= 100;
  }
  const auto d = decompose(figures(value), in_order(13));
  CHECK(close(d.entries.value(d.rate_1), 44.7268, 1e-12));
  CHECK(close(d.entries.value(d.rate_2), 47.6940, 1e-12));
  CHECK(close(d.entries.value(d.change), 2.9672, 1e-12));
  CHECK(close(d.entries.value(d.effect(0)), 1.2269, 1e-12));
  CHECK(close(d.entries.value(d.effect(1)), 1.7403, 1e-12));
}

/// Scalars of wave 1, then of wave 2, each a factor; their product.
baro::decomposition<double> product(const list& a, const list& b, const list& se = {}) {
  list value = a;
  value.insert(value.end(), b.begin(), b.end());
  std::vector<std::vector<std::size_t>> one, two;
  for (std::size_t k = 0; k < a.size(); ++k) {
    one.push_back({k});
    two.push_back({a.size() + k});
  }
  return decompose(figures(value, se), one, two, [](const auto& f) {
    auto out = f[0][0];
    for (std::size_t k = 1; k < f.size(); ++k) out = out * f[k][0];
    return out;
  });
}

TEST_CASE("products of two to five factors, the examples of Das Gupta (1993)") {
  // Examples 2.1 to 2.4: earnings, births in Austria and Chile, non-marital births, fertility
  // in South Korea.
  struct example {
    list one, two, effects;
    double tolerance;
  };
  for (const example& x :
       {example{{10930, .717892}, {16591, .825974}, {4369.913, 1487.262}, 5e-7},
        example{{51.78746, .45919, .52638},
                {84.90502, .75756, .51065},
                {10.4340333, 10.5608476, -0.6670084},
                2e-7},
        example{{25.3, .214, .279, .949},
                {32.7, .290, .473, .986},
                {0.6889411, 0.8125381, 1.3829055, 0.1047547},
                1e-6},
        example{{.58, .76, .84, .66, 16.573},
                {.72, .97, .97, .56, 16.158},
                {1.0909785, 1.2298438, 0.7278399, -0.8398707, -0.1290187},
                1e-6}}) {
    const auto d = product(x.one, x.two);
    REQUIRE(d.entries.size() == 3 + x.one.size());
    for (std::size_t k = 0; k < x.one.size(); ++k)
      CHECK(close(d.entries.value(d.effect(k)), x.effects[k], x.tolerance));
  }
}

TEST_CASE("his formulas for three and four factors, and a standard error in R") {
  const list a{51.78746, .45919, .52638, .7}, b{84.90502, .75756, .51065, .4};
  const double three =
      (b[0] - a[0]) * ((b[1] * b[2] + a[1] * a[2]) / 3 + (b[1] * a[2] + a[1] * b[2]) / 6);
  list se;
  for (const list* x : {&a, &b})
    for (std::size_t k = 0; k < 3; ++k) se.push_back((*x)[k] * double(k + 1) / 100);
  const auto d = product({a[0], a[1], a[2]}, {b[0], b[1], b[2]}, se);
  CHECK(close(d.entries.value(d.effect(0)), three, 1e-14));
  // g <- numDeriv::grad(effect, x); sqrt(sum(g^2*se^2)): 10.4340333, 0.4128204204335013
  CHECK(close(d.entries.standard_error(d.effect(0)), 0.4128204204335013, 1e-9));
  const auto four = product(a, b);
  const double expected =
      (b[3] - a[3]) * ((a[0] * a[1] * a[2] + b[0] * b[1] * b[2]) / 4 +
                       (a[0] * a[1] * b[2] + a[0] * b[1] * a[2] + b[0] * a[1] * a[2] +
                        a[0] * b[1] * b[2] + b[0] * a[1] * b[2] + b[0] * b[1] * a[2]) /
                           12);
  CHECK(close(four.entries.value(four.effect(3)), expected, 1e-14));
}

TEST_CASE("a function of four vectors: the illegitimacy ratio, United States 1963 and 1983") {
  // Das Gupta (1993), example 4.4
  const std::vector<list> one{{.200, .163, .146, .154, .168, .169},
                              {.866, .325, .119, .099, .099, .121},
                              {.007, .021, .023, .015, .008, .002},
                              {.454, .326, .195, .107, .051, .015}},
      two{{.169, .195, .190, .174, .150, .122},
          {.931, .563, .311, .216, .199, .191},
          {.018, .026, .023, .016, .008, .002},
          {.380, .201, .149, .079, .025, .006}};
  list value;
  std::vector<std::vector<std::size_t>> first(4), second(4);
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t i = 0; i < 6; ++i) {
      first[k].push_back(value.size());
      value.push_back(one[k][i]);
      second[k].push_back(value.size());
      value.push_back(two[k][i]);
    }
  const auto d = decompose(figures(value), first, second,
                           [](const auto& f) {
                             auto out = f[0][0] * 0, in = out;
                             for (std::size_t i = 0; i < 6; ++i) {
                               out += f[0][i] * f[1][i] * f[2][i];
                               in += f[0][i] * (1 - f[1][i]) * f[3][i];
                             }
                             return out / (out + in);
                           },
                           {"women", "unmarried", "births to unmarried", "births to married"});
  CHECK(close(d.entries.value(d.rate_1), 0.03094957, 1e-6));
  CHECK(close(d.entries.value(d.rate_2), 0.12517462, 1e-7));
  const list effects{-0.00620498, 0.04866154, 0.02705922, 0.02470928};
  for (std::size_t k = 0; k < 4; ++k)
    CHECK(close(d.entries.value(d.effect(k)), effects[k], 1e-6));
  CHECK(d.entries.entry(d.effect(1)).label.variable == "unmarried");
}

TEST_CASE("standard errors by the delta method, by hand in R") {
  // R: gc <- c(-rb, (s2-s1)/2, rb, (s2-s1)/2); gb <- c((r2-r1)/2, -sb, (r2-r1)/2, sb);
  // sqrt(gc %*% V %*% gc), gc %*% V %*% gb, the same of one group alone
  const auto d = decompose(two_waves(), in_order(3));
  const auto& e = d.entries;
  CHECK(close(e.value(d.change), 0.075, 1e-13));
  CHECK(close(e.standard_error(d.change), 0.0277657920112388, 1e-13));
  CHECK(close(e.value(d.effect(0)), 0.03, 1e-13));
  CHECK(close(e.standard_error(d.effect(0)), 0.01156680543098447, 1e-13));
  CHECK(close(e.value(d.effect(1)), 0.045, 1e-13));
  CHECK(close(e.standard_error(d.effect(1)), 0.0258458169506674, 1e-13));
  CHECK(close(e.covariance(d.effect(0), d.effect(1)), -1.542901785714285e-05, 1e-12));
  CHECK(close(e.value(d.part(0, 0)), -0.0225, 1e-13));
  CHECK(close(e.standard_error(d.part(0, 0)), 0.007847509993983866, 1e-13));
  CHECK(close(e.value(d.part(1, 2)), 0.0225, 1e-13));
  CHECK(close(e.standard_error(d.part(1, 2)), 0.01306410326528556, 1e-13));
  CHECK(e.entry(d.part(1, 2)).label.variable == "behaviour");
  CHECK(e.entry(d.part(1, 2)).label.level == "3");
  const auto t = d.tested(d.effect(0), level);
  CHECK(close(t.statistic, 0.03 / 0.01156680543098447, 1e-12));
  CHECK(close(t.limits.low, 0.03 - 1.959963984540054 * 0.01156680543098447, 1e-11));
  CHECK(d.composition == composition_is::estimated);
  CHECK(d.note().empty());
}

TEST_CASE("effects add up to the change, parts of groups to effects") {
  test::dice random(3);
  for (int k = 0; k < 20; ++k) {
    list value(16);
    for (double& x : value) x = random.uniform();
    for (const std::size_t at : {0u, 8u}) {
      double sum = 0;
      for (std::size_t g = 0; g < 4; ++g) sum += value[at + g];
      for (std::size_t g = 0; g < 4; ++g) value[at + g] /= sum;
    }
    const auto d = decompose(figures(value, list(16, 0.1)), in_order(4));
    const auto& e = d.entries;
    CHECK(std::abs(e.value(d.effect(0)) + e.value(d.effect(1)) - e.value(d.change)) < 1e-14);
    CHECK(std::abs(e.value(d.rate_2) - e.value(d.rate_1) - e.value(d.change)) < 1e-14);
    CHECK(close(e.variance(d.effect(0)) + e.variance(d.effect(1)) +
                    2 * e.covariance(d.effect(0), d.effect(1)),
                e.variance(d.change), 1e-12));
    for (std::size_t f = 0; f < 2; ++f) {
      double sum = 0;
      for (std::size_t g = 0; g < 4; ++g) sum += e.value(d.part(f, g));
      CHECK(std::abs(sum - e.value(d.effect(f))) < 1e-14);
    }
    // And as any function of two factors.
    const auto two = decompose(figures(value, list(16, 0.1)), {{0, 1, 2, 3}, {4, 5, 6, 7}},
                               {{8, 9, 10, 11}, {12, 13, 14, 15}}, [](const auto& f) {
                                 return f[0][0] * f[1][0] + f[0][1] * f[1][1] +
                                        f[0][2] * f[1][2] + f[0][3] * f[1][3];
                               });
    for (const std::size_t f : {0u, 1u}) {
      CHECK(std::abs(two.entries.value(two.effect(f)) - e.value(d.effect(f))) < 1e-14);
      CHECK(close(two.entries.variance(two.effect(f)), e.variance(d.effect(f)), 1e-11));
    }
    const auto five = product({value[0], value[1], value[2], value[3], value[4]},
                              {value[5], value[6], value[7], value[8], value[9]});
    double sum = 0;
    for (std::size_t f = 0; f < 5; ++f) sum += five.entries.value(five.effect(f));
    CHECK(std::abs(sum - five.entries.value(five.change)) < 1e-14);
  }
}

TEST_CASE("simulated samples vary as the standard errors say") {
  test::dice random(8);
  constexpr int times = 1000;
  std::array<double, 2> sum{}, square{}, claimed{};
  for (int k = 0; k < times; ++k) {
    list value;
    Eigen::MatrixXd v = Eigen::MatrixXd::Zero(12, 12);
    for (const int wave : {0, 1}) {
      const list &s = wave == 0 ? s_1 : s_2, &r = wave == 0 ? r_1 : r_2;
      const int n = wave == 0 ? 300 : 250;
      list people(3), yes(3);
      for (int i = 0; i < n; ++i) {
        const double u = random.uniform();
        const std::size_t g = u < s[0] ? 0 : u < s[0] + s[1] ? 1 : 2;
        ++people[g];
        yes[g] += random.uniform() < r[g];
      }
      for (std::size_t g = 0; g < 3; ++g) {
        yes[g] /= people[g];
        people[g] /= n;
      }
      sampled(v, 6 * wave, people, yes, n);
      value.insert(value.end(), people.begin(), people.end());
      value.insert(value.end(), yes.begin(), yes.end());
    }
    const auto d = decompose(figures<double>(value, v), in_order(3));
    for (std::size_t f = 0; f < 2; ++f) {
      const double x = d.entries.value(d.effect(f));
      sum[f] += x / times;
      square[f] += x * x / times;
      claimed[f] += d.entries.variance(d.effect(f)) / times;
    }
  }
  const list truth{0.03, 0.045};
  for (std::size_t f = 0; f < 2; ++f) {
    const double variance = square[f] - sum[f] * sum[f];
    CHECK(std::abs(variance / claimed[f] - 1) < 0.18);  // 4 of √(2 / 1000)
    CHECK(std::abs(sum[f] - truth[f]) < 4 * std::sqrt(variance / times));
  }
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::cpp_bin_float_50;
  const auto d = decompose(two_waves(), in_order(3));
  const auto x = decompose(two_waves<real>(), in_order(3));
  for (std::size_t i = 0; i < d.entries.size(); ++i) {
    CHECK(std::abs(d.entries.value(i) - static_cast<double>(x.entries.value(i))) < 1e-16);
    CHECK(close(d.entries.variance(i), static_cast<double>(x.entries.variance(i)), 1e-12));
  }
  CHECK(close(d.tested(d.effect(1), level).p_value,
              static_cast<double>(x.tested(x.effect(1), level).p_value), 1e-12));
  const auto product_of = [](const auto& f) { return f[0][0] * f[1][0] * f[2][0]; };
  const std::vector<std::vector<std::size_t>> one{{0}, {3}, {4}}, two{{6}, {9}, {10}};
  const auto p = decompose(two_waves(), one, two, product_of);
  const auto q = decompose(two_waves<real>(), one, two, product_of);
  for (std::size_t k = 0; k < 3; ++k)
    CHECK(close(p.entries.variance(p.effect(k)),
                static_cast<double>(q.entries.variance(q.effect(k))), 1e-12));
}

/// The figures given, without a value where they are NaN.
baro::estimate<double> with_holes(const list& value, const list& se) {
  auto e = figures(value, se);
  auto about = e.entries();
  auto v = e.covariance();
  for (std::size_t i = 0; i < value.size(); ++i)
    if (std::isnan(value[i])) {
      about[i].status = status::empty_domain;
      v.row(static_cast<Eigen::Index>(i)).setConstant(test::nan);
      v.col(static_cast<Eigen::Index>(i)).setConstant(test::nan);
    }
  return {e.value(), v, about};
}

TEST_CASE("a group nobody is in: all that it brings is composition") {
  // Group 2 is new, group 3 never there.
  const double none = test::nan;
  const auto e = with_holes({1, 0, 0, .3, none, none, .8, .2, 0, .4, .6, none},
                            {0, 0, 0, .02, 0, 0, .01, .01, 0, .03, .05, 0});
  const auto d = decompose(e, in_order(3));
  CHECK(d.entries.entry(d.change).status == status::ok);
  CHECK(close(d.entries.value(d.change), .14, 1e-14));
  CHECK(close(d.entries.value(d.part(0, 1)), .2 * .6, 1e-14));
  CHECK(d.entries.value(d.part(1, 1)) == 0);
  CHECK(close(d.entries.standard_error(d.part(0, 1)), std::hypot(.6 * .01, .2 * .05), 1e-13));
  CHECK(d.entries.value(d.part(0, 2)) == 0);
  CHECK(d.entries.variance(d.part(1, 2)) == 0);
  CHECK(d.tested(d.part(1, 2), level).status == status::undefined);
  CHECK(close(d.entries.value(d.effect(1)), .1 * .9, 1e-14));
  CHECK(d.composition == composition_is::estimated);  // 0 and 1 have no variance, unweighted
  // The same without entries for those who are not there.
  constexpr std::size_t nobody = grouped_waves::nobody;
  const auto f = decompose(e, grouped_waves{.shares_1 = {0, nobody, nobody},
                                            .rates_1 = {3, nobody, nobody},
                                            .shares_2 = {6, 7, nobody},
                                            .rates_2 = {9, 10, nobody}});
  for (std::size_t i = 0; i < d.entries.size(); ++i)
    CHECK(f.entries.value(i) == d.entries.value(i));
  // Gone, the other way round.
  const auto back = decompose(
      e, grouped_waves{
             .shares_1 = {6, 7}, .rates_1 = {9, 10}, .shares_2 = {0, 1}, .rates_2 = {3, 4}});
  CHECK(close(back.entries.value(back.part(0, 1)), -.2 * .6, 1e-14));
}

TEST_CASE("a group that is there and has no rate: no change, and why") {
  const auto e = with_holes({.5, .5, .3, test::nan, .4, .6, .3, .5}, list(8, .01));
  const auto d = decompose(e, in_order(2));
  for (const std::size_t i : {d.rate_1, d.change, d.effect(0), d.effect(1), d.part(1, 1)}) {
    CHECK(d.entries.entry(i).status == status::empty_domain);
    CHECK(std::isnan(d.entries.value(i)));
    CHECK(d.tested(i, level).status == status::empty_domain);
  }
  CHECK(d.entries.entry(d.part(0, 0)).status == status::ok);
  CHECK(d.entries.entry(d.rate_2).status == status::ok);
  const auto log_of = decompose(figures({1, 2, -1, 3}), {{0}, {1}}, {{2}, {3}},
                                [](const auto& f) { return log(f[0][0]) * f[1][0]; });
  CHECK(log_of.entries.entry(log_of.effect(0)).status == status::undefined);
  CHECK(std::isnan(log_of.entries.value(log_of.change)));
}

TEST_CASE("weights to the same margins remove the composition, and the reader is told") {
  list se(8, .02);
  se[0] = se[1] = se[4] = se[5] = 0;
  const auto same = decompose(figures({.5, .5, .3, .2, .5, .5, .4, .3}, se), in_order(2));
  CHECK(same.composition == composition_is::removed);
  CHECK(same.note().starts_with("Both waves are weighted to the same margins of these groups"));
  CHECK(same.note(baro::language::french).ends_with("dont l'effet est nul par construction."));
  CHECK(same.entries.value(same.effect(0)) == 0);
  CHECK(same.tested(same.effect(0), level).status == status::undefined);
  CHECK(same.tested(same.effect(1), level).status == status::ok);
  const auto other = figures({.5, .5, .3, .2, .6, .4, .4, .3}, se);
  CHECK(decompose(other, in_order(2)).composition == composition_is::fixed);
  CHECK(decompose(other, in_order(2)).note().starts_with("The shares of these groups have no"));
  CHECK(decompose(other, in_order(2), group_margins::same).composition ==
        composition_is::reduced);
  CHECK_FALSE(
      decompose(other, in_order(2), group_margins::same).note(baro::language::french).empty());
  const auto noisy = figures({.5, .5, .3, .2, .5, .5, .4, .3}, list(8, .02));
  CHECK(decompose(noisy, in_order(2)).composition == composition_is::estimated);
  CHECK(decompose(noisy, in_order(2), group_margins::same).composition ==
        composition_is::removed);
  // What calibration leaves of a variance by rounding is none.
  se[0] = se[1] = se[4] = se[5] = 1e-17;
  const auto rounded =
      decompose(figures({.5, .5, .3, .2, .5 + 1e-16, .5 - 1e-16, .4, .3}, se), in_order(2));
  CHECK(rounded.composition == composition_is::removed);
  CHECK(rounded.tested(rounded.effect(0), level).status == status::undefined);
}

TEST_CASE("refusals") {
  const auto e = two_waves();
  const auto refusal = [&](const grouped_waves& at) {
    return test::refused<baro::error>([&] { static_cast<void>(decompose(e, at)); });
  };
  CHECK(refusal({}) == "decompose: no group, must be one at least");
  auto at = in_order(3);
  at.rates_2.pop_back();
  CHECK(refusal(at) == "decompose: rates_2 has 2 rows, must have 3");
  at = in_order(3);
  at.shares_2[1] = 9;
  CHECK(refusal(at) == "decompose: shares_2 = 0.9, must add up to 1");
  at = in_order(3);
  at.rates_1[2] = grouped_waves::nobody;
  CHECK(refusal(at) ==
        "decompose: rates_1[2] = 'nobody', must be an entry where the share is not 0");
  at = in_order(3);
  at.rates_1[2] = 12;
  CHECK(refusal(at) == "estimate: entry = 12, must be below the 12 entries");
  const auto one = [](const auto& f) { return f[0][0]; };
  const auto general = [&](const std::vector<std::vector<std::size_t>>& a,
                           const std::vector<std::vector<std::size_t>>& b,
                           const std::vector<std::string>& names = {}) {
    return test::refused<baro::error>(
        [&] { static_cast<void>(decompose(e, a, b, one, names)); });
  };
  CHECK(general({}, {}) == "decompose: factors = 0, must be 1 to 10");
  CHECK(general({{0}}, {{1}, {2}}) == "decompose: wave_2 has 2 rows, must have 1");
  CHECK(general({{0, 1}}, {{2}}) == "decompose: wave_2 (factor) has 1 rows, must have 2");
  CHECK(general({{0}}, {{2}}, {"a", "b"}) == "decompose: names has 2 rows, must have 1");
  const auto d = decompose(e, {{0}}, {{1}}, one);
  CHECK(test::refused<baro::value_error>([&] { static_cast<void>(d.effect(1)); }) ==
        "decomposition: factor = 1, must be the number of a factor");
  CHECK(test::refused<baro::value_error>([&] { static_cast<void>(d.part(0, 0)); }) ==
        "decomposition: group = 0, must be the number of a group");
}

}  // namespace trend_decomposition

TEST_SUITE_END();
