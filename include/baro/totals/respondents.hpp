// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/answers.hpp>
#include <baro/core/categories.hpp>
#include <baro/design/design.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// Domains by one or several breaks: one result for each combination of their levels.
///   by(region, sex)      by(categories(region).named("region"))
struct by {
  std::vector<categories> breaks;
  by() = default;
  template <class... Columns>
  requires(sizeof...(Columns) > 0 && (std::constructible_from<categories, Columns> &&
                                      ...)) explicit by(Columns&&... columns)
      : breaks{categories(std::forward<Columns>(columns))...} {}
  explicit by(std::vector<categories> columns) : breaks(std::move(columns)) {}

  std::size_t domains() const noexcept {
    std::size_t d = 1;
    for (const categories& c : breaks) d *= c.levels();
    return d;
  }
  /// The levels of domain `d`, first break slowest.
  std::vector<std::string> labels(std::size_t d) const {
    std::vector<std::string> out(breaks.size());
    for (std::size_t b = breaks.size(); b-- > 0;) {
      out[b] = breaks[b].labels()[d % breaks[b].levels()];
      d /= breaks[b].levels();
    }
    return out;
  }
};

/// A domain: rows where the column is not 0 are in it, the others keep their place in the
/// design. (A `std::vector<bool>` is not a column; use `std::vector<char>`.)
struct where {
  number_view mask;
  where() = default;
  template <number_column C>
  explicit where(const C& column) : mask(column) {}
  template <owning_column C>
  explicit where(const C&&) = delete;
};

namespace detail {

/// The columns of one variable of a pass: q columns of numbers, or one of levels.
struct variable_columns {
  std::vector<answers> numbers;
  std::optional<categories> levels;
};

/// The rows of one pass: who, in which domains, what they answered. All views.
struct respondents {
  const design* who = nullptr;
  by breaks;
  where domain;
  std::vector<variable_columns> variables;

  void check() const {
    const std::size_t n = who->size();
    std::size_t number = 0;
    for (const categories& b : breaks.breaks)
      check_column("by", number++, b.name(), b.size(), n);
    number = 0;
    if (domain.mask.has_data()) check_size("where", "column", domain.mask.size(), n);
    for (const variable_columns& v : variables) {
      for (const answers& y : v.numbers)
        check_column("answers", number++, y.name(), y.size(), n);
      if (v.levels) check_column("answers", number++, v.levels->name(), v.levels->size(), n);
    }
  }

  /// A column without a name is told by its place: `tally: by[1] has 3 rows, must have 4`.
  static void check_column(const std::string& what, std::size_t number, const std::string& name,
                           std::size_t size, std::size_t n) {
    if (name.empty())
      check_size("tally", what + "[" + std::to_string(number) + "]", size, n);
    else
      check_size(what, name, size, n);
  }

  bool has_domains() const noexcept { return !breaks.breaks.empty() || domain.mask.has_data(); }

  /// The domain of each of `count` rows from `first` on, −1 for a row outside all of them.
  void read_domains(std::size_t first, std::size_t count, std::int32_t* out,
                    std::int32_t* scratch) const {
    if (breaks.breaks.empty()) std::fill(out, out + count, 0);
    for (std::size_t b = 0; b < breaks.breaks.size(); ++b) {
      const code_run code = breaks.breaks[b].read(first, count, scratch);
      const auto levels = static_cast<std::int32_t>(breaks.breaks[b].levels());
      for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t c = code[i];
        out[i] = b == 0 ? c : (out[i] | c) < 0 ? -1 : out[i] * levels + c;
      }
    }
    if (!domain.mask.has_data()) return;
    domain.mask.visit([&](const auto* p) {
      for (std::size_t i = 0; i < count; ++i)
        if (p[first + i] == 0) out[i] = -1;
    });
  }

  /// Every level of the one break has respondents, so no combination needs to be counted.
  bool single_break() const noexcept {
    return breaks.breaks.size() == 1 && !domain.mask.has_data();
  }
};

}  // namespace detail
}  // namespace baro
