// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <vector>

namespace bench {

/// Seconds of one piece of work: by the clock on the wall, and of this thread's processor,
/// which a busy machine disturbs less (and which does not see other threads).
struct seconds {
  double wall = 0, processor = 0;
};

inline seconds now() {
  seconds t;
  const auto wall = std::chrono::steady_clock::now().time_since_epoch();
  t.wall = t.processor = std::chrono::duration<double>(wall).count();
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec spent{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent) == 0)
    t.processor = static_cast<double>(spent.tv_sec) + 1e-9 * static_cast<double>(spent.tv_nsec);
#endif
  return t;
}

inline double median_of(std::vector<double> x) {
  std::nth_element(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2), x.end());
  return x[x.size() / 2];
}

/// Runs the pieces of work in turn, A B C A B C …, for about `budget` seconds and at least five
/// rounds after one to warm up, so that whatever disturbs the machine disturbs all alike.
/// @returns the median of each
template <class... Work>
std::array<seconds, sizeof...(Work)> interleave(double budget, Work... work) {
  constexpr std::size_t count = sizeof...(Work), least = 5;
  std::array<std::vector<double>, count> wall, processor;
  const auto once = [&](auto& piece, std::size_t k, bool keep) {
    const seconds from = now();
    auto result = piece();
    benchmark::DoNotOptimize(result);
    const seconds to = now();
    if (!keep) return;
    wall[k].push_back(to.wall - from.wall);
    processor[k].push_back(to.processor - from.processor);
  };
  const double end = now().wall + budget;
  for (std::size_t round = 0; round <= least || now().wall < end; ++round) {
    std::size_t k = 0;
    (once(work, k++, round > 0), ...);
  }
  std::array<seconds, count> out;
  for (std::size_t k = 0; k < count; ++k)
    out[k] = {median_of(std::move(wall[k])), median_of(std::move(processor[k]))};
  return out;
}

}  // namespace bench
