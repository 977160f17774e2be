# SPDX-License-Identifier: BSL-1.0
# Random barometers: waves of a sample design, with units that stay, leave, come back or change
# stratum. make_waves(i) depends on i alone, so that a failing one can be made again by its number.

wave_kinds <- c("independent", "panel", "rotating", "refreshed_fpc", "small_rotating",
                "clustered_rotating", "moving_rotating", "independent_fpc", "panel_fpc",
                "rotating_fpc", "small_refreshed", "clustered_panel", "moving_panel", "refreshed",
                "small_panel", "clustered_refreshed_fpc", "moving_refreshed", "two_independent",
                "small_rotating_fpc", "clustered_independent")

# Who of one stratum is in which wave: a row per unit, a column per wave, two units or more in each.
presence_of <- function(kind, waves, n) {
  has <- function(word) grepl(word, kind, fixed = TRUE)
  if (has("panel")) return(matrix(TRUE, n, waves))
  recruit <- function(out, k, t) {
    fresh <- matrix(FALSE, k, waves)
    fresh[, t] <- TRUE
    rbind(out, fresh)
  }
  overlap <- if (has("independent")) 0 else if (has("small")) pick(0.5, 0.75) else
    pick(0, 0.3, 0.6, 0.9, 1, runif(1))
  answers <- pick(0.5, 0.8, 0.95)
  out <- recruit(NULL, n, 1)
  for (t in seq_len(waves)[-1]) {
    size <- max(2, n + pick(-1, 0, 0, 1))
    known <- if (has("refreshed")) seq_len(nrow(out)) else which(out[, t - 1])
    kept <- if (has("refreshed")) known[runif(length(known)) < answers] else
      known[sample(length(known), min(length(known), round(overlap * size)))]
    out[kept, t] <- TRUE
    if (length(kept) < size) out <- recruit(out, size - length(kept), t)
  }
  out
}

# The stratum of each unit in each wave, "" where absent. Some units of `moving` change theirs.
strata_of <- function(kind, waves) {
  has <- function(word) grepl(word, kind, fixed = TRUE)
  strata <- if (has("moving")) sample(2:5, 1) else sample(6, 1)
  few <- if (has("small")) 2:5 else if (has("clustered")) 2:9 else 5:30
  parts <- lapply(seq_len(strata), function(h)
    presence_of(kind, waves, if (strata == 1) max(few) else sample(few, 1)))
  names <- labels_for(strata, pick("integer", "string"))
  home <- rep(as.character(names), vapply(parts, nrow, 1L))
  present <- do.call(rbind, parts)
  start <- matrix(home, length(home), waves)
  if (strata > 1 && chance(0.15)) present[home == home[1], sample(waves, 1)] <- FALSE
  keep <- rowSums(present) > 0
  for (try in 1:100) {
    out <- start
    if (has("moving") && try < 100) for (t in seq_len(waves)[-1]) {
      out[, t] <- out[, t - 1]
      moves <- runif(nrow(out)) < 0.1
      out[moves, t] <- sample(as.character(names), sum(moves), TRUE)
    }
    out[!present] <- ""
    alone <- apply(out, 2, function(s) any(table(s[s != ""]) < 2))
    if (!any(alone)) return(out[keep, , drop = FALSE])
  }
  out[keep, , drop = FALSE]
}

make_waves <- function(i, kind = wave_kinds[(i - 1) %% length(wave_kinds) + 1], seed = 9000 + i) {
  set.seed(seed)
  has <- function(word) grepl(word, kind, fixed = TRUE)
  waves <- if (has("two")) 2 else sample(2:6, 1)
  years <- 2009 + cumsum(c(0, sample(4, waves - 1, TRUE)))
  if (chance(0.15)) years <- 2009 + (years - 2009) / pick(4, 8)
  if (chance(0.1)) years <- years - years[1] + pick(1, -3)
  stratum <- strata_of(kind, waves)
  units <- nrow(stratum)
  clustered <- has("clustered")
  at <- which(stratum != "", arr.ind = TRUE)
  if (clustered) at <- at[rep(seq_len(nrow(at)), sample(5, nrow(at), TRUE)), ]
  n <- nrow(at)
  unit <- at[, 1]
  wave <- at[, 2]
  rows <- data.frame(wave = years[wave])
  rows$stratum1 <- stratum[at]
  label <- as.character(labels_for(units, pick("integer", "string")))[unit]
  if (clustered && chance(0.5))  # labels are read within the stratum
    label <- as.character(ave(unit, rows$stratum1, FUN = function(u) match(u, unique(u))))
  rows[[if (clustered) "psu1" else "id"]] <- label
  if (has("fpc")) {
    cell <- paste(rows$stratum1, wave)
    count <- ave(unit, cell, FUN = function(u) length(unique(u)))
    rows$population1 <- population_for(cell, count, 0.15)
  }
  if (length(unique(rows$stratum1)) == 1 && chance(0.5)) rows$stratum1 <- NULL

  # What stays of a unit from wave to wave, and what is new.
  stays <- pick(0.3, 0.7, 0.95, if (chance(0.2)) 1)
  latent <- function() {
    z <- stays * rnorm(units)[unit] + sqrt(1 - stays^2) * rnorm(n)
    if (clustered) z <- z + rnorm(n)
    z
  }
  spread <- pick(0, 0.4, 1)
  rows$weight <- signif(exp(2 + spread * latent()), 7)
  if (chance(0.15)) rows$weight[runif(n) < 0.1] <- 0
  rows$y <- pick(0, 0, 60, 1e6) + signif(20 + pick(0, 1) * wave + 6 * latent(), 9)
  rows$x <- signif(40 + 7 * abs(latent()), 9)
  rows$z <- round(exp(latent()), 2)
  rows$b <- as.integer(latent() < pick(-1.5, -0.5, 0))
  q <- 1 + findInterval(latent(), c(-1.2, -0.4, 0.4, 1.2))
  rows$d <- c("north", "east", "\u00eele")[1 + findInterval(latent(), pick(0.3, 1) * c(-1, 1))]
  rows$e <- sample(c(1, 2, 10), n, TRUE)
  missing_rate <- pick(0, 0.05, 0.25)
  for (column in c("y", "x", "b")) rows[[column]][runif(n) < missing_rate] <- NA
  q[runif(n) < missing_rate] <- NA
  q[1:5] <- 1:5  # levels that are asked for must be there
  rows$q <- if (chance(0.5)) q else c("never", "rarely", "at times", "often", "always")[q]
  rows$b[1:2] <- 0:1
  rows$d[1:2] <- c("north", "east")
  rows$e[1] <- 1
  rows <- rows[sample(n), ]
  rownames(rows) <- NULL
  list(number = i, kind = kind, data = rows, stages = 1, weighted = chance(0.85), policy = "error",
       waves = years, linked = clustered || !has("independent") || chance(0.5),
       levels = if (is.character(rows$q)) c(positive = "often+always", negative = "never+rarely")
                else c(positive = "4+5", negative = "1+2"),
       where = pick("", "d=north", "d=north,east", "e=1"), by = pick("d", "e", "", "d"))
}
