// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/totals/respondents.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baro::detail {

/// Reads the rows of a quantile, a batch at a time: of each that counts its domain, its answer
/// and its weight.
template <class Real>
class row_reader {
 public:
  explicit row_reader(const respondents& rows)
      : rows_(rows), y_(batch), w_(batch, Real(1)), domain_(batch, 0), scratch_(batch) {}

  /// Calls use(domain, answer, weight, row of its batch) for the rows from `first` to before
  /// `last` that have a domain, an answer and a weight above 0.
  /// @throws value_error an infinite answer
  template <class F>
  void each(std::size_t first, std::size_t last, F use) {
    const design& who = *rows_.who;
    const answers& column = rows_.variables[0].numbers[0];
    const bool weighted = who.is_weighted(), domains = rows_.has_domains();
    for (; first < last; first += batch) {
      const std::size_t n = std::min(batch, last - first);
      const Real* const y = column.read(first, n, y_.data());
      const Real* const w =
          weighted ? who.weights_column().read(first, n, w_.data()) : w_.data();
      if (domains) rows_.read_domains(first, n, domain_.data(), scratch_.data());
      const std::int32_t* const domain = domain_.data();
      for (std::size_t i = 0; i < n; ++i) {
        const Real answer = y[i], weight = w[i];
        if (!(weight + (answer - answer) > Real(0))) [[unlikely]] {
          if (answer == answer && !(answer - answer == Real(0)))
            refuse("quantile", column.name().empty() ? "answers" : column.name(), first + i,
                   static_cast<double>(answer),
                   "must be finite, or NaN where there is no answer");
          continue;
        }
        if (domain[i] < 0) continue;
        use(static_cast<std::size_t>(domain[i]), answer, weight, i);
      }
    }
  }

 private:
  static constexpr std::size_t batch = 512;
  const respondents& rows_;
  std::vector<Real> y_, w_;
  std::vector<std::int32_t> domain_, scratch_;
};

}  // namespace baro::detail
