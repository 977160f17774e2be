// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/code_column.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// The row of x of each respondent: two bytes each where the rows are few.
class unit_column {
 public:
  /// @param units  upper limit of what will be in it
  void resize(std::size_t n, std::size_t units) {
    narrow_.clear();
    wide_.clear();
    if (units <= 65536)
      narrow_.resize(n);
    else
      wide_.resize(n);
  }
  void clear() noexcept {
    narrow_.clear();
    wide_.clear();
  }
  bool empty() const noexcept { return narrow_.empty() && wide_.empty(); }
  std::size_t operator[](std::size_t row) const noexcept {
    return narrow_.empty() ? static_cast<std::size_t>(wide_[row]) : narrow_[row];
  }
  /// use(pointer to the units of all rows), of the type they have.
  template <class F>
  void visit(F use) {
    if (narrow_.empty())
      use(wide_.data());
    else
      use(narrow_.data());
  }
  template <class F>
  void visit(F use) const {
    if (narrow_.empty())
      use(wide_.data());
    else
      use(narrow_.data());
  }

 private:
  std::vector<std::uint16_t, large_page_allocator<std::uint16_t, true>> narrow_;
  code_column wide_;
};

/// The rows x of the constraints Σ w x = t, never expanded: the 1 of a level margin is its
/// column. Respondents with the same levels share a row where there are no numbers (a
/// "profile"); how many rows there are then does not grow with the sample.
struct calibration_matrix {
  std::size_t columns = 0;             ///< p, those of the numbers last
  std::size_t levels = 0;              ///< level margins: ones in each row
  std::size_t numbers = 0;             ///< totals of numbers
  std::size_t units = 0;               ///< rows of x
  std::vector<std::int32_t> column{};  ///< units × levels
  std::vector<double> number{};        ///< units × numbers
  unit_column unit_of_row{};           ///< row of x of each respondent; empty: one each

  std::size_t unit(std::size_t row) const noexcept {
    if (columns == 0) return 0;
    return unit_of_row.empty() ? row : unit_of_row[row];
  }

  /// Calls use(column, x) for what is not 0 in a row of x.
  template <class F>
  void each(std::size_t u, F use) const {
    for (std::size_t m = 0; m < levels; ++m)
      use(static_cast<std::size_t>(column[u * levels + m]), 1.0);
    for (std::size_t k = 0; k < numbers; ++k)
      use(columns - numbers + k, number[u * numbers + k]);
  }

  /// xᵀ v
  template <class Real>
  Real dot(std::size_t u, const Real* v) const {
    Real sum(0);
    for (std::size_t m = 0; m < levels; ++m)
      sum += v[static_cast<std::size_t>(column[u * levels + m])];
    for (std::size_t k = 0; k < numbers; ++k)
      sum += Real(number[u * numbers + k]) * v[columns - numbers + k];
    return sum;
  }

  /// to += a x xᵀ, the lower triangle of a p × p matrix by columns.
  template <class Real>
  void add_square(std::size_t u, const Real& a, Real* to) const {
    const std::int32_t* const at = column.data() + u * levels;
    for (std::size_t m = 0; m < levels; ++m)
      for (std::size_t l = m; l < levels; ++l)
        to[static_cast<std::size_t>(at[m]) * columns + static_cast<std::size_t>(at[l])] += a;
    const double* const x = number.data() + u * numbers;
    const std::size_t first = columns - numbers;
    for (std::size_t k = 0; k < numbers; ++k) {
      const Real ax = a * Real(x[k]);
      for (std::size_t m = 0; m < levels; ++m)
        to[static_cast<std::size_t>(at[m]) * columns + first + k] += ax;
      for (std::size_t j = k; j < numbers; ++j)
        to[(first + k) * columns + first + j] += ax * Real(x[j]);
    }
  }
};

/// Σ_u a_u x_u x_uᵀ, its lower triangle.
/// @param a  a(u); a row whose weight is not above 0 is left out
template <class Real, class Weight>
Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> weighted_square(const calibration_matrix& x,
                                                                    Weight a) {
  const auto p = static_cast<Eigen::Index>(x.columns);
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> square =
      Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>::Zero(p, p);
  for (std::size_t u = 0; u < x.units; ++u)
    if (const Real weight = a(u); weight > Real(0)) x.add_square(u, weight, square.data());
  return square;
}

}  // namespace baro::detail
