#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# 200 random designs through the program `barometer` and through R's survey package: estimates,
# standard errors, covariances, degrees of freedom, bases, design effects, intervals of shares and
# quantiles. Prints the worst difference of each quantity; exit 1 when one is above its tolerance.
#   Rscript random_designs.R BAROMETER [--designs 200] [--from 1] [--only 17] [--keep FOLDER]
#     [--cores 2]
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
for (part in c("designs.R", "expected.R", "compare.R", "processes.R"))
  source(file.path(here, part), encoding = "UTF-8")

check_design <- function(i) {
  start_comparing()
  design <- make_design(i)
  file <- file.path(folder, sprintf("design_%03d.csv", i))
  write_design(design, file)
  r <- survey_design(design)
  run <- function(...) run_program(program, file, c(design_options(design), ...), design)
  check_estimates(design, r, run, where = "", by = "")
  if (design$where != "" || design$by != "")
    check_estimates(design, r, run, design$where, design$by)
  check_intervals(design, r, run)
  check_quantiles(design, r, run)
  list(worst = worst, complaints = complaints)
}

judge(check_design, 200)
