#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# 100 random designs with random margins through `barometer weight` and `barometer estimate
# --margins`, and through `calibrate` and `postStratify` of R's survey package: weights, estimates,
# standard errors, covariances, degrees of freedom, design effects. Prints the worst difference of
# each quantity; exit 1 when one is above its tolerance.
#   Rscript random_weights.R BAROMETER [--designs 100] [--from 1] [--only 17] [--keep FOLDER]
#     [--cores 2]
if (!requireNamespace("MASS", quietly = TRUE)) {
  cat("skipped: R has no package MASS, which calibrate() needs (Debian: r-cran-mass)\n")
  quit(status = 77)
}
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
for (part in c("designs.R", "margins.R", "expected.R", "compare.R", "processes.R"))
  source(file.path(here, part), encoding = "UTF-8")
kinds <- calibrated_kinds
tolerance <- c(weight = 1e-9, margin = 1e-9, estimate = 1e-9, standard_error = 1e-7,
               covariance = 1e-7, deff = 1e-7, df = 0, n = 0, effective_n = 1e-9)

# The weights that `barometer weight` writes beside the data, and what it says of the margins.
check_weights <- function(design, r, file, options) {
  out <- sub(".csv", "_weighted.csv", file, fixed = TRUE)
  got <- run_program(program, file, c(design_options(design), options, "--out", out), design,
                     "weight")
  if (is.null(got)) return()
  table <- function(path) read.csv(path, colClasses = "character", check.names = FALSE)
  data <- table(file)
  written <- table(out)
  if (!identical(written[names(data)], data) || ncol(written) != ncol(data) + 1)
    complain(design, "the columns of the data changed")
  w <- as.numeric(written$calibrated_weight)
  hold("weight", design, paste("row", seq_along(w)), w, 1 / as.numeric(r$prob))
  at <- match(paste(design$targets$variable, design$targets$level),
              paste(got$variable, got$level))
  x <- margin_columns(design)
  what <- paste(design$targets$variable, design$targets$level)
  for (column in c("target", "after"))
    hold("margin", design, paste(column, what), numeric_column(got[[column]])[at],
         design$targets$target)
  hold("margin", design, paste("before", what), numeric_column(got$before)[at],
       colSums(x * design$data$weight))
}

check_design <- function(i) {
  start_comparing()
  design <- make_calibrated_design(i)
  design$kind <- paste(design$kind, design$method)
  file <- file.path(folder, sprintf("weights_%03d.csv", i))
  margins <- sub(".csv", "_margins.csv", file, fixed = TRUE)
  write_design(design, file)
  write_margins(design, margins)
  options <- calibration_options(design, margins)
  r <- calibrated_survey(design, survey_design(design))
  check_weights(design, r, file, options)
  if (any(r$prob < 0)) {  # of the linear method: `estimate` has no use for them
    result <- suppressWarnings(system2(program, shQuote(c("estimate", file, design_options(design),
      options, "--mean", "y")), stdout = FALSE, stderr = TRUE))
    if (!any(grepl("negative", result))) complain(design, "negative weights are not refused")
    return(list(worst = worst, complaints = complaints))
  }
  run <- function(...) run_program(program, file, c(design_options(design), options, ...), design)
  check_estimates(design, r, run, where = "", by = "", limits = FALSE)
  if (design$where != "" || design$by != "")
    check_estimates(design, r, run, design$where, design$by, limits = FALSE)
  list(worst = worst, complaints = complaints)
}

judge(check_design, 100)
