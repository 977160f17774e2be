// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/weights/calibration_options.hpp>

#include <cmath>

/// How other programs make weights, to reproduce last year's before they are improved:
///
///   rake(base, margins, convention::r_rake())
///   calibrate(base, margins, logit_distance({.low = .5, .high = 2}), convention::calmar())
///
/// The rules to stop differ, and with them the last digits (or, with `r_rake` and `rim`, more).
/// Weights that stop by such a rule count as made: `margins()` says how near they are.
namespace baro::convention {

/// R survey 4.1 `rake(control = list(maxit, epsilon))`: fitted until no cell of the table of
/// all margins changes by `epsilon` (below 1: a share of the total), and its standard errors.
/// For `rake`.
inline calibration_options r_rake(double epsilon = 1, int maxit = 10) {
  return {.tolerance = epsilon,
          .max_iterations = maxit,
          .stop = stopping_rule::cell_change,
          .residuals = residual_rule::r_rake};
}

/// R survey 4.1 `calibrate(epsilon, maxit)`: the largest |gap| / (1 + |target|). Where all
/// targets are more than 20 times what the weights give, R first multiplies the weights (bounds
/// are then of that): multiply the base weights to have the same.
inline calibration_options r_calibrate(double epsilon = 1e-7, int maxit = 50) {
  return {.tolerance = epsilon,
          .max_iterations = maxit,
          .stop = stopping_rule::gap_over_one_plus_target};
}

/// CALMAR (INSEE; Sautory 1993) with SEUIL and MAXITER: no ratio of weights F changes by more
/// than `seuil` from an iteration to the next, compared with five decimals as CALMAR does. Its
/// methods 1 to 4 are `linear_distance`, `raking_distance`, `logit_distance` and
/// `truncated_distance` with LO and UP.
inline calibration_options calmar(double seuil = 1e-4, int maxiter = 15) {
  return {.tolerance = seuil + 5e-6,
          .max_iterations = maxiter,
          .stop = stopping_rule::factor_change};
}

/// icarus 0.3 `calibration(calibTolerance, maxIter)`: the largest gap relative to its target,
/// and not a digit more. Its "logit" takes other steps than Newton's to the same weights: they
/// agree within the tolerance.
inline calibration_options icarus(double tolerance = 1e-6, int max_iter = 2500) {
  return {.tolerance = tolerance, .max_iterations = max_iter, .stop = stopping_rule::first_gap};
}

/// Rim weighting as tabulation programs do it, a cap inside the loop: after each sweep weights
/// above `cap` times the mean are cut and all of them brought back to the mean, until none is
/// above; sweeps end when Σ |change of weights| falls by less than `convcrit` of it (the rule
/// of the ANES, DeBell and Krosnick 2009, whose caps are 5). For `rake`.
/// @throws value_error unless cap > 1
inline calibration_options rim(double cap = 5, double convcrit = 0.01, int maxit = 1000) {
  if (!(cap > 1 && std::isfinite(cap)))
    detail::refuse("rim", "cap", cap, "must be above 1 and finite");
  return {.tolerance = convcrit,
          .max_iterations = maxit,
          .stop = stopping_rule::slowing,
          .cap = cap};
}

}  // namespace baro::convention
