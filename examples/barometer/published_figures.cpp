// SPDX-License-Identifier: BSL-1.0
#include "published_figures.hpp"

#include <baro/io/numbers.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace barometer {

namespace {

/// The cells of one table, read by column name.
class figure_reader {
 public:
  explicit figure_reader(const baro::csv_table& table)
      : table_(table),
        study_(table.column("study")),
        wave_(table.column("wave")),
        population_(table.column("population")),
        question_(table.column("question")),
        unit_(unit_of(table)),
        share_(optional(unit_ == baro::share_unit::percent ? "share" : "proportion")),
        base_(optional("n")),
        deff_(optional("deff")),
        size_(optional("population_size")),
        claim_(optional("claim")),
        bases_(optional_numbers(base_)),
        deffs_(optional_numbers(deff_)),
        sizes_(optional_numbers(size_)) {}

  published_row row(std::size_t r) const {
    published_row out;
    out.study = required(r, study_);
    out.wave = required(r, wave_);
    out.population = required(r, population_);
    out.question = required(r, question_);
    out.figure.share = share(r);
    out.figure.base = base(r);
    out.figure.claim = claim(r);
    if (out.figure.claim) out.claim = out.figure.claim->text();
    if (!std::isnan(deffs_[r])) {
      if (!(deffs_[r] > 0 && deffs_[r] < 1e9))
        table_.refuse(r, deff_, "must be positive and below 1e9");
      out.figure.design = {.deff = deffs_[r]};
    }
    out.figure.design.population = population(r);
    return out;
  }

 private:
  static baro::share_unit unit_of(const baro::csv_table& table) {
    const bool proportion = table.has_column("proportion");
    if (proportion && table.has_column("share"))
      throw baro::file_error({.file = table.file(), .line = table.header_line()},
                             "columns 'share' and 'proportion', must be one of them");
    return proportion ? baro::share_unit::proportion : baro::share_unit::percent;
  }

  /// Where a column is, or `absent`: all its cells are empty then.
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);
  std::size_t optional(std::string_view name) const {
    return table_.has_column(name) ? table_.column(name) : absent;
  }
  std::vector<double> optional_numbers(std::size_t column) const {
    if (column != absent) return numbers(table_, column);
    return std::vector<double>(table_.rows(), std::nan(""));
  }
  bool is_empty(std::size_t r, std::size_t column) const {
    return column == absent || table_.is_missing(r, column);
  }

  std::string required(std::size_t r, std::size_t column) const {
    if (table_.is_missing(r, column)) table_.refuse(r, column, "must not be empty");
    return std::string(table_.text(r, column));
  }

  std::optional<baro::printed_share> share(std::size_t r) const {
    if (is_empty(r, share_)) return std::nullopt;
    const std::string_view text = table_.text(r, share_);
    const auto rule = baro::printed_share::broken_rule(text, unit_);
    if (rule == baro::printed_share::needs_sign)
      table_.refuse(r, share_,
                    "must have a % sign below 1 %, or stand in a column 'proportion'");
    if (!rule.empty()) table_.refuse(r, share_, std::string(rule));
    return baro::printed_share(text, unit_);
  }

  std::optional<baro::claim> claim(std::size_t r) const {
    if (is_empty(r, claim_)) return std::nullopt;
    const std::string_view text = table_.text(r, claim_);
    if (const auto rule = baro::claim::broken_rule(text); !rule.empty())
      table_.refuse(r, claim_, std::string(rule));
    return baro::claim(text);
  }

  std::optional<baro::base> base(std::size_t r) const {
    const double n = bases_[r];
    if (std::isnan(n)) return std::nullopt;
    if (!(n >= 1 && n <= static_cast<double>(baro::base::largest) && n == std::floor(n)))
      table_.refuse(r, base_, "must be a whole number from 1 to 1000000000");
    return baro::base(static_cast<std::int64_t>(n));
  }

  std::optional<baro::population_size> population(std::size_t r) const {
    const double size = sizes_[r];
    if (std::isnan(size)) return std::nullopt;
    if (!(size >= 1 && size <= 1e10 && size == std::floor(size)))
      table_.refuse(r, size_, "must be a whole number from 1 to 10000000000");
    if (size < bases_[r])
      table_.refuse(r, size_,
                    "must be at least the base of " +
                        std::to_string(static_cast<std::int64_t>(bases_[r])));
    return baro::population_size(size);
  }

  const baro::csv_table& table_;
  std::size_t study_, wave_, population_, question_;
  baro::share_unit unit_;
  std::size_t share_, base_, deff_, size_, claim_;
  std::vector<double> bases_, deffs_, sizes_;
};

}  // namespace

std::vector<published_row> read_published(const baro::csv_table& table) {
  const figure_reader reader(table);
  std::vector<published_row> rows;
  rows.reserve(table.rows());
  for (std::size_t r = 0; r < table.rows(); ++r) rows.push_back(reader.row(r));
  return rows;
}

}  // namespace barometer
