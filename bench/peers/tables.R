#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Times a table with every pair of columns tested in R's survey package, on a folder of columns
# (README.md): shares of q by d with their joint covariance, then each difference of two columns
# in each level by svycontrast.
#   Rscript bench/peers/tables.R FOLDER PAIRS     PAIRS: how many contrasts are timed
# Prints seconds of the table, seconds of one contrast, and difference and standard error of the
# first level between the first two columns.
suppressPackageStartupMessages(library(survey))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "columns.R"), encoding = "UTF-8")
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
pairs <- as.integer(arguments[2])
columns <- read_columns(folder)
columns$q <- factor(columns$q)
columns$d <- factor(columns$d)
design <- svydesign(~1, weights = ~weight, data = columns)
table_seconds <- system.time(
  table <- svyby(~q, ~d, design, svymean, covmat = TRUE))[["elapsed"]]
names <- names(coef(table))
level <- function(column, k) which(names == paste0(column, ":q", k))
contrast <- function(a, b, k) {
  weights <- numeric(length(names))
  weights[level(a, k)] <- 1
  weights[level(b, k)] <- -1
  svycontrast(table, list(difference = weights))
}
all <- combn(levels(columns$d), 2)
seconds <- system.time(for (i in seq_len(pairs)) {
  at <- (i - 1) %% ncol(all) + 1
  contrast(all[1, at], all[2, at], 1)
})[["elapsed"]] / pairs
first <- contrast("1", "2", 1)
cat("table,contrast,difference,standard_error\n")
cat(sprintf("%.17g,%.17g,%.17g,%.17g\n", table_seconds, seconds, coef(first), SE(first)))
