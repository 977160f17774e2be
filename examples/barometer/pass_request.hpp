// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/estimate/statistic_request.hpp>

#include "question.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace barometer {

/// A run of levels of one question (one "level" for a figure that has none).
struct item {
  std::size_t question, first_level, levels;
};

/// What a pass asks the library, with the columns its requests are views of.
class pass_request {
 public:
  /// The figures of an item, in the order of its levels. The question must outlive the pass.
  void add(const question& q, const item& i);
  /// The share of answers at or below a quantile: 1 for a row at or below it, 0 above, −1
  /// missing.
  void add_sides(std::vector<std::int32_t> sides);

  const std::vector<baro::request<double>>& requests() const noexcept { return requests_; }

 private:
  void add_share(const question& q, const item& i);
  void add_balance(const question& q);

  std::deque<std::vector<std::int32_t>> columns_;
  std::vector<baro::request<double>> requests_;
};

}  // namespace barometer
