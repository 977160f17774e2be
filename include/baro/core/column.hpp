// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/config.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>
#include <type_traits>

namespace baro {

namespace detail {

template <class C>
using element_t = std::remove_cvref_t<decltype(*std::data(std::declval<const C&>()))>;

/// An Eigen expression is contiguous only when its inner stride is 1.
template <class C>
consteval bool contiguous_if_eigen() {
  if constexpr (requires { C::InnerStrideAtCompileTime; })
    return C::InnerStrideAtCompileTime == 1 && bool(C::IsVectorAtCompileTime);
  return true;
}

/// An Eigen expression that looks at the memory of another: `Map`, `Block`.
template <class C>
concept eigen_view = requires {
  typename C::PlainObject;
}
&&!std::same_as<C, typename C::PlainObject>;

}  // namespace detail

/// One value per respondent, side by side in the host's memory: `std::vector`, `std::array`,
/// `std::span`, a C array, an Eigen vector or `Map`. Never a strided view: a row of a
/// column-major matrix is refused at compile time.
template <class C>
concept column_range = requires(const C& c) {
  std::data(c);
  { std::size(c) } -> std::convertible_to<std::ptrdiff_t>;
}
&&detail::contiguous_if_eigen<C>();

/// Answers that can be added up.
template <class C>
concept number_column = column_range<C> && std::is_arithmetic_v<detail::element_t<C>>;

/// Labels that can be told apart: integers, enums or strings. Not floating point.
template <class C>
concept label_column = column_range<C> &&
    (std::integral<detail::element_t<C>> || std::is_enum_v<detail::element_t<C>> ||
     std::convertible_to<const detail::element_t<C>&, std::string_view>);

/// A column that holds its own values, which go with it: a `std::vector`, a `std::array`, an
/// Eigen vector. As a temporary it cannot be seen without a copy; a `std::span`, an
/// `Eigen::Map` or a column of an Eigen matrix can, as long as what they look at lives.
template <class C>
concept owning_column =
    column_range<C> && !std::ranges::enable_borrowed_range<C> && !detail::eigen_view<C>;

/// The column as a span over the host's own memory.
template <column_range C>
auto as_span(const C& c) {
  return std::span<const detail::element_t<C>>(std::data(c),
                                               static_cast<std::size_t>(std::size(c)));
}

}  // namespace baro
