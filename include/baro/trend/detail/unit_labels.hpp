// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/column.hpp>
#include <baro/core/detail/flat_index.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace baro::detail {

/// Integers numbered as they are met, the key in its slot: one place in memory a look-up.
class integer_index {
 public:
  integer_index() : slots_(1024) {}

  /// The number of a key: `next` where it is new.
  std::int32_t insert(std::int64_t key, std::int32_t next) {
    for (std::size_t i = hash_of(key) & mask();; i = (i + 1) & mask()) {
      slot& s = slots_[i];
      if (s.number >= 0) {
        if (s.key == key) return s.number;
        continue;
      }
      s = {key, next};
      if (2 * ++size_ > slots_.size()) grow(2 * slots_.size());
      return next;
    }
  }
  /// Brings the slot of a key nearer, some look-ups before it is wanted.
  void fetch(std::int64_t key) const noexcept {
#if defined(__GNUC__)
    __builtin_prefetch(slots_.data() + (hash_of(key) & mask()), 1);
#else
    static_cast<void>(key);
#endif
  }
  /// Room for `more` further keys, so that they are not moved again and again.
  void expect(std::size_t more) {
    std::size_t wanted = slots_.size();
    while (2 * (size_ + more) > wanted) wanted *= 2;
    if (wanted > slots_.size()) grow(wanted);
  }

 private:
  struct slot {
    std::int64_t key = 0;
    std::int32_t number = -1;
  };
  std::size_t mask() const noexcept { return slots_.size() - 1; }
  void grow(std::size_t size) {
    std::vector<slot> old(size);
    old.swap(slots_);
    for (const slot& s : old) {
      if (s.number < 0) continue;
      std::size_t i = hash_of(s.key) & mask();
      while (slots_[i].number >= 0) i = (i + 1) & mask();
      slots_[i] = s;
    }
  }
  std::vector<slot> slots_;
  std::size_t size_ = 0;
};

/// Labels of units numbered in the order they are first met, over several columns: integers
/// among integers, strings among strings.
class unit_numbers {
 public:
  std::int32_t number(std::int64_t label) {
    const std::int32_t found = integers_.insert(label, count_);
    if (found == count_) ++count_;
    return found;
  }
  /// Room for so many further integers, at most.
  void expect_integers(std::size_t more) { integers_.expect(more); }
  /// The numbers of a column of integers.
  template <class Span>
  void number_all(Span values, std::int32_t* to) {
    constexpr std::size_t ahead = 16;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i + ahead < values.size())
        integers_.fetch(static_cast<std::int64_t>(values[i + ahead]));
      to[i] = number(static_cast<std::int64_t>(values[i]));
    }
  }
  std::int32_t number(std::string_view label) {
    return numbered(texts_.insert(label), of_text_);
  }
  /// A unit that nobody else can be.
  std::int32_t another() { return count_++; }
  std::size_t size() const noexcept { return static_cast<std::size_t>(count_); }

 private:
  std::int32_t numbered(std::int32_t key, std::vector<std::int32_t>& of_key) {
    if (static_cast<std::size_t>(key) == of_key.size()) of_key.push_back(count_++);
    return of_key[static_cast<std::size_t>(key)];
  }
  integer_index integers_;
  flat_index<std::string, std::string_view> texts_;
  std::vector<std::int32_t> of_text_;
  std::int32_t count_ = 0;
};

/// A column of labels of units, seen without a copy.
class unit_labels {
 public:
  template <label_column C>
  static unit_labels of(const C& column) {
    const auto values = as_span(column);
    using element = element_t<C>;
    constexpr bool text = std::is_convertible_v<const element&, std::string_view>;
    unit_labels out;
    out.size_ = values.size();
    out.is_text_ = text;
    out.number_ = [values](unit_numbers& all, std::int32_t* to) {
      if constexpr (text)
        for (std::size_t i = 0; i < values.size(); ++i)
          to[i] = all.number(std::string_view(values[i]));
      else
        all.number_all(values, to);
    };
    out.text_ = [values](std::size_t i) {
      if constexpr (text)
        return "'" + std::string(std::string_view(values[i])) + "'";
      else
        return std::to_string(static_cast<long long>(values[i]));
    };
    return out;
  }

  std::size_t size() const noexcept { return size_; }
  bool is_text() const noexcept { return is_text_; }
  /// The number of each row's label.
  void number(unit_numbers& all, std::int32_t* to) const { number_(all, to); }
  /// The label of a row, for a message.
  std::string text(std::size_t row) const { return text_(row); }

 private:
  std::size_t size_ = 0;
  bool is_text_ = false;
  std::function<void(unit_numbers&, std::int32_t*)> number_;
  std::function<std::string(std::size_t)> text_;
};

}  // namespace baro::detail
