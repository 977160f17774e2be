# SPDX-License-Identifier: BSL-1.0
# The columns of a folder as a data frame: README.md has the format.
read_columns <- function(folder, names = NULL) {
  manifest <- read.csv(file.path(folder, "manifest.csv"), stringsAsFactors = FALSE)
  read_column <- function(name) {
    m <- manifest[manifest$name == name, ]
    if (nrow(m) != 1) stop("manifest.csv: no column ", name)
    path <- file.path(folder, paste0(m$name, ".", m$type))
    size <- c(f64 = 8, i32 = 4)[[m$type]]
    x <- readBin(path, if (m$type == "f64") "double" else "integer", m$rows, size,
                 endian = "little")
    if (length(x) != m$rows) stop(path, ": ", length(x), " numbers, must be ", m$rows)
    x
  }
  if (is.null(names)) names <- manifest$name
  as.data.frame(sapply(names, read_column, simplify = FALSE))
}
