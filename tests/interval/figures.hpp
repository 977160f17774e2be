// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/interval.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <support/close.hpp>
#include <support/nan.hpp>
#include <support/refused.hpp>
#include <support/table.hpp>
#include <vector>

/// Figures that the tests of the interval methods share.
namespace test {

inline const baro::confidence_level at95(0.95);

/// A share with everything said by hand.
template <class Real = double>
baro::figure<Real> share_figure(Real p, Real se, Real df, Real n, Real kish, Real deff) {
  return {p, se, df, deff, {n, p * n, n, kish}, baro::statistic::share, baro::status::ok};
}

/// k of n answers of a simple random sample, as an unweighted design has it: V = p q / (n − 1).
template <class Real = double>
baro::figure<Real> sampled(int k, int n) {
  using std::sqrt;
  const Real p = Real(k) / Real(n),
             se = n > 1 ? Real(sqrt(p * (1 - p) / Real(n - 1))) : Real(0);
  auto f = share_figure<Real>(p, se, Real(n - 1), Real(n), Real(n),
                              k == 0 || k == n ? Real(nan) : Real(1));
  f.bases.count = Real(k);
  return f;
}

/// k of n as textbooks have it: V = p q / n, normal.
template <class Real = double>
baro::figure<Real> textbook(int k, int n) {
  using std::sqrt;
  auto f = sampled<Real>(k, n);
  f.standard_error = sqrt(f.value * (1 - f.value) / Real(n));
  f.df = std::numeric_limits<Real>::infinity();
  return f;
}

/// The share "comp.imp = Yes" of R's apiclus1 with fpc (183 schools in 15 districts), and "ell
/// = 0".
inline baro::figure<double> comp_imp() {
  return share_figure(0.72677595628415304, 0.030327646963180067, 14.0, 183.0, 183.0,
                      std::numeric_limits<double>::quiet_NaN());
}
inline baro::figure<double> ell_0() {
  return share_figure(0.02185792349726776, 0.022622450861133944, 14.0, 183.0, 183.0,
                      std::numeric_limits<double>::quiet_NaN());
}

/// Shares of every kind: small, near one, few people, few degrees of freedom, weights, all,
/// none.
inline std::vector<baro::figure<double>> many_shares() {
  const double inf = std::numeric_limits<double>::infinity();
  return {comp_imp(),
          ell_0(),
          sampled(37, 122),
          sampled(1, 20),
          sampled(19, 20),
          sampled(0, 30),
          sampled(30, 30),
          textbook(610, 1000),
          share_figure(0.0031, 0.0017, 8.0, 950.0, 700.0, 0.9),
          share_figure(0.9984, 0.0007, 61.5, 2400.0, 1300.0, 0.7),
          share_figure(0.5, 0.08, 1.0, 60.0, 41.0, 1.5),
          share_figure(0.31, 0.0006, inf, 1.2e6, 4e5, 2.0)};
}

/// Limits hold the share, stay in [0, 1], turn round when yes and no are exchanged, and widen
/// with the level.
template <class Method>
void check_share_method(const Method& m) {
  for (auto f : many_shares()) {
    CAPTURE(f.value);
    const auto c = baro::interval(f, at95, m);
    if (c.status != baro::status::ok) continue;
    CHECK(c.low >= 0);
    CHECK(c.low <= f.value);
    CHECK(c.high >= f.value);
    CHECK(c.high <= 1);
    CHECK(c.width() > 0);
    const auto wider = baro::interval(f, baro::confidence_level(0.99), m);
    CHECK(wider.low <= c.low);
    CHECK(wider.high >= c.high);
    CHECK((c.width() == 1 || wider.width() > c.width()));
    f.value = 1 - f.value;
    const auto other = baro::interval(f, at95, m);
    CHECK(std::abs(other.low - (1 - c.high)) < 1e-12);
    CHECK(std::abs(other.high - (1 - c.low)) < 1e-12);
  }
}

/// The share of all samples of n, binomial with p, whose interval holds p: summed, not
/// simulated.
template <class Method>
double exact_coverage(const Method& m, int n, double p,
                      baro::figure<double> (*figure)(int, int) = sampled<double>) {
  double covered = 0, mass = std::pow(1 - p, n);
  for (int k = 0; k <= n; ++k) {
    const auto c = baro::interval(figure(k, n), at95, m);
    if (c.status == baro::status::ok && c.contains(p)) covered += mass;
    mass *= double(n - k) / (k + 1) * p / (1 - p);
  }
  return covered;
}

/// Every line of R's svyciprop(method = `r_name`) in tests/reference/proportions.csv, compared
/// by `same(figure, ours, low, high)`.
template <class Method, class Same>
void compare_with_r(const Method& m, const std::string& r_name, Same same) {
  const table r = table::reference("proportions");
  int lines = 0;
  for (std::size_t i = 0; i < r.rows(); ++i) {
    if (r.text("method", i) != r_name) continue;
    const double n = r.number("n", i);
    const auto f =
        share_figure(r.number("estimate", i), r.number("standard_error", i), r.number("df", i),
                     n, n, std::numeric_limits<double>::quiet_NaN());
    const auto c = baro::interval(f, baro::confidence_level(r.number("confidence", i)), m);
    CAPTURE(i);
    REQUIRE(c.status == baro::status::ok);
    same(f, c, r.number("low", i), r.number("high", i));
    ++lines;
  }
  CHECK(lines == 54);
}

template <class Method>
void check_against_r(const Method& m, const std::string& r_name, double tolerance) {
  compare_with_r(m, r_name, [&](const auto&, const auto& c, double low, double high) {
    CHECK(close(c.low, low, tolerance));
    CHECK(close(c.high, high, tolerance));
  });
}

/// A share method leaves figures that are no share, and figures that are no figure, alone.
template <class Method>
void check_refusals(const Method& m) {
  auto f = comp_imp();
  f.statistic = baro::statistic::mean;
  const auto message = refused<baro::value_error>([&] { (void)baro::interval(f, at95, m); });
  const auto direct = refused<baro::value_error>([&] { (void)m(f, at95); });
  CHECK(message == std::string(m.name()).append(": statistic = 'mean', must be 'share'"));
  CHECK(direct == message);

  const auto status_of = [&](baro::figure<double> figure) {
    const auto c = baro::interval(figure, at95, m);
    CHECK(c.low != c.low);
    CHECK(c.high != c.high);
    CHECK(c.method == m.name());
    return c.status;
  };
  f = comp_imp();
  f.df = 0;
  CHECK(status_of(f) == baro::status::no_degrees);
  f = comp_imp();
  f.value = nan;
  CHECK(status_of(f) == baro::status::undefined);
  f.status = baro::status::empty_domain;
  CHECK(status_of(f) == baro::status::empty_domain);
  f = comp_imp();
  f.standard_error = nan;
  CHECK(status_of(f) == baro::status::undefined);
  f = comp_imp();
  f.value = 1.2;  // negative weights can do this
  CHECK(status_of(f) == baro::status::undefined);
  f = comp_imp();
  f.status = baro::status::no_base;
  CHECK(status_of(f) == baro::status::no_base);
}

}  // namespace test
