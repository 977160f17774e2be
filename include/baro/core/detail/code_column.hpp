// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace baro::detail {

/// Memory for millions of codes. Page faults on first writing were nine tenths of the time a
/// design took to build, so Linux is asked for large pages of 2 MiB where they fit, and for the
/// rest all at once. Both are wishes: refused, nothing is lost.
/// @tparam Whole  a large page that is mostly filled is taken whole: sooner had, up to 1 MiB
/// more
template <class T, bool Whole = false>
struct large_page_allocator {
  using value_type = T;
  template <class U>
  struct rebind {
    using other = large_page_allocator<U, Whole>;
  };

  large_page_allocator() = default;
  template <class U>
  large_page_allocator(const large_page_allocator<U, Whole>&) noexcept {}

  T* allocate(std::size_t n) {
    const std::size_t bytes = bytes_of(n);
    if (bytes < many) return static_cast<T*>(::operator new(bytes));
    void* const p = ::operator new(bytes, alignment(bytes));
#if defined(__linux__)
#if defined(MADV_HUGEPAGE)
    if (const std::size_t whole = bytes / large_page * large_page; whole > 0)
      static_cast<void>(madvise(p, whole, MADV_HUGEPAGE));
#endif
    // MADV_POPULATE_WRITE, Linux 5.14; older headers have no name for it.
    static_cast<void>(madvise(p, bytes / page * page, 23));
#endif
    return static_cast<T*>(p);
  }

  void deallocate(T* p, std::size_t n) noexcept {
    const std::size_t bytes = bytes_of(n);
    if (bytes < many)
      ::operator delete(p);
    else
      ::operator delete(p, alignment(bytes));
  }

  /// What is resized is not set to 0 first: every user writes all of it.
  template <class U>
  void construct(U* place) const noexcept {
    ::new (static_cast<void*>(place)) U;
  }
  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) const {
    ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
  }

  bool operator==(const large_page_allocator&) const noexcept { return true; }

 private:
  static constexpr std::size_t page = 4096, many = std::size_t{1} << 17,
                               large_page = std::size_t{1} << 21;
  static constexpr std::size_t bytes_of(std::size_t n) {
    const std::size_t bytes = n * sizeof(T), over = bytes % large_page;
    return Whole && over > large_page / 2 ? bytes - over + large_page : bytes;
  }
  static constexpr std::align_val_t alignment(std::size_t bytes) {
    return std::align_val_t{bytes < large_page ? page : large_page};
  }
};

/// A code for each row.
using code_column = std::vector<std::int32_t, large_page_allocator<std::int32_t>>;

}  // namespace baro::detail
