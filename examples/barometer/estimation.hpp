// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>
#include <baro/estimate/estimate.hpp>

#include "domains.hpp"
#include "question.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace barometer {

/// One figure of a result: which question, which domain, and what was found.
struct result_figure {
  std::size_t question = 0;
  std::size_t domain = 0;
  baro::entry<double> entry{};
  baro::figure<double> figure{};
};

/// Figures in the order of the questions, then levels, then domains.
struct estimation {
  std::vector<result_figure> figures{};
  Eigen::MatrixXd covariance{};  ///< joint, same order; only where it was asked for
};

/// @param joint with the covariance between all figures; otherwise many domains are taken a few
/// at
///              a time, so that memory does not grow with their square
estimation estimate_all(const baro::design& design, const std::vector<question>& questions,
                        const domains& cut, bool joint);

}  // namespace barometer
