#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Times R's survey package on a folder of columns; README.md says what goes in and what comes out.
#   Rscript bench/peers/survey.R FOLDER [--repeats 3] [--tasks design,mean,share,domains,ratio,median]
suppressPackageStartupMessages(library(survey))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "columns.R"), encoding = "UTF-8")
arguments <- commandArgs(trailingOnly = TRUE)
option <- function(name, default) {
  at <- match(name, arguments)
  if (is.na(at)) default else arguments[at + 1]
}
folder <- arguments[1]
repeats <- as.integer(option("--repeats", 3))
tasks <- strsplit(option("--tasks", "design,mean,share,domains,ratio,median"), ",")[[1]]

columns <- read_columns(folder, c("weight", "stratum", "psu", "y", "x", "q", "domain"))
columns$q <- factor(columns$q)
n <- nrow(columns)

make <- function() svydesign(~psu, strata = ~stratum, weights = ~weight, data = columns, nest = TRUE)
design <- make()
work <- list(
  design = make,
  mean = function() svymean(~y, design),
  share = function() svymean(~q, design),
  domains = function() svyby(~y, ~domain, design, svymean, covmat = TRUE),
  ratio = function() svyratio(~y, ~x, design),
  median = function() svyquantile(~y, design, 0.5, qrule = "math"))

number <- function(x) if (is.na(x)) "" else sprintf("%.17g", x)
cat("task,n,seconds,entries,value,standard_error,covariance\n")
for (task in tasks) {
  seconds <- numeric(repeats)
  for (i in seq_len(repeats)) {
    invisible(gc())
    seconds[i] <- system.time(result <- work[[task]]())[["elapsed"]]
  }
  value <- standard_error <- covariance <- NA
  entries <- 0
  if (task != "design") {
    entries <- length(coef(result))
    value <- coef(result)[1]
    standard_error <- SE(result)[1]
    if (entries > 1) covariance <- vcov(result)[1, 2]
  }
  cat(paste(task, format(n, scientific = FALSE), number(median(seconds)), entries, number(value),
            number(standard_error), number(covariance), sep = ","), "\n", sep = "")
}
