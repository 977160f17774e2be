// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace baro::detail {

inline std::uint64_t hash_of(std::int64_t key) noexcept {
  auto x = static_cast<std::uint64_t>(key);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

inline std::uint64_t hash_of(std::string_view key) noexcept {
  return std::hash<std::string_view>{}(key);
}

/// Keys numbered 0, 1, … in the order they were first met: open addressing, one probe most of
/// the time. `Stored` owns what `View` looks at (`std::string` / `std::string_view`).
template <class Stored, class View>
class flat_index {
 public:
  flat_index() : slots_(64) {}

  std::size_t size() const noexcept { return keys_.size(); }
  const std::vector<Stored>& keys() const noexcept { return keys_; }

  /// The number of `key`, or −1.
  std::int32_t find(View key) const noexcept {
    const std::uint64_t hash = hash_of(key);
    for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
      const slot& s = slots_[i];
      if (s.code < 0) return -1;
      if (s.hash == hash && View(keys_[static_cast<std::size_t>(s.code)]) == key) return s.code;
    }
  }

  std::int32_t insert(View key) {
    const std::uint64_t hash = hash_of(key);
    std::size_t i = hash & mask();
    for (; slots_[i].code >= 0; i = (i + 1) & mask()) {
      const slot& s = slots_[i];
      if (s.hash == hash && View(keys_[static_cast<std::size_t>(s.code)]) == key) return s.code;
    }
    const auto code = static_cast<std::int32_t>(keys_.size());
    slots_[i] = {hash, code};
    keys_.emplace_back(key);
    if (2 * keys_.size() > slots_.size()) grow();
    return code;
  }

 private:
  struct slot {
    std::uint64_t hash = 0;
    std::int32_t code = -1;
  };

  std::size_t mask() const noexcept { return slots_.size() - 1; }

  void grow() {
    std::vector<slot> old(4 * slots_.size());
    old.swap(slots_);
    for (const slot& s : old) {
      if (s.code < 0) continue;
      std::size_t i = s.hash & mask();
      while (slots_[i].code >= 0) i = (i + 1) & mask();
      slots_[i] = s;
    }
  }

  std::vector<slot> slots_;
  std::vector<Stored> keys_;
};

}  // namespace baro::detail
