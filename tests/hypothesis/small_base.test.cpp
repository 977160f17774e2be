// SPDX-License-Identifier: BSL-1.0
// Small bases: each rule at its borders, NCHS on widths from scipy, a rule of one's own.
#include <baro/hypothesis/small_base.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string_view>
#include <support/refused.hpp>

TEST_SUITE_BEGIN("hypothesis/small_base");

namespace hypothesis_small_base {

using baro::base_decision, baro::base_judgement, baro::base_reason, baro::base_rule;
using baro::counted_base, baro::judge_base, baro::nchs_2017;

constexpr base_judgement fine{};
constexpr base_judgement flag(base_reason r) { return {base_decision::flag, r}; }
constexpr base_judgement suppress(base_reason r) { return {base_decision::suppress, r}; }

/// `count` of n, drawn at random but for the deff and degrees of freedom given.
template <class Real = double>
baro::figure<Real> share_of(int count, int n, double deff = 1, double df = 1000) {
  using std::sqrt;
  baro::figure<Real> f;
  f.statistic = baro::statistic::share;
  f.value = Real(count) / n;
  f.deff = Real(deff);
  f.standard_error = sqrt(Real(deff * f.value * (1 - f.value) / n));
  f.df = Real(df);
  f.bases = {Real(n), Real(count), Real(n), Real(n / deff)};
  return f;
}

TEST_CASE("30 and 100") {
  const base_rule rule{30, 100};
  CHECK(judge_base(share_of(10, 29), rule) == suppress(base_reason::few_respondents));
  CHECK(judge_base(share_of(10, 30), rule) == flag(base_reason::few_respondents));
  CHECK(judge_base(share_of(10, 99), rule) == flag(base_reason::few_respondents));
  CHECK(judge_base(share_of(10, 100), rule) == fine);
  CHECK(judge_base(share_of(0, 0), rule).decision == base_decision::suppress);
  CHECK_FALSE(judge_base(share_of(10, 29), rule).testable());
  CHECK(judge_base(share_of(10, 30), rule).testable());
}

TEST_CASE("on the base one means") {
  const auto f = share_of(40, 120, 2);  // 60 once the design is counted
  CHECK(judge_base(f, base_rule{}) == fine);
  CHECK(judge_base(f, base_rule{.base = counted_base::design}) ==
        flag(base_reason::few_effective));
  CHECK(judge_base(f, base_rule{.base = counted_base::weighted}) ==
        flag(base_reason::few_effective));
  auto mean = f;
  mean.statistic = baro::statistic::mean;
  mean.deff = 0.5;  // never more than who answered
  CHECK(judge_base(mean, base_rule{.flag_under = 121, .base = counted_base::design}) ==
        flag(base_reason::few_effective));
  mean.deff = std::numeric_limits<double>::quiet_NaN();
  CHECK(judge_base(mean, base_rule{.flag_under = 60, .base = counted_base::design}) == fine);
  mean.bases.effective_n = 0;
  CHECK(judge_base(mean, base_rule{.flag_under = 120, .base = counted_base::weighted}) == fine);
}

TEST_CASE("NCHS: the widths by scipy") {
  // from scipy.stats import beta, t
  // def w(k, n, deff=1, df=1000): m = min(n, n/deff*(t.ppf(.975,n-1)/t.ppf(.975,df))**2
  //   if n-1 > df else n/deff); p = k/n; m1 = m*p
  //   return (beta.ppf(.975, m1+1, m-m1) if k < n else 1) - (beta.ppf(.025, m1, m-m1+1)
  //   if k else 0)
  const nchs_2017 rule;
  CHECK(judge_base(share_of(10, 29), rule) == suppress(base_reason::few_respondents));
  CHECK(judge_base(share_of(20, 58, 2), rule) == suppress(base_reason::few_effective));
  // w(20, 40) = 0.32396; w(25, 50) = 0.28945
  CHECK(judge_base(share_of(20, 40), rule) == suppress(base_reason::wide_interval));
  CHECK(judge_base(share_of(25, 50), rule) == fine);
  // w(11, 100) = 0.1321 = 1.201 p; w(10, 100) = 0.1272 = 1.272 p;
  // w(9, 100) = 0.1220 = 1.356 p
  CHECK(judge_base(share_of(9, 100), rule) == suppress(base_reason::wide_for_its_size));
  CHECK(judge_base(share_of(10, 100), rule) == fine);
  CHECK(judge_base(share_of(90, 100), rule) == fine);
  CHECK(judge_base(share_of(91, 100), rule) == flag(base_reason::wide_for_complement));
  // w(1, 200) = 0.0274: short enough whatever the share
  CHECK(judge_base(share_of(1, 200), rule) == fine);
  CHECK(judge_base(share_of(199, 200), rule) == fine);
  // w(0, 80) = 0.0451; w(0, 60) = 0.0596
  CHECK(judge_base(share_of(0, 80), rule) == flag(base_reason::nobody));
  CHECK(judge_base(share_of(80, 80), rule) == flag(base_reason::everybody));
  CHECK(judge_base(share_of(0, 60), rule) == suppress(base_reason::wide_for_its_size));
  CHECK(judge_base(share_of(60, 60), rule) == flag(base_reason::everybody));
  // w(200, 500, 1, 7) = 0.1059
  CHECK(judge_base(share_of(200, 500, 1, 7), rule) == flag(base_reason::few_degrees));
  CHECK(judge_base(share_of(200, 500, 1, 8), rule) == fine);
  // w(40, 100, 1.5, 3) = 0.3950: few degrees widen, and suppress before they are reviewed
  CHECK(judge_base(share_of(40, 100, 1.5, 3), rule) == suppress(base_reason::wide_interval));
}

TEST_CASE("NCHS with 50 digits judges as with double") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  for (const int count : {0, 4, 30, 60, 110, 120})
    CHECK(judge_base(share_of<real>(count, 120, 1.5, 20), nchs_2017{}) ==
          judge_base(share_of(count, 120, 1.5, 20), nchs_2017{}));
}

TEST_CASE("the coefficient of variation") {
  const baro::coefficient_of_variation_rule rule;
  baro::figure<double> f;
  f.value = 200;
  f.df = 10;
  f.standard_error = 33;
  CHECK(judge_base(f, rule) == fine);
  f.standard_error = 33.1;
  CHECK(judge_base(f, rule) == flag(base_reason::coefficient_of_variation));
  f.value = -200;
  f.standard_error = 66.7;
  CHECK(judge_base(f, rule) == suppress(base_reason::coefficient_of_variation));
  f.value = 0;
  CHECK(judge_base(f, rule) == suppress(base_reason::coefficient_of_variation));
  f.standard_error = 0;
  CHECK(judge_base(f, rule) == flag(base_reason::nobody));
}

TEST_CASE("a figure that is none is suppressed whatever the policy") {
  auto f = share_of(50, 200);
  f.status = baro::status::empty_domain;
  f.value = std::numeric_limits<double>::quiet_NaN();
  CHECK(judge_base(f, base_rule{}) == suppress(base_reason::no_figure));
  f = share_of(50, 200);
  f.status = baro::status::no_base;
  CHECK(judge_base(f, base_rule{}) == suppress(base_reason::no_base));
  f.status = baro::status::no_degrees;
  f.df = 0;
  CHECK(judge_base(f, base_rule{}) == fine);
  CHECK(judge_base(f, nchs_2017{}) == suppress(base_reason::no_figure));
  // Negative weights may leave a share outside [0, 1].
  f = share_of(50, 200);
  f.value = 1.2;
  CHECK(judge_base(f, nchs_2017{}) == suppress(base_reason::no_figure));
}

/// The larger houses' rule for a client who pays for 60.
struct house_rule {
  static constexpr std::string_view name() { return "house_rule"; }
  template <class Real>
  base_judgement operator()(const baro::figure<Real>& f) const {
    const base_judgement base = base_rule{.suppress_under = 60, .flag_under = 60}(f);
    return combined(base, nchs_2017{}(f));
  }
};
static_assert(baro::base_policy<house_rule>);
static_assert(baro::base_policy<base_rule> && baro::base_policy<nchs_2017, float>);
static_assert(!baro::base_policy<double>);

TEST_CASE("a rule of one's own, of others combined") {
  CHECK(judge_base(share_of(25, 50), house_rule{}) == suppress(base_reason::few_respondents));
  CHECK(judge_base(share_of(9, 100), house_rule{}) == suppress(base_reason::wide_for_its_size));
  CHECK(judge_base(share_of(50, 100), house_rule{}) == fine);
}

TEST_CASE("a comparison is judged by the worse of the two") {
  constexpr auto warned = flag(base_reason::few_respondents);
  constexpr auto other = flag(base_reason::few_degrees);
  constexpr auto hidden = suppress(base_reason::no_base);
  static_assert(combined(fine, warned) == warned && combined(warned, fine) == warned);
  static_assert(combined(warned, hidden) == hidden && combined(hidden, warned) == hidden);
  static_assert(combined(warned, other) == warned);
  baro::estimate<double>::vector value(2);
  value << 0.4, 0.5;
  baro::entry<double> small, large;
  small.bases.n = 40;
  large.bases.n = 400;
  const baro::estimate<double> e(value, baro::estimate<double>::matrix::Identity(2, 2),
                                 {small, large});
  CHECK(judge_base(e, 0, 1, base_rule{}) == warned);
  CHECK(judge_base(e, 1, 0, base_rule{}) == warned);
  CHECK(judge_base(e, 1, 1, base_rule{}) == fine);
}

TEST_CASE("refusals, and names") {
  using test::refused;
  CHECK(refused<baro::value_error>([] {
          static_cast<void>(judge_base(share_of(1, 2), base_rule{100, 30}));
        }) == "base_rule: flag_under = 30, must be at least suppress_under");
  CHECK(refused<baro::value_error>([] {
          static_cast<void>(judge_base(share_of(1, 2), base_rule{.suppress_under = -1}));
        }) == "base_rule: suppress_under = -1, must be at least 0");
  CHECK(refused<baro::value_error>([] {
          static_cast<void>(judge_base(share_of(1, 2),
                                       baro::coefficient_of_variation_rule{.flag_above = 0.4}));
        }) ==
        "coefficient_of_variation_rule: suppress_above = 0.333, must be at least flag_above");
  CHECK(refused<baro::value_error>([] {
          baro::figure<double> mean;
          static_cast<void>(judge_base(mean, nchs_2017{}));
        }) == "nchs_2017: statistic = 'mean', must be 'share'");
  CHECK(name(base_decision::suppress) == "suppress");
  CHECK(name(base_reason::none) == "none");
  CHECK(name(base_reason::few_respondents) == "few_respondents");
  CHECK(name(base_reason::wide_for_complement) == "wide_for_complement");
  CHECK(name(base_reason::coefficient_of_variation) == "coefficient_of_variation");
}

}  // namespace hypothesis_small_base

TEST_SUITE_END();
