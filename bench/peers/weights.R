#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Times rake and calibrate of R's survey package on a folder of columns (README.md) with
# targets.csv (margin,level,target) beside them; margins m1, m2, … are columns of type i32.
#   Rscript bench/peers/weights.R FOLDER TASK…      TASK: rake raking linear mean
# Prints task,seconds,gap and leaves the weights of the task in FOLDER/TASK.f64.
suppressPackageStartupMessages(library(survey))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "columns.R"), encoding = "UTF-8")
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
tasks <- arguments[-1]
columns <- read_columns(folder)
targets <- read.csv(file.path(folder, "targets.csv"), stringsAsFactors = FALSE)
margins <- unique(targets$margin)
for (m in margins) columns[[m]] <- factor(columns[[m]])
design <- svydesign(~1, weights = ~weight, data = columns)
formulas <- lapply(margins, function(m) as.formula(paste0("~", m)))
population <- lapply(margins, function(m) {
  t <- targets[targets$margin == m, ]
  out <- data.frame(factor(t$level, levels = levels(columns[[m]])), Freq = t$target)
  names(out)[1] <- m
  out
})
# calibrate wants the intercept and all levels but the first
all <- as.formula(paste("~", paste(margins, collapse = " + ")))
totals <- c("(Intercept)" = sum(targets$target[targets$margin == margins[1]]))
for (m in margins) {
  t <- targets[targets$margin == m, ]
  totals <- c(totals, setNames(t$target[-1], paste0(m, t$level[-1])))
}
work <- list(
  rake = function() rake(design, formulas, population, list(maxit = 1000, epsilon = 1e-11)),
  raking = function() calibrate(design, all, totals, calfun = "raking", epsilon = 1e-10, maxit = 100),
  linear = function() calibrate(design, all, totals, calfun = "linear"),
  mean = function() svymean(~y, made))
gap <- function(d) {
  w <- weights(d)
  max(abs(mapply(function(m, l, t) sum(w[columns[[m]] == l]) / t - 1,
                 targets$margin, targets$level, targets$target)))
}
cat("task,seconds,gap,standard_error\n")
for (task in tasks) {
  invisible(gc())
  seconds <- system.time(result <- work[[task]]())[["elapsed"]]
  if (task == "mean") {
    cat(sprintf("mean,%.17g,,%.17g\n", seconds, SE(result)[1]))
    next
  }
  made <- result
  writeBin(as.vector(weights(result)), file.path(folder, paste0(task, ".f64")), endian = "little")
  cat(sprintf("%s,%.17g,%.3g,\n", task, seconds, gap(result)))
}
