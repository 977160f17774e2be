// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>
#include <baro/io/csv_table.hpp>
#include <baro/weights/calibration.hpp>

#include "design_options.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace barometer {

/// A file with the design its columns describe. The columns of the design are read and checked
/// here, once; what is wrong with them is refused with its line.
class sample {
 public:
  /// @throws baro::file_error  a weight, stratum, unit or size that is missing or breaks its
  /// rule
  sample(const baro::csv_table& table, const design_request& request);
  sample(const sample&) = delete;
  sample& operator=(const sample&) = delete;

  const baro::csv_table& table() const noexcept { return table_; }
  /// Not there where only weights were asked for and some of them are negative.
  const baro::design& design() const noexcept { return *design_; }
  /// What made the weights; nothing where no margins were given.
  const std::optional<baro::calibration>& calibration() const noexcept { return calibration_; }

 private:
  struct stage_columns {
    std::vector<std::string_view> stratum{};
    std::vector<std::string_view> psu{};
    std::vector<double> population{};
    std::vector<double> fraction{};
  };

  void read_weights(std::string_view name);
  void calibrate(const design_request& request);
  std::vector<double> required_numbers(std::string_view name) const;
  std::vector<std::string_view> required_labels(std::string_view name) const;
  baro::design make_design(const design_request& request) const;

  const baro::csv_table& table_;
  std::vector<double> weights_;
  std::optional<baro::calibration> calibration_;
  std::vector<stage_columns> stages_;
  std::unique_ptr<const baro::design> design_;
};

}  // namespace barometer
