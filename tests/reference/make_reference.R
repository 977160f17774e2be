#!/usr/bin/env Rscript
# SPDX-License-Identifier: BSL-1.0
# Writes the reference tables of this folder from R's survey package; see README.md for what each
# column means.
#   Rscript tests/reference/make_reference.R
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", warn = 1)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
read_data <- function(name) {
  d <- read.csv(file.path(here, paste0(name, ".csv")), stringsAsFactors = FALSE)
  d$one <- 1
  d$row <- seq_len(nrow(d))
  d
}
data_sets <- sapply(c("apistrat", "apiclus1", "apiclus2", "mu284", "untied"), read_data, simplify = FALSE)
data_sets$mu284$w <- data_sets$mu284$n1 / 5 * data_sets$mu284$n2 / 3
no_413 <- subset(data_sets$apiclus1, dnum != 413)

# ---- designs: one row each; stages are separated by "+", an empty stage is "each row" ------------
designs <- read.csv(text = "
name,data,weights,strata,psus,population,single_psu
apistrat,apistrat,pw,stype,,fpc,error
apistrat_no_fpc,apistrat,pw,stype,,,error
apistrat_weights,apistrat,pw,,,,error
apistrat_rows,apistrat,,,,,error
apistrat_clusters,apistrat,pw,stype,dnum,,error
apiclus1,apiclus1,pw,,dnum,fpc,error
apiclus1_no_fpc,apiclus1,pw,,dnum,,error
apiclus2,apiclus2,pw,,dnum+snum,fpc1+fpc2,error
apiclus2_no_fpc,apiclus2,pw,,dnum+snum,,error
mu284,mu284,w,,id1+id2,n1+n2,error
untied,untied,w,stratum,psu,,error
apiclus1_dnum_remove,apiclus1,pw,dnum,,,remove
apiclus1_dnum_center,apiclus1,pw,dnum,,,center
apiclus1_dnum_average,apiclus1,pw,dnum,,,average
apiclus1_dnum_certainty,apiclus1,pw,dnum,,,certainty
", colClasses = "character")
r_policy <- c(error = "fail", remove = "remove", center = "adjust", average = "average",
              certainty = "certainty")

formula_of <- function(columns) {
  columns <- strsplit(columns, "+", fixed = TRUE)[[1]]
  if (length(columns) == 0) NULL else reformulate(columns)
}
make_design <- function(d, table = data_sets[[d$data]]) {
  options(survey.lonely.psu = r_policy[[d$single_psu]])
  weights <- if (d$weights == "") ~one else formula_of(d$weights)
  arguments <- list(ids = formula_of(d$psus), strata = formula_of(d$strata),
                    fpc = formula_of(d$population), weights = weights, data = table, nest = TRUE)
  if (is.null(arguments$ids)) arguments$ids <- ~1
  do.call(svydesign, arguments)
}

# ---- what is estimated ---------------------------------------------------------------------------
# A case is estimated in one go: statistics separated by blanks, with their joint covariance.
api_cases <- c("mean:api00", "mean:enroll", "mean:acs.46", "total:enroll", "total:one",
               "ratio:api.stu/enroll", "ratio:api00/api99", "share:stype", "share:comp.imp",
               "share:sch.wide", "mean:api00 total:enroll ratio:api.stu/enroll share:awards")
api_by <- list(
  list("mean:api00", "stype", ""), list("mean:acs.46", "stype", ""),
  list("mean:api00", "stype+comp.imp", ""), list("total:enroll", "stype", ""),
  list("ratio:api.stu/enroll", "stype", ""), list("share:comp.imp", "stype", ""),
  list("mean:api00", "", "comp.imp=Yes"), list("total:enroll", "", "comp.imp=Yes"),
  list("share:stype", "", "comp.imp=Yes"), list("ratio:api.stu/enroll", "", "comp.imp=Yes"),
  list("mean:api00", "sch.wide", "stype=E"))
wanted <- list()
want <- function(design, statistics, by = "", where = "")
  wanted[[length(wanted) + 1]] <<- list(design = design, statistics = statistics, by = by, where = where)
for (name in designs$name) {
  if (name == "mu284") {
    for (s in c("mean:y1", "total:y1", "total:one", "mean:y1 total:y1")) want(name, s)
  } else if (name == "untied") {
    for (s in c("mean:y", "total:y", "share:stratum")) want(name, s)
    want(name, "mean:y", "stratum")
  } else if (grepl("_dnum_", name)) {
    for (s in c("mean:api00", "ratio:api.stu/enroll", "share:stype")) want(name, s)
  } else {
    for (s in api_cases) want(name, s)
    for (b in api_by) want(name, b[[1]], b[[2]], b[[3]])
  }
}

number <- function(x) {
  x <- as.vector(x)
  ifelse(is.finite(x), sprintf("%.17g", x), "")
}
same <- function(a, b, scale = 1) {
  good <- isTRUE(all.equal(as.vector(a), as.vector(b), tolerance = 1e-9)) ||
    all(abs(a - b) < 1e-12 * scale, na.rm = TRUE)
  if (!good) print(rbind(as.vector(a), as.vector(b)), digits = 12)
  stopifnot(good)
}

# One figure: value, variance and design effects as survey gives them on the domain, and the row
# contributions u whose total has the figure's variance (linearization), for the joint covariance.
figure <- function(design, statistic, variable, level, domain) {
  table <- design$variables
  w <- weights(design)
  x <- NULL
  if (statistic == "ratio") {
    parts <- strsplit(variable, "/", fixed = TRUE)[[1]]
    y <- table[[parts[1]]]
    x <- table[[parts[2]]]
  } else if (statistic == "share") {
    y <- ifelse(is.na(table[[variable]]), NA, as.numeric(table[[variable]] == level))
  } else {
    y <- table[[variable]]
  }
  answered <- domain & !is.na(y) & (if (is.null(x)) TRUE else !is.na(x))
  if (!any(answered))
    return(list(value = NA, se = NA, deff = NA, deff_without = NA, df = NA, n = 0, sum_weights = 0,
                effective_n = NA, u = 0 * w))
  design$variables$.y <- y
  design$variables$.x <- if (is.null(x)) 1 else x
  design$variables$.a <- answered
  part <- subset(design, .a)
  k <- as.numeric(answered)
  y[!answered] <- 0
  W <- sum(w * k)
  if (statistic == "total") {
    r <- svytotal(~.y, part, deff = "replace")
    r0 <- suppressWarnings(svytotal(~.y, part, deff = TRUE))
    u <- k * y
  } else if (statistic == "ratio") {
    x[!answered] <- 0
    r <- svyratio(~.y, ~.x, part, deff = "replace")
    r0 <- suppressWarnings(svyratio(~.y, ~.x, part, deff = TRUE))
    u <- k * (y - as.numeric(coef(r)) * x) / sum(w * x)
  } else {
    r <- svymean(~.y, part, deff = "replace")
    r0 <- suppressWarnings(svymean(~.y, part, deff = TRUE))
    u <- k * (y - as.numeric(coef(r))) / W
  }
  n <- sum(answered & w > 0)
  deff0 <- as.numeric(unlist(deff(r0)))
  list(value = as.numeric(coef(r)), se = as.numeric(SE(r)), deff = as.numeric(unlist(deff(r))),
       deff_without = if (n < W) deff0 else NA, df = degf(part), n = n, sum_weights = W,
       effective_n = W^2 / sum((w * k)^2), u = u)
}

estimates <- list()
covariances <- list()
for (number_of_case in seq_along(wanted)) {
  case <- wanted[[number_of_case]]
  d <- designs[designs$name == case$design, ]
  design <- make_design(d)
  table <- design$variables
  domain <- rep(TRUE, nrow(table))
  if (case$where != "") {
    part <- strsplit(case$where, "=")[[1]]
    domain <- table[[part[1]]] == part[2]
  }
  by <- strsplit(case$by, "+", fixed = TRUE)[[1]]
  key <- if (length(by) == 0) rep("", nrow(table)) else do.call(paste, c(unname(table[by]), sep = "|"))
  keys <- sort(unique(key[domain]), method = "radix")
  id <- sprintf("%03d", number_of_case)
  u <- NULL
  se <- c()
  for (part in strsplit(case$statistics, " ")[[1]]) {
    statistic <- sub(":.*", "", part)
    variable <- sub(".*:", "", part)
    levels <- if (statistic == "share") sort(unique(table[[variable]]), method = "radix") else ""
    for (level in levels) for (one in keys) {
      f <- figure(design, statistic, variable, level, domain & key == one)
      estimates[[length(estimates) + 1]] <- data.frame(
        case = id, design = case$design, by = case$by, where = case$where, statistic = statistic,
        variable = variable, level = level, domain = one, estimate = number(f$value),
        standard_error = number(f$se), df = number(f$df), deff = number(f$deff),
        deff_without = number(f$deff_without), n = f$n, sum_weights = number(f$sum_weights),
        effective_n = number(f$effective_n))
      u <- cbind(u, f$u)
      se <- c(se, f$se)
    }
  }
  colnames(u) <- paste0("u", seq_len(ncol(u)))
  V <- vcov(svytotal(u, design))
  V[is.na(se), ] <- NA
  V[, is.na(se)] <- NA
  if (!grepl("center", case$design)) same(sqrt(diag(V)), se)
  for (i in seq_len(ncol(u))) for (j in i:ncol(u))
    covariances[[length(covariances) + 1]] <- data.frame(
      case = id, row = i - 1, column = j - 1, covariance = number(V[i, j]))
  if (length(by) == 1 && case$where == "" && !grepl("acs", case$statistics)) {  # svyby says the same
    f <- function(s) reformulate(sub(".*:", "", s))
    parts <- sub(".*:", "", case$statistics)
    said <- switch(sub(":.*", "", case$statistics),
      mean = svyby(f(parts), reformulate(by), design, svymean, covmat = TRUE, na.rm = TRUE),
      total = if (!anyNA(table[[parts]]))
        svyby(f(parts), reformulate(by), design, svytotal, covmat = TRUE),
      NULL)
    if (!is.null(said)) same(vcov(said), V)
  }
}
write_table <- function(rows, name) {
  out <- file(file.path(here, name), "wb")
  rows <- do.call(rbind, rows)
  write.table(rows, out, sep = ",", quote = FALSE, row.names = FALSE, eol = "\n")
  close(out)
  cat(name, nrow(rows), "rows\n")
}
write_table(list(designs), "designs.csv")
write_table(estimates, "estimates.csv")
write_table(covariances, "covariances.csv")

# ---- single PSUs, also when one appears only inside a domain -------------------------------------
# Whole: apiclus1 with strata dnum (stratum 413 holds one school). Domain: apiclus1 without stratum
# 413, strata dnum, domain = all but its 31st row, which leaves stratum 406 one school of two.
single <- list()
add_single <- function(...) single[[length(single) + 1]] <<- data.frame(...)
for (policy in names(r_policy)[-1]) {
  options(survey.lonely.psu = r_policy[[policy]], survey.adjust.domain.lonely = FALSE)
  by_district <- svydesign(~1, strata = ~dnum, weights = ~pw, data = data_sets$apiclus1)
  whole <- suppressWarnings(svymean(~api00, by_district))
  add_single(where = "whole", policy = policy, adjust_domain = "no", estimate = number(coef(whole)),
             standard_error = number(SE(whole)))
}
d_413 <- svydesign(~1, strata = ~dnum, weights = ~pw, data = no_413)
for (adjust in c(FALSE, TRUE)) for (policy in names(r_policy)) {
  options(survey.lonely.psu = r_policy[[policy]], survey.adjust.domain.lonely = adjust)
  part <- suppressWarnings(svymean(~api00, d_413[-31, ]))
  add_single(where = "domain", policy = policy, adjust_domain = if (adjust) "yes" else "no",
             estimate = number(coef(part)), standard_error = number(suppressWarnings(SE(part))))
}
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)
write_table(single, "single_psu.csv")

# ---- intervals of a share ------------------------------------------------------------------------
proportions <- list()
for (name in c("apistrat", "apistrat_no_fpc", "apiclus1", "apiclus1_no_fpc", "apiclus2")) {
  design <- make_design(designs[designs$name == name, ])
  for (what in c("comp.imp=Yes", "sch.wide=No", "ell=0", "stype=H")) {
    part <- strsplit(what, "=")[[1]]
    design <- update(design, .z = as.numeric(design$variables[[part[1]]] == part[2]))
    if (mean(design$variables$.z) %in% c(0, 1)) next
    if (SE(svymean(~.z, design)) == 0) next
    methods <- c("mean", "logit", "xlogit", "asin", "beta", "likelihood")
    for (level in c(0.9, 0.95, 0.99)) for (method in methods) {
      p <- svyciprop(~.z, design, method = method, level = level)
      ci <- as.vector(confint(p))
      proportions[[length(proportions) + 1]] <- data.frame(
        design = name, variable = part[1], level = part[2], method = method, confidence = number(level),
        estimate = number(as.numeric(p)), standard_error = number(sqrt(as.numeric(attr(p, "var")))),
        df = number(degf(design)), n = nrow(design$variables), low = number(ci[1]), high = number(ci[2]))
    }
  }
}
write_table(proportions, "proportions.csv")

# ---- quantiles -----------------------------------------------------------------------------------
quantiles <- list()
for (name in c("apistrat", "apistrat_weights", "apiclus1", "apiclus2", "untied")) {
  design <- make_design(designs[designs$name == name, ])
  for (variable in if (name == "untied") "y" else c("api00", "enroll")) {
    design <- update(design, .y = design$variables[[variable]])
    part <- subset(design, !is.na(.y))
    for (p in c(0.12, 0.25, 0.37, 0.5, 0.73, 0.9))
      for (rule in c("math", "school", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9")) {
        q <- svyquantile(~.y, part, p, qrule = rule)[[1]]
        quantiles[[length(quantiles) + 1]] <- data.frame(
          design = name, variable = variable, p = number(p), rule = rule, confidence = "0.95",
          estimate = number(q[1]), low = number(q[2]), high = number(q[3]), standard_error = number(q[4]),
          df = number(degf(part)), ties = if (anyDuplicated(part$variables$.y)) "yes" else "no")
      }
  }
}
write_table(quantiles, "quantiles.csv")

# ---- calibrated weights --------------------------------------------------------------------------
calibrated <- list()
add_calibrated <- function(name, design, statistics = c("mean:api00", "total:enroll")) {
  for (s in statistics) {
    part <- strsplit(s, ":")[[1]]
    r <- (if (part[1] == "mean") svymean else svytotal)(reformulate(part[2]), design)
    calibrated[[length(calibrated) + 1]] <<- data.frame(
      name = name, statistic = part[1], variable = part[2], estimate = number(coef(r)),
      standard_error = number(SE(r)))
  }
}
clus1 <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = data_sets$apiclus1)
strat <- svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = data_sets$apistrat)
stype <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
exact <- list(maxit = 1000, epsilon = 1e-12)
add_calibrated("apiclus1 poststratified stype", postStratify(clus1, ~stype, stype))
add_calibrated("apiclus1 raked stype sch.wide (rake)",
               rake(clus1, list(~stype, ~sch.wide), list(stype, wide), exact))
margins <- c("(Intercept)" = 6194, stypeH = 755, stypeM = 1018, sch.wideYes = 5122)
add_calibrated("apiclus1 raked stype sch.wide (calibrate)",
               calibrate(clus1, ~stype + sch.wide, margins, calfun = "raking", epsilon = 1e-12,
                         maxit = 1000))
add_calibrated("apiclus1 calibrated api99",
               calibrate(clus1, ~api99, c("(Intercept)" = 6194, api99 = 3914069)))
add_calibrated("apistrat raked stype sch.wide (calibrate)",
               calibrate(strat, ~stype + sch.wide, margins, calfun = "raking", epsilon = 1e-12,
                         maxit = 1000))
write_table(calibrated, "calibrated.csv")

# ---- weights calibrated twice ---------------------------------------------------------------------
# survey keeps the steps in the order they were made in and residualizes in that order, the first
# step first. Then the total that the last step meets exactly has a standard error above 0. The last
# step is the one to be taken out first: survey's own code does so on the list turned round.
chains <- list()
in_order <- function(f, design) {
  turned <- design
  turned$postStrata <- rev(design$postStrata)
  list(estimate = coef(f(turned)), error = SE(f(turned)), as_it_stands = SE(f(design)))
}
add_chain <- function(name, design, known) {
  design$variables$known <- known(design$variables)
  for (statistic in c("mean:api00", "total:enroll", "total:one", "total:known"))
    for (domain in c("", "comp.imp=No", "comp.imp=Yes")) {
      part <- strsplit(statistic, ":")[[1]]
      estimator <- function(d) {
        if (domain != "") d <- d[d$variables$comp.imp == sub(".*=", "", domain), ]
        (if (part[1] == "mean") svymean else svytotal)(reformulate(part[2]), d)
      }
      told <- in_order(estimator, design)
      zero <- told$error < 1e-9 * max(1, told$estimate)  # rounding; nobody has awards without comp.imp
      stopifnot(zero || domain != "" || !part[2] %in% c("one", "known"))
      chains[[length(chains) + 1]] <<- data.frame(
        name = name, statistic = part[1], variable = part[2], where = domain,
        estimate = number(told$estimate), standard_error = if (zero) "0" else number(told$error),
        first_step_first = number(told$as_it_stands))
    }
}
wide_awards <- c("(Intercept)" = 6194, sch.wideYes = 5122, awardsYes = 4167)
raked_on_two <- function(design) calibrate(postStratify(design, ~stype, stype), ~sch.wide + awards,
  wide_awards, calfun = "raking", epsilon = 1e-12, maxit = 1000)
api99_after <- function(design) calibrate(
  calibrate(design, ~stype + sch.wide, margins, calfun = "raking", epsilon = 1e-12, maxit = 1000),
  ~api99, c("(Intercept)" = 6194, api99 = 3914069))
awarded <- function(d) as.numeric(d$awards == "Yes")
for (d in list(list("apiclus1", clus1), list("apistrat", strat))) {
  add_chain(paste(d[[1]], "poststratified then raked"), raked_on_two(d[[2]]), awarded)
  add_chain(paste(d[[1]], "raked then linear"), api99_after(d[[2]]), function(d) d$api99)
}
write_table(chains, "chains.csv")

writeLines(c(R.version.string, paste("survey", packageVersion("survey"))), file.path(here, "versions.txt"))
