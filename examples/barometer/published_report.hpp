// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/base_for_margin.hpp>
#include <baro/interval/published_claim.hpp>
#include <baro/interval/published_interval.hpp>
#include <baro/interval/published_needed.hpp>

#include "interval_choice.hpp"
#include "published_figures.hpp"
#include "records.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace barometer {

/// What `published` says of one figure.
struct published_result {
  published_row row{};
  baro::confidence_interval<double> limits{};
  baro::published_status status = baro::published_status::ok;
  std::optional<baro::claim_test<double>> test{};  ///< when the figure makes a claim
  baro::needed_base base{};
  baro::needed_share share{};
};

std::vector<published_result> judge_published(const std::vector<published_row>& rows,
                                              baro::confidence_level level,
                                              const interval_choice& interval);

/// The columns of the contract; shares and limits as proportions.
records as_records(const std::vector<published_result>& results);

/// The same for people: the figures with their intervals, then the claims.
std::string as_text(const std::vector<published_result>& results, const std::string& data,
                    baro::confidence_level level);

/// The figure's own status when it has one, otherwise what its interval met.
std::string_view status_word(baro::published_status figure, baro::status limits);
inline constexpr std::string_view undefined_note =
    "undefined: the method named says nothing about a share of 0 or 100 %, which the print "
    "leaves possible.";

/// A share as people read it: what was printed, in percent; else the claim.
std::string printed_text(const published_row& row);

/// `0.0308`, `< 0.0001`; a range as `0.0308 to 0.0466`.
std::string p_text(double p);
std::string p_text(const baro::p_range<double>& p);

/// `95 %`
std::string level_text(baro::confidence_level level);

}  // namespace barometer
