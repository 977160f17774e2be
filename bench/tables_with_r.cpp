// SPDX-License-Identifier: BSL-1.0

/// Tables whose columns are all tested against each other: 1e6 respondents, 50 questions of 5
/// levels by 20 columns, every pair of columns in every level with the joint covariance (47 500
/// tests), beside a hand-written loop that makes the weighted tables and nothing else, beside
/// the library's tables without tests, and beside R's survey package (one question, times 50).
///
///   tables_with_r               about a minute, nearly all of it R's
///   tables_with_r --without-r
/// Status 1 when the sides do not give the same numbers.

#include <baro/estimate/share.hpp>
#include <baro/hypothesis/every_pair.hpp>

#include "support/columns_for_r.hpp"
#include "support/sample.hpp"
#include "support/timing.hpp"
#include "support/verdicts.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr std::size_t respondents = 1'000'000, questions = 50, columns = 20, levels = 5;
constexpr std::size_t pairs = columns * (columns - 1) / 2 * levels;

struct panel {
  std::vector<double> weight{};
  std::vector<std::int32_t> column{};
  std::vector<std::vector<std::int32_t>> question{questions};

  panel() {
    bench::random_source random;
    for (std::size_t i = 0; i < respondents; ++i) {
      const double u = random.uniform();
      weight.push_back(0.5 + 3 * u * u);
      column.push_back(1 + random.below(columns));
      for (auto& q : question) q.push_back(1 + random.below(levels));
    }
  }
};

/// Σ w of every cell of every table.
double by_hand(const panel& p) {
  double check = 0;
  for (const auto& q : p.question) {
    double cell[(columns + 1) * (levels + 1)] = {};
    for (std::size_t i = 0; i < respondents; ++i)
      cell[static_cast<std::size_t>(p.column[i]) * (levels + 1) +
           static_cast<std::size_t>(q[i])] += p.weight[i];
    check += cell[levels + 2];
  }
  return check;
}

}  // namespace

int main(int argc, char** argv) {
  const bool with_r = !(argc > 1 && std::strcmp(argv[1], "--without-r") == 0);
  const panel p;
  const baro::design design{baro::weights(p.weight)};
  const baro::categories column(p.column);
  std::vector<baro::categories> question;
  for (const auto& q : p.question) question.emplace_back(q);
  const auto tables = [&](bool tested) {
    double check = 0;
    for (const baro::categories& q : question) {
      const auto e = baro::share(design, q, baro::by(column));
      check += e.value(0);
      if (tested)
        for (const auto& t :
             baro::every_pair(e, baro::guarded_score{}, baro::comparison_degrees::fixed(1e6)))
          check += t.p_value;
    }
    return check;
  };
  const auto t = bench::interleave(
      2, [&] { return by_hand(p); }, [&] { return tables(false); },
      [&] { return tables(true); });
  const double hand = t[0].processor, plain = t[1].processor, all = t[2].processor;
  std::printf("1 000 000 respondents, 50 questions x 20 columns x 5 levels, %zu tests\n",
              questions * pairs);
  std::printf("  weighted tables by hand                  %8.1f ms\n", 1e3 * hand);
  std::printf("  tables with their joint covariance       %8.1f ms   %.2f times the loop\n",
              1e3 * plain, plain / hand);
  bench::verdicts verdicts;
  std::printf(
      "  and every pair of columns tested         %8.1f ms   %s times the loop (≤ 3), "
      "%s times the tables (≤ 3)\n",
      1e3 * all, verdicts.at_most(3, all / hand, "%.2f").c_str(),
      verdicts.at_most(3, all / plain, "%.2f").c_str());
  if (!with_r) return 0;
  const std::string version = bench::r_version();
  if (version.empty()) {
    std::printf("  R survey is absent\n");
    return 0;
  }
  bench::columns_for_r folder("tables");
  folder.write("weight", "f64", p.weight);
  folder.write("q", "i32", p.question[0]);
  folder.write("d", "i32", p.column);
  folder.write_manifest();
  const auto rows = bench::rows_of(
      std::string("Rscript '") + BARO_BENCH_PEERS "/tables.R' '" + folder.folder() + "' 50", 4);
  if (rows.empty()) {
    std::printf("  R did not finish\n");
    return 1;
  }
  const auto number = [&](std::size_t k) { return std::stod(rows[0][k]); };
  const double r = questions * (number(0) + static_cast<double>(pairs) * number(1));
  std::printf("  R survey %s: svyby, then svycontrast  %8.0f s    %s times as long (≥ 500)\n",
              version.c_str(), r, verdicts.at_least(500, r / all, "%.0f").c_str());
  const auto e = baro::share(design, question[0], baro::by(column));
  const std::size_t a = e.index_of("1", {"1"}), b = e.index_of("1", {"2"});
  const auto one = baro::difference(e, a, b, baro::confidence_level(0.95));
  const bool agree = std::abs(one.difference - number(2)) < 1e-10 &&
                     std::abs(one.standard_error / number(3) - 1) < 1e-8;
  std::printf("  R and the library %s\n", agree ? "agree" : "DISAGREE");
  return agree ? 0 : 1;
}
