// SPDX-License-Identifier: BSL-1.0
// Waves linked by who is in them: the paired test, independence, the rule by its words, R
// survey on stacked waves, Tam's formula by simulation, PSUs, calibrated weights, 50 digits.
#include <baro/estimate/balance.hpp>
#include <baro/estimate/mean.hpp>
#include <baro/estimate/ratio.hpp>
#include <baro/estimate/share.hpp>
#include <baro/estimate/total.hpp>
#include <baro/hypothesis/paired.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/equal_waves.hpp>
#include <baro/trend/follow.hpp>
#include <baro/weights/calibrate.hpp>

#include <Eigen/Eigenvalues>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <support/close.hpp>
#include <support/dice.hpp>
#include <support/refused.hpp>
#include <trend/barometer_waves.hpp>
#include <tuple>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("trend/follow");

namespace trend_follow {

using baro::answers, baro::categories, baro::confidence_level, baro::follow, baro::link_rule,
    baro::linked_by, baro::mean_of, baro::status, baro::wave;
using boost::multiprecision::cpp_bin_float_50;
using test::close, test::made_panel, test::panel_wave;

const confidence_level level{.95};

template <class Real = double>
std::vector<wave<Real>> means_of(const std::vector<panel_wave>& panel,
                                 const std::vector<baro::design>& designs, bool linked = true) {
  std::vector<wave<Real>> out;
  for (std::size_t t = 0; t < panel.size(); ++t)
    if (linked)
      out.emplace_back(std::to_string(2009 + 2 * t), designs[t], linked_by(panel[t].person),
                       mean_of<Real>(answers(panel[t].y)));
    else
      out.emplace_back(std::to_string(2009 + 2 * t), designs[t],
                       mean_of<Real>(answers(panel[t].y)));
  return out;
}

std::vector<baro::design> designs_of(const std::vector<panel_wave>& panel) {
  std::vector<baro::design> out;
  for (const auto& w : panel) out.push_back(w.design());
  return out;
}

/// What the parts of a series add up to.
Eigen::MatrixXd sum_of_parts(const baro::wave_series<double>& series) {
  const auto at = [](std::size_t t) { return static_cast<Eigen::Index>(t); };
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(at(series.size()), at(series.size()));
  for (const auto& part : series.parts())
    for (std::size_t i = 0; i < part.waves.size(); ++i)
      for (std::size_t j = 0; j < part.waves.size(); ++j)
        sum(at(part.waves[i]), at(part.waves[j])) += part.covariance(at(i), at(j));
  return sum;
}

TEST_CASE("a full panel gives the paired test") {
  test::dice d(11);
  std::vector<double> before, after, change;
  std::vector<int> person;
  for (int i = 0; i < 60; ++i) {
    before.push_back(d.bell());
    after.push_back(.4 * before.back() + d.bell() + .3);
    change.push_back(after.back() - before.back());
    person.push_back(1000 - 3 * i);
  }
  // The second wave in another order.
  std::vector<double> shuffled;
  std::vector<int> shuffled_person;
  for (const std::size_t i : d.order(60)) {
    shuffled.push_back(after[i]);
    shuffled_person.push_back(person[i]);
  }
  const baro::design design{baro::rows(60)};
  std::vector<wave<double>> waves;
  waves.emplace_back("2011", design, linked_by(person), mean_of<double>(answers(before)));
  waves.emplace_back("2013", design, linked_by(shuffled_person),
                     mean_of<double>(answers(shuffled)));
  const auto series = follow(waves).at(0);
  const auto found = baro::change(series, 0, 1, level);
  const auto paired = baro::mean(design, answers(change));
  CHECK(close(found.difference, paired.value(0), 1e-12));
  CHECK(close(found.standard_error, paired.standard_error(0), 1e-12));
  CHECK(close(found.df, 59.0, 1e-12));
  const auto test = baro::paired_difference(design, answers(before), answers(after), level);
  CHECK(close(std::abs(found.statistic), std::abs(test.statistic), 1e-11));
  CHECK(close(found.p_value, test.p_value, 1e-10));
}

TEST_CASE("nobody in common is independence, and so is not being told") {
  auto panel = made_panel(3, 400, 3, .5, 5);
  for (std::size_t t = 0; t < 3; ++t)
    for (int& p : panel[t].person) p += static_cast<int>(t) * 200000;
  const auto designs = designs_of(panel);
  for (const bool linked : {true, false}) {
    const auto series = follow(means_of(panel, designs, linked)).at(0);
    for (std::size_t t = 0; t < 3; ++t) {
      const auto alone = baro::mean(designs[t], answers(panel[t].y));
      CHECK(close(series.value(t), alone.value(0), 1e-14));
      CHECK(close(series.standard_error(t), alone.standard_error(0), 1e-14));
      for (std::size_t s = 0; s < t; ++s) CHECK(series.figures().covariance(s, t) == 0);
    }
    const double v0 = series.figures().variance(0), v1 = series.figures().variance(1);
    const auto c = baro::change(series, 0, 1, level);
    CHECK(close(c.standard_error, std::sqrt(v0 + v1), 1e-12));
    const double d0 = series.figures().entry(0).df, d1 = series.figures().entry(1).df;
    CHECK(close(c.df, (v0 + v1) * (v0 + v1) / (v0 * v0 / d0 + v1 * v1 / d1), 1e-12));
  }
}

TEST_CASE("the rule by its words, with strata that change and cells of one unit") {
  for (const auto& [waves, people, strata, presence, movers] :
       {std::tuple{2, 300, 4, .7, false},
        {3, 300, 4, .6, true},
        {4, 60, 3, .5, true},
        {5, 40, 2, .8, false}}) {
    const auto panel =
        made_panel(static_cast<std::size_t>(waves), static_cast<std::size_t>(people), strata,
                   presence, static_cast<std::uint64_t>(people + waves), movers);
    const auto designs = designs_of(panel);
    const auto series = follow(means_of(panel, designs)).at(0);
    test::naive_link naive;
    for (std::size_t t = 0; t < panel.size(); ++t) {
      double all = 0;
      for (const double w : panel[t].weight) all += w;
      for (std::size_t i = 0; i < panel[t].y.size(); ++i)
        naive.add(t, panel[t].person[i], panel[t].stratum[i],
                  panel[t].weight[i] * (panel[t].y[i] - series.value(t)) / all);
    }
    for (std::size_t t = 0; t < panel.size(); ++t)
      for (std::size_t s = 0; s < panel.size(); ++s) {
        const double expected = naive.c(t, s) * series.standard_error(t) /
                                std::sqrt(naive.c(t, t)) * series.standard_error(s) /
                                std::sqrt(naive.c(s, s));
        CHECK(close(series.figures().covariance(t, s), expected, 1e-10));
      }
    // The parts add up to the covariance.
    const Eigen::MatrixXd sum = sum_of_parts(series);
    CHECK((sum - series.figures().covariance()).norm() < 1e-12 * sum.norm());
  }
}

TEST_CASE("positive semi-definite for any number of waves, by pattern and by stratum") {
  for (const auto rule : {link_rule::pattern, link_rule::stratum}) {
    const auto panel = made_panel(12, 90, 3, .6, 3);
    const auto designs = designs_of(panel);
    const auto series = follow(means_of(panel, designs), rule).at(0);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(series.figures().covariance());
    CHECK(eigen.eigenvalues().minCoeff() > -1e-14 * eigen.eigenvalues().maxCoeff());
  }
}

TEST_CASE(
    "many waves with refusals of their own: the stratum rule still finds the covariance") {
  const auto panel = made_panel(14, 400, 2, .6, 8);
  const auto designs = designs_of(panel);
  const auto correlation = [&](link_rule rule) {
    const auto e = follow(means_of(panel, designs), rule).at(0).figures();
    return e.covariance(0, 1) / e.standard_error(0) / e.standard_error(1);
  };
  // About .6 (overlap) × .7 (answers).
  CHECK(correlation(link_rule::stratum) > .3);
  CHECK(correlation(link_rule::pattern) < .1);  // nearly everybody is alone in a cell
  CHECK(correlation(link_rule::independent) == 0);
}

TEST_CASE("Berger and Priam: the correlation of residuals of their regression") {
  const auto panel = made_panel(2, 200, 2, .7, 21);
  const auto designs = designs_of(panel);
  const auto e = follow(means_of(panel, designs), link_rule::berger_priam).at(0).figures();
  // Residuals about the means of the cells (strata of both waves × presence), by hand.
  std::map<int, std::array<std::pair<int, double>, 2>> z;
  for (std::size_t t = 0; t < 2; ++t)
    for (std::size_t i = 0; i < panel[t].y.size(); ++i) {
      auto [at, is_new] = z.try_emplace(panel[t].person[i]);
      if (is_new) at->second = {std::pair{-1, 0.0}, std::pair{-1, 0.0}};
      at->second[t] = {panel[t].stratum[i], panel[t].weight[i] * (panel[t].y[i] - e.value(t))};
    }
  std::map<std::pair<int, int>, std::array<double, 3>> cell;
  for (const auto& [p, w] : z) {
    auto& c = cell[{w[0].first, w[1].first}];
    c[0] += 1;
    c[1] += w[0].second;
    c[2] += w[1].second;
  }
  double rr = 0, ss = 0, rs = 0;
  for (const auto& [p, w] : z) {
    const auto& c = cell[{w[0].first, w[1].first}];
    const double r = w[0].first < 0 ? 0 : w[0].second - c[1] / c[0];
    const double s = w[1].first < 0 ? 0 : w[1].second - c[2] / c[0];
    rr += r * r;
    ss += s * s;
    rs += r * s;
  }
  CHECK(close(e.covariance(0, 1) / e.standard_error(0) / e.standard_error(1),
              rs / std::sqrt(rr * ss), 1e-11));
}

TEST_CASE("PSUs that stay with new respondents link the waves") {
  test::dice d(31);
  // 2 strata × 10 PSUs, each with a level of its own; 6 PSUs of each stratum stay.
  std::array<std::vector<double>, 2> y;
  std::array<std::vector<int>, 2> stratum, psu, own;
  std::vector<double> effect;
  for (int a = 0; a < 40; ++a) effect.push_back(2 * d.bell());
  for (std::size_t t = 0; t < 2; ++t)
    for (int h = 0; h < 2; ++h)
      for (int a = 0; a < 10; ++a) {
        const int unit = h * 20 + (t == 0 ? a : a + 4);
        for (int i = 0; i < 5 + a % 3; ++i) {
          y[t].push_back(effect[static_cast<std::size_t>(unit)] + d.bell());
          stratum[t].push_back(h);
          psu[t].push_back(unit);
        }
      }
  std::vector<wave<double>> waves;
  std::vector<baro::design> designs;
  for (std::size_t t = 0; t < 2; ++t) {
    designs.emplace_back(baro::strata(stratum[t]), baro::psus(psu[t]));
    waves.emplace_back(t == 0 ? "1" : "2", designs[t], linked_by(psu[t]),
                       mean_of<double>(answers(y[t])));
  }
  const auto series = follow(waves).at(0);
  test::naive_link naive;
  for (std::size_t t = 0; t < 2; ++t) {
    std::map<int, std::pair<int, double>> z;
    for (std::size_t i = 0; i < y[t].size(); ++i) {
      z[psu[t][i]].first = stratum[t][i];
      z[psu[t][i]].second += (y[t][i] - series.value(t)) / static_cast<double>(y[t].size());
    }
    for (const auto& [unit, what] : z) naive.add(t, unit, what.first, what.second);
  }
  const auto& e = series.figures();
  CHECK(close(e.covariance(0, 1) / e.standard_error(0) / e.standard_error(1),
              naive.c(0, 1) / std::sqrt(naive.c(0, 0) * naive.c(1, 1)), 1e-10));
  CHECK(e.covariance(0, 1) > .3 * e.variance(0));
}

TEST_CASE("later stages, and strata of one unit, bring nothing to the link") {
  // All schools of a population, pupils drawn anew: the waves are independent.
  test::dice d(3);
  std::array<std::vector<double>, 2> y;
  std::array<std::vector<int>, 2> school, pupil;
  std::vector<double> of_school;
  for (int a = 0; a < 8; ++a) of_school.push_back(3 * d.bell());
  for (std::size_t t = 0; t < 2; ++t)
    for (int a = 0; a < 8; ++a)
      for (int i = 0; i < 6; ++i) {
        y[t].push_back(of_school[static_cast<std::size_t>(a)] + d.bell());
        school[t].push_back(a);
        pupil[t].push_back(100 * static_cast<int>(t) + 10 * a + i);
      }
  for (const auto rule : {link_rule::pattern, link_rule::stratum, link_rule::berger_priam}) {
    std::vector<baro::design> designs;
    std::vector<wave<double>> waves;
    for (std::size_t t = 0; t < 2; ++t) {
      designs.emplace_back(baro::psus(school[t]), baro::population_size(8),
                           baro::stage(baro::psus(pupil[t]), baro::population_size(60)));
      waves.emplace_back(t == 0 ? "1" : "2", designs[t], linked_by(school[t]),
                         mean_of<double>(answers(y[t])));
    }
    const auto e = follow(waves, rule).at(0).figures();
    CHECK(e.variance(0) > 0);
    CHECK(std::abs(e.covariance(0, 1)) < 1e-15);
  }
  // Stratum 9 has one PSU, another one in each wave: what `average` and `center` add for it is
  // in no link.
  std::array<std::vector<int>, 2> stratum = school;
  for (std::size_t t = 0; t < 2; ++t)
    for (std::size_t i = 0; i < y[t].size(); ++i) stratum[t][i] = 0;
  const auto covariance = [&](baro::single_psu policy) {
    std::vector<baro::design> designs;
    std::vector<wave<double>> waves;
    for (std::size_t t = 0; t < 2; ++t) {
      designs.emplace_back(baro::strata(stratum[t]), baro::psus(school[t]), policy);
      waves.emplace_back(t == 0 ? "1" : "2", designs[t], linked_by(school[t]),
                         mean_of<double>(answers(y[t])));
    }
    const auto series = follow(waves).at(0);
    const Eigen::MatrixXd sum = sum_of_parts(series);
    CHECK((sum - series.figures().covariance()).norm() < 1e-13 * sum.norm());
    return series.figures().covariance(0, 1);
  };
  for (std::size_t t = 0; t < 2; ++t)
    for (int i = 0; i < 5; ++i) {
      y[t].push_back(4 + d.bell());
      school[t].push_back(t == 0 ? 40 : 41);
      stratum[t].push_back(9);
    }
  const double without = covariance(baro::single_psu::remove);
  CHECK(without > 0);
  CHECK(close(covariance(baro::single_psu::average), without, 1e-10));
  CHECK(close(covariance(baro::single_psu::center), without, 1e-10));
}

TEST_CASE("a stratum of one respondent brings nothing to the link, of shares either") {
  auto panel = made_panel(2, 200, 2, .8, 61);
  for (std::size_t t = 0; t < 2; ++t) {  // somebody else in each wave
    panel[t].person.push_back(700000 + static_cast<int>(t));
    panel[t].stratum.push_back(9);
    panel[t].weight.push_back(20);
    panel[t].y.push_back(1);
    panel[t].answer.push_back(t == 0 ? 1 : 0);
  }
  const auto covariance = [&](baro::single_psu policy, bool shares) {
    std::vector<baro::design> designs;
    std::vector<std::vector<double>> indicator(2);
    std::vector<wave<double>> waves;
    for (std::size_t t = 0; t < 2; ++t) {
      designs.emplace_back(baro::weights(panel[t].weight), baro::strata(panel[t].stratum),
                           policy);
      for (const int a : panel[t].answer) indicator[t].push_back(a);
      if (shares)
        waves.emplace_back(
            std::to_string(t), designs[t], linked_by(panel[t].person),
            baro::share_of<double>(
                categories(panel[t].answer, baro::coded_labels{{"no", "yes"}}), {"yes"}));
      else
        waves.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person),
                           mean_of<double>(answers(indicator[t])));
    }
    return follow(waves).at(0).figures().covariance(0, 1);
  };
  const double without = covariance(baro::single_psu::remove, false);
  CHECK(without > 0);
  for (const auto policy :
       {baro::single_psu::remove, baro::single_psu::average, baro::single_psu::center})
    for (const bool shares : {true, false})
      CHECK(close(covariance(policy, shares), without, 1e-10));
}

TEST_CASE("calibrated waves enter with their residuals") {
  const auto panel = made_panel(2, 500, 1, .8, 77);
  std::array<std::vector<int>, 2> group;
  std::vector<baro::calibration> weights;
  for (std::size_t t = 0; t < 2; ++t)
    for (const double y : panel[t].y) group[t].push_back(y > .2 ? 1 : y > -.5 ? 2 : 3);
  std::vector<wave<double>> waves;
  std::vector<baro::design> designs;
  for (std::size_t t = 0; t < 2; ++t) {
    weights.push_back(baro::poststratify(
        panel[t].weight,
        baro::margin::shares(categories(group[t]), {{"1", .45}, {"2", .25}, {"3", .3}})));
    REQUIRE(weights.back().status() == status::ok);
  }
  for (std::size_t t = 0; t < 2; ++t) {
    designs.emplace_back(baro::weights(weights[t]));
    waves.emplace_back(t == 0 ? "1" : "2", designs[t], linked_by(panel[t].person),
                       mean_of<double>(answers(panel[t].y)));
  }
  const auto series = follow(waves).at(0);
  test::naive_link naive;
  for (std::size_t t = 0; t < 2; ++t) {
    // Poststratified: residuals about the group's mean under the weights before, times g d.
    std::array<double, 4> sum{}, all{};
    double total = 0;
    const auto w = weights[t].weights();
    for (std::size_t i = 0; i < w.size(); ++i) {
      const auto g = static_cast<std::size_t>(group[t][i]);
      sum[g] += panel[t].weight[i] * panel[t].y[i];
      all[g] += panel[t].weight[i];
      total += w[i];
    }
    for (std::size_t i = 0; i < w.size(); ++i) {
      const auto g = static_cast<std::size_t>(group[t][i]);
      naive.add(t, panel[t].person[i], 0, w[i] * (panel[t].y[i] - sum[g] / all[g]) / total);
    }
  }
  const auto& e = series.figures();
  CHECK(close(e.covariance(0, 1) / e.standard_error(0) / e.standard_error(1),
              naive.c(0, 1) / std::sqrt(naive.c(0, 0) * naive.c(1, 1)), 1e-9));
}

TEST_CASE("shares, domains, ratios and totals: one series for each level and domain") {
  const auto panel = made_panel(3, 400, 2, .7, 13);
  const auto designs = designs_of(panel);
  std::vector<std::vector<int>> sex(3);
  for (std::size_t t = 0; t < 3; ++t)
    for (const int p : panel[t].person) sex[t].push_back(p % 2);
  std::vector<wave<double>> waves;
  for (std::size_t t = 0; t < 3; ++t)
    waves.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person),
                       baro::by(sex[t]), baro::share_of<double>(categories(panel[t].answer)),
                       baro::total_of<double>(answers(panel[t].y)),
                       baro::ratio_of<double>(answers(panel[t].y), answers(panel[t].weight)));
  const auto all = follow(waves);
  REQUIRE(all.size() == 2 * 2 + 2 + 2);
  for (std::size_t t = 0; t < 3; ++t) {
    const auto e = baro::share(designs[t], categories(panel[t].answer), baro::by(sex[t]));
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(all[i].figures().entry(t).label.level == e.entry(i).label.level);
      CHECK(all[i].figures().entry(t).label.domain == e.entry(i).label.domain);
      CHECK(all[i].wave(t) == std::to_string(t));
      CHECK(close(all[i].value(t), e.value(i), 1e-14));
      CHECK(close(all[i].standard_error(t), e.standard_error(i), 1e-13));
    }
  }
  // One by one they are the same.
  std::size_t next = 0;
  baro::follow_each(waves, [&](baro::wave_series<double>&& one) {
    CHECK(one.figures().value() == all[next].figures().value());
    CHECK(one.figures().covariance() == all[next++].figures().covariance());
  });
  CHECK(next == all.size());
  // The two levels of one question move against each other: the same covariances.
  CHECK(close(all[0].figures().covariance(0, 1), all[2].figures().covariance(0, 1), 1e-10));
  // A mean of an indicator in the domain is its share.
  std::vector<wave<double>> means;
  std::vector<std::vector<double>> indicator(3);
  for (std::size_t t = 0; t < 3; ++t) {
    for (const int a : panel[t].answer) indicator[t].push_back(a);
    means.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person),
                       baro::by(sex[t]), mean_of<double>(answers(indicator[t])));
  }
  const auto same = follow(means);
  for (std::size_t domain = 0; domain < 2; ++domain)
    for (std::size_t t = 0; t < 3; ++t)
      CHECK(close(same[domain].figures().covariance(0, t),
                  all[2 + domain].figures().covariance(0, t), 1e-10));
}

TEST_CASE("a question with levels by its sums is the mean of its indicator, unit by unit") {
  // Small cells, people alone in theirs, strata that change, weights of 0, missing answers, a
  // domain that people leave, rows outside `where`.
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    auto panel = made_panel(4, 220, 2, .6, seed, true);
    test::dice d(seed + 50);
    std::vector<std::vector<double>> indicator(4);
    std::vector<std::vector<int>> code(4), domain(4), inside(4);
    for (std::size_t t = 0; t < 4; ++t)
      for (std::size_t i = 0; i < panel[t].y.size(); ++i) {
        const bool missing = d.uniform() < .1;
        if (d.uniform() < .05) panel[t].weight[i] = 0;
        code[t].push_back(missing ? -1 : panel[t].answer[i]);
        indicator[t].push_back(missing ? std::nan("") : panel[t].answer[i]);
        domain[t].push_back((panel[t].person[i] + (d.uniform() < .1 ? 1 : 0)) % 3);
        inside[t].push_back(d.uniform() < .9 ? 1 : 0);
      }
    const auto designs = designs_of(panel);
    std::vector<wave<double>> shares, means;
    for (std::size_t t = 0; t < 4; ++t) {
      const auto words = [&](auto& into, const auto& asked) {
        into.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person),
                          baro::by(domain[t]), baro::where(inside[t]), asked);
      };
      words(shares, baro::share_of<double>(
                        categories(code[t], baro::coded_labels{{"no", "yes"}}), {"yes"}));
      words(means, mean_of<double>(answers(indicator[t])));
    }
    const auto a = follow(shares), b = follow(means);
    REQUIRE(a.size() == 3);
    for (std::size_t k = 0; k < 3; ++k) {
      for (std::size_t t = 0; t < 4; ++t) {
        CHECK(close(a[k].value(t), b[k].value(t), 1e-13));
        CHECK(close(a[k].figures().entry(t).bases.n, b[k].figures().entry(t).bases.n, 0));
        CHECK(close(a[k].figures().entry(t).df, b[k].figures().entry(t).df, 1e-13));
        for (std::size_t s = 0; s < 4; ++s)
          CHECK(std::abs(a[k].figures().covariance(s, t) - b[k].figures().covariance(s, t)) <
                1e-11 * b[k].standard_error(s) * b[k].standard_error(t));
      }
      CHECK(close(baro::change(a[k], 0, 3, level, baro::plain_t{}).df,
                  baro::change(b[k], 0, 3, level, baro::plain_t{}).df, 1e-9));
    }
  }
}

TEST_CASE("a domain that one wave does not have is still told by its name in the others") {
  const auto panel = made_panel(2, 300, 2, .8, 71);
  const auto designs = designs_of(panel);
  std::vector<std::vector<int>> domain(2);
  std::vector<std::vector<double>> indicator(2);
  for (std::size_t t = 0; t < 2; ++t)
    for (std::size_t i = 0; i < panel[t].y.size(); ++i) {
      const int d = panel[t].person[i] % 3;
      domain[t].push_back(t == 1 && d == 0 ? 7 : d);  // 0 1 2, then 1 2 7
      indicator[t].push_back(panel[t].answer[i]);
    }
  std::vector<wave<double>> shares, means;
  for (std::size_t t = 0; t < 2; ++t) {
    shares.emplace_back(
        std::to_string(t), designs[t], linked_by(panel[t].person), baro::by(domain[t]),
        baro::share_of<double>(categories(panel[t].answer, baro::coded_labels{{"no", "yes"}}),
                               {"yes"}));
    means.emplace_back(std::to_string(t), designs[t], linked_by(panel[t].person),
                       baro::by(domain[t]), mean_of<double>(answers(indicator[t])));
  }
  const auto a = follow(shares), b = follow(means);
  REQUIRE(a.size() == 4);
  for (const std::size_t k : {1U, 2U}) {
    CHECK(a[k].figures().entry(0).label.domain == a[k].figures().entry(1).label.domain);
    CHECK(b[k].figures().covariance(0, 1) > 0);
    CHECK(close(a[k].figures().covariance(0, 1), b[k].figures().covariance(0, 1), 1e-9));
  }
}

TEST_CASE("Tam 1984: random samples that share respondents") {
  // Var(Δ) = S²/n + S²/n − 2 n_c S12/n²: n = 120, 80 in both, correlation .6.
  test::dice d(4);
  double estimated = 0, mean = 0, square = 0;
  const int draws = 400, n = 120, common = 80;
  for (int k = 0; k < draws; ++k) {
    std::array<std::vector<double>, 2> y;
    std::array<std::vector<int>, 2> person;
    for (int i = 0; i < 2 * n - common; ++i) {
      const double own = d.bell();
      for (std::size_t t = 0; t < 2; ++t) {
        const double value = std::sqrt(.6) * own + std::sqrt(.4) * d.bell();
        if (t == 0 ? i >= n : i < n - common) continue;
        y[t].push_back(value);
        person[t].push_back(i);
      }
    }
    const baro::design design{baro::rows(static_cast<std::size_t>(n))};
    std::vector<wave<double>> waves;
    for (std::size_t t = 0; t < 2; ++t)
      waves.emplace_back(std::to_string(t), design, linked_by(person[t]),
                         mean_of<double>(answers(y[t])));
    const auto c = baro::change(follow(waves).at(0), 0, 1, level);
    estimated += c.standard_error * c.standard_error / draws;
    mean += c.difference / draws;
    square += c.difference * c.difference / draws;
  }
  const double tam = 2.0 / n - 2.0 * common * .6 / n / n;
  CHECK(close(estimated, tam, .03));
  CHECK(close(square - mean * mean, tam, .25));
}

TEST_CASE("a wave that did not meet a level, or a domain, or was not asked") {
  const std::vector<int> person{1, 2, 3, 4, 5, 6}, sex{0, 0, 0, 1, 1, 1};
  const std::vector<int> one{0, 1, 1, 0, 1, 0}, two{0, 0, 0, 0, 0, 0};
  const std::vector<int> nobody{0, 0, 0, 0, 0, 0};
  const baro::design design{baro::rows(6)};
  std::vector<wave<double>> waves;
  waves.emplace_back("a", design, linked_by(person), baro::by(sex),
                     baro::share_of<double>(categories(one)));
  waves.emplace_back("b", design, linked_by(person), baro::by(nobody),
                     baro::share_of<double>(categories(two)));
  const auto all = follow(waves);  // levels 0 and 1, domains 0 and 1
  REQUIRE(all.size() == 4);
  CHECK(all[2].figures().entry(1).status == status::ok);  // level 1 of domain 0: nobody says so
  CHECK(all[2].value(1) == 0);
  CHECK(all[2].figures().entry(1).bases.n == 6);
  CHECK(all[2].figures().entry(1).bases.count == 0);
  CHECK(all[3].figures().entry(1).status == status::empty_domain);
  CHECK_FALSE(all[3].has(1));
  CHECK(baro::change(all[3], 0, 1, level).status == status::empty_domain);
  CHECK(baro::equal_waves(all[3]).status == status::empty_domain);
}

TEST_CASE("the same template in 50 digits") {
  const auto panel = made_panel(3, 120, 2, .7, 99);
  const auto designs = designs_of(panel);
  const auto exact = follow(means_of<cpp_bin_float_50>(panel, designs)).at(0);
  const auto found = follow(means_of(panel, designs)).at(0);
  for (std::size_t t = 0; t < 3; ++t)
    for (std::size_t s = 0; s < 3; ++s)
      CHECK(close(found.figures().covariance(t, s),
                  static_cast<double>(exact.figures().covariance(t, s)), 1e-12));
}

TEST_CASE("what cannot be is refused, with its place") {
  using test::refused;
  const std::vector<double> y{1, 2, 3, 4};
  const std::vector<int> good{1, 2, 3, 4}, twice{1, 2, 2, 4}, psu{1, 1, 2, 2},
      mixed{7, 8, 9, 9};
  const std::vector<int> shared{7, 7, 7, 7};
  const baro::design rows{baro::rows(4)}, clusters{baro::psus(psu)};
  const auto asked = mean_of<double>(answers(y));
  const auto both = [&](const baro::design& d, const std::vector<int>& id,
                        const std::string& second = "b") {
    return refused<baro::value_error>([&] {
      std::vector<wave<double>> waves;
      waves.emplace_back("a", d, linked_by(d.leaf() == nullptr ? good : psu), asked);
      waves.emplace_back(second, d, linked_by(id), asked);
      static_cast<void>(follow(waves));
    });
  };
  CHECK(both(rows, twice) ==
        "wave: linked_by[2] = 2, must be once in wave 'b', whose units are respondents");
  CHECK(both(rows, good, "a") == "follow: waves[1] = 'a', must be the name of one wave only");
  CHECK(both(clusters, mixed) ==
        "wave: linked_by[1] = 8, must be one label for all respondents of a PSU, in wave 'b'");
  CHECK(both(clusters, shared) ==
        "wave: linked_by[2] = 7, must be the label of one PSU only, in wave 'b'");
  CHECK(refused<baro::value_error>([&] {
          static_cast<void>(follow(std::vector<wave<double>>{}));
        }) == "follow: no wave, must be one at least");
}

}  // namespace trend_follow

TEST_SUITE_END();
