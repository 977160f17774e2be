// SPDX-License-Identifier: BSL-1.0

/// How often does a test of two shares at 5 % reject what is true? Every test of the library
/// for differences of shares beside R's and the tabulation software's:
///   bases      30/30 60/60 122/122 400/400 1000/1000 30/1000 60/400 122/1000
///   shares     .01 .02 .05 .1 .2 .3 .4 .5, the same in both
///   people     two samples of people, Kish deff 1 (binomials, summed exactly), 1.5 and 2.5
///   apart      two samples of 9, 16 or 31 PSUs each (8, 15, 30 df in each), equal weights, the
///              share of a PSU Beta with an intra-class correlation of .05, deff up to 2.6
///   together   two domains of one sample of 10, 17, 31 or 62 PSUs (8 to 60 df), which share
///              the PSUs and so their part in the level
/// The rule for the default: never above 6 %; never under 3.5 % where the effective bases
/// expect 5 people with the level. Then, outside the rule: 5 PSUs in each of two samples; and
/// how often the interval of two shares that differ contains their difference.
///
///   size_shares           20 000 samples a cell, some minutes; .expected.txt has it
///   size_shares --quick   400 samples a cell, seconds
/// Status 1 when the default breaks its rule by more than the error of the simulation.

#include <baro/hypothesis/agresti_caffo.hpp>
#include <baro/hypothesis/detail/tails.hpp>
#include <baro/hypothesis/guarded_score.hpp>
#include <baro/hypothesis/independence.hpp>
#include <baro/hypothesis/miettinen_nurminen.hpp>
#include <baro/hypothesis/newcombe_score.hpp>
#include <baro/hypothesis/share_pair.hpp>

#include "support/simulation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace baro;

enum class world { people, apart, together };

struct cell {
  world kind{};
  int n_a{}, n_b{};
  double p_a{}, p_b{};
  double deff{1};
  int psus{};
  double null_difference = p_a - p_b;  ///< what is tested

  std::string text() const {
    char b[128];
    const int n = std::snprintf(b, sizeof b, "%d and %d, p %g", n_a, n_b, p_a);
    std::string out(b, std::size_t(n));
    if (p_a != p_b) out += std::snprintf(b, sizeof b, " and %g", p_b) > 0 ? b : "";
    if (kind == world::people)
      std::snprintf(b, sizeof b, ", deff %g", deff);
    else
      std::snprintf(b, sizeof b, ", %d PSUs", psus);
    return out + b;
  }
  /// People expected with the level in the smaller group, on its effective base.
  double expected() const {
    const double p = std::min(p_a, 1 - p_a);
    return std::min(n_a, n_b) * p / deff;
  }
};

/// What one sample gives the tests.
struct sample {
  sample(const figure<double>& a, const figure<double>& b, double c, double df)
      : pair(detail::pair_of(a, b, c, comparison_degrees::fixed(df))),
        variance_a(a.standard_error * a.standard_error),
        variance_b(b.standard_error * b.standard_error),
        covariance(c),
        weight_a(a.bases.sum_weights),
        weight_b(b.bases.sum_weights) {}

  share_pair<double> pair;
  double variance_a, variance_b, covariance;
  double weight_a, weight_b;  ///< Σ w
  double rao_scott{};         ///< its p-value
};

constexpr std::array names{"guarded_score",
                           "miettinen_nurminen",
                           "newcombe",
                           "agresti_caffo",
                           "design_t (R svyttest)",
                           "rao_scott (R svychisq)",
                           "z on n (SPSS)",
                           "t on effective base (Survey Reporter)",
                           "unpooled t (Displayr)"};
constexpr std::size_t methods = names.size();
constexpr std::size_t with_interval = 5;  // of those, the first have an interval to test with

template <class Method>
double p_of(const Method& m, const share_pair<double>& s, double delta) {
  if (detail::before_comparison(s) != status::ok) return 1;
  return detail::two_sided_t(m.df(s), m.statistic(s, delta));
}

/// p-values of p_a − p_b = delta; a difference that cannot be tested is not rejected.
std::array<double, methods> judge(const sample& s, double delta) {
  const auto& a = s.pair.a;
  const auto& b = s.pair.b;
  const double gap = a.p - b.p - delta;
  const auto ratio = [&](double variance) {
    return variance > 1e-30 ? gap / std::sqrt(variance) : 0;
  };
  std::array<double, methods> p{};
  p[0] = p_of(guarded_score{}, s.pair, delta);
  p[1] = p_of(miettinen_nurminen{}, s.pair, delta);
  p[2] = p_of(newcombe_score{}, s.pair, delta);
  p[3] = p_of(agresti_caffo{}, s.pair, delta);
  const double design = s.variance_a + s.variance_b - 2 * s.covariance;
  p[4] = detail::two_sided_t(s.pair.df(s.variance_a, s.variance_b), ratio(design));
  p[5] = s.rao_scott;
  const double pooled = (s.weight_a * a.p + s.weight_b * b.p) / (s.weight_a + s.weight_b),
               pq = pooled * (1 - pooled);
  const bool border = a.p == 0 || a.q == 0 || b.p == 0 || b.q == 0;  // SPSS drops these
  p[6] = border ? 1
                : detail::two_sided_t(std::numeric_limits<double>::infinity(),
                                      ratio(pq * (1 / a.n + 1 / b.n)));
  p[7] = detail::two_sided_t(a.kish + b.kish - 2, ratio(pq * (1 / a.kish + 1 / b.kish)));
  const double v_a = s.variance_a, v_b = s.variance_b, all = v_a + v_b;
  p[8] = all > 0 ? detail::two_sided_t(detail::satterthwaite_df(v_a, a.n - 1, v_b, b.n - 1),
                                       ratio(all))
                 : 1;
  return p;
}

/// One group: weights and answers, cut in units.
struct group {
  std::vector<double> w{};
  bench::answers y{};
  int units{};
  std::vector<double> z{};  ///< Σ w (y − p) / Σ w of each unit
  double weight{}, yes{};

  template <class Visit>
  void each_unit(Visit visit) const {
    bench::each_unit(y.size(), std::size_t(units), visit);
  }
  figure<double> measure() {
    const auto f = bench::figure_of(w, y, std::size_t(units), z);
    weight = f.bases.sum_weights;
    yes = f.value * weight;
    return f;
  }
};

/// R svychisq on the table of group by level: cells with their covariance over the units.
double rao_scott_of(const group& a, const group& b, bool together, double df) {
  const double all = a.weight + b.weight;
  Eigen::Vector4d p(a.yes / all, (a.weight - a.yes) / all, b.yes / all,
                    (b.weight - b.yes) / all);
  Eigen::Matrix4d v = Eigen::Matrix4d::Zero();
  std::vector<Eigen::Vector4d> z(std::size_t(together ? a.units : a.units + b.units),
                                 Eigen::Vector4d::Zero());
  for (const group* g : {&a, &b}) {
    const int first = g == &a ? 0 : 2;
    const std::size_t shift = g == &b && !together ? std::size_t(a.units) : 0;
    g->each_unit([&](std::size_t k, std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        z[k + shift](first + (g->y[i] ? 0 : 1)) += g->w[i] / all;
        z[k + shift] -= g->w[i] / all * p;
      }
    });
  }
  const auto add = [&](std::size_t from, std::size_t to) {
    const double m = double(to - from);
    Eigen::Vector4d mean = Eigen::Vector4d::Zero();
    for (std::size_t k = from; k < to; ++k) mean += z[k] / m;
    for (std::size_t k = from; k < to; ++k)
      v += m / (m - 1) * (z[k] - mean) * (z[k] - mean).transpose();
  };
  if (together) {
    add(0, z.size());
  } else {
    add(0, std::size_t(a.units));
    add(std::size_t(a.units), z.size());
  }
  cell_shares<double> table;
  table.rows = {"a", "b"};
  table.columns = {"yes", "no"};
  Eigen::VectorXd value(5);
  value << p, all;
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(5, 5);
  covariance.topLeftCorner(4, 4) = v;
  std::vector<entry<double>> entries(5);
  for (auto& e : entries) {
    e.df = df;
    e.bases.n = double(a.y.size() + b.y.size());
  }
  table.cells = estimate<double>(std::move(value), std::move(covariance), std::move(entries));
  const auto found = independence(table);
  return found.status == status::ok ? found.p_value : 1;
}

using rates = std::array<double, methods>;

void count(rates& r, const sample& s, double delta, double mass) {
  const auto p = judge(s, delta);
  for (std::size_t k = 0; k < methods; ++k) r[k] += mass * (p[k] <= 0.05);
}

std::vector<double> binomial(int n, double p) {
  std::vector<double> m;
  for (int k = 0; k <= n; ++k)
    m.push_back(std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                         k * std::log(p) + (n - k) * std::log1p(-p)));
  return m;
}

/// Pearson's test, as svychisq is without a design, at n − 1 df as R takes them.
rates exact(const cell& c) {
  rates r{};
  const auto mass_a = binomial(c.n_a, c.p_a), mass_b = binomial(c.n_b, c.p_b);
  for (int i = 0; i <= c.n_a; ++i)
    for (int j = 0; j <= c.n_b; ++j) {
      const double mass = mass_a[std::size_t(i)] * mass_b[std::size_t(j)];
      if (mass < 1e-9) continue;
      const auto counted = [](int count, int n) {
        const double p = double(count) / n, size = n;
        return figure<double>{p,         std::sqrt(p * (1 - p) / (size - 1)), size - 1,
                              1,         {size, double(count), size, size},   statistic::share,
                              status::ok};
      };
      sample s(counted(i, c.n_a), counted(j, c.n_b), 0, c.n_a + c.n_b - 2);
      const double pooled = double(i + j) / (c.n_a + c.n_b);
      const double spread = pooled * (1 - pooled) * (1.0 / c.n_a + 1.0 / c.n_b);
      const double gap = s.pair.a.p - s.pair.b.p;
      s.rao_scott =
          spread > 0 ? detail::f_tail(1.0, c.n_a + c.n_b - 1.0, gap * gap / spread) : 1;
      count(r, s, c.null_difference, mass);
    }
  return r;
}

rates simulate(const cell& c, int samples, std::uint64_t seed) {
  if (c.kind == world::people && c.deff == 1) return exact(c);
  bench::simulation_source random(seed);
  group a{bench::weights_of(c.n_a, c.deff),
          std::vector<char>(std::size_t(c.n_a)),
          c.psus,
          {},
          0,
          0};
  group b{bench::weights_of(c.n_b, c.deff),
          std::vector<char>(std::size_t(c.n_b)),
          c.psus,
          {},
          0,
          0};
  if (c.kind == world::people) a.units = c.n_a, b.units = c.n_b;
  constexpr double icc = 0.05, spread = (1 - icc) / icc;
  const bool together = c.kind == world::together;
  rates r{};
  std::vector<double> share(std::size_t(c.psus));
  const auto draw = [&](group& g, double p) {
    g.each_unit([&](std::size_t k, std::size_t from, std::size_t to) {
      if (c.kind == world::apart) p = share[k];
      // Domains that differ move with the PSU by the same distance of odds.
      const double here = together ? share[k] * p / (share[k] * p + (1 - share[k]) * (1 - p))
                          : c.kind == world::apart ? share[k]
                                                   : p;
      for (std::size_t i = from; i < to; ++i) g.y[i] = random.uniform() < here;
    });
  };
  for (int k = 0; k < samples; ++k) {
    if (c.kind == world::people) {
      draw(a, c.p_a);
      draw(b, c.p_b);
    } else if (c.kind == world::apart) {
      for (double& p : share) p = random.beta(c.p_a * spread, (1 - c.p_a) * spread);
      draw(a, c.p_a);
      for (double& p : share) p = random.beta(c.p_b * spread, (1 - c.p_b) * spread);
      draw(b, c.p_b);
    } else {
      for (double& p : share) p = random.beta(c.p_a * spread, (1 - c.p_a) * spread);
      draw(a, 0.5);
      draw(b, 0.5);
    }
    const auto of_a = a.measure(), of_b = b.measure();
    double covariance = 0, df = a.units + b.units - 2;
    if (together) {
      for (std::size_t u = 0; u < a.z.size(); ++u) covariance += a.z[u] * b.z[u];
      covariance *= c.psus / (c.psus - 1.0);
      df = c.psus - 2;
    }
    sample s(of_a, of_b, covariance, df);
    s.rao_scott = rao_scott_of(a, b, together, together ? c.psus - 1.0 : df);
    count(r, s, c.null_difference, 1.0 / samples);
  }
  return r;
}

constexpr std::array<std::array<int, 2>, 8> bases{{{30, 30},
                                                   {60, 60},
                                                   {122, 122},
                                                   {400, 400},
                                                   {1000, 1000},
                                                   {30, 1000},
                                                   {60, 400},
                                                   {122, 1000}}};
constexpr std::array shares{0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5};

std::vector<cell> people(double deff_from, double deff_to) {
  std::vector<cell> all;
  for (const auto& n : bases)
    for (double p : shares)
      for (double deff : {1.0, 1.5, 2.5})
        if (deff >= deff_from && deff <= deff_to)
          all.push_back({world::people, n[0], n[1], p, p, deff, 0});
  return all;
}

std::vector<cell> clustered(world kind, const std::vector<int>& psus) {
  std::vector<cell> all;
  for (const auto& n : bases)
    for (double p : shares)
      for (int m : psus)
        if (2 * n[0] >= 3 * m && 1 + 0.05 * (double(n[1]) / m - 1) <= 2.6)
          all.push_back({kind, n[0], n[1], p, p, 1, m});
  return all;
}

struct verdict_of {
  double highest{}, lowest{1}, sum{};
  int above{}, under{}, cells{};
  std::string high_at{}, low_at{};
};
using verdicts = std::array<verdict_of, methods>;

std::vector<rates> run(const std::vector<cell>& cells, int samples) {
  std::vector<rates> all(cells.size());
  const auto work = [&](std::size_t first) {
    for (std::size_t i = first; i < cells.size(); i += 2)
      all[i] = simulate(cells[i], samples, 20110301 + i);
  };
  std::thread second(work, std::size_t{1});
  work(0);
  second.join();
  return all;
}

verdicts size_of(const char* title, const std::vector<cell>& cells, int samples) {
  const auto all = run(cells, samples);
  verdicts out;
  for (std::size_t i = 0; i < cells.size(); ++i)
    for (std::size_t k = 0; k < methods; ++k) {
      verdict_of& v = out[k];
      const double rate = all[i][k];
      ++v.cells;
      v.sum += rate;
      v.above += rate > 0.06;
      if (rate > v.highest) v.highest = rate, v.high_at = cells[i].text();
      if (cells[i].expected() < 5 - 1e-9) continue;
      v.under += rate < 0.035;
      if (rate < v.lowest) v.lowest = rate, v.low_at = cells[i].text();
    }
  std::printf("%s (%zu cells)\n", title, cells.size());
  std::printf("  %-38s %7s %7s %5s  %-36s %7s %7s\n", "rejected of what is true", "average",
              "highest", ">6%", "at", "lowest*", "<3.5%");
  for (std::size_t k = 0; k < methods; ++k) {
    const verdict_of& v = out[k];
    std::printf("  %-38s %6.2f%% %6.2f%% %5d  %-36s %6.2f%% %7d\n", names[k],
                100 * v.sum / v.cells, 100 * v.highest, v.above, v.high_at.c_str(),
                100 * v.lowest, v.under);
  }
  std::printf("  * where 5 people are expected; of guarded_score at %s\n\n",
              out[0].low_at.c_str());
  std::fflush(stdout);
  return out;
}

std::vector<cell> different() {
  std::vector<cell> cells;
  for (const auto& n : bases)
    for (const auto& p : {std::array{0.05, 0.15},
                          {0.15, 0.05},
                          {0.1, 0.4},
                          {0.4, 0.1},
                          {0.3, 0.5},
                          {0.5, 0.9},
                          {0.9, 0.5},
                          {0.02, 0.2},
                          {0.2, 0.02}}) {
      for (double deff : {1.0, 1.5})
        cells.push_back({world::people, n[0], n[1], p[0], p[1], deff, 0});
      for (int m : {9, 31})
        if (2 * n[0] >= 3 * m && 1 + 0.05 * (double(n[1]) / m - 1) <= 2.6)
          cells.push_back({world::apart, n[0], n[1], p[0], p[1], 1, m});
    }
  return cells;
}

/// Two shares that differ: does the interval of the difference hold it?
void coverage(int samples) {
  const std::vector<cell> cells = different();
  const auto all = run(cells, samples);
  std::printf("Intervals of shares that differ by 10 to 40 points (%zu cells, 95 %%)\n",
              cells.size());
  std::printf("  %-38s %8s %8s %6s  %s\n", "holds the difference", "average", "lowest", "<92%",
              "at");
  for (std::size_t k = 0; k < with_interval; ++k) {
    double sum = 0, lowest = 1;
    int under = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const double held = 1 - all[i][k];
      sum += held;
      under += held < 0.92;
      if (held < lowest) lowest = held, at = i;
    }
    std::printf("  %-38s %7.2f%% %7.2f%% %6d  %s\n", names[k], 100 * sum / double(cells.size()),
                100 * lowest, under, cells[at].text().c_str());
  }
  std::printf("\n");
}

/// How often a difference that is there is found, where that is neither rare nor sure. What
/// rejects too much of what is true finds more, and is not the better for it.
void power(int samples) {
  std::vector<cell> cells = different();
  for (cell& c : cells) c.null_difference = 0;
  const auto all = run(cells, samples);
  const auto open = [&](std::size_t i) { return all[i][0] > 0.1 && all[i][0] < 0.95; };
  std::size_t used = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) used += open(i);
  std::printf("Power where guarded_score has 10 to 95 %% (%zu of %zu cells)\n", used,
              cells.size());
  std::printf("  %-38s %8s %8s %8s\n", "found", "people", "weights", "PSUs");
  for (std::size_t k = 0; k < methods; ++k) {
    std::array<double, 3> sum{}, cells_of{};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!open(i)) continue;
      const std::size_t kind = cells[i].kind != world::people ? 2 : cells[i].deff > 1 ? 1 : 0;
      sum[kind] += all[i][k];
      ++cells_of[kind];
    }
    std::printf("  %-38s %7.1f%% %7.1f%% %7.1f%%\n", names[k], 100 * sum[0] / cells_of[0],
                100 * sum[1] / cells_of[1], 100 * sum[2] / cells_of[2]);
  }
  std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  const int samples = quick ? 400 : 20000;
  double highest = 0, lowest = 1;
  const auto judged = [&](const verdicts& v) {
    highest = std::max(highest, v[0].highest);
    lowest = std::min(lowest, v[0].lowest);
  };
  judged(size_of("People, no weights: exact", people(1, 1), samples));
  judged(size_of("People, unequal weights", people(1.5, 2.5), samples));
  judged(size_of("PSUs, two samples", clustered(world::apart, {9, 16, 31}), samples));
  judged(size_of("PSUs, two domains of one sample",
                 clustered(world::together, {10, 17, 31, 62}), samples));
  if (!quick) {
    size_of("Outside: 5 PSUs in each of two samples", clustered(world::apart, {5}), samples);
    coverage(samples / 2);
    power(samples / 4);
  }
  const double error = quick ? 4.5 * std::sqrt(0.06 * 0.94 / samples) : 0;
  const bool kept = highest <= 0.06 + error && lowest >= 0.035 - error;
  std::printf(
      "guarded_score, the default for shares, %s: never above 6 %%, not under 3.5 %% "
      "where 5 people are expected\n",
      kept ? "keeps to the rule" : "BREAKS the rule");
  return kept ? 0 : 1;
}
