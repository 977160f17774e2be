// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/weights/detail/calibration_matrix.hpp>
#include <baro/weights/detail/independent_columns.hpp>
#include <baro/weights/instrument.hpp>

#include <Eigen/Core>
#include <Eigen/QR>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace baro::detail {

/// The rows z of the instruments beside the rows x of the constraints, and which columns of
/// each are independent: as many.
struct instrument_rows {
  calibration_matrix z{};
  std::vector<std::size_t> x_columns{}, z_columns{};
  std::vector<double> slope{};  ///< units: F′(zᵀλ) where the weights were solved

  /// Σ_u a_u x_u z_uᵀ over the independent columns.
  /// @param a  a(u)
  template <class Real, class Weight>
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> cross(const calibration_matrix& x,
                                                            Weight a) const {
    const auto r = static_cast<Eigen::Index>(x_columns.size());
    Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> m =
        Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>::Zero(r, r);
    const auto row = places(x_columns, x.columns), column = places(z_columns, z.columns);
    for (std::size_t u = 0; u < x.units; ++u) {
      const Real weight = a(u);
      if (!(weight > Real(0))) continue;
      x.each(u, [&](std::size_t i, double xi) {
        if (row[i] < 0) return;
        z.each(u, [&](std::size_t j, double zj) {
          if (column[j] >= 0) m(row[i], column[j]) += weight * Real(xi) * Real(zj);
        });
      });
    }
    return m;
  }

 private:
  static std::vector<Eigen::Index> places(const std::vector<std::size_t>& columns,
                                          std::size_t all) {
    std::vector<Eigen::Index> place(all, -1);
    for (std::size_t k = 0; k < columns.size(); ++k)
      place[columns[k]] = static_cast<Eigen::Index>(k);
    return place;
  }
};

/// Independent columns among rows of a matrix, weighted.
inline std::vector<std::size_t> independent_columns(const calibration_matrix& x,
                                                    const std::vector<double>& d) {
  const pivoted_cholesky<double> factors(
      weighted_square<double>(x, [&](std::size_t u) { return d[u]; }));
  return {factors.order().begin(),
          factors.order().begin() + static_cast<std::ptrdiff_t>(factors.rank())};
}

/// Takes the mean out of a number: beside a question it is the same instrument, with more
/// digits.
inline void center(calibration_matrix& z, std::size_t number, const std::vector<double>& d) {
  double sum = 0, size = 0;
  for (std::size_t u = 0; u < z.units; ++u) {
    sum += d[u] * z.number[u * z.numbers + number];
    size += d[u];
  }
  for (std::size_t u = 0; u < z.units; ++u) z.number[u * z.numbers + number] -= sum / size;
}

/// Reads instruments, one row of z for each respondent.
/// @param d  weights; who has none needs no instruments
/// @throws size_error, value_error  a missing instrument; more or fewer than the constraints
inline instrument_rows read_instruments(const std::string& function,
                                        const std::vector<instrument>& instruments,
                                        const calibration_matrix& x,
                                        const std::vector<double>& d) {
  instrument_rows out;
  calibration_matrix& z = out.z;
  z.units = d.size();
  for (const instrument& i : instruments) {
    check_size(function, i.name(), i.size(), d.size());
    (i.is_number() ? z.numbers : z.levels) += 1;
  }
  z.column.resize(z.units * z.levels);
  z.number.resize(z.units * z.numbers);
  std::size_t question = 0, number = 0;
  std::vector<std::int32_t> codes(z.units);
  std::vector<double> values(z.units);
  const auto refuse_missing = [&](const instrument& i, std::size_t row, double value) {
    if (d[row] > 0)
      refuse_text(function, i.name(), static_cast<std::ptrdiff_t>(row),
                  std::isnan(value) ? "missing" : text(value),
                  "must be known, it is an instrument");
  };
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  for (const instrument& i : instruments) {
    if (i.is_number()) continue;
    const code_run run = i.question().read(0, z.units, codes.data());
    for (std::size_t row = 0; row < z.units; ++row) {
      if (run[row] < 0) refuse_missing(i, row, none);
      z.column[row * z.levels + question] =
          static_cast<std::int32_t>(z.columns) + (run[row] < 0 ? 0 : run[row]);
    }
    z.columns += i.question().levels();
    ++question;
  }
  for (const instrument& i : instruments) {
    if (!i.is_number()) continue;
    const double* const y = i.number().read(0, z.units, values.data());
    for (std::size_t row = 0; row < z.units; ++row) {
      if (!std::isfinite(y[row])) refuse_missing(i, row, y[row]);
      z.number[row * z.numbers + number] = std::isfinite(y[row]) ? y[row] : 0;
    }
    if (z.levels > 0) center(z, number, d);
    ++number;
  }
  z.columns += z.numbers;
  out.x_columns = independent_columns(x, d);
  out.z_columns = independent_columns(z, d);
  if (out.x_columns.size() != out.z_columns.size())
    throw value_error(function + ": the instruments have " +
                      std::to_string(out.z_columns.size()) +
                      " independent columns, the margins " +
                      std::to_string(out.x_columns.size()) + ", must be as many");
  const auto cross = out.cross<double>(x, [&](std::size_t u) { return d[u]; });
  if (!Eigen::ColPivHouseholderQR<Eigen::MatrixXd>(cross).isInvertible())
    throw value_error(function +
                      ": the instruments do not move the margins: together they say nothing of "
                      "one of them, must be others");
  return out;
}

}  // namespace baro::detail
