// SPDX-License-Identifier: BSL-1.0
// The power promised: R power.prop.test and power.t.test, the conventions, and the power had in
// simulated samples.
#include <baro/plan/expected_means.hpp>
#include <baro/plan/expected_shares.hpp>
#include <baro/plan/power.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("plan/power");

namespace plan_power {

using baro::comparison_plan, baro::confidence_level, baro::expected_means,
    baro::expected_shares, baro::group_sizes, baro::mean_test, baro::power, baro::share_test;
using test::close;

struct of_r {
  double n, a, b, level;
  double two, one, strict;  // two.sided, one.sided, two.sided with strict = TRUE
};

comparison_plan plan_of(double alpha, bool one = false, bool strict = false) {
  comparison_plan plan;
  plan.level = confidence_level(1 - alpha);
  if (one) plan.sides = baro::test_sides::one;
  if (strict) plan.wrong = baro::wrong_side::counted;
  return plan;
}

TEST_CASE("R power.prop.test(n, p1, p2, sig.level)$power") {
  const of_r expected[] = {
      {50, .5, .75, .05, 0.740165901331388, 0.833983523355428, 0.740167193453611},
      {12, .1, .15, .05, 0.0554459233337224, 0.100592494971023, 0.0651660698700041},
      {400, .02, .05, .01, 0.394281214720991, 0.492874771463198, 0.394281692135606},
      {30, .9, .4, .1, 0.997715135466073, 0.999447813644057, 0.997715135476585},
  };
  for (const of_r& r : expected) {
    CAPTURE(r.n);
    const expected_shares e{.a = r.a, .b = r.b};
    const auto n = group_sizes::each(r.n);
    CHECK(close(power(e, n, plan_of(r.level)).power, r.two, 1e-11));
    CHECK(close(power(e, n, plan_of(r.level, true)).power, r.one, 1e-11));
    CHECK(close(power(e, n, plan_of(r.level, false, true)).power, r.strict, 1e-11));
    // One-sided, R has nothing to count on the wrong side.
    CHECK(power(e, n, plan_of(r.level, true, true)).power ==
          power(e, n, plan_of(r.level, true)).power);
  }
}

TEST_CASE("R power.t.test(n, delta, sd, sig.level)$power, two samples and paired") {
  const of_r two_samples[] = {
      {20, 1, 1, .05, 0.868952801692498, 0.927902473395342, 0.868953027724586},
      {5, .3, 1, .05, 0.0618624347508379, 0.113250142959535, 0.0704596029366387},
      {122, .4, 1.7, .01, 0.226416220650953, 0.308921726198168, 0.226421607347463},
      {3, 2, 1, .1, 0.645202086759026, 0.81455945396645, 0.645281438116305},
  };
  const of_r paired[] = {
      {20, 1, 1, .05, 0.988591294544565, 0.996102863634363, 0.988591294779182},
      {5, .3, 1, .05, 0.0760664463020885, 0.139919225407939, 0.0822627742229914},
      {122, .4, 1.7, .01, 0.494998691921977, 0.596180592481125, 0.494998829462384},
      {3, 2, 1, .1, 0.712159203033439, 0.907731472930868, 0.712162880366183},
  };
  for (const bool pairs : {false, true})
    for (const of_r& r : pairs ? paired : two_samples) {
      CAPTURE(r.n);
      CAPTURE(pairs);
      const auto n = group_sizes::each(r.n);
      const expected_means e{.difference = r.a,
                             .sd_a = r.b,
                             .sd_b = r.b,
                             .test = pairs ? mean_test::paired() : mean_test::student()};
      const auto had = [&](bool one, bool strict) {
        auto plan = plan_of(r.level, one, strict);
        // Of two answers with a correlation of ½ the difference varies as much as each.
        if (pairs) plan.overlap = baro::wave_overlap{.share = 1, .correlation = .5};
        return power(e, n, plan).power;
      };
      CHECK(close(had(false, false), r.two, 1e-10));
      CHECK(close(had(true, false), r.one, 1e-10));
      CHECK(close(had(false, true), r.strict, 1e-10));
    }
}

TEST_CASE("122 DRH against 1000 salariés") {
  const auto had = [](double gap, double deff) {
    return power(expected_shares{.a = .5, .b = .5 + gap, .test = share_test::common},
                 {.a = 122, .b = 1000}, {.a = {.deff = deff}, .b = {.deff = deff}})
        .power;
  };
  CHECK(std::round(100 * had(.10, 1)) == 55);
  CHECK(std::round(100 * had(.10, 1.4)) == 42);
  CHECK(std::round(100 * had(.15, 1)) == 88);
}

TEST_CASE("a family is judged at α/m, and a census finds everything") {
  const expected_shares e{.a = .5, .b = .6};
  comparison_plan ten{.family = baro::family_size(10)};
  CHECK(close(power(e, {122, 1000}, ten).power, power(e, {122, 1000}, plan_of(.005)).power,
              1e-12));
  comparison_plan all{.a = {.population = baro::population_size(400)},
                      .b = {.population = baro::population_size(900)},
                      .correction = baro::finite_population::hypergeometric};
  CHECK(power(e, {400, 900}, all).power == 1);
  const expected_means means{.difference = .1, .test = mean_test::welch()};
  CHECK(power(means, {400, 900}, all).power == 1);
  CHECK(power(means, {200, 900}, all).power < 1);
}

/// The chance that a binomial of n is at most k, for each k, so that a count is one draw.
class counts {
 public:
  counts(std::size_t n, double p) {
    double log_term = static_cast<double>(n) * std::log(1 - p), sum = 0;
    for (std::size_t k = 0; k <= n; ++k) {
      sum += std::exp(log_term);
      at_most_.push_back(sum);
      log_term +=
          std::log(static_cast<double>(n - k) / static_cast<double>(k + 1) * p / (1 - p));
    }
  }
  double draw(test::dice& d) const {
    const auto at = std::lower_bound(at_most_.begin(), at_most_.end(), d.uniform());
    return static_cast<double>(
        std::min(at - at_most_.begin(), std::ptrdiff_t(at_most_.size()) - 1));
  }

 private:
  std::vector<double> at_most_;
};

/// Four standard errors of a share of so many draws.
double slack(double power, double draws) { return 4 * std::sqrt(power * (1 - power) / draws); }

constexpr double z = 1.959963984540054;

TEST_CASE("simulated: two independent samples of shares, unequal") {
  constexpr int draws = 10000;
  test::dice d(1);
  for (const auto& [p, q] : {std::pair(.5, .62), {.1, .03}, {.3, .3 + 1e-9}}) {
    const counts x(122, p), y(1000, q);
    int found = 0;
    for (int i = 0; i < draws; ++i) {
      const double a = x.draw(d), b = y.draw(d), both = (a + b) / 1122;
      const double gap = a / 122 - b / 1000;
      const double error = std::sqrt(both * (1 - both) * (1. / 122 + 1. / 1000));
      found += std::abs(gap) > z * error;
    }
    auto plan = plan_of(.05, false, true);
    const double said = power(expected_shares{.a = p, .b = q}, {122, 1000}, plan).power;
    CAPTURE(said);
    CAPTURE(found);
    CHECK(std::abs(found / double(draws) - said) <= slack(said, draws));
  }
}

TEST_CASE("simulated: two waves with respondents in common") {
  constexpr int draws = 2000, n = 300, kept = 200;
  constexpr double p = .5, q = .58, rho = .5;
  const double joint = p * q + rho * std::sqrt(p * (1 - p) * q * (1 - q));
  test::dice d(2);
  int found = 0, independent = 0;
  for (int i = 0; i < draws; ++i) {
    int a = 0, b = 0;
    for (int k = 0; k < n; ++k) {
      const bool before = d.uniform() < p;
      const double again = before ? joint / p : (q - joint) / (1 - p);
      a += before;
      b += d.uniform() < (k < kept ? again : q);
    }
    const double both = (a + b) / (2. * n), gap = double(b - a) / n;
    const double error = std::sqrt(both * (1 - both) * 2 / n);
    found += gap > z * error * std::sqrt(1 - rho * kept / n);
    independent += gap > z * error;
  }
  const expected_shares e{.a = p, .b = q};
  const baro::wave_overlap overlap{.share = double(kept) / n, .correlation = rho};
  const double said = power(e, group_sizes::each(n), {.overlap = overlap}).power;
  CAPTURE(said);
  CHECK(std::abs(found / double(draws) - said) <= slack(said, draws));
  // It would be missed otherwise.
  const double without = power(e, group_sizes::each(n)).power;
  CHECK(without + .1 < said);
  CHECK(independent < found);
}

TEST_CASE("simulated: out of finite populations, and households of two") {
  constexpr int draws = 3000;
  test::dice d(3);
  // 160 of 400, of whom 200 hold it; 200 of 600, of whom 366 do.
  const auto drawn = [&](int n, int size, int holders) {
    int count = 0;
    for (int k = 0; k < n; ++k, --size)
      if (d.uniform() * size < holders) ++count, --holders;
    return double(count);
  };
  int found = 0;
  for (int i = 0; i < draws; ++i) {
    const double a = drawn(160, 400, 200), b = drawn(200, 600, 366), both = (a + b) / 360;
    const double error =
        std::sqrt(both * (1 - both) * (1. / 160 * 240 / 399 + 1. / 200 * 400 / 599));
    found += b / 200 - a / 160 > z * error;
  }
  const comparison_plan finite{.a = {.population = baro::population_size(400)},
                               .b = {.population = baro::population_size(600)},
                               .correction = baro::finite_population::hypergeometric};
  const double said = power(expected_shares{.a = .5, .b = .61}, {160, 200}, finite).power;
  CHECK(std::abs(found / double(draws) - said) <= slack(said, draws));

  // In a household the second answers as the first with probability .4: a deff of 1.4.
  const auto households = [&](int n, double p) {
    int count = 0;
    for (int k = 0; k < n; k += 2) {
      const bool first = d.uniform() < p;
      count += first + (d.uniform() < .4 ? first : d.uniform() < p);
    }
    return double(count);
  };
  found = 0;
  for (int i = 0; i < draws; ++i) {
    const double a = households(122, .5), b = households(300, .66), both = (a + b) / 422;
    const double error = std::sqrt(1.4 * both * (1 - both) * (1. / 122 + 1. / 300));
    found += b / 300 - a / 122 > z * error;
  }
  const comparison_plan clustered{.a = {.deff = 1.4}, .b = {.deff = 1.4}};
  const double in = power(expected_shares{.a = .5, .b = .66}, {122, 300}, clustered).power;
  CAPTURE(in);
  CHECK(std::abs(found / double(draws) - in) <= slack(in, draws));
}

TEST_CASE("simulated: Student's test of few answers") {
  constexpr int draws = 4000, n = 8, m = 14;
  constexpr double t = 2.0859634472658364;  // qt(.975, 20)
  test::dice d(4);
  int found = 0;
  for (int i = 0; i < draws; ++i) {
    double sum[2] = {}, squares = 0;
    for (int g = 0; g < 2; ++g) {
      const int size = g == 0 ? n : m;
      double all = 0;
      for (int k = 0; k < size; ++k) {
        const double x = d.bell();
        sum[g] += x / size;
        all += x * x;
      }
      squares += all - size * sum[g] * sum[g];
    }
    const double error = std::sqrt(squares / (n + m - 2) * (1. / n + 1. / m));
    found += 1.3 + sum[1] - sum[0] > t * error;
  }
  const auto said =
      power(expected_means{.difference = 1.3, .test = mean_test::student()}, {n, m});
  CAPTURE(said.power);
  CHECK(std::abs(found / double(draws) - said.power) <= slack(said.power, draws));
  // The normal test promises what eight and fourteen answers do not hold.
  const double normal = power(expected_means{.difference = 1.3}, {n, m}).power;
  CHECK(normal - found / double(draws) > slack(normal, draws) / 2);
}

TEST_CASE("double agrees with 50 digits") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  const comparison_plan plan{.a = {.deff = 1.4, .population = baro::population_size(4000)},
                             .b = {.deff = 1.2, .population = baro::population_size(4000)},
                             .overlap = baro::wave_overlap{.share = .25, .correlation = .5},
                             .correction = baro::finite_population::fraction};
  for (const share_test t :
       {share_test::pooled, share_test::unpooled, share_test::common, share_test::arcsine}) {
    const expected_shares e{.a = .5, .b = .625, .test = t};
    CHECK(close(power(e, {122, 1000}, plan).power,
                static_cast<double>(power<real>(e, {122, 1000}, plan).power), 1e-13));
    CHECK(close(power<float>(e, {122, 1000}, plan).power,
                static_cast<float>(power(e, {122, 1000}, plan).power), 1e-5));
  }
  const expected_means e{.difference = .5, .sd_a = 1.5, .sd_b = 2, .test = mean_test::welch()};
  CHECK(close(power(e, {122, 300}).power, static_cast<double>(power<real>(e, {122, 300}).power),
              1e-13));
}

TEST_CASE("what has no power is refused") {
  const auto message = [](auto f) { return test::refused<baro::value_error>(f); };
  CHECK(message([] { static_cast<void>(baro::wanted_power(80)); }) ==
        "wanted_power: power = 80, must be in (0, 1)");
  CHECK(message([] { static_cast<void>(baro::wanted_power(1)); }) ==
        "wanted_power: power = 1, must be in (0, 1)");
  CHECK_THROWS_AS(
      static_cast<void>(baro::wanted_power(std::numeric_limits<double>::quiet_NaN())),
      baro::value_error);
  CHECK(message([] {
          static_cast<void>(power(expected_shares{.a = .5, .b = .5}, {122, 1000}));
        }) == "expected_shares: b = 0.5, must differ from a");
  CHECK(message([] {
          static_cast<void>(power(expected_means{.difference = 1}, {1, 1000}));
        }) == "power: sizes.a = 1, must be from 2 to 1000000000");
  CHECK(message([] {
          static_cast<void>(
              power(expected_shares{.a = .5, .b = .6}, {122, 1000}, {.a = {.deff = 0}}));
        }) == "comparison_plan: a.deff = 0, must be positive and below 1e9");
}

}  // namespace plan_power

TEST_SUITE_END();
