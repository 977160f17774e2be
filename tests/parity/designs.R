# SPDX-License-Identifier: BSL-1.0
# Random sample designs with answers. make_design(i) depends on i alone, so that a failing design
# can be made again by its number.

kinds <- c("weights", "simple_fpc", "unweighted", "stratified", "stratified_fpc",
           "stratified_fraction", "clustered", "clustered_fpc", "stratified_clustered",
           "stratified_clustered_fpc", "two_stage_fpc", "two_stage_stratified_fpc",
           "two_stage_first_fpc", "two_stage_no_fpc", "three_stage_fpc",
           "three_stage_stratified_fraction", "single_remove", "single_average", "single_center",
           "single_certainty")

pick <- function(...) sample(c(...), 1)
chance <- function(p) runif(1) < p

# Labels of k units: integers with gaps, or strings; never in the order of the units.
labels_for <- function(k, style) {
  switch(style,
    integer = sample(-5:(10 * k + 5), k),
    string = sample(paste0(sample(c("Nord ", "b", "\u00c9", "z,", "\"q\" "), k, TRUE), seq_len(k))),
    reused = sample(k))
}

# One sampling stage: units within cells. Returns for each parent its cells and units.
draw_units <- function(n_parents, strata, units, style) {
  out <- NULL
  all_strata <- labels_for(strata, style)
  for (p in seq_len(n_parents)) for (h in seq_len(if (strata == 0) 1 else strata)) {
    k <- units()
    unit_labels <- if (style == "reused") sample(k) else labels_for(k, style)
    out <- rbind(out, data.frame(parent = p, cell = h, count = k, label = as.character(unit_labels),
                                 stratum = if (strata == 0) "" else as.character(all_strata[h])))
  }
  out
}

population_for <- function(cell_key, count, certainty) {
  keys <- unique(cell_key)
  extra <- rpois(length(keys), 6) + 1
  extra[runif(length(keys)) < certainty] <- 0
  count + extra[match(cell_key, keys)]
}

make_design <- function(i, kind = kinds[(i - 1) %% length(kinds) + 1], seed = 7000 + i) {
  set.seed(seed)
  has <- function(word) grepl(word, kind, fixed = TRUE)
  single <- has("single_")
  n_stages <- if (has("three_stage")) 3 else if (has("two_stage")) 2 else 1
  stratified <- has("stratified") || single || (n_stages > 1 && chance(0.3))
  clustered <- has("clustered") || n_stages > 1 || (single && chance(0.6))
  finite <- has("fpc") && !has("no_fpc") || has("fraction") || (single && chance(0.3))
  finite_stages <- if (!finite) 0 else if (has("first_fpc")) 1 else n_stages
  style <- function() pick("integer", "string", "reused")
  fewest <- if (has("first_fpc") || n_stages == 3) 2 else 1

  # The tree of units, one data frame row per unit of the last stage.
  rows <- data.frame(parent = 1)
  key <- ""
  for (s in seq_len(n_stages)) {
    strata <- if (s == 1) (if (stratified) sample((if (single) 3 else 2):7, 1) else 0)
              else if (has("stratified") && n_stages > 1) sample(1:2, 1) else 0
    rows_are_units <- s == n_stages && (!clustered || (n_stages > 1 && chance(0.5)))
    units <- if (s > 1) function() sample(2:4, 1)
             else if (clustered) function() sample(2:6, 1) else function() sample(4:30, 1)
    if (s == 1 && !stratified)
      units <- function() if (clustered) sample(4:16, 1) else sample(30:150, 1)
    drawn <- draw_units(nrow(rows), strata, units, style())
    names(drawn) <- c("parent", "cell", paste0(c("count", "psu", "stratum"), s))
    kept <- rows[drawn$parent, setdiff(names(rows), "parent"), drop = FALSE]
    rows <- cbind(kept, drawn)
    cell_key <- paste(drawn$parent, drawn$cell)
    if (single && s == 1) {  # one or two strata keep a single unit
      lonely <- sample(unique(rows$cell), pick(1, 2))
      rows <- rows[!(rows$cell %in% lonely) | !duplicated(cell_key), ]
      rows$count1[rows$cell %in% lonely] <- 1
      cell_key <- as.character(rows$cell)
    }
    if (s <= finite_stages)
      rows[[paste0("population", s)]] <- population_for(cell_key, rows[[paste0("count", s)]],
                                                       if (single) 0.25 else 0.15)
    if (!stratified && s == 1 || strata == 0) rows[[paste0("stratum", s)]] <- NULL
    if (rows_are_units) rows[[paste0("psu", s)]] <- NULL
    rows$parent <- NULL
    rows$cell <- NULL
    rows$unit <- seq_len(nrow(rows))
    effect <- rnorm(nrow(rows), 0, 4)
    rows$effect <- effect + if (is.null(rows$effect)) 0 else rows$effect
  }
  if (clustered && !is.null(rows[[paste0("psu", n_stages)]]))  # several respondents in a unit
    rows <- rows[rep(seq_len(nrow(rows)), sample(2:6, nrow(rows), TRUE)), ]

  n <- nrow(rows)
  spread <- pick(0, 0.4, 1, 3)
  rows$weight <- signif(exp(rnorm(n, 2, spread)), 7)
  if (chance(0.2)) rows$weight <- round(rows$weight) + 1
  if (chance(0.25)) rows$weight[runif(n) < 0.15] <- 0
  offset <- pick(0, 0, 60, 1e6)
  rows$y <- offset + signif(rows$effect * pick(1, 1, 1e-3) + rnorm(n, 20, 6), 9)
  rows$x <- signif(abs(rnorm(n, 40, 9)) + 0.1, 9)
  rows$z <- round(rexp(n, 0.1), 2)
  q <- 1 + rbinom(n, 4, plogis(rows$effect / 5))
  rows$b <- as.integer(runif(n) < pick(0.06, 0.3, 0.5))
  rows$d <- sample(c("north", "east", "\u00eele", "a b")[seq_len(sample(2:4, 1))], n, TRUE)
  rows$e <- sample(c(1, 2, 10)[seq_len(sample(2:3, 1))], n, TRUE)
  missing_rate <- pick(0, 0.05, 0.25)
  rows$y[runif(n) < missing_rate] <- NA
  rows$x[runif(n) < missing_rate / 3] <- NA
  rows$b[runif(n) < missing_rate / 2] <- NA
  q[runif(n) < missing_rate] <- NA
  q[1:5] <- 1:5  # levels that are asked for must be there
  rows$b[1:2] <- 0:1
  rows$d[1:2] <- c("north", "east")
  rows$e[1] <- 1
  rows$q <- if (chance(0.5)) q else c("never", "rarely", "at times", "often", "always")[q]
  for (s in seq_len(n_stages)) {
    population <- rows[[paste0("population", s)]]
    if (!is.null(population) && has("fraction")) {
      rows[[paste0("fraction", s)]] <- rows[[paste0("count", s)]] / population
      rows[[paste0("population", s)]] <- NULL
    }
    rows[[paste0("count", s)]] <- NULL
  }
  # A last stage that no column mentions is not part of the design.
  said <- function(s) paste0(c("stratum", "psu", "population", "fraction"), s) %in% names(rows)
  while (n_stages > 1 && !any(said(n_stages))) n_stages <- n_stages - 1
  rows <- rows[sample(n), ]
  rows$effect <- rows$unit <- NULL
  rownames(rows) <- NULL
  list(number = i, kind = kind, data = rows, stages = n_stages, weighted = !has("unweighted"),
       policy = if (single) sub("single_", "", kind) else "error",
       levels = if (is.character(rows$q)) c(positive = "often+always", negative = "never+rarely")
                else c(positive = "4+5", negative = "1+2"),
       where = pick("", "", "d=north", "d=north,east", "e=1"), by = pick("d", "e", "d,e", ""))
}

# The options of the program that describe a design: a column per stage, empty where there is none.
design_options <- function(design) {
  out <- c()
  for (what in c(stratum = "--stratum", psu = "--psu", population = "--population",
                 fraction = "--fraction")) {
    columns <- paste0(sub("--", "", what), seq_len(design$stages))
    columns[!columns %in% names(design$data)] <- ""
    while (length(columns) > 0 && columns[length(columns)] == "")
      columns <- columns[-length(columns)]
    if (length(columns) > 0) out <- c(out, what, paste(columns, collapse = ","))
  }
  if (design$weighted) out <- c(out, "--weight", "weight")
  if (design$policy != "error") out <- c(out, "--single-psu", design$policy)
  out
}

write_design <- function(design, path) {
  table <- design$data
  for (column in names(table)) if (is.numeric(table[[column]]))
    table[[column]] <- ifelse(is.na(table[[column]]), "NA", sprintf("%.17g", table[[column]]))
  text <- vapply(table, function(x) any(grepl("[\",;\n]", x)), NA)
  out <- file(path, "wb")
  writeLines(paste(names(table), collapse = ","), out)
  write.table(table, out, sep = ",", quote = which(text), qmethod = "double", row.names = FALSE,
              col.names = FALSE, na = "NA", fileEncoding = "UTF-8")
  close(out)
}
