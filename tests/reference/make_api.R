#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Writes apistrat.csv, apiclus1.csv, apiclus2.csv and mu284.csv beside this script: the data sets of
# R's survey package (Debian: r-cran-survey), the columns the tests use, rows in their order there;
# and untied.csv, 60 made-up answers without ties.
#   Rscript tests/reference/make_api.R
suppressPackageStartupMessages(library(survey))
data(api)
data(mu284)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write_table <- function(table, name) {
  for (column in names(table)) {
    x <- as.vector(table[[column]])
    if (is.factor(table[[column]])) x <- as.character(table[[column]])
    table[[column]] <- if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else x
  }
  out <- file(file.path(here, name), "wb")
  write.table(table, out, sep = ",", quote = FALSE, row.names = FALSE, na = "", eol = "\n")
  close(out)
}
school <- c("snum", "dnum", "stype", "api00", "api99", "enroll", "api.stu", "sch.wide", "comp.imp",
            "both", "awards", "yr.rnd", "meals", "ell", "acs.46", "pw")
write_table(apistrat[c(school, "fpc")], "apistrat.csv")
write_table(apiclus1[c(school, "fpc")], "apiclus1.csv")
write_table(apiclus2[c(school, "fpc1", "fpc2")], "apiclus2.csv")
write_table(mu284[c("id1", "n1", "id2", "n2", "y1")], "mu284.csv")

set.seed(20)
untied <- data.frame(stratum = rep(c("b", "a", "c"), c(24, 16, 20)), psu = rep(1:15, each = 4))
untied$w <- round(exp(rnorm(60, 3, 1)), 3)
untied$y <- round(exp(rnorm(60, 6, 0.8)), 3)
stopifnot(!anyDuplicated(untied$y))
write_table(untied, "untied.csv")
