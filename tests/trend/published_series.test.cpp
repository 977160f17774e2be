// SPDX-License-Identifier: BSL-1.0
// Series of published shares, all figures made up: independent by hand in R, overlaps by
// Tam's formula, in one population by simulation.
#include <baro/trend/change.hpp>
#include <baro/trend/equal_waves.hpp>
#include <baro/trend/published_series.hpp>
#include <baro/trend/slope.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <vector>

TEST_SUITE_BEGIN("trend/published_series");

namespace trend_published_series {

using baro::base, baro::plain_t, baro::published_overlap, baro::published_series, baro::status;
using test::close;
using waves = std::vector<baro::published_wave<>>;
const baro::confidence_level level(0.95);

/// Three editions, made up.
template <class Real = double>
std::vector<baro::published_wave<Real>> editions() {
  return {{"2009", Real(31) / 100, base(1000)},
          {"2011", Real(35) / 100, base(1003), {.deff = 1.4}},
          {"2013", Real(38) / 100, base(950)}};
}

template <class Real = double>
std::vector<baro::published_wave<Real>> linked() {
  auto w = editions<Real>();
  w[1].overlaps = {{0.5, 0.6}};
  w[2].overlaps = {{0.5, 0.6}, {0.25, 0.4, "2009"}};
  return w;
}

TEST_CASE("editions of other people are independent, normal, and placed by their years") {
  // R: V <- p*(1-p)/n*d; V[3] <- V[3]*(4000-950)/3999; z <- diff/sqrt(V1 + V2);
  // cc <- (x-mean(x))/sum((x-mean(x))^2); W/2 with C = rbind(c(-1,1,0), c(-1,0,1))
  auto w = editions();
  w[2].design.population = baro::population_size(4000);
  baro::label named;
  named.variable = "stress";
  const auto s = published_series(w, named);
  CHECK(s.times() == std::vector<double>{2009, 2011, 2013});
  CHECK(s.wave(1) == "2011");
  CHECK(s.figures().entry(1).label.variable == "stress");
  CHECK(s.parts().size() == 3);
  const auto c = baro::change(s, 0, 1, level, plain_t{});
  CHECK(close(c.standard_error, 0.023053142040212679, 1e-14));
  CHECK(close(c.p_value, 0.082719305292271991, 1e-12));
  CHECK(std::isinf(c.df));
  CHECK(close(baro::change(s, 1, 2, level, plain_t{}).p_value, 0.18261445696036821, 1e-12));
  CHECK(close(baro::change(s, 0, 2, level, plain_t{}).p_value, 0.00048893948054481821, 1e-11));
  const auto b = baro::slope(s, level);
  CHECK(close(b.value, 0.0175, 1e-14));
  CHECK(close(b.standard_error, 0.0050190094068806633, 1e-13));
  CHECK(close(b.p_value, 0.00048893948054481821, 1e-11));
  const auto f = baro::equal_waves(s);
  CHECK(close(f.statistic, 6.0884122650466086, 1e-12));
  CHECK(close(f.p_value, 0.0022690086406811747, 1e-10));
  CHECK(baro::change(s, 0, 2, level).p_value < 0.001);  // and by the test made for shares
}

TEST_CASE("overlaps stated wave by wave, by hand in R") {
  // R: cv <- function(i,j,P,r) r*P*n[j]/sqrt(n[i]*n[j])*sqrt(V[i]*V[j])
  const auto s = published_series(linked());
  CHECK(close(s.figures().covariance(0, 1), 7.830353440298844e-05, 1e-13));
  CHECK(close(s.figures().covariance(1, 2), 8.1933721831417829e-05, 1e-13));
  CHECK(close(s.figures().covariance(0, 2), 2.2448795067887272e-05, 1e-13));
  CHECK(s.parts().size() == 1);
  const auto c = baro::change(s, 0, 1, level, plain_t{});
  CHECK(close(c.standard_error, 0.019360792574691883, 1e-13));
  CHECK(close(c.p_value, 0.038825541073818783, 1e-11));
  CHECK(close(baro::slope(s, level).p_value, 0.00060825862383999591, 1e-11));
  CHECK(close(baro::equal_waves(s).p_value, 0.0025593226797481334, 1e-10));
}

TEST_CASE("an overlap multiplies the variance of a change by 1 - rho P") {
  for (const double deff : {1.0, 1.4}) {
    const baro::published_design design{.deff = deff};
    const auto apart =
        published_series(waves{{"1", 0.4, base(1000), design}, {"2", 0.4, base(1000), design}});
    const auto common = published_series(
        waves{{"1", 0.4, base(1000), design}, {"2", 0.4, base(1000), design, {{0.6, 0.6}}}});
    const auto a = baro::change(apart, 0, 1, level, plain_t{});
    const auto b = baro::change(common, 0, 1, level, plain_t{});
    const double ratio = b.standard_error / a.standard_error;
    CHECK(close(ratio * ratio, 1 - 0.6 * 0.6, 1e-13));
    CHECK(close(a.standard_error * a.standard_error, 4.8e-4 * deff, 1e-13));
    CHECK(close(b.standard_error * b.standard_error, 3.072e-4 * deff, 1e-13));
  }
  // rho = .5 and P = 2/3: .667
  const auto s = published_series(
      waves{{"1", 0.3, base(900)}, {"2", 0.3, base(900), {}, {{2.0 / 3, 0.5}}}});
  CHECK(close(baro::change(s, 0, 1, level, plain_t{}).standard_error,
              std::sqrt(2 * 0.3 * 0.7 / 900 * 2 / 3), 1e-13));
}

TEST_CASE("two samples of one population, some people in both") {
  // A population of 60; 20 are drawn, 12 of them stay and 10 others join.
  test::dice d(11);
  std::vector<double> y_1, y_2;
  for (int i = 0; i < 60; ++i) {
    y_1.push_back(i % 3 == 0);
    y_2.push_back(i % 5 == 0 ? i % 2 == 0 : i % 3 == 0);
  }
  double m_1 = 0, m_2 = 0, m_12 = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    m_1 += y_1[i] / 60;
    m_2 += y_2[i] / 60;
    m_12 += y_1[i] * y_2[i] / 60;
  }
  const double rho = (m_12 - m_1 * m_2) / std::sqrt(m_1 * (1 - m_1) * m_2 * (1 - m_2));
  const baro::published_design design{.population = baro::population_size(60)};
  const auto s = published_series(
      waves{{"1", m_1, base(20), design}, {"2", m_2, base(22), design, {{12.0 / 22, rho}}}});
  constexpr int times = 20000;
  double sum = 0, square = 0, product = 0;
  for (int k = 0; k < times; ++k) {
    const auto order = d.order(60);
    double a = 0, b = 0;
    for (std::size_t i = 0; i < 20; ++i) a += y_1[order[i]] / 20;
    for (std::size_t i = 8; i < 30; ++i) b += y_2[order[i]] / 22;
    sum += b - a;
    square += (b - a) * (b - a);
    product += (a - m_1) * (b - m_2);
  }
  const double variance = square / times - sum / times * sum / times;
  const double se = baro::change(s, 0, 1, level, plain_t{}).standard_error;
  CHECK(std::abs(variance / (se * se) - 1) < 0.04);  // 4 of √(2 / 20000)
  CHECK(std::abs(product / times / s.figures().covariance(0, 1) - 1) < 0.12);
}

TEST_CASE("as many in common as chance brings, and the whole population twice") {
  const auto of = [](double share, double rho, int n) {
    const baro::published_design design{.population = baro::population_size(400)};
    return published_series(
        waves{{"1", 0.4, base(100), design}, {"2", 0.4, base(n), design, {{share, rho}}}});
  };
  CHECK(std::abs(of(0.25, 0.9, 100).figures().covariance(0, 1)) < 1e-18);
  const auto same = of(1, 1, 100);
  CHECK(close(same.figures().covariance(0, 1), same.figures().covariance(0, 0), 1e-13));
  CHECK(baro::change(same, 0, 1, level, plain_t{}).status == status::undefined);
  CHECK(close(of(0.25, 1, 400).figures().covariance(0, 0), 0.24 / 100 * 300 / 399, 1e-13));
  // Two populations: the smaller one, and no covariance below 0.
  const auto two =
      published_series(waves{{"1", 0.4, base(100), {.population = baro::population_size(400)}},
                             {"2", 0.4, base(100), {}, {{0.1, 0.9}}}});
  CHECK(two.figures().covariance(0, 1) == 0);
}

TEST_CASE("a wave without a base: its share stands, the others are compared") {
  auto w = editions();
  w[1].base = std::nullopt;
  w[2].overlaps = {{0.3, 0.5}};
  const auto s = published_series(w);
  CHECK(s.figures().entry(1).status == status::no_base);
  CHECK(s.value(1) == 0.35);
  const auto c = baro::change(s, 0, 1, level);
  CHECK(c.status == status::no_base);
  CHECK(std::isnan(c.p_value));
  CHECK(c.value_a == 0.35);
  const auto held = published_series(waves{w[0], editions()[2]});
  CHECK(baro::slope(s, level).p_value == baro::slope(held, level).p_value);
  CHECK(baro::equal_waves(s).p_value == baro::equal_waves(held).p_value);
}

TEST_CASE("a printed figure gives its share, base and design") {
  const auto w = baro::printed_wave(
      "2011",
      {.share = baro::printed_share("35,0 %"), .base = base(1003), .design = {.deff = 1.4}});
  const auto a = published_series(waves{editions()[0], w, editions()[2]});
  const auto b = published_series(editions());
  CHECK(a.figures().covariance() == b.figures().covariance());
  CHECK(a.value(1) == 0.35);
  CHECK(published_series({{"avril", 0.2, base(9)}, {"mai", 0.3, base(9)}}).times() ==
        std::vector<double>{1, 2});
  CHECK(published_series({{"a", 0.2, base(9)}, {"b", 0.3, base(9)}}, {}, {3, 7}).times() ==
        std::vector<double>{3, 7});
}

TEST_CASE("50 digits in, the same out") {
  using real = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                             boost::multiprecision::et_off>;
  auto w = linked();
  auto x = linked<real>();
  for (std::size_t t = 0; t < 3; ++t)
    w[t].design.population = x[t].design.population = baro::population_size(7000);
  const auto s = published_series(w);
  const auto e = published_series(x);
  CHECK(close(s.figures().covariance(1, 2), static_cast<double>(e.figures().covariance(1, 2)),
              1e-12));
  const auto c = baro::change(s, 0, 2, level);
  const auto g = baro::change(e, 0, 2, level);
  CHECK(close(c.p_value, static_cast<double>(g.p_value), 1e-12));
  CHECK(close(baro::slope(s, level).p_value, static_cast<double>(baro::slope(e, level).p_value),
              1e-12));
  using plain = boost::multiprecision::cpp_bin_float_50;
  CHECK(close(s.figures().variance(1),
              static_cast<double>(published_series(linked<plain>()).figures().variance(1)) *
                  (7000. - 1003) / 6999,
              1e-12));
}

TEST_CASE("refusals") {
  const auto refusal = [](const waves& w) {
    return test::refused<baro::value_error>([&] { static_cast<void>(published_series(w)); });
  };
  const auto with = [](published_overlap o) {
    return waves{{"2009", 0.3, base(500)}, {"2011", 0.3, base(1000), {}, {o}}};
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(refusal({}) == "wave_series: no wave, must be one at least");
  CHECK(refusal(with({1.1, 0})) == "published_series: overlap[1] = 1.1, must be from 0 to 1");
  CHECK(refusal(with({nan, 0})).ends_with("must be from 0 to 1"));
  CHECK(refusal(with({0.5, -1.5})) ==
        "published_series: correlation[1] = -1.5, must be from -1 to 1");
  CHECK(refusal(with({0.6, 0.5})) ==
        "published_series: overlap[1] = 0.6, must not be more respondents than the other wave "
        "has");
  CHECK(refusal(with({0.5, 0.5, "2011"})) ==
        "published_series: with[1] = '2011', must be the name of a wave before");
  CHECK(refusal({{"2009", 0.3, base(500), {}, {{0.5, 0.5}}}}) ==
        "published_series: with[0] = '', must be the name of a wave before");
  CHECK(refusal({{"2009", 0.3, base(500)}, {"2009", 0.3, base(500)}}) ==
        "published_series: name[1] = '2009', must be the name of one wave only");
  CHECK(refusal({{"2009", 1.3, base(500)}}).starts_with("published_share: share = 1.3"));
  const baro::published_design few{.population = baro::population_size(150)};
  CHECK(refusal({{"1", 0.4, base(100), few}, {"2", 0.4, base(100), few, {{0.4, 0.9}}}}) ==
        "published_series: overlap[1] = 0.4, must be at least what two samples of this "
        "population share");
  // One panel for three waves: who is in the first two and the last two is in all.
  waves panel{{"1", 0.4, base(100)}, {"2", 0.4, base(100)}, {"3", 0.4, base(100)}};
  panel[1].overlaps = panel[2].overlaps = {{1, 0.9}};
  CHECK(refusal(panel) ==
        "published_series: no series has these overlaps and correlations up to '3', those of "
        "waves further apart must be given too");
  panel[2].overlaps.push_back({1, 0.85, "1"});
  CHECK(published_series(panel).size() == 3);
  CHECK(test::refused<baro::value_error>([] {
          static_cast<void>(baro::printed_wave("2009", {.base = base(9)}));
        }) == "printed_wave: share is missing, must be printed to have a value");
}

}  // namespace trend_published_series

TEST_SUITE_END();
