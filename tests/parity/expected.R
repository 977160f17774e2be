# SPDX-License-Identifier: BSL-1.0
# What R's survey package says about a design of designs.R, in the words of the program.

# survey treats a stratum left with one PSU by the domain like one with a single PSU only when asked
# to; the program always does under `center` and `average`.
r_options <- function(policy)
  options(survey.lonely.psu = c(error = "fail", remove = "remove", average = "average",
                                center = "adjust", certainty = "certainty")[[policy]],
          survey.adjust.domain.lonely = policy %in% c("center", "average"), warn = -1)

# Labels are read within the unit above: here they are spelled out in full.
full_labels <- function(design) {
  above <- rep("", nrow(design$data))
  ids <- strata <- list()
  for (s in seq_len(design$stages)) {
    stratum <- design$data[[paste0("stratum", s)]]
    unit <- design$data[[paste0("psu", s)]]
    above <- paste0(above, "/", if (is.null(stratum)) "" else stratum)
    strata[[paste0("s", s)]] <- above
    above <- paste0(above, "/", if (is.null(unit)) seq_along(above) else unit)
    ids[[paste0("i", s)]] <- above
  }
  list(ids = as.data.frame(ids), strata = as.data.frame(strata))
}

survey_design <- function(design) {
  r_options(design$policy)
  labels <- full_labels(design)
  columns <- c(outer(c("population", "fraction"), seq_len(design$stages), paste0))
  sizes <- design$data[intersect(columns, names(design$data))]
  stages <- max(1, ncol(sizes))
  if (ncol(sizes) > 0 && ncol(sizes) < design$stages) {  # later stages as if drawn with replacement
    sizes[paste0("population", seq(ncol(sizes) + 1, design$stages))] <- Inf
    stages <- design$stages
  }
  arguments <- list(ids = labels$ids[seq_len(stages)], strata = labels$strata[seq_len(stages)],
                    data = transform(design$data, one = 1),
                    weights = if (design$weighted) design$data$weight
                              else rep(1, nrow(design$data)))
  if (ncol(sizes) > 0) arguments$fpc <- sizes
  do.call(svydesign, arguments)
}

# `center` and `average` ask who is there. To survey a row of weight 0 is: it makes a domain of
# positive weights when told to, which is what the program always does. (Other policies do not ask.)
in_a_domain <- function(r)
  !getOption("survey.lonely.psu") %in% c("average", "adjust") | 1 / r$prob > 0

answers_of <- function(figure, table) {
  v <- strsplit(figure$variable, "/", fixed = TRUE)[[1]]
  switch(figure$statistic,
    ratio = list(y = table[[v[1]]], x = table[[v[2]]]),
    share = list(y = as.numeric(table[[figure$variable]] == figure$level)),
    balance = {
      sides <- strsplit(strsplit(sub(".*=", "", figure$variable), "-")[[1]], "+", fixed = TRUE)
      q <- table[[sub("=.*", "", figure$variable)]]
      list(y = ifelse(is.na(q), NA, (q %in% sides[[1]]) - (q %in% sides[[2]])))
    },
    list(y = if (figure$variable == "1") table$one else table[[figure$variable]]))
}

# Estimate, standard error and design effect on the domain as survey gives them, and u, whose total
# has the figure's linearized variance: the joint covariance of figures is that of totals of u.
expected_figure <- function(figure, r, domain) {
  table <- r$variables
  w <- 1 / r$prob
  a <- answers_of(figure, table)
  answered <- domain & !is.na(a$y)
  if (!is.null(a$x)) answered <- answered & !is.na(a$x)
  answered <- answered & in_a_domain(r)
  k <- as.numeric(answered)
  there <- answered & w > 0  # as survey counts: a row of weight 0 is nobody
  n <- sum(there)
  W <- sum(w * k)
  out <- list(n = n, sum_weights = W, effective_n = W^2 / sum((w * k)^2), estimate = NA,
              standard_error = NA, deff = NA, df = NA, size = 0, there = there, u = 0 * w)
  if (W == 0) return(out)
  y <- ifelse(answered, a$y, 0)
  x <- if (is.null(a$x)) k else ifelse(answered, a$x, 0)
  r$variables$.y <- y
  r$variables$.x <- x
  part <- r[answered, ]
  # survey takes long over the design effects of three stages, and cannot residualize one of n = 1
  compare_with <- if (ncol(r$cluster) < 3 && n > 1) "replace" else FALSE
  s <- if (figure$statistic == "total") svytotal(~.y, part, deff = compare_with)
       else if (figure$statistic == "ratio") svyratio(~.y, ~.x, part, deff = compare_with)
       else svymean(~.y, part, deff = compare_with)
  out$estimate <- as.numeric(coef(s))
  out$standard_error <- as.numeric(SE(s))
  effect <- if (compare_with == FALSE) NA else as.numeric(unlist(deff(s)))
  out$deff <- if (is.finite(effect)) effect else NA
  out$df <- degf(part)
  # Standard errors far below this one are rounding of 0: that of answers about the file's mean.
  far <- function(v, all) abs(v - mean(all, na.rm = TRUE)) * k
  away <- far(y, a$y) + if (is.null(a$x)) 0 else abs(out$estimate) * far(x, a$x)
  terms <- w * if (figure$statistic == "total") abs(y) else away / abs(sum(w * x))
  out$size <- sqrt(sum(terms^2))
  # Of a calibrated design survey residualizes y less its mean: what 16 digits of y leave.
  if (!is.null(r$postStrata) && figure$statistic != "total")
    out$size <- max(out$size, 1e-4 * sqrt(sum((w * (abs(y) + abs(out$estimate * x)))^2)) /
                      abs(sum(w * x)))
  out$u <- if (figure$statistic == "total") y else (y - out$estimate * x) / sum(w * x)
  out
}

joint_covariance <- function(figures, r, design) {
  u <- vapply(figures, function(f) f$u, numeric(nrow(r$variables)))
  colnames(u) <- paste0("u", seq_len(ncol(u)))
  if (!design$policy %in% c("center", "average")) return(vcov(svytotal(u, r)))
  there <- vapply(figures, function(f) f$there, logical(nrow(r$variables)))
  covariance_by_presence(u / r$prob, there, r, design$policy)
}

# `center` and `average` for one stage, where each figure has strata that its domain leaves with one
# PSU. `center` holds that PSU, and no other of the stratum, against the mean of the totals of all
# PSUs, as survey >= 4.2 does. (survey 4.1 holds it against 0: the same for means, shares and ratios,
# whose PSU totals have mean 0, but not for totals.) `average` leaves such a stratum out and
# multiplies by the number of strata of the domain over that of the others.
covariance_by_presence <- function(wu, there, r, policy) {
  unit <- as.character(r$cluster[[1]])
  first <- !duplicated(unit)
  z <- rowsum(wu, unit, reorder = FALSE)
  present <- rowsum(there + 0, unit, reorder = FALSE) > 0
  stratum <- as.character(r$strata[[1]])
  k <- ncol(z)
  grand <- colMeans(z)
  strata <- usable <- rep(0, k)
  V <- matrix(0, k, k)
  for (h in unique(stratum)) {
    inside <- stratum[first] == h
    rows <- z[inside, , drop = FALSE]
    n <- nrow(rows)
    f <- if (is.null(r$fpc$popsize)) 0 else n / r$fpc$popsize[match(h, stratum), 1]
    here <- colSums(present[inside, , drop = FALSE])
    strata <- strata + (here > 0)
    usable <- usable + (here > 1 | here == 1 & f == 1)
    d <- sweep(rows, 2, colMeans(rows))
    single <- here == 1
    d[, single] <- if (policy == "average") 0 else
      (sweep(rows, 2, grand) * present[inside, , drop = FALSE])[, single]
    V <- V + (1 - f) * (if (n > 1) n / (n - 1) else 1) * crossprod(d)
  }
  scale <- if (policy == "average") sqrt(strata / usable) else rep(1, k)
  V * outer(scale, scale)
}
