// SPDX-License-Identifier: BSL-1.0
#include "memory.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> held{0}, peak{0};
constexpr std::size_t front = alignof(std::max_align_t);

/// The size is kept just before the block that is handed out, `lead` bytes into the whole.
void* hand_out(void* whole, std::size_t lead, std::size_t size) {
  if (whole == nullptr) throw std::bad_alloc();
  auto* const block = static_cast<unsigned char*>(whole) + lead;
  *reinterpret_cast<std::size_t*>(block - sizeof size) = size;
  const std::size_t now = held.fetch_add(size, std::memory_order_relaxed) + size;
  std::size_t most = peak.load(std::memory_order_relaxed);
  while (most < now && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
  return block;
}

void take_back(void* p, std::size_t lead) {
  if (p == nullptr) return;
  auto* const block = static_cast<unsigned char*>(p);
  held.fetch_sub(*reinterpret_cast<std::size_t*>(block - sizeof(std::size_t)),
                 std::memory_order_relaxed);
  std::free(block - lead);
}

}  // namespace

namespace bench {

heap heap_now() { return {held.load(), peak.load()}; }
void reset_peak() { peak.store(held.load()); }

}  // namespace bench

void* operator new(std::size_t size) {
  return hand_out(std::malloc(front + size), front, size);
}
void* operator new(std::size_t size, std::align_val_t align) {
  const auto lead = static_cast<std::size_t>(align);
  const std::size_t whole = (2 * lead + size - 1) / lead * lead;  // a multiple of the alignment
  return hand_out(std::aligned_alloc(lead, whole), lead, size);
}

void operator delete(void* p) noexcept { take_back(p, front); }
void operator delete(void* p, std::size_t) noexcept { take_back(p, front); }
void operator delete(void* p, std::align_val_t align) noexcept {
  take_back(p, static_cast<std::size_t>(align));
}
void operator delete(void* p, std::size_t, std::align_val_t align) noexcept {
  take_back(p, static_cast<std::size_t>(align));
}
