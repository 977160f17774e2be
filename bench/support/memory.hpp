// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

/// Bytes on the heap, counted by the `operator new` of memory.cpp.
namespace bench {

struct heap {
  std::size_t held = 0;  ///< now
  std::size_t peak = 0;  ///< at most, since the last `reset_peak`
};

heap heap_now();
void reset_peak();

/// What a piece of work keeps (its result), and the most it had at any moment.
template <class Work>
heap memory_of(Work work) {
  const std::size_t before = heap_now().held;
  reset_peak();
  const auto result = work();
  const heap after = heap_now();
  return {after.held - before, after.peak - before};
}

}  // namespace bench
