// SPDX-License-Identifier: BSL-1.0
#include "memory.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> held{0}, peak{0};
constexpr std::size_t front = alignof(std::max_align_t);  // the size is kept before the block

}  // namespace

namespace bench {

heap heap_now() { return {held.load(), peak.load()}; }
void reset_peak() { peak.store(held.load()); }

}  // namespace bench

void* operator new(std::size_t size) {
  auto* const block = static_cast<unsigned char*>(std::malloc(front + size));
  if (block == nullptr) throw std::bad_alloc();
  *reinterpret_cast<std::size_t*>(block) = size;
  const std::size_t now = held.fetch_add(size, std::memory_order_relaxed) + size;
  std::size_t most = peak.load(std::memory_order_relaxed);
  while (most < now && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
  return block + front;
}

void operator delete(void* p) noexcept {
  if (p == nullptr) return;
  unsigned char* const block = static_cast<unsigned char*>(p) - front;
  held.fetch_sub(*reinterpret_cast<std::size_t*>(block), std::memory_order_relaxed);
  std::free(block);
}

void operator delete(void* p, std::size_t) noexcept { operator delete(p); }
