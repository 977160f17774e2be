#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# 100 random barometers of 2 to 6 waves through `barometer trend`: the figures of a wave against R's
# survey package, the covariance of waves against the formulas of the three links, and what follows
# from it: changes, slopes, the test that all waves are equal. Prints the worst difference of each
# quantity; exit 1 when one is above its tolerance.
#   Rscript random_trends.R BAROMETER [--designs 100] [--from 1] [--only 17] [--keep FOLDER]
#     [--cores 2]
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
for (part in c("designs.R", "waves.R", "expected.R", "links.R", "compare.R", "processes.R"))
  source(file.path(here, part), encoding = "UTF-8")
kinds <- wave_kinds
tolerance <- c(estimate = 1e-8, standard_error = 1e-8, wave_df = 0, change = 1e-8,
               change_error = 1e-8, slope = 1e-8, slope_error = 1e-8, t = 1e-8, p_value = 1e-8,
               p_adjusted = 1e-8, limits = 1e-8, share_p_value = 1e-8, equal_df1 = 0,
               equal_F = 1e-8, equal_p_value = 1e-8, panel_df = 1e-8, satterthwaite = 1e-8,
               survey_estimate = 1e-8, survey_error = 1e-8, alone = 1e-8, alone_error = 1e-8,
               alone_df = 1e-8)
adjustments <- c(none = "none", bonferroni = "bonferroni", holm = "holm", hochberg = "hochberg",
                 hommel = "hommel", bh = "BH", by = "BY")

check_waves <- function(design, what, rows, e) {
  rows <- rows[rows$kind == "wave", ]
  at <- match(e$waves, numeric_column(rows$to))
  if (nrow(rows) != length(at) || anyNA(at))
    return(complain(design, what, ": waves ", paste(rows$to, collapse = " ")))
  rows <- rows[at, ]
  what <- paste(what, e$waves)
  blank <- rows$estimate == "" & rows$standard_error == "" & rows$status == "empty_domain"
  if (any(blank == e$alive)) complain(design, what[blank == e$alive][1], ": empty or not")
  k <- which(e$alive & !blank)
  told <- lapply(rows[k, ], numeric_column)
  hold("estimate", design, what[k], told$estimate, e$estimate[k],
       scale = pmax(abs(e$estimate), e$error)[k])
  hold("standard_error", design, what[k], told$standard_error, e$error[k],
       floor = ifelse(e$error > 1e-4 * e$noise, 0, e$noise)[k])
  if (e$interval == "normal") return()
  hold("wave_df", design, what[k], told$df, e$df[k])
}

# A change or a slope: cᵀy with its standard error, and the t test of it.
check_contrast <- function(design, what, row, e, contrast, quantity) {
  used <- contrast != 0
  expected <- sum(contrast * (e$estimate - mean(e$estimate[used])), na.rm = TRUE)
  V <- e$V[used, used]
  size <- sqrt(sum(contrast[used]^2 * diag(V)))  # of which what cancels leaves rounding
  noise <- sqrt(sum((contrast * e$noise)[used]^2))
  variance <- drop(contrast[used] %*% V %*% contrast[used])
  error <- sqrt(max(variance, 0))
  still <- error <= max(1e-6 * size, 1e-3 * noise)
  told <- lapply(row, numeric_column)
  floor <- if (still) max(1e-6 * size, noise) else 1e-14 * size^2 / error
  hold(quantity, design, what, told$estimate, expected, scale = max(abs(expected), error),
       floor = if (still) 1e-9 * max(abs(e$estimate[used])) else 0)
  # A wave of one respondent does not vary, which is not knowing it without error.
  if (any(e$df[used] == 0 & diag(V) <= 0)) {
    if (row$status != "no_degrees" || row$standard_error != "" || row$p_value != "")
      complain(design, what, ": ", row$status, " ", row$standard_error,
        ", with a wave of one respondent")
    return()
  }
  if (still && row$standard_error == "") return()
  if (variance < -1e-10 * size^2) {  # two waves at a time, berger_priam promises nothing of all
    if (!row$standard_error %in% c("", "0") || row$status == "ok")
      complain(design, what, ": variance ", variance, ", barometer ", row$standard_error, " ",
               row$status)
    return()
  }
  hold(paste0(quantity, "_error"), design, what, told$standard_error, error, floor = floor)
  tests <- unlist(row[c("low", "high", "statistic_value", "p_value")])
  if (row$status != "ok") {
    if (any(tests != "")) complain(design, what, ": ", row$status, " and yet a test")
    if (!still && all(e$df[used] > 0)) complain(design, what, ": ", row$status, ", R ", error,
      ", df of the waves ", paste(e$df[used], collapse = " "))
    return()
  }
  if (any(tests == "")) complain(design, what, ": ok, and no test")
  if (still) return()
  p <- 2 * pt(-abs(told$statistic_value), told$df)
  if (e$statistic == "share" && e$interval == "default" && quantity == "change") {
    if (!isTRUE(told$p_value >= 0 && told$p_value <= 1)) complain(design, what, ": p ", row$p_value)
    near("share_p_value", design, what, told$p_value, p)
    return()
  }
  hold("t", design, what, told$statistic_value, told$estimate / told$standard_error,
       scale = max(1, abs(told$statistic_value)))
  near("p_value", design, what, told$p_value, p)
  limits <- told$estimate + c(-1, 1) * suppressWarnings(qt(0.975, told$df)) * told$standard_error
  hold("limits", design, what, c(told$low, told$high), limits,
       scale = pmax(abs(limits), told$standard_error))
  if (quantity != "change" || e$interval == "normal") return()
  if (!is.na(e$panel_df) && e$statistic != "share")
    hold("panel_df", design, what, told$df, e$panel_df)
  if (e$link == "independent") {
    v <- diag(V)
    hold("satterthwaite", design, what, told$df, sum(v)^2 / sum(v^2 / e$df[used]))
  }
}

# Each wave against the last before it that has a figure, or against the reference.
check_changes <- function(design, what, rows, e, reference) {
  rows <- rows[rows$kind == "change", ]
  from <- match(numeric_column(rows$from), e$waves)
  to <- match(numeric_column(rows$to), e$waves)
  expected_to <- if (reference == "") seq_along(e$waves)[-1] else
    setdiff(seq_along(e$waves), match(as.numeric(reference), e$waves))
  if (!identical(to, expected_to)) return(complain(design, what, ": changes to ", rows$to))
  for (k in seq_along(to)) {
    what_k <- paste(what, rows$from[k], "to", rows$to[k])
    earlier <- which(e$alive & seq_along(e$waves) < to[k])
    before <- if (reference != "") match(as.numeric(reference), e$waves) else
      if (length(earlier) > 0) max(earlier) else from[k]
    if (from[k] != before) complain(design, what_k, ": not from ", e$waves[before])
    if (!e$alive[from[k]] || !e$alive[to[k]]) {
      if (rows$estimate[k] != "" || rows$standard_error[k] != "" || rows$status[k] == "ok")
        complain(design, what_k, ": a change from nothing")
      next
    }
    contrast <- (seq_along(e$waves) == to[k]) - (seq_along(e$waves) == from[k])
    check_contrast(design, what_k, rows[k, ], e, contrast, "change")
  }
}

check_slope <- function(design, what, row, e) {
  if (nrow(row) != 1) return(complain(design, what, ": ", nrow(row), " slopes"))
  if (sum(e$alive) < 2) {
    if (row$estimate != "" || row$status == "ok") complain(design, what, ": slope of one wave")
    return()
  }
  x <- e$waves - e$waves[1]
  x <- ifelse(e$alive, x - mean(x[e$alive]), 0)
  check_contrast(design, what, row, e, x / sum(x^2), "slope")
}

# W of all waves equal. Where the covariance of the changes is singular there is no such test.
check_equal <- function(design, what, row, e) {
  what <- paste("equality of", what)
  if (nrow(row) != 1) return(complain(design, what, ": ", nrow(row), " rows"))
  told <- lapply(row, numeric_column)
  figures <- unlist(row[c("df1", "df", "statistic_value", "p_value")])
  if (any((figures == "") == (row$status == "ok")))
    complain(design, what, ": ", row$status, " with ", sum(figures != ""), " figures of 4")
  k <- which(e$alive)
  q <- length(k) - 1
  if (q < 1) {
    if (row$status == "ok") complain(design, what, ": of one wave")
    return()
  }
  y <- diff(e$estimate[k])
  contrasts <- diff(diag(q + 1))
  D <- contrasts %*% e$V[k, k] %*% t(contrasts)
  scale <- sqrt(pmax(diag(D), 0))
  size <- sqrt(diag(e$V)[k][-1] + diag(e$V)[k][-(q + 1)])
  flat <- any(scale <= pmax(1e-5 * size, 1e-3 * sqrt(e$noise[k][-1]^2 + e$noise[k][-(q + 1)]^2)))
  least <- if (flat) 0 else min(eigen(D / outer(scale, scale), TRUE, TRUE)$values)
  if (row$status != "ok") {
    # At most as many degrees of freedom as changes, and F has none.
    if (least > 1e-7 && all(e$df[k] > 0) && e$least_df > q)
      complain(design, what, ": ", row$status, ", least eigenvalue ", least)
    return()
  }
  if (any(e$df[k] == 0 & diag(e$V)[k] <= 0))
    complain(design, what, ": ok, with a wave of one respondent")
  if (least < 1e-13) return(complain(design, what, ": ok, least eigenvalue ", least))
  if (least < 1e-7) return()  # digits of the inverse are lost
  W <- drop(y %*% solve(D, y))
  nu <- told$df + q - 1
  hold("equal_df1", design, what, told$df1, q)
  expected <- if (is.infinite(nu)) W / q else W * told$df / (nu * q)
  hold("equal_F", design, what, told$statistic_value, expected, scale = max(expected, 1))
  near("equal_p_value", design, what, told$p_value,
       pf(told$statistic_value, q, told$df, lower.tail = FALSE))
}

# p-values of the changes of one statistic, adjusted together.
check_adjusted <- function(design, rows, adjust) {
  rows <- rows[rows$kind == "change" & rows$p_value != "", ]
  for (one in split(rows, family_of(rows))) {
    told <- lapply(one, numeric_column)
    hold("p_adjusted", design, paste(one$statistic, one$variable, one$level, adjust),
         told$p_adjusted, p.adjust(told$p_value, adjustments[[adjust]]))
  }
}
family_of <- function(rows) paste(rows$statistic, rows$variable)

check_run <- function(design, r, run, link, where, by, figures) {
  reference <- if (chance(0.3)) as.character(pick(design$waves)) else ""
  adjust <- pick(names(adjustments))
  interval <- pick("default", "default", "wald", "normal")
  wanted <- wanted_figures(design)
  got <- run(unlist(lapply(wanted, function(f) c(paste0("--", f[1]), f[2]))), "--wave", "wave",
             if (design$linked && "id" %in% names(design$data)) c("--id", "id"),
             if (link != "") c("--link", link), if (where != "") c("--where", where),
             if (by != "") c("--by", by), if (reference != "") c("--reference", reference),
             "--adjust", adjust, "--interval", interval)
  if (is.null(got)) return()
  if (any(grepl("nan", unlist(got[, setdiff(names(got), "variable")]), ignore.case = TRUE)))
    complain(design, "NaN in the text")
  key <- if (by == "") rep("", nrow(got)) else got[[by]]
  if (link == "") link <- if (design$linked) "pattern" else "independent"
  for (f in figures) {
    rows <- got[got$statistic == f$statistic & got$variable == f$variable & got$level == f$level &
                  key == f$key, ]
    f$link <- link
    f$interval <- interval
    f$V <- linked_covariance(f, design, link)
    f$panel_df <- if (f$whole && link == "pattern") common_panel_df(design) else NA
    what <- paste(f$what, link)
    check_waves(design, what, rows, f)
    check_changes(design, what, rows, f, reference)
    check_slope(design, what, rows[rows$kind == "slope", ], f)
    told_df <- numeric_column(rows$df[rows$kind %in% c("change", "slope")])
    f$least_df <- if (all(is.na(told_df))) 0 else min(told_df, na.rm = TRUE)
    check_equal(design, what, rows[rows$kind == "equal", ], f)
  }
  check_adjusted(design, got, adjust)
}

# Independent waves are strata of one design, whose domains are the waves.
check_stacked <- function(design, run) {
  data <- design$data
  for (column in c("stratum1", "psu1")) if (column %in% names(data))
    data[[column]] <- paste(data$wave, data[[column]])
  if (is.null(data$stratum1)) data$stratum1 <- as.character(data$wave)
  r <- design_of(design, data)
  got <- run("--mean", "y", "--total", "y", "--ratio", "y/x", "--share", "b=1", "--wave", "wave",
             "--link", "independent")
  if (is.null(got)) return()
  r$variables$y0 <- r$variables$y - mean(r$variables$y, na.rm = TRUE)
  for (statistic in c("mean", "total", "ratio", "share")) {
    answer <- if (statistic == "share") "b" else "y"
    there <- !is.na(r$variables[[answer]]) & 1 / r$prob > 0
    if (statistic == "ratio") there <- there & !is.na(r$variables$x)
    part <- subset(r, there)
    if (length(unique(part$variables$wave)) < length(design$waves)) next
    s <- switch(statistic,
      mean = svyby(~y0, ~wave, part, svymean, covmat = TRUE),
      total = svyby(~y, ~wave, part, svytotal, covmat = TRUE),
      ratio = svyby(~y, ~wave, part, svyratio, denominator = ~x, covmat = TRUE),
      share = svyby(~b, ~wave, part, svymean, covmat = TRUE))
    rows <- got[got$statistic == statistic, ]
    x <- design$waves - design$waves[1]
    x <- x - mean(x)
    change_to <- function(t) (seq_along(x) == t) - (seq_along(x) == t - 1)
    contrasts <- c(lapply(seq_along(x)[-1], change_to), list(x / sum(x^2)))
    rows <- rbind(rows[rows$kind == "change", ], rows[rows$kind == "slope", ])
    for (k in seq_along(contrasts)) {
      told <- lapply(rows[k, ], numeric_column)
      answer <- svycontrast(s, contrasts[[k]])
      error <- as.numeric(SE(answer))
      if (!is.finite(error) || error < 1e-12 * max(abs(coef(s)))) next
      what <- paste("stacked", statistic, rows$kind[k], rows$to[k])
      hold("survey_estimate", design, what, told$estimate, coef(answer)[[1]], scale = error)
      if (rows$status[k] == "no_degrees" && rows$standard_error[k] == "") next  # one respondent
      hold("survey_error", design, what, told$standard_error, error)
    }
  }
}

# The change between two waves is the same when the figures of the others are left out.
check_alone <- function(design, run, link) {
  at <- sample(length(design$waves) - 1, 1)
  pair <- as.character(design$waves[at + 0:1])
  options <- c("--mean", "z", "--total", "y", "--ratio", "y/x", "--wave", "wave", "--link", link,
               if ("id" %in% names(design$data)) c("--id", "id"),
               if (design$where != "") c("--where", design$where))
  change <- function(got) {
    if (is.null(got)) return(NULL)
    got[got$kind == "change" & got$from == pair[1] & got$to == pair[2], ]
  }
  all <- change(run(options))
  alone <- change(run(options, "--where", paste0("wave=", paste(pair, collapse = ","))))
  if (is.null(all) || is.null(alone) || nrow(all) != nrow(alone)) return()
  what <- paste(link, all$statistic, design$where, pair[1], "to", pair[2], "alone")
  names <- c(alone = "estimate", alone_error = "standard_error")
  # By Berger and Priam a covariance between any two waves makes one part of all of them.
  if (link == "pattern") names <- c(names, alone_df = "df")
  for (name in names(names))
    hold(name, design, what, numeric_column(all[[names[[name]]]]),
         numeric_column(alone[[names[[name]]]]))
}

check_design <- function(i) {
  start_comparing()
  design <- make_waves(i)
  file <- file.path(folder, sprintf("trend_%03d.csv", i))
  write_design(design, file)
  r <- wave_designs(design)
  run <- function(...)
    run_program(program, file, c(design_options(design), ...), design, "trend")
  links <- if (design$linked) c("", "berger_priam", "independent") else c("", "independent")
  cuts <- unique(list(c("", ""), c(design$where, design$by)))
  for (cut in cuts) {
    figures <- wave_figures(design, r, cut[1], cut[2])
    for (link in links) check_run(design, r, run, link, cut[1], cut[2], figures)
  }
  check_stacked(design, run)
  if (design$linked) for (link in c("pattern", "berger_priam")) check_alone(design, run, link)
  list(worst = worst, complaints = complaints)
}

judge(check_design, 100)
