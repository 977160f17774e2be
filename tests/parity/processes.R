# SPDX-License-Identifier: BSL-1.0
# What the harnesses have in common: R's survey package, without which they are skipped, their
# arguments, and designs judged in several processes.
if (!suppressWarnings(suppressPackageStartupMessages(require(survey)))) {
  cat("skipped: R has no package survey (Debian: r-cran-survey)\n")
  quit(status = 77)
}
invisible(Sys.setlocale("LC_ALL", "C.UTF-8"))

arguments <- commandArgs(trailingOnly = TRUE)
option <- function(name, default) {
  at <- match(name, arguments)
  if (is.na(at)) default else arguments[at + 1]
}
program <- arguments[1]
folder <- option("--keep", tempfile("designs"))
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

# Checks the designs that the arguments name, `count` of them when they name none, and ends R.
judge <- function(check_design, count) {
  only <- as.integer(option("--only", 0))
  numbers <- if (only > 0) only else
    as.integer(option("--from", 1)) - 1L + seq_len(as.integer(option("--designs", count)))
  cores <- as.integer(option("--cores", max(1, parallel::detectCores(), na.rm = TRUE)))
  said_why <- function(i) tryCatch(check_design(i), error = function(e)
    paste("design", i, conditionMessage(e), deparse(conditionCall(e))[1]))
  # A process each, not one for every design: copying R's memory again and again took half the time.
  gather(parallel::mclapply(numbers, said_why, mc.cores = cores, mc.preschedule = TRUE))
  quit(status = report(length(numbers)))
}
