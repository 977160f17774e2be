// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/published_comparison.hpp>

#include "interval_choice.hpp"
#include "published_figures.hpp"
#include "records.hpp"

#include <string>
#include <vector>

namespace barometer {

/// Two figures that answer the same question, in two populations of one wave or in two waves of
/// one population.
struct published_pair {
  published_row a{}, b{};
  baro::published_comparison<double> found{};
};

/// Every such pair, the rows of the first figure in their order, then those of the second.
std::vector<published_pair> compare_published(const std::vector<published_row>& rows,
                                              baro::confidence_level level,
                                              const interval_choice& interval);

/// The columns of `compare`, then verdict and the range of p-values.
records as_records(const std::vector<published_pair>& pairs);

std::string as_text(const std::vector<published_pair>& pairs, const std::string& data,
                    baro::confidence_level level);

}  // namespace barometer
