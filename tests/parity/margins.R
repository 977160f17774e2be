# SPDX-License-Identifier: BSL-1.0
# Random margins for a design of designs.R, and the design of survey calibrated to them.
# make_calibrated_design(i) depends on i alone.

calibrated_kinds <- c("weights", "stratified", "clustered", "stratified_clustered",
                      "stratified_fpc", "stratified_clustered_fpc", "two_stage_fpc",
                      "two_stage_stratified_fpc")
methods <- c("poststratify", "linear", "raking", "logit", "truncated")

# A question everybody answers: 2 to 4 levels, not equally frequent, numbers or strings.
random_question <- function(n) {
  k <- sample(2:4, 1)
  codes <- sample(k, n, TRUE, prob = pick(1, 3)^-seq_len(k))
  codes[sample(n, k)] <- seq_len(k)
  if (chance(0.5)) sample(c(1, 2, 10, 33))[codes] else
    sample(c("w", "\u00e4 b", "m,f", "\"x\""))[codes]
}

# What survey, and the generator, hold the rows of a margin by: the label of a crossed level is
# that of its questions joined by a colon.
labels_of <- function(table, name) do.call(paste, c(unname(lapply(
  table[strsplit(name, ":", fixed = TRUE)[[1]]], as.character)), sep = ":"))

# Names of the margins: questions, crossed ones, the numeric column `s`.
choose_margins <- function(method) {
  questions <- sample(c("m1", "m2", "m3", "d", "e"))
  crossed <- paste(questions[1], questions[2], sep = ":")
  if (method == "poststratify") return(if (chance(0.5)) crossed else questions[1])
  if (chance(0.08)) return("s")
  out <- if (chance(0.4)) c(crossed, questions[2 + seq_len(sample(0:2, 1))],
                            if (chance(0.3)) questions[2])  # implied by the crossed one
         else questions[seq_len(sample(2:4, 1))]
  c(sample(out), if (chance(0.35)) "s")
}

make_calibrated_design <- function(i) {
  kind <- calibrated_kinds[(i - 1) %% length(calibrated_kinds) + 1]
  design <- make_design(i, kind, seed = 90000 + i)
  design$method <- methods[(i - 1) %% length(methods) + 1]
  table <- design$data
  n <- nrow(table)
  none <- table$weight == 0
  table$weight[none] <- mean(table$weight)
  for (m in c("m1", "m2", "m3")) table[[m]] <- random_question(n)
  table$s <- signif((abs(rnorm(n, 40, 12)) + 0.1) * pick(1, 1, 1e3), 9)
  design$margins <- choose_margins(design$method)
  bounded <- design$method %in% c("logit", "truncated")

  # Weights that attain the targets: factors of the levels, and some that nothing explains.
  factor <- exp(rnorm(n, 0, pick(0.02, 0.15, 0.3)))
  for (m in design$margins) factor <- factor * if (m == "s") exp(runif(1, -0.15, 0.15) *
      scale(table$s)[, 1]) else {
    label <- labels_of(table, m)
    exp(runif(length(unique(label)), -0.25, 0.25))[match(label, unique(label))]
  }
  tight <- design$method == "truncated"  # bounds that cut; so near, survey's logit may diverge
  ends <- if (tight) quantile(factor, pick(0.08, 0.2) * c(1, -1) + 0:1) else c(0.3, 3)
  factor <- pmin(pmax(factor, ends[1]), ends[2])
  design$unit <- pick("counts", "shares", "percentages", "mixed")
  w <- table$weight
  factor <- factor * sum(w) / sum(w * factor)
  if (design$unit == "counts" && !identical(design$margins, "s"))
    factor <- factor * if (bounded) pick(1, 0.95, 1.1) else pick(1, 0.8, 2, 40)
  slack <- if (tight) 0.003 else 0.03
  design$bounds <- if (bounded) signif(c(min((1 - slack) * min(factor), 0.95),
                                         max((1 + slack) * max(factor), 1.05)), 6)
  design$targets <- do.call(rbind, lapply(design$margins, function(m) {
    if (m == "s") return(data.frame(variable = m, level = "", target = sum(w * factor * table$s),
                                    told = sum(w * factor * table$s)))
    sums <- tapply(w * factor, labels_of(table, m), sum)
    sums <- sums[sample(length(sums))]
    unit <- if (design$unit == "mixed") pick("counts", "shares", "percentages") else design$unit
    whole <- switch(unit, counts = 1, shares = sum(w), percentages = sum(w) / 100)
    data.frame(variable = m, level = names(sums), target = as.numeric(sums),
               told = as.numeric(sums) / whole)
  }))
  design$data <- table
  design
}

write_margins <- function(design, path) {
  rows <- design$targets
  text <- function(x) paste0("\"", gsub("\"", "\"\"", x), "\"")
  told <- ifelse(rows$variable == "s", ",", paste0(",", text(rows$level)))
  out <- file(path, "wb", encoding = "UTF-8")
  writeLines(c("variable,level,target", paste0(rows$variable, told, ",", sprintf("%.17g",
                                                                              rows$told))), out)
  close(out)
}

calibration_options <- function(design, margins) c("--margins", margins, "--method", design$method,
  if (!is.null(design$bounds)) c("--bounds", paste(design$bounds, collapse = ",")))

# One column per target.
margin_columns <- function(design) vapply(seq_len(nrow(design$targets)), function(k) {
  target <- design$targets[k, ]
  if (target$variable == "s") design$data$s else
    as.numeric(labels_of(design$data, target$variable) == target$level)
}, numeric(nrow(design$data)))

# survey's `calibrate` cannot solve for targets that follow from others: it is given the rest.
calibrated_survey <- function(design, r) {
  if (design$method == "poststratify") {
    r$variables$.cell <- labels_of(design$data, design$margins)
    return(postStratify(r, ~.cell, data.frame(.cell = design$targets$level,
                                              Freq = design$targets$target)))
  }
  x <- margin_columns(design)
  decomposed <- qr(scale(x, FALSE) * sqrt(design$data$weight))
  kept <- sort(decomposed$pivot[seq_len(decomposed$rank)])
  names <- paste0(".x", kept)
  r$variables[names] <- x[, kept]
  population <- setNames(design$targets$target[kept], names)
  calibrate(r, reformulate(names, intercept = FALSE), population,
            calfun = if (design$method == "truncated") "linear" else design$method,
            bounds = if (is.null(design$bounds)) c(-Inf, Inf) else design$bounds,
            epsilon = 1e-12, maxit = 1000)
}
