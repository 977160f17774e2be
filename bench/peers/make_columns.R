#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Writes a folder of columns as README.md describes.
#   Rscript bench/peers/make_columns.R FOLDER ROWS
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
n <- as.integer(as.numeric(arguments[2]))
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
set.seed(20)
stratum <- sample.int(20L, n, replace = TRUE)
psu <- sample.int(50L, n, replace = TRUE)
effect <- rnorm(1000, 0, 2)[(stratum - 1L) * 50L + psu]
y <- 50 + effect + rnorm(n, 0, 10)
columns <- list(weight = exp(rnorm(n, 3, 0.5)), stratum = stratum, psu = psu, y = y,
                x = 20 + 0.5 * abs(y) + rexp(n), q = 1L + rbinom(n, 4L, plogis(effect / 8)),
                domain = sample.int(25L, n, replace = TRUE))
for (name in names(columns)) {
  type <- if (is.integer(columns[[name]])) "i32" else "f64"
  out <- file(file.path(folder, paste0(name, ".", type)), "wb")
  writeBin(columns[[name]], out, endian = "little")
  close(out)
}
types <- ifelse(vapply(columns, is.integer, NA), "i32", "f64")
write.csv(data.frame(name = names(columns), type = types, rows = n), file.path(folder, "manifest.csv"),
          row.names = FALSE, quote = FALSE)
