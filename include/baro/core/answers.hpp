// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/core/missing.hpp>
#include <baro/core/number_view.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// The numeric answers to one question, one per respondent, seen without a copy. A NaN is a
/// missing answer; so is a code listed in `missing_codes` and a row whose reason is not
/// `missing_reason::answered`. The host's column must outlive the view.
class answers {
 public:
  /// @param column n × 1, any arithmetic type
  template <number_column C>
  answers(const C& column, missing_codes codes = {})
      : values_(column), codes_(std::move(codes).list()) {}

  template <owning_column C>
  answers(const C&&, const missing_codes& = {}) = delete;
  template <owning_column C>
  answers(const C&&, std::span<const missing_reason>) = delete;

  /// @param reasons n × 1, why a row has no answer
  /// @throws size_error when the two columns differ in length
  template <number_column C>
  answers(const C& column, std::span<const missing_reason> reasons)
      : values_(column), reasons_(reasons) {
    detail::check_size("answers", "reasons", reasons.size(), values_.size());
  }

  /// The same answers under a name, for labels and messages.
  answers named(std::string name) && {
    name_ = std::move(name);
    return std::move(*this);
  }
  answers named(std::string name) const& { return answers(*this).named(std::move(name)); }

  /// The same answers, to be summed about a centre the caller chooses instead of the mean of
  /// the first ones: states made on several machines can only be merged when they share it.
  answers about(double center) && {
    center_ = center;
    return std::move(*this);
  }
  answers about(double center) const& { return answers(*this).about(center); }
  const std::optional<double>& center() const noexcept { return center_; }

  const std::string& name() const noexcept { return name_; }
  std::size_t size() const noexcept { return values_.size(); }

  /// `count` answers from `first` on, missing ones as NaN: the host's memory when it can be
  /// used as it is, otherwise `buffer`.
  template <class Real>
  const Real* read(std::size_t first, std::size_t count, Real* buffer) const {
    const Real* values = values_.read(first, count, buffer);
    if (codes_.empty() && reasons_.empty()) return values;
    for (std::size_t i = 0; i < count; ++i)
      buffer[i] =
          is_missing(values[i], first + i) ? std::numeric_limits<Real>::quiet_NaN() : values[i];
    return buffer;
  }

  /// Why row `i` has no answer, or `answered`.
  missing_reason reason(std::size_t i) const {
    const double value = values_[i];
    if (!reasons_.empty() && reasons_[i] != missing_reason::answered) return reasons_[i];
    for (const auto& [code, why] : codes_)
      if (value == code) return why;
    return std::isnan(value) ? missing_reason::no_answer : missing_reason::answered;
  }

  /// How many rows have an answer, and how many have none for each reason.
  missing_counts count_missing() const {
    missing_counts counts;
    for (std::size_t i = 0; i < size(); ++i) counts.add(reason(i));
    return counts;
  }

 private:
  template <class Real>
  bool is_missing(const Real& value, std::size_t row) const {
    if (!reasons_.empty() && reasons_[row] != missing_reason::answered) return true;
    for (const auto& [code, why] : codes_)
      if (value == static_cast<Real>(code)) return true;
    return false;
  }

  number_view values_;
  std::vector<std::pair<double, missing_reason>> codes_;
  std::span<const missing_reason> reasons_;
  std::string name_;
  std::optional<double> center_;
};

}  // namespace baro
