// SPDX-License-Identifier: BSL-1.0

/// `<function>/<respondents>`, each beside `<function>_by_hand/<respondents>`; respondents per
/// second. The answers are compared before a time is taken.

#include "support/agreement.hpp"
#include "support/tasks.hpp"

#include <benchmark/benchmark.h>

#include <memory>
#include <string>

namespace {

struct everything {
  bench::sample sample;
  by_hand::coded_units units;
  baro::design design;
  explicit everything(std::size_t n)
      : sample(bench::make_sample(n)),
        units(by_hand::code_units(sample)),
        design(bench::integer_design(sample, n)) {}
};

/// One sample at a time: benchmarks are registered by size.
const everything& of_size(std::size_t n) {
  static std::unique_ptr<everything> kept;
  if (!kept || kept->sample.size() != n) {
    kept.reset();
    kept = std::make_unique<everything>(n);
  }
  return *kept;
}

void count_respondents(benchmark::State& state) {
  state.counters["respondents/s"] = benchmark::Counter(
      static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
}

template <class Task>
bool refuse_wrong_answers(benchmark::State& state, const everything& of) {
  bench::agreement agreement;
  if constexpr (std::same_as<Task, bench::mean_task> || std::same_as<Task, bench::ratio_task>)
    agreement.same(Task::name, Task::baro_side(of.design, of.sample, baro::threads(2)), 0,
                   Task::hand_side(of.units, of.sample));
  else
    agreement.same(Task::name, Task::baro_side(of.design, of.sample, baro::threads(2)),
                   Task::hand_side(of.units, of.sample));
  if (!agreement.holds()) state.SkipWithError("the two sides do not agree");
  return agreement.holds();
}

template <class Task>
void library(benchmark::State& state) {
  const everything& of = of_size(static_cast<std::size_t>(state.range(0)));
  if (!refuse_wrong_answers<Task>(state, of)) return;
  for (auto _ : state)
    benchmark::DoNotOptimize(Task::baro_side(of.design, of.sample, baro::threads(1)));
  count_respondents(state);
}

template <class Task>
void hand(benchmark::State& state) {
  const everything& of = of_size(static_cast<std::size_t>(state.range(0)));
  if (!refuse_wrong_answers<Task>(state, of)) return;
  for (auto _ : state) benchmark::DoNotOptimize(Task::hand_side(of.units, of.sample));
  count_respondents(state);
}

/// The median as one writes it first: `median_by_hand` is the tighter one.
void median_by_selection(benchmark::State& state) {
  const everything& of = of_size(static_cast<std::size_t>(state.range(0)));
  bench::agreement agreement;
  agreement.same("median by selection", by_hand::median_by_selection(of.sample, of.units),
                 by_hand::median(of.sample, of.units));
  if (!agreement.holds()) return state.SkipWithError("the two sides do not agree");
  for (auto _ : state)
    benchmark::DoNotOptimize(by_hand::median_by_selection(of.sample, of.units));
  count_respondents(state);
}

template <class Task>
void add(long n) {
  const std::string name = Task::name;
  benchmark::RegisterBenchmark(name.c_str(), library<Task>)->Arg(n);
  benchmark::RegisterBenchmark((name + "_by_hand").c_str(), hand<Task>)->Arg(n);
}

template <class... Tasks>
void add_all(std::tuple<Tasks...>, long n) {
  (add<Tasks>(n), ...);
}

}  // namespace

int main(int argc, char** argv) {
  for (const long n : {100'000L, 1'000'000L, 10'000'000L}) {
    add_all(bench::all_tasks{}, n);
    benchmark::RegisterBenchmark("median_by_selection", median_by_selection)->Arg(n);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::AddCustomContext("compiler", BARO_BENCH_COMPILER);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
