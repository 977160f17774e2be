// SPDX-License-Identifier: BSL-1.0
#include <baro/core/column.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <array>
#include <complex>
#include <cstdint>
#include <deque>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core_column {

using baro::column_range;
using baro::label_column;
using baro::number_column;
enum class region { north, south };

/// The weakest type that is a column: data() and size(), nothing else.
struct bare {
  const int* data() const { return numbers; }
  int size() const { return 3; }
  int numbers[3] = {4, 5, 6};
};
struct without_size {
  const int* data() const { return nullptr; }
};

static_assert(column_range<bare> && !column_range<without_size>);
static_assert(number_column<bare> && label_column<bare>);
static_assert(number_column<std::vector<float>> && number_column<std::array<long double, 2>>);
static_assert(number_column<std::span<const std::uint8_t>> && number_column<double[4]>);
static_assert(number_column<std::array<bool, 4>> && !number_column<std::vector<bool>>);
static_assert(!column_range<std::list<double>> && !column_range<std::deque<double>>);
static_assert(!number_column<std::vector<std::string>>);
static_assert(!number_column<std::vector<std::complex<double>>>);
static_assert(!number_column<std::vector<region>>);  // an enum is a label, not a quantity

static_assert(label_column<std::vector<region>> && label_column<std::vector<std::string>>);
static_assert(label_column<std::span<const std::string_view>> && label_column<const char* [2]>);
static_assert(label_column<std::array<bool, 4>> && label_column<std::vector<std::int64_t>>);
static_assert(!label_column<std::vector<double>> && !label_column<std::vector<float>>);

using matrix = Eigen::MatrixXd;
using by_rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
static_assert(number_column<Eigen::VectorXd> && number_column<Eigen::RowVectorXf>);
static_assert(number_column<Eigen::Map<const Eigen::VectorXd>> &&
              label_column<Eigen::VectorXi>);
static_assert(number_column<decltype(std::declval<matrix&>().col(0))>);
static_assert(!number_column<decltype(std::declval<matrix&>().row(0))>);  // strided
static_assert(number_column<decltype(std::declval<by_rows&>().row(0))>);
static_assert(!number_column<decltype(std::declval<by_rows&>().col(0))>);
static_assert(!number_column<matrix>);  // not one value per respondent
static_assert(!number_column<Eigen::Map<Eigen::VectorXd, 0, Eigen::InnerStride<2>>>);

// What is gone with the expression that made it, and what only looks at something that stays.
using baro::owning_column;
static_assert(owning_column<std::vector<double>> && owning_column<std::array<int, 2>>);
static_assert(owning_column<Eigen::VectorXd> && owning_column<Eigen::ArrayXi>);
static_assert(owning_column<bare> && owning_column<std::string[2]>);
static_assert(!owning_column<std::span<const double>> && !owning_column<std::string_view>);
static_assert(!owning_column<Eigen::Map<const Eigen::VectorXd>>);
static_assert(!owning_column<decltype(std::declval<matrix&>().col(0))>);

TEST_SUITE("core/column") {
  TEST_CASE("a column is seen in the host's own memory, whole") {
    const std::vector<double> y{1, 2, 3};
    CHECK(baro::as_span(y).data() == y.data());
    CHECK(baro::as_span(y).size() == 3);
    const matrix m = matrix::Random(4, 2);
    const auto second = m.col(1);
    CHECK(baro::as_span(second).data() == m.data() + 4);
    CHECK(baro::as_span(second).size() == 4);
    const bare b;
    CHECK(baro::as_span(b)[2] == 6);
    const int raw[] = {7, 8};
    CHECK(baro::as_span(raw).size() == 2);
  }
}

}  // namespace core_column
