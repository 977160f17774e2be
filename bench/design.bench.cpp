// SPDX-License-Identifier: BSL-1.0

/// Building a design of 20 strata × 50 PSUs in no order, from integers and from names:
/// `<function>/<respondents>`, respondents per second. The naive loop beside it is a hash map
/// from (stratum, PSU) to a number.

#include "support/sample.hpp"
#include "support/tasks.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

struct everything {
  bench::sample sample;
  bench::named_units names;
  explicit everything(std::size_t n)
      : sample(bench::make_sample(n)), names(bench::name_units(sample)) {}
};

const everything& of_size(std::size_t n) {
  static std::unique_ptr<everything> kept;
  if (!kept || kept->sample.size() != n) {
    kept.reset();
    kept = std::make_unique<everything>(n);
  }
  return *kept;
}

/// Numbers in the order of first appearance; the key is written for each row.
template <class Key, class KeyOf>
std::vector<std::int32_t> number_naively(std::size_t n, KeyOf key_of) {
  std::unordered_map<Key, std::int32_t> number;
  std::vector<std::int32_t> leaf(n);
  for (std::size_t i = 0; i < n; ++i)
    leaf[i] = number.emplace(key_of(i), static_cast<std::int32_t>(number.size())).first->second;
  return leaf;
}

std::vector<std::int32_t> integers_naively(const everything& of) {
  return number_naively<std::int64_t>(of.sample.size(), [&](std::size_t i) {
    return static_cast<std::int64_t>(of.sample.stratum[i]) * 0x1'0000'0000 + of.sample.psu[i];
  });
}
std::vector<std::int32_t> strings_naively(const everything& of) {
  return number_naively<std::string>(of.sample.size(), [&](std::size_t i) {
    return of.names.stratum[i] + '\n' + of.names.psu[i];
  });
}

/// Same leaf here if and only if same leaf there.
bool same_partition(const baro::design& d, const std::vector<std::int32_t>& other) {
  std::unordered_map<std::int32_t, std::int32_t> there, back;
  for (std::size_t i = 0; i < d.size(); ++i)
    if (there.emplace(d.leaf()[i], other[i]).first->second != other[i] ||
        back.emplace(other[i], d.leaf()[i]).first->second != d.leaf()[i])
      return false;
  return there.size() == bench::sample::strata * bench::sample::psus;
}

template <class Make, class Naive>
void run(benchmark::State& state, bool naively, Make make, Naive naive) {
  const everything& of = of_size(static_cast<std::size_t>(state.range(0)));
  if (!same_partition(make(of), naive(of))) {
    state.SkipWithError("the two sides do not agree");
    return;
  }
  if (naively)
    for (auto _ : state) benchmark::DoNotOptimize(naive(of));
  else
    for (auto _ : state) benchmark::DoNotOptimize(make(of));
  state.counters["respondents/s"] = benchmark::Counter(
      static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

void integers(benchmark::State& state, bool naively) {
  run(
      state, naively,
      [](const everything& of) { return bench::integer_design(of.sample, of.sample.size()); },
      integers_naively);
}
void strings(benchmark::State& state, bool naively) {
  run(
      state, naively,
      [](const everything& of) {
        return bench::string_design(of.sample, of.names, of.sample.size());
      },
      strings_naively);
}

}  // namespace

int main(int argc, char** argv) {
  for (const long n : {100'000L, 1'000'000L, 10'000'000L}) {
    benchmark::RegisterBenchmark("design_integers", integers, false)->Arg(n);
    benchmark::RegisterBenchmark("design_integers_naive", integers, true)->Arg(n);
    benchmark::RegisterBenchmark("design_strings", strings, false)->Arg(n);
    benchmark::RegisterBenchmark("design_strings_naive", strings, true)->Arg(n);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::AddCustomContext("compiler", BARO_BENCH_COMPILER);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
