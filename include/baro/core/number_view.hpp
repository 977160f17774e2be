// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/column.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace baro {

/// A column of numbers of any arithmetic type, seen without a copy: a pointer, a length and the
/// type. `fill` hands out a stretch of it in the type the sums are made in, so that the code
/// behind is written once for all types.
class number_view {
 public:
  number_view() = default;

  template <number_column C>
  explicit number_view(const C& column)
      : data_(std::data(column)),
        size_(static_cast<std::size_t>(std::size(column))),
        type_(tag<detail::element_t<C>>()) {}

  std::size_t size() const noexcept { return size_; }
  bool has_data() const noexcept { return data_ != nullptr; }

  /// Calls `f` with a typed pointer to the first value.
  template <class F>
  decltype(auto) visit(F&& f) const {
    switch (type_) {
      case type::i8:
        return f(static_cast<const std::int8_t*>(data_));
      case type::u8:
        return f(static_cast<const std::uint8_t*>(data_));
      case type::i16:
        return f(static_cast<const std::int16_t*>(data_));
      case type::u16:
        return f(static_cast<const std::uint16_t*>(data_));
      case type::i32:
        return f(static_cast<const std::int32_t*>(data_));
      case type::u32:
        return f(static_cast<const std::uint32_t*>(data_));
      case type::i64:
        return f(static_cast<const std::int64_t*>(data_));
      case type::u64:
        return f(static_cast<const std::uint64_t*>(data_));
      case type::f32:
        return f(static_cast<const float*>(data_));
      case type::f80:
        return f(static_cast<const long double*>(data_));
      case type::f64:
        break;
    }
    return f(static_cast<const double*>(data_));
  }

  /// `count` values from `first` on: the host's own memory when it already holds `Real`,
  /// otherwise converted into `buffer`.
  template <class Real>
  const Real* read(std::size_t first, std::size_t count, Real* buffer) const {
    return visit([&](const auto* p) -> const Real* {
      using stored = std::remove_cvref_t<decltype(*p)>;
      if constexpr (std::same_as<stored, Real>) {
        return p + first;
      } else {
        for (std::size_t i = 0; i < count; ++i) buffer[i] = static_cast<Real>(p[first + i]);
        return buffer;
      }
    });
  }

  double operator[](std::size_t i) const {
    return visit([&](const auto* p) { return static_cast<double>(p[i]); });
  }

 private:
  enum class type { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, f80 };

  template <class T>
  static consteval type tag() {
    if constexpr (std::same_as<T, float>) return type::f32;
    if constexpr (std::same_as<T, double>) return type::f64;
    if constexpr (std::same_as<T, long double>) return type::f80;
    constexpr bool is_signed = std::is_signed_v<T>;
    if constexpr (sizeof(T) == 1) return is_signed ? type::i8 : type::u8;
    if constexpr (sizeof(T) == 2) return is_signed ? type::i16 : type::u16;
    if constexpr (sizeof(T) == 4) return is_signed ? type::i32 : type::u32;
    return is_signed ? type::i64 : type::u64;
  }

  const void* data_ = nullptr;
  std::size_t size_ = 0;
  type type_ = type::f64;
};

}  // namespace baro
