// SPDX-License-Identifier: BSL-1.0

/// One table of ratios for making weights: the library beside reading the codes and writing the
/// weights once, and beside R survey's `rake` and `calibrate`, on the same respondents in the
/// same run.
///
///   weigh_with_r             1e6 respondents, about a minute (most of it R's)
///   weigh_with_r --full      1e7 too, for the library
///   weigh_with_r --without-r
/// Status 1 when two sides do not give the same weights.

#include <baro/estimate/mean.hpp>
#include <baro/weights/calibrate.hpp>

#include "support/columns_for_r.hpp"
#include "support/sample.hpp"
#include "support/timing.hpp"
#include "support/verdicts.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace {

using bench::pad, bench::print;

/// Respondents with margins of given numbers of levels, and targets that other weights reach.
struct panel {
  panel(std::size_t n, std::vector<std::int32_t> levels) : code(levels.size()) {
    bench::random_source random;
    std::vector<std::vector<double>> sums;
    for (const std::int32_t l : levels) sums.emplace_back(static_cast<std::size_t>(l), 0.0);
    for (auto& column : code) column.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      weight.push_back(0.5 + 2 * random.uniform());
      double truth = weight.back();
      for (std::size_t m = 0; m < code.size(); ++m) {
        code[m].push_back(random.below(levels[m]));
        truth *= 1 + 0.3 * (code[m].back() + 0.5 - levels[m] / 2.0) / levels[m];
      }
      for (std::size_t m = 0; m < code.size(); ++m)
        sums[m][static_cast<std::size_t>(code[m].back())] += truth;
      y.push_back(50 + code[0].back() + 10 * random.noise());
    }
    for (std::size_t m = 0; m < code.size(); ++m) {
      std::vector<baro::level_target> targets;
      for (std::size_t l = 0; l < sums[m].size(); ++l)
        targets.push_back({std::to_string(l), sums[m][l]});
      margins.push_back(baro::margin::counts(
          baro::categories(code[m]).named("m" + std::to_string(m + 1)), targets));
    }
  }
  std::size_t size() const { return weight.size(); }

  std::vector<double> weight, y;
  std::vector<std::vector<std::int32_t>> code;
  std::vector<baro::margin> margins;
};

/// The least there is to do: the codes of all margins read once, a weight written once.
std::vector<double> read_and_write(const panel& p, const std::vector<double>& factor) {
  std::vector<double> w(p.size());
  const std::int32_t *a = p.code[0].data(), *b = p.code[1].data(), *c = p.code[2].data(),
                     *d = p.code[3].data();
  for (std::size_t i = 0; i < w.size(); ++i)
    w[i] = p.weight[i] *
           factor[static_cast<std::size_t>(((a[i] * 2 + b[i]) * 13 + c[i]) * 8 + d[i])];
  return w;
}

struct r_task {
  double seconds = 0, standard_error = 0;
  std::vector<double> weights{};
};

std::map<std::string, r_task> run_r(const panel& p) {
  bench::columns_for_r columns("weights-" + std::to_string(p.size()));
  columns.write("weight", "f64", p.weight);
  columns.write("y", "f64", p.y);
  std::string targets = "margin,level,target\n";
  for (std::size_t m = 0; m < p.code.size(); ++m) {
    columns.write(p.margins[m].name(), "i32", p.code[m]);
    for (const auto& t : p.margins[m].targets())
      targets += p.margins[m].name() + "," + t.level + "," + print("%.17g", t.target) + "\n";
  }
  columns.write_manifest();
  std::FILE* const file = std::fopen(columns.path("targets.csv").c_str(), "w");
  if (file == nullptr || std::fputs(targets.c_str(), file) < 0 || std::fclose(file) != 0)
    std::abort();
  std::map<std::string, r_task> out;
  for (const auto& cells : bench::rows_of("Rscript '" BARO_BENCH_PEERS "/weights.R' '" +
                                              columns.folder() + "' rake raking linear mean",
                                          4)) {
    r_task& task = out[cells[0]];
    task.seconds = std::atof(cells[1].c_str());
    task.standard_error = std::atof(cells[3].c_str());
    if (cells[0] == "mean") continue;
    task.weights.resize(p.size());
    std::FILE* const in = std::fopen(columns.path(cells[0] + ".f64").c_str(), "rb");
    if (in == nullptr ||
        std::fread(task.weights.data(), sizeof(double), p.size(), in) != p.size())
      task.weights.clear();
    if (in != nullptr) std::fclose(in);
  }
  return out;
}

bool same(const char* what, const baro::calibration& ours, const std::vector<double>& theirs) {
  double most = 0;
  for (std::size_t i = 0; i < theirs.size(); ++i)
    most = std::max(most, std::abs(ours.weights()[i] / theirs[i] - 1));
  if (theirs.size() == ours.size() && most <= 1e-7) return true;
  std::fprintf(stderr, "%s: the weights differ from R's by %g\n", what, most);
  return false;
}

bool four_margins(std::size_t n, bool with_r, bench::verdicts& verdicts) {
  const panel p(n, {6, 2, 13, 8});
  const std::vector<double> factor(6 * 2 * 13 * 8, 1.1);
  const auto by_distance = [&](const auto& distance) {
    return baro::calibrate(p.weight, p.margins, distance);
  };
  const auto t = bench::interleave(
      1, [&] { return read_and_write(p, factor); },
      [&] { return baro::rake(p.weight, p.margins); },
      [&] { return by_distance(baro::raking_distance{}); },
      [&] { return by_distance(baro::linear_distance{}); },
      [&] { return by_distance(baro::logit_distance({.low = 0.3, .high = 3})); },
      [&] { return by_distance(baro::truncated_distance({.low = 0.4, .high = 2})); });
  const auto raking = by_distance(baro::raking_distance{});
  const baro::design plain{baro::weights(p.weight)}, calibrated{baro::weights(raking)};
  const auto m = bench::interleave(
      1, [&] { return baro::mean(plain, p.y); }, [&] { return baro::mean(calibrated, p.y); });
  std::map<std::string, r_task> r;
  bool agree = true;
  if (with_r) {
    std::fprintf(stderr, "R survey on %zu respondents …\n", n);
    r = run_r(p);
    agree &= same("rake",
                  baro::rake(p.weight, p.margins, {.tolerance = 1e-12, .max_iterations = 1000}),
                  r["rake"].weights);
    agree &= same("raking", raking, r["raking"].weights);
    agree &= same("linear", by_distance(baro::linear_distance{}), r["linear"].weights);
  }
  std::printf("%s%s%s%s\n",
              pad(std::to_string(n) + " respondents, 6 + 2 + 13 + 8 levels", 48, false).c_str(),
              pad("ns each", 9).c_str(), pad("times reading, ≤ 3", 22).c_str(),
              pad("R seconds, times faster", 34).c_str());
  const char* const title[] = {"codes read once, weights written once",
                               "rake (iterative proportional fitting)",
                               "calibrate, raking",
                               "calibrate, linear",
                               "calibrate, logit",
                               "calibrate, truncated"};
  const char* const peer[] = {"", "rake", "raking", "linear", "", ""};
  for (std::size_t k = 0; k < t.size(); ++k) {
    std::string beside;
    if (const auto at = r.find(peer[k]); at != r.end()) {
      const double limit = k == 1 ? 500 : 1000, times = at->second.seconds / t[k].wall;
      beside = print("%.2f s  ", at->second.seconds) + verdicts.at_least(limit, times, "%.0f") +
               print(" ≥ %.0f", limit);
    }
    std::printf(
        "%s%s%s%s\n", pad(title[k], 48, false).c_str(),
        pad(print("%.2f", t[k].processor / static_cast<double>(n) * 1e9), 9).c_str(),
        pad(k == 0 ? "" : verdicts.at_most(3, t[k].processor / t[0].processor, "%.2f"), 20)
            .c_str(),
        pad(beside, 36).c_str());
  }
  std::printf("%s%s%s of the mean of weights as they are",
              pad("mean with calibrated weights", 48, false).c_str(),
              pad(print("%.2f", m[1].processor / static_cast<double>(n) * 1e9), 9).c_str(),
              pad(print("%.1f times", m[1].processor / m[0].processor), 13).c_str());
  if (const auto at = r.find("mean"); at != r.end())
    std::printf("; R %.2f s, %.0f times faster", at->second.seconds,
                at->second.seconds / m[1].wall);
  std::puts("\n");
  return agree;
}

/// Profiles that are nearly all distinct, and many constraints.
void harder_ones(std::size_t n) {
  const auto time = [](const char* title, const panel& p) {
    const auto t = bench::interleave(
        1, [&] { return baro::calibrate(p.weight, p.margins, baro::raking_distance{}); });
    const auto c = baro::calibrate(p.weight, p.margins, baro::raking_distance{});
    std::printf("%s%s ms, %s\n", pad(title, 64, false).c_str(),
                pad(print("%.1f", t[0].wall * 1e3), 9).c_str(), c.explanation().c_str());
  };
  time((std::to_string(n) + " respondents, 12 margins of 7, nearly all distinct").c_str(),
       panel(n, std::vector<std::int32_t>(12, 7)));
  time("100000 respondents, 8 margins of 100: 800 constraints",
       panel(100'000, std::vector<std::int32_t>(8, 100)));
}

}  // namespace

int main(int argc, char** argv) {
  bool with_r = true, full = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--without-r") == 0)
      with_r = false;
    else if (std::strcmp(argv[i], "--full") == 0)
      full = true;
    else {
      std::fputs("usage: weigh_with_r [--full] [--without-r]\n", stderr);
      return 2;
    }
  }
  const std::string r = with_r ? bench::r_version() : "";
  std::printf("Making weights; %s; %s; medians of runs in turn\n\n", BARO_BENCH_COMPILER,
              r.empty() ? "R not run" : ("R survey " + r).c_str());
  bench::verdicts verdicts;
  if (!four_margins(1'000'000, !r.empty(), verdicts)) return 1;
  if (full && !four_margins(10'000'000, false, verdicts)) return 1;
  harder_ones(1'000'000);
  std::printf("%zu limits kept, %zu missed\n", verdicts.all() - verdicts.missed(),
              verdicts.missed());
}
