// SPDX-License-Identifier: BSL-1.0
#include <baro/core/number_view.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace core_number_view {

using baro::number_view;
static_assert(!std::is_convertible_v<std::vector<double>, number_view>);  // said on purpose
static_assert(!std::is_constructible_v<number_view, std::vector<bool>>);

template <class Real, class Column>
std::vector<Real> read(const Column& column, std::size_t first = 0) {
  const number_view view(column);
  std::vector<Real> buffer(view.size());
  const Real* p = view.read(first, view.size() - first, buffer.data());
  return {p, p + (view.size() - first)};
}

template <class T>
void check_type() {
  const std::vector<T> column{T(0), T(1), T(100)};
  CHECK(read<double>(column) == std::vector<double>{0, 1, 100});
  CHECK(read<float>(column, 1) == std::vector<float>{1, 100});
  CHECK(number_view(column)[2] == 100);
  std::vector<T> buffer(3);
  CHECK(number_view(column).read(1, 2, buffer.data()) == column.data() + 1);
}

TEST_SUITE("core/number_view") {
  TEST_CASE("every arithmetic type is read as it is, and where it lies when it is its own") {
    check_type<std::int8_t>();
    check_type<std::uint8_t>();
    check_type<std::int16_t>();
    check_type<std::uint16_t>();
    check_type<std::int32_t>();
    check_type<std::uint32_t>();
    check_type<std::int64_t>();
    check_type<std::uint64_t>();
    check_type<float>();
    check_type<double>();
    check_type<long double>();
  }

  TEST_CASE("signs and the ends of a type survive") {
    CHECK(read<double>(std::vector<std::int8_t>{-128, 127}) == std::vector<double>{-128, 127});
    CHECK(read<double>(std::vector<std::uint8_t>{255}) == std::vector<double>{255});
    CHECK(read<double>(std::vector<std::uint32_t>{4294967295U})[0] == 4294967295.0);
    CHECK(read<long double>(std::vector<std::uint64_t>{~std::uint64_t{0}})[0] ==
          18446744073709551615.0L);
    const std::array<bool, 3> flags{true, false, true};
    CHECK(read<double>(flags) == std::vector<double>{1, 0, 1});
    const std::vector<char> letters{0, 1};
    CHECK(read<double>(letters) == std::vector<double>{0, 1});
  }

  TEST_CASE("vectors, arrays, spans, C arrays and Eigen columns are the same to it") {
    const double raw[] = {1, 2, 3};
    const std::vector<double> expected{1, 2, 3};
    CHECK(read<double>(raw) == expected);
    CHECK(read<double>(std::span<const double>(raw)) == expected);
    CHECK(read<double>(std::array<double, 3>{1, 2, 3}) == expected);
    const Eigen::VectorXd vector = Eigen::Map<const Eigen::VectorXd>(raw, 3);
    CHECK(read<double>(vector) == expected);
    const Eigen::Map<const Eigen::VectorXd> map(raw + 1, 2);
    CHECK(read<double>(map) == std::vector<double>{2, 3});
  }

  TEST_CASE("an empty view says so") {
    CHECK(!number_view().has_data());
    CHECK(number_view().size() == 0);
    const std::vector<double> y{1};
    CHECK(number_view(y).has_data());
  }
}

}  // namespace core_number_view
