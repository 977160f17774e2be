// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/totals/totals.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace baro {

/// How many threads a pass may use; 1 unless the caller asks. The figures are the same bits.
struct threads {
  std::size_t count = 1;
  explicit threads(std::size_t n) : count(n) {
    if (n == 0) detail::refuse("threads", "count", n, "must be at least 1");
  }
};

namespace detail {

/// Runs work(0) … work(workers − 1), the first on this thread and the others beside it.
/// @throws what the lowest of them threw
template <class Work>
void run_together(std::size_t workers, const Work& work) {
  std::vector<std::exception_ptr> failures(workers);
  const auto guarded = [&](std::size_t t) {
    try {
      work(t);
    } catch (...) {
      failures[t] = std::current_exception();
    }
  };
  std::vector<std::thread> pool;
  for (std::size_t t = 1; t < workers; ++t) pool.emplace_back(guarded, t);
  guarded(0);
  for (std::thread& t : pool) t.join();
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

/// Adds all rows, after those added before. The block begun is filled first; then each thread
/// takes a run of whole blocks, which the same tree adds up as those of a single thread. The
/// last block stays open for the rows to come.
template <class Real>
void add_all(totals<Real>& into, const respondents& rows, threads how) {
  const std::size_t n = rows.who->size();
  const std::size_t block = into.shape().block_rows();
  const std::size_t begin = std::min(n, into.room());
  const std::size_t blocks = (n - begin + block - 1) / block;
  const std::size_t workers = std::min(how.count, blocks);
  into.add(rows, 0, workers <= 1 ? n : begin);
  if (workers <= 1) return;
  std::vector<totals<Real>> parts;
  for (std::size_t t = 0; t < workers; ++t)
    parts.emplace_back(into.shape(), into.block() + blocks * t / workers);
  run_together(workers, [&](std::size_t t) {
    const std::size_t first = begin + blocks * t / workers * block;
    const std::size_t last = std::min(n, begin + blocks * (t + 1) / workers * block);
    parts[t].add(rows, first, last - first);
  });
  for (totals<Real>& part : parts) into.go_on(std::move(part));
}

}  // namespace detail
}  // namespace baro
