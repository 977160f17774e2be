// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace baro::detail {

/// Memory for millions of codes. From 1 MiB on it is whole large pages of 2 MiB, and Linux is
/// asked to make them such: writing 40 MB for the first time then takes 20 page faults instead
/// of 10,000, which were nine tenths of the time a design took to build.
template <class T>
struct large_page_allocator {
  using value_type = T;

  large_page_allocator() = default;
  template <class U>
  large_page_allocator(const large_page_allocator<U>&) noexcept {}

  T* allocate(std::size_t n) {
    if (n * sizeof(T) < large) return static_cast<T*>(::operator new(n * sizeof(T)));
    const std::size_t bytes = (n * sizeof(T) + page - 1) / page * page;
    void* const p = ::operator new (bytes, std::align_val_t{page});
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    static_cast<void>(madvise(p, bytes, MADV_HUGEPAGE));  // a wish: refused, nothing is lost
#endif
    return static_cast<T*>(p);
  }

  void deallocate(T* p, std::size_t n) noexcept {
    if (n * sizeof(T) < large)
      ::operator delete(p);
    else
      ::operator delete (p, std::align_val_t{page});
  }

  bool operator==(const large_page_allocator&) const noexcept { return true; }

 private:
  static constexpr std::size_t page = std::size_t{1} << 21, large = std::size_t{1} << 20;
};

/// A code for each row.
using code_column = std::vector<std::int32_t, large_page_allocator<std::int32_t>>;

}  // namespace baro::detail
