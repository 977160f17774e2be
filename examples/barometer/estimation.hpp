// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/confidence_level.hpp>
#include <baro/design/design.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/interval/confidence_interval.hpp>

#include "domains.hpp"
#include "interval_choice.hpp"
#include "question.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace barometer {

/// One figure of a result: which question, which domain, and what was found.
struct result_figure {
  std::size_t question = 0;
  std::size_t domain = 0;
  double value = 0;
  double standard_error = 0;
  baro::entry<double> entry{};
  baro::confidence_interval<double> interval{};
};

/// Figures in the order of the questions, then levels, then domains.
struct estimation {
  std::vector<result_figure> figures{};
  Eigen::MatrixXd covariance{};  ///< joint, same order; only where it was asked for
};

/// What is estimated, and how sure of it the reader wants to be.
struct estimation_request {
  const baro::design& design;
  const std::vector<question>& questions;
  const domains& cut;
  baro::confidence_level level;
  const interval_choice& interval;
};

/// Every figure with its interval. Many domains are taken a few at a time, so that memory does
/// not grow with their square.
estimation estimate_each(const estimation_request& request);

/// The same with the covariance between all figures. That of a quantile q comes from the share
/// F of answers at or below it, as Woodruff's interval does: Cov(q, t) = −(SE_q / SE_F) Cov(F,
/// t).
/// @throws refusal  more figures than a covariance matrix is made for
estimation estimate_jointly(const estimation_request& request);

}  // namespace barometer
