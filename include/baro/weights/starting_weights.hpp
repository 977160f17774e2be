// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/number_view.hpp>
#include <baro/weights/detail/calibration_record.hpp>

#include <cstddef>
#include <memory>
#include <utility>

namespace baro {

class calibration;

/// The weights a step begins with: a column of the host (inverse probabilities of selection, as
/// a rule), seen in place, or the weights that an earlier step made, whose chain goes on.
class starting_weights {
 public:
  /// @param column n × 1, each finite and > 0
  template <number_column C>
  starting_weights(const C& column) : view_(column) {}
  template <owning_column C>
  starting_weights(const C&&) = delete;
  /// @throws value_error weights that were not reached (status other than ok)
  starting_weights(const calibration& earlier);

  std::size_t size() const noexcept { return view_.size(); }
  const number_view& view() const noexcept { return view_; }
  const std::shared_ptr<const detail::calibration_record>& record() const noexcept {
    return record_;
  }

 private:
  number_view view_;
  std::shared_ptr<const detail::calibration_record> record_;
};

}  // namespace baro
