#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Writes gss.csv beside this script from forcats::gss_cat (Debian: r-cran-forcats).
#   Rscript examples/data/make_gss.R
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
gss <- as.data.frame(forcats::gss_cat)
stopifnot(nrow(gss) == 21483, ncol(gss) == 9)

text <- vapply(gss, is.factor, NA)
gss[text] <- lapply(gss[text], as.character)
quoted <- which(vapply(gss, function(x) any(grepl("[\",;\n]", x)), NA))

out <- file(file.path(dirname(script), "gss.csv"), "wb")
writeLines(paste(names(gss), collapse = ","), out)
write.table(gss, out, sep = ",", quote = quoted, qmethod = "double", na = "NA",
            row.names = FALSE, col.names = FALSE, eol = "\n")
close(out)
cat("gss.csv:", nrow(gss), "rows, forcats", format(packageVersion("forcats")), "\n")
