# SPDX-License-Identifier: BSL-1.0
# The figures of each wave as survey gives them, and the covariance of waves by its three formulas.

design_of <- function(design, data) {
  design$data <- data
  survey_design(design)
}

wave_designs <- function(design) lapply(design$waves, function(wave)
  design_of(design, design$data[design$data$wave == wave, ]))

# What is shared between waves: the sampling unit, its label read within the stratum, or the person.
units_of <- function(design) {
  data <- design$data
  if (!is.null(data$psu1)) paste(data$stratum1, data$psu1, sep = "/")
  else if (design$linked) as.character(data$id)
  else as.character(seq_len(nrow(data)))
}

# The stratum of each unit (row) in each wave (column), NA where it is absent.
unit_strata <- function(design) {
  unit <- units_of(design)
  stratum <- if (is.null(design$data$stratum1)) rep("all", length(unit)) else design$data$stratum1
  known <- sort(unique(unit))
  out <- matrix(NA_character_, length(known), length(design$waves))
  out[cbind(match(unit, known), match(design$data$wave, design$waves))] <- as.character(stratum)
  rownames(out) <- known
  out
}

# Each figure of the program in each wave: estimate, error, df, and z: totals by unit of the
# weighted linearized values, 0 where the unit is absent or outside the domain.
wave_figures <- function(design, r, where, by) {
  strata <- unit_strata(design)
  unit <- match(units_of(design), rownames(strata))
  data <- design$data
  domain <- rep(TRUE, nrow(data))
  if (where != "") {
    part <- strsplit(where, "=")[[1]]
    domain <- as.character(data[[part[1]]]) %in% strsplit(part[2], ",")[[1]]
  }
  key <- if (by == "") rep("", nrow(data)) else as.character(data[[by]])
  figures <- list()
  for (f in wanted_figures(design)) {
    parts <- strsplit(f[2], "=")[[1]]
    levels <- if (f[1] != "share") "" else if (length(parts) > 1) parts[2] else
      ordered_levels(data[[f[2]]])
    variable <- if (f[1] == "share") parts[1] else f[2]
    for (level in levels) for (one in unique(key[domain])) {
      figure <- list(statistic = f[1], variable = variable, level = level, key = one,
                     whole = where == "" && by == "" && f[1] %in% c("mean", "total", "balance") &&
                       !anyNA(data[[strsplit(variable, "=")[[1]][1]]]))
      figure$what <- paste(f[1], variable, level, one, if (where != "") paste("where", where))
      z <- matrix(0, nrow(strata), length(r))
      waves <- lapply(seq_along(r), function(t) {
        rows <- which(data$wave == design$waves[t])
        e <- expected_figure(figure, r[[t]], (domain & key == one)[rows])
        sums <- rowsum(e$u / r[[t]]$prob, unit[rows])
        z[as.integer(rownames(sums)), t] <<- sums
        e
      })
      field <- function(name) vapply(waves, function(e) as.numeric(e[[name]]), 0)
      figures[[length(figures) + 1]] <- c(figure, list(waves = design$waves, z = z, strata = strata,
        estimate = field("estimate"), error = field("standard_error"), df = field("df"),
        alive = field("sum_weights") > 0,
        noise = pmax(1e-7 * field("size"), 1e-10 * abs(field("estimate")), na.rm = TRUE)))
    }
  }
  figures
}

cells_of <- function(strata)
  do.call(paste, c(as.data.frame(ifelse(is.na(strata), "(absent)", strata)), sep = "|"))

centred <- function(z) sweep(z, 2, colMeans(z))

# Σ over cells (stratum in each wave × who is in which wave) of m/(m-1) Σ r rᵀ. A unit alone in its
# cell adds in each of its waves the variance of its stratum there, and no covariance.
pattern_covariance <- function(z, strata) {
  C <- matrix(0, ncol(z), ncol(z))
  for (rows in split(seq_len(nrow(z)), cells_of(strata))) {
    m <- length(rows)
    if (m > 1) C <- C + m / (m - 1) * crossprod(centred(z[rows, , drop = FALSE]))
    else for (t in which(!is.na(strata[rows, ])))
      C[t, t] <- C[t, t] + var(z[which(strata[, t] == strata[rows, t]), t])
  }
  C
}

# Berger and Priam: cells of the two waves alone, a cell of one leaves nothing.
residual_correlation <- function(z, strata) {
  there <- rowSums(!is.na(strata)) > 0
  z <- z[there, ]
  r <- z
  for (rows in split(seq_len(nrow(z)), cells_of(strata[there, ])))
    r[rows, ] <- centred(z[rows, , drop = FALSE])
  S <- crossprod(r)
  if (all(diag(S) > 1e-20 * colSums(z^2))) S[1, 2] / sqrt(S[1, 1] * S[2, 2]) else 0
}

linked_covariance <- function(figure, design, link) {
  z <- figure$z
  error <- ifelse(figure$error > 1e-4 * figure$noise, figure$error, 0)
  T <- ncol(z)
  R <- diag(T)
  if (link == "pattern") {
    C <- pattern_covariance(z, figure$strata)
    alive <- which(diag(C) > 1e-20 * colSums(z^2))
    R[alive, alive] <- C[alive, alive] / sqrt(outer(diag(C)[alive], diag(C)[alive]))
  } else if (link == "berger_priam") {
    for (t in seq_len(T)) for (s in seq_len(t - 1)) if (all(figure$alive[c(s, t)]))
      R[s, t] <- R[t, s] <- residual_correlation(z[, c(s, t)], figure$strata[, c(s, t)])
  }
  R * outer(error, error)
}

# All waves with the same units in the same strata: as many degrees of freedom as one of them.
common_panel_df <- function(design) {
  strata <- unit_strata(design)
  if (anyNA(strata) || any(strata != strata[, 1]) || any(design$data$weight <= 0)) return(NA)
  nrow(strata) - length(unique(strata[, 1]))
}
