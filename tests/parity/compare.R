# SPDX-License-Identifier: BSL-1.0
# Runs the program, holds its figures against the expected ones and keeps the worst difference.

tolerance <- c(estimate = 1e-8, standard_error = 1e-8, covariance = 1e-8, deff = 1e-8, df = 0,
               n = 0, effective_n = 1e-10, wald = 1e-8, normal = 1e-8, logit = 1e-8, arcsine = 1e-8,
               korn_graubard = 1e-8, likelihood = 1e-8, quantile = 1e-9, quantile_limits = 1e-9,
               quantile_error = 1e-9)

start_comparing <- function() {
  worst <<- data.frame(compared = rep(0, length(tolerance)), difference = 0, where = "",
                       failures = 0, row.names = names(tolerance))
  complaints <<- character(0)
}

# Puts together what was compared in several processes.
gather <- function(results) {
  force(results)
  start_comparing()
  for (one in results) {
    if (!is.list(one)) {
      complaints <<- c(complaints, paste("R stopped:", paste(one, collapse = " ")))
      next
    }
    worse <- one$worst$difference > worst$difference
    worst$where[worse] <<- one$worst$where[worse]
    worst$difference <<- pmax(worst$difference, one$worst$difference)
    worst$compared <<- worst$compared + one$worst$compared
    worst$failures <<- worst$failures + one$worst$failures
    complaints <<- c(complaints, one$complaints)
  }
}

complain <- function(design, ...) {
  text <- sprintf("design %d (%s): %s", design$number, design$kind, paste0(..., collapse = ""))
  complaints <<- c(complaints, text)
}

# `got` against `expected` relative to `scale`; both NaN, or a difference up to `floor`, agree.
hold <- function(quantity, design, what, got, expected, scale = abs(expected), floor = 0) {
  both_missing <- is.na(got) & is.na(expected)
  rounding <- !is.na(got) & !is.na(expected) & abs(got - expected) <= floor
  d <- ifelse(both_missing | rounding, 0, abs(got - expected) / scale)
  d[is.na(d) & !both_missing] <- if (any(!is.na(got) & got == expected, na.rm = TRUE)) 0 else Inf
  d[!is.na(got) & !is.na(expected) & got == expected] <- 0
  w <- worst[quantity, ]
  worst[quantity, "compared"] <<- w$compared + length(d)
  if (length(d) > 0 && max(d) > w$difference) {
    worst[quantity, "difference"] <<- max(d)
    worst[quantity, "where"] <<- sprintf("%d %s", design$number, design$kind)
  }
  bad <- which(d > tolerance[[quantity]])
  worst[quantity, "failures"] <<- worst[quantity, "failures"] + length(bad)
  if (length(bad) > 0) {
    k <- bad[which.max(d[bad])]
    complain(design, quantity, " of ", what[(k - 1) %% length(what) + 1], ": barometer ",
             format(got[k], digits = 15), ", R ", format(expected[k], digits = 15),
             if (length(bad) > 1) sprintf(" (and %d more)", length(bad) - 1))
  }
}

# Probabilities are compared where they can be: far out their logarithm is what agrees.
near <- function(quantity, design, what, got, expected)
  hold(quantity, design, what, log(pmax(got, 1e-300)), log(pmax(expected, 1e-300)),
       scale = pmax(1, abs(log(pmax(expected, 1e-300)))))

# The program's CSV as a data frame of strings, or NULL with the refusal among the complaints.
run_program <- function(program, file, options, design, verb = "estimate") {
  output <- tempfile()
  errors <- tempfile()
  status <- system2(program, shQuote(c(verb, file, options, "--format", "csv")),
                    stdout = output, stderr = errors)
  if (status != 0) {
    complain(design, "exit ", status, ": ", paste(readLines(errors, warn = FALSE), collapse = " "),
             " <- ", paste(options, collapse = " "))
    return(NULL)
  }
  read.csv(output, colClasses = "character", check.names = FALSE, encoding = "UTF-8",
           na.strings = character(0))
}

numeric_column <- function(x) suppressWarnings(as.numeric(ifelse(x == "inf", "Inf", x)))

# Figures in the order of the contract: statistics as given, then levels, then domains.
wanted_figures <- function(design) {
  balance <- sprintf("q=%s-%s", design$levels[["positive"]], design$levels[["negative"]])
  list(c("mean", "y"), c("mean", "z"), c("total", "y"), c("total", "1"), c("ratio", "y/x"),
       c("share", "q"), c("share", "b=1"), c("balance", balance))
}

ordered_levels <- function(x) {
  levels <- unique(x[!is.na(x)])
  if (is.numeric(levels)) as.character(sort(levels)) else sort(levels, method = "radix")
}

check_estimates <- function(design, r, run, where, by, limits = TRUE) {
  wanted <- wanted_figures(design)
  covariance_file <- tempfile()
  options <- c(unlist(lapply(wanted, function(f) c(paste0("--", f[1]), f[2]))),
               if (where != "") c("--where", where), if (by != "") c("--by", by))
  got <- run(options, "--covariance", covariance_file)
  if (is.null(got)) return()
  table <- r$variables
  domain <- rep(TRUE, nrow(table))
  if (where != "") {
    part <- strsplit(where, "=")[[1]]
    domain <- as.character(table[[part[1]]]) %in% strsplit(part[2], ",")[[1]]
  }
  breaks <- strsplit(by, ",")[[1]]
  key <- if (length(breaks) == 0) rep("", nrow(table)) else
    do.call(paste, c(unname(lapply(table[breaks], as.character)), sep = "|"))
  got_key <- if (length(breaks) == 0) rep("", nrow(got)) else
    do.call(paste, c(unname(got[breaks]), sep = "|"))

  figures <- list()
  at <- c()
  for (f in wanted) {
    variable <- f[2]
    levels <- ""
    if (f[1] == "share") {
      parts <- strsplit(variable, "=")[[1]]
      variable <- parts[1]
      levels <- if (length(parts) > 1) parts[2] else ordered_levels(table[[variable]])
    }
    for (level in levels) for (one in unique(key[domain])) {
      row <- which(got$statistic == f[1] & got$variable %in% c(variable, f[2]) &
                     got$level == level & got_key == one)
      if (length(row) != 1) {
        complain(design, length(row), " rows for ", f[1], " ", f[2], " ", level, " ", one)
        next
      }
      figure <- list(statistic = f[1], variable = variable, level = level)
      expected <- expected_figure(figure, r, domain & key == one)
      expected$what <- paste(f[1], variable, level, one, if (where != "") paste("where", where))
      figures[[length(figures) + 1]] <- expected
      at <- c(at, row)
    }
  }
  field <- function(name) vapply(figures, function(f) as.numeric(f[[name]]), 0)
  what <- vapply(figures, function(f) f$what, "")
  told <- lapply(got[at, ], numeric_column)
  # 0 is known up to the rounding of the variance, 1e-14 of what it would be about the file's mean.
  noise <- 1e-7 * field("size")
  alive <- field("sum_weights") > 0
  hold("n", design, what, told$n, field("n"))
  hold("estimate", design, what[!alive], told$estimate[!alive], rep(NA_real_, sum(!alive)))
  for (name in c("effective_n", "df"))
    hold(name, design, what[alive], told[[name]][alive], field(name)[alive])
  # The two sides of a balance may cancel.
  hold("estimate", design, what[alive], told$estimate[alive], field("estimate")[alive],
       floor = ifelse(grepl("^balance", what[alive]), 1e-15, 0))
  V <- joint_covariance(figures, r, design)
  joint <- sqrt(pmax(diag(V), 0))
  error <- field("standard_error")
  # Every stratum of the domain has a single PSU: survey says 0, the program that it cannot be told.
  unknown <- field("df") == 0 & design$policy %in% c("remove", "average")
  if (design$policy == "center") {
    totals <- grepl("^total", what)  # survey 4.1 holds those of single PSUs against 0
    error[totals] <- joint[totals]
  }
  error[is.nan(error)] <- NA
  known <- alive & !unknown
  # Calibrated weights leave of a total what the margins do not explain: 16 digits of all of it.
  rounding <- (if (is.null(r$postStrata)) 0 else 1e-15) * field("size")
  hold("standard_error", design, what[known], told$standard_error[known], error[known],
       floor = ifelse(is.na(error) | error > 1e-4 * noise, rounding, noise)[known])
  deff <- field("deff")
  deff[!is.na(deff) & deff > 1e12] <- NA  # survey divides by the rounding of 0
  usable <- alive & !is.na(error) & error > noise & (is.na(told$deff) | !is.na(deff))
  if (ncol(r$cluster) > 2) usable <- rep(FALSE, length(what))
  if (design$policy == "center") usable <- usable & !totals
  hold("deff", design, what[usable], told$deff[usable], deff[usable])

  told_V <- as.matrix(read.csv(covariance_file, header = FALSE))[at, at, drop = FALSE]
  k <- which(known & !is.na(error))
  zero <- joint <= 1e-4 * noise
  scale <- outer(joint, joint)
  floor <- ifelse(outer(zero, zero, "|"), outer(pmax(joint, noise), pmax(joint, noise)),
                  outer(joint, rounding) + outer(rounding, joint))
  pairs <- outer(what, what, paste, sep = " with ")
  hold("covariance", design, pairs[k, k], told_V[k, k], V[k, k], scale[k, k], floor[k, k])
  if (!limits) return()
  finite <- known & is.finite(error)
  hold_limits(design, what[finite], run, options, at[finite], field("estimate")[finite],
              error[finite], field("df")[finite])
}

# `wald` and `normal` around any figure.
hold_limits <- function(design, what, run, options, at, estimate, error, df) {
  for (interval in c("wald", "normal")) {
    got <- run(options, "--interval", interval)
    if (is.null(got)) next
    got <- got[at, ]
    t <- if (interval == "wald") suppressWarnings(qt(0.975, df)) else qnorm(0.975)
    use <- error > 0 & df > 0
    scale <- pmax(abs(estimate), error)[use]
    low <- estimate - t * error
    high <- estimate + t * error
    hold(interval, design, what[use], numeric_column(got$low)[use], low[use], scale)
    hold(interval, design, what[use], numeric_column(got$high)[use], high[use], scale)
  }
}

check_intervals <- function(design, r, run) {
  part <- r[!is.na(r$variables$b) & in_a_domain(r), ]
  names <- c(logit = "xlogit", arcsine = "asin", korn_graubard = "beta", likelihood = "likelihood")
  p <- coef(svymean(~b, part))
  error <- as.numeric(SE(svymean(~b, part)))
  df <- degf(part)
  if (p %in% c(0, 1) || !isTRUE(error > 1e-8) || df < 1) return()
  if (any(is.infinite(r$prob))) names <- names[-3]  # survey counts rows of weight 0 in n
  if (asin(sqrt(p)) - qt(0.975, df) * error / (2 * sqrt(p * (1 - p))) < 0 ||
      asin(sqrt(p)) + qt(0.975, df) * error / (2 * sqrt(p * (1 - p))) > pi / 2)
    names <- names[names != "asin"]  # the program cuts the angle there, survey folds it back
  for (name in names(names)) {
    got <- run("--share", "b=1", "--interval", name)
    if (is.null(got)) next
    expected <- if (name == "likelihood") likelihood_limits(p, error, df) else
      as.numeric(confint(svyciprop(~b, part, method = names[[name]], df = df)))
    hold(name, design, paste("share b", c("low", "high")), numeric_column(c(got$low, got$high)),
         expected)
  }
}

# The interval that svyciprop(method = "likelihood") aims at, without the interpolation of its
# profile, and without the factor (n - 1)/n that it puts on the effective size p q / V.
likelihood_limits <- function(p, error, df) {
  far <- qt(0.975, df)^2 * error^2 / (p * (1 - p))
  distance <- function(theta) 2 * (p * (log(p) - plogis(theta, log.p = TRUE)) +
    (1 - p) * (log(1 - p) - plogis(-theta, log.p = TRUE))) - far
  at <- qlogis(p)
  root <- function(range, side)
    uniroot(distance, range, extendInt = side, tol = 1e-14, maxiter = 1e4)$root
  plogis(c(root(c(at - 1, at), "downX"), root(c(at, at + 1), "upX")))
}

check_quantiles <- function(design, r, run) {
  at <- c(0.17, 0.5, 0.83)
  part <- r[!is.na(r$variables$y) & is.finite(1 / r$prob) & 1 / r$prob > 0, ]
  if (nrow(part$variables) < 5 || anyDuplicated(part$variables$y)) return()
  got <- run(c(rbind("--quantile", paste0("y@", at))))
  if (is.null(got)) return()
  w <- 1 / part$prob
  y <- part$variables$y
  ordered <- order(y)
  share <- cumsum(w[ordered]) / sum(w)
  df <- degf(part)
  if (df < 1) return()
  for (k in seq_along(at)) {
    if (at[k] < share[1]) next  # survey 4.1 skips the smallest answer
    q <- tryCatch(svyquantile(~y, part, at[k], qrule = "math")[[1]], error = function(e) NULL)
    if (is.null(q)) next
    what <- paste0("y@", at[k])
    hold("quantile", design, what, numeric_column(got$estimate[k]), q[1])
    part$variables$.f <- as.numeric(y <= q[1])
    f <- svymean(~.f, part)
    limits <- as.numeric(coef(f)) + c(-1, 1) * qt(0.975, df) * as.numeric(SE(f))
    at_a_step <- vapply(limits, function(l) any(abs(l - share) < 1e-12), NA)  # either side is right
    inside <- is.finite(limits) & limits >= share[1] & limits < 1 & !at_a_step
    told <- numeric_column(c(got$low[k], got$high[k]))
    hold("quantile_limits", design, what, told[inside], q[2:3][inside])
    if (all(inside))
      hold("quantile_error", design, what, numeric_column(got$standard_error[k]), q[4])
  }
}

report <- function(designs) {
  cat(sprintf("%-16s %9s %10s %10s %9s  %s\n", "quantity", "compared", "tolerance", "worst",
              "failures", "worst in design"))
  for (name in names(tolerance))
    with(worst[name, ], cat(sprintf("%-16s %9d %10.0e %10.1e %9d  %s\n", name, compared,
                                    tolerance[[name]], difference, failures, where)))
  if (length(complaints) > 0) cat("", complaints, sep = "\n")
  verdict <- if (length(complaints) == 0) "all agree" else
    paste(length(complaints), "disagreements")
  cat(sprintf("%d designs, R survey %s: %s\n", designs, format(packageVersion("survey")), verdict))
  nothing <- designs >= length(kinds) & worst$compared == 0
  if (any(nothing)) cat("never compared:", rownames(worst)[nothing], "\n")
  if (length(complaints) == 0 && !any(nothing)) 0 else 1
}
