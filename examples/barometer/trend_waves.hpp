// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/hypothesis/adjust.hpp>
#include <baro/hypothesis/test_result.hpp>
#include <baro/interval/confidence_interval.hpp>
#include <baro/io/csv_table.hpp>
#include <baro/trend/change.hpp>
#include <baro/trend/contrast.hpp>
#include <baro/trend/link_rule.hpp>
#include <baro/trend/wave_series.hpp>

#include "design_options.hpp"
#include "domains.hpp"
#include "interval_choice.hpp"
#include "question.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace barometer {

/// The waves of a file: which rows, under which design, and who is the same in several.
class waves_of_file {
 public:
  /// @param wave  the column that tells the wave, never missing
  /// @param id    the column of the respondent's identifier, or empty
  /// @throws refusal           fewer than two waves
  /// @throws baro::file_error  a wave or an identifier that is missing, the same identifier
  ///                           twice in one wave
  waves_of_file(const baro::csv_table& table, const std::string& wave, const std::string& id,
                const design_request& design);

  const std::vector<std::string>& names() const noexcept { return names_; }
  const std::vector<double>& times() const noexcept { return times_; }
  /// The rows of each wave.
  const std::vector<std::vector<std::size_t>>& rows() const noexcept { return rows_; }
  /// A label of each row that is the same in every wave; empty where nothing links them.
  const std::vector<std::string>& link() const noexcept { return link_; }
  /// Is it the sampling unit that is met again, and not the respondent?
  bool links_units() const noexcept { return links_units_; }
  /// How many there are over all waves, and how many of them are in several.
  std::size_t linked() const noexcept { return linked_; }
  std::size_t met_again() const noexcept { return met_again_; }
  /// Are the names of the waves numbers, so that slopes have a unit?
  bool are_numbers() const noexcept { return are_numbers_; }
  /// The number of the wave of that name.
  /// @throws baro::file_error  no row is of that wave
  std::size_t number_of(const std::string& name) const;

 private:
  void link_respondents(const std::string& id);
  void link_sampling_units(const design_request& design);
  void count_met_again();

  const baro::csv_table& table_;
  std::string column_;
  std::vector<std::string> names_;
  std::vector<double> times_;
  std::vector<std::vector<std::size_t>> rows_;
  std::vector<std::string> link_;
  bool links_units_ = false;
  bool are_numbers_ = true;
  std::size_t linked_ = 0, met_again_ = 0;
};

/// Everything said of one figure over the waves.
struct trend_figure {
  std::size_t question = 0;
  std::string level{};  ///< of a share
  std::size_t domain = 0;
  baro::wave_series<double> series{};
  std::vector<baro::confidence_interval<double>> intervals{};  ///< of each wave
  std::vector<baro::wave_change<double>> changes{};
  baro::wave_contrast<double> slope{};
  baro::test_result<double> equal{};
};

/// What is asked of the waves.
struct trend_request_of_waves {
  const baro::csv_table& table;
  const waves_of_file& waves;
  const design_request& design;
  const std::vector<question>& questions;
  const domains& cut;
  baro::link_rule link;
  std::optional<std::size_t> reference{};  ///< else each wave against the one before
  baro::adjustment adjust = baro::adjustment::none;
  baro::confidence_level level;
  const interval_choice& interval;
};

/// Every figure over the waves: of each question its levels, then the domains.
std::vector<trend_figure> follow_waves(const trend_request_of_waves& request);

}  // namespace barometer
