#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# 100 random designs through `barometer compare`, and through `svyttest` and `svychisq` of R's
# survey package: differences of means and shares of two groups with their t tests and by
# `svyby` with `svycontrast`, rank tests (`svyranktest`), and all the tests of a table. Prints the worst difference of each quantity; exit 1 when one is above its
# tolerance.
#   Rscript random_tests.R BAROMETER [--designs 100] [--from 1] [--only 17] [--keep FOLDER]
#     [--cores 2]
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
for (part in c("designs.R", "expected.R", "compare.R", "processes.R"))
  source(file.path(here, part), encoding = "UTF-8")
kinds <- grep("single", kinds, invert = TRUE, value = TRUE)
tolerance <- c(contrast = 1e-7, contrast_error = 1e-7, difference = 1e-7, standard_error = 1e-7, df = 0, t_p_value = 1e-7,
               rank_difference = 1e-7, rank_t = 1e-7, rank_df = 0, rank_p_value = 1e-7,
               statistic = 1e-7, df1 = 1e-7, df2 = 1e-7, p_value = 1e-7)

check_groups <- function(design, r, run, y, by, a, b) {
  got <- run("--between", sprintf("%s=%s,%s", by, a, b),
             if (y == "y") c("--mean", "y") else c("--share", "b=1", "--test", "design_t"))
  if (is.null(got)) return()
  inside <- r$variables[[by]] %in% c(a, b) & !is.na(r$variables[[y]]) & 1 / r$prob > 0
  inside[is.na(inside)] <- FALSE
  r$variables$first <- as.numeric(r$variables[[by]] == a)
  # What R computes about 0 it computes about the mean: an answer near 1e6 costs it digits.
  r$variables$answer <- r$variables[[y]] - mean(r$variables[[y]][inside])
  if (length(unique(r$variables$first[inside])) < 2) return()
  test <- tryCatch(svyttest(answer ~ first, subset(r, inside)), error = function(e) NULL)
  if (is.null(test) || !is.finite(test$p.value)) return()
  if (got$status != "ok") {
    # R divides what is left of a standard error of 0.
    if (abs(test$statistic) < 1e8 && test$parameter > 0)
      complain(design, y, " by ", by, ": ", got$status, ", R t ", test$statistic)
    return()
  }
  error <- abs(test$estimate / test$statistic)
  value <- function(column) numeric_column(got[[column]])
  what <- paste(y, by, a, b)
  hold("difference", design, what, value("difference"), test$estimate, scale = error)
  hold("standard_error", design, what, value("standard_error"), error)
  hold("df", design, what, value("df"), test$parameter)
  near("t_p_value", design, what, value("p_value"), test$p.value)
  # The same by the domains' joint covariance.
  both <- svyby(~answer, ~first, subset(r, inside), svymean, covmat = TRUE)
  contrast <- svycontrast(both, c(-1, 1))
  hold("contrast", design, what, value("difference"), coef(contrast)[[1]], scale = error)
  hold("contrast_error", design, what, value("standard_error"), SE(contrast)[[1]])
}

# The ranks of R depend on the order of rows with equal answers: ours are compared where there
# are none.
check_ranks <- function(design, r, run, by, a, b) {
  inside <- r$variables[[by]] %in% c(a, b) & !is.na(r$variables$y) & 1 / r$prob > 0
  inside[is.na(inside)] <- FALSE
  y <- r$variables$y[inside]
  groups <- unique(r$variables[[by]][inside])
  if (length(groups) < 2 || anyDuplicated(y)) return()
  r$variables$first <- as.numeric(r$variables[[by]] == a)
  # A rank of one half is not above it; in R its rounding decides.
  w <- 1 / r$prob[inside][order(y)]
  at_half <- any(abs((cumsum(w) - w / 2) / sum(w) - 0.5) < 1e-9)
  for (name in c("wilcoxon", "vanderWaerden", if (!at_half) "median")) {
    got <- run("--between", sprintf("%s=%s,%s", by, a, b), "--mean", "y", "--test",
               c(wilcoxon = "wilcoxon", vanderWaerden = "van_der_waerden", median = "median")[[name]])
    if (is.null(got) || got$status != "ok") next
    test <- tryCatch(svyranktest(y ~ first, subset(r, inside), test = name),
                     error = function(e) NULL)
    if (is.null(test) || !is.finite(test$p.value)) next
    value <- function(column) numeric_column(got[[column]])
    what <- paste(name, by, a, b)
    hold("rank_difference", design, what, value("difference"), unname(test$estimate),
         scale = 1)
    hold("rank_t", design, what, value("statistic_value"), unname(test$statistic), scale = 1)
    hold("rank_df", design, what, value("df"), unname(test$parameter))
    near("rank_p_value", design, what, value("p_value"), unname(test$p.value))
  }
}

check_table <- function(design, r, run, rows, columns) {
  inside <- !is.na(r$variables[[rows]]) & !is.na(r$variables[[columns]]) & 1 / r$prob > 0
  part <- subset(r, inside)
  for (column in c(rows, columns)) {
    part$variables[[column]] <- factor(part$variables[[column]])
    if (nlevels(part$variables[[column]]) < 2) return()
  }
  formula <- as.formula(paste0("~", rows, "+", columns))
  for (name in c("rao_scott", "rao_scott_first_order", "wald", "adjusted_wald")) {
    got <- run("--table", paste(rows, columns, sep = ","), "--test", name)
    if (is.null(got)) next
    kind <- c(rao_scott = "F", rao_scott_first_order = "Chisq", wald = "Wald",
              adjusted_wald = "adjWald")[[name]]
    test <- tryCatch(svychisq(formula, part, statistic = kind), error = function(e) NULL)
    if (is.null(test) || !is.finite(test$p.value) || got$status != "ok") next
    value <- function(column) numeric_column(got[[column]])
    what <- paste(name, rows, columns)
    if (kind != "Chisq") {
      hold("statistic", design, what, value("statistic_value"), unname(test$statistic))
      hold("df1", design, what, value("df1"), unname(test$parameter[1]))
      hold("df2", design, what, value("df2"), unname(test$parameter[2]))
    }
    near("p_value", design, what, value("p_value"), unname(test$p.value))
  }
}

check_design <- function(i) {
  start_comparing()
  design <- make_design(i, kinds[(i - 1) %% length(kinds) + 1])
  file <- file.path(folder, sprintf("tests_%03d.csv", i))
  write_design(design, file)
  r <- survey_design(design)
  run <- function(...) run_program(program, file, c(design_options(design), ...), design, "compare")
  for (y in c("y", "b")) {
    check_groups(design, r, run, y, "d", "north", "east")
    check_groups(design, r, run, y, "e", "1", "2")
  }
  check_ranks(design, r, run, "d", "north", "east")
  check_ranks(design, r, run, "e", "1", "2")
  check_table(design, r, run, "q", "e")
  check_table(design, r, run, "b", "d")
  list(worst = worst, complaints = complaints)
}

judge(check_design, 100)
