// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/code_column.hpp>
#include <baro/core/error.hpp>
#include <baro/design/detail/nested_codes.hpp>
#include <baro/design/frame.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baro::detail {

inline std::string at_stage(std::string_view argument, std::size_t stage) {
  return stage == 0 ? std::string(argument)
                    : std::string(argument) + " (stage " + std::to_string(stage + 1) + ")";
}

/// Where a row stands, in words: `stratum 'North'`, `stratum 3 of unit 12 (stage 2)`.
inline std::string place_of(const std::vector<stage>& spec, std::size_t s, std::size_t row) {
  std::string text;
  if (spec[s].strata_labels) text = "stratum " + spec[s].strata_labels->text(row);
  if (s > 0 && spec[s - 1].psu_labels)
    text += (text.empty() ? "unit " : " of unit ") + spec[s - 1].psu_labels->text(row);
  if (text.empty()) text = "the sample";
  return s == 0 ? text : text + " (stage " + std::to_string(s + 1) + ")";
}

/// Reads the sampling fraction of each cell from a column that must be constant within it.
/// `cell_of_row` is null where there is one cell.
class fraction_reader {
 public:
  fraction_reader(const std::vector<stage>& spec, std::size_t s,
                  const std::int32_t* cell_of_row, std::size_t n)
      : spec_(spec), s_(s), cell_of_row_(cell_of_row), n_(n) {}

  void read(frame_stage& out) const {
    out.fraction.assign(out.cells(), 0.0);
    const stage& st = spec_[s_];
    if (st.sizes && st.fractions)
      throw value_error("design: " + at_stage("population_sizes", s_) +
                        " and sampling_fractions are both given, must be one of them");
    if (st.sizes) {
      const std::string argument = at_stage("population_sizes", s_);
      out.population.assign(out.cells(), 0.0);
      each(st.sizes->value, argument, out.cells(),
           [&](std::size_t cell, double size, std::size_t row) {
             if (!(size >= 1 && std::isfinite(size)))
               refuse("design", argument, row, size, "must be at least 1 and finite");
             if (size < out.sampled[cell])
               refuse("design", argument, row, size,
                      "must be at least the " + text(out.sampled[cell]) + " units sampled in " +
                          place_of(spec_, s_, row));
             out.fraction[cell] = out.sampled[cell] / size;
             out.population[cell] = size;
           });
    }
    if (st.fractions) {
      const std::string argument = at_stage("sampling_fractions", s_);
      each(st.fractions->value, argument, out.cells(),
           [&](std::size_t cell, double fraction, std::size_t row) {
             if (!(fraction >= 0 && fraction <= 1))
               refuse("design", argument, row, fraction, "must be in [0, 1]");
             out.fraction[cell] = fraction;
           });
    }
  }

 private:
  template <class Value, class F>
  void each(const Value& value, std::string_view argument, std::size_t cells, F use) const {
    if (const auto* column = std::get_if<number_view>(&value)) {
      check_size("design", argument, column->size(), n_);
      std::vector<double> first(cells);
      std::vector<bool> met(cells, false);
      for (std::size_t i = 0; i < n_; ++i) {
        const std::size_t cell =
            cell_of_row_ == nullptr ? 0 : static_cast<std::size_t>(cell_of_row_[i]);
        const double x = (*column)[i];
        if (!met[cell]) {
          met[cell] = true;
          first[cell] = x;
          use(cell, x, i);
        } else if (!(x == first[cell])) {
          refuse("design", argument, i, x,
                 "must be the same for all of " + place_of(spec_, s_, i) +
                     ", which began with " + text(first[cell]));
        }
      }
    } else {
      const double x = std::get<1>(value).value();
      std::vector<bool> met(cells, false);
      std::size_t left = cells;
      for (std::size_t i = 0; i < n_ && left > 0; ++i) {
        const std::size_t cell =
            cell_of_row_ == nullptr ? 0 : static_cast<std::size_t>(cell_of_row_[i]);
        if (met[cell]) continue;
        met[cell] = true;
        --left;
        use(cell, x, i);
      }
    }
  }

  const std::vector<stage>& spec_;
  std::size_t s_;
  const std::int32_t* cell_of_row_;
  std::size_t n_;
};

/// Builds the tree and the leaf of each row. `leaf` stays empty where there is one leaf.
class frame_builder {
 public:
  frame_builder(const std::vector<stage>& spec, std::size_t n) : spec_(spec), n_(n) {}

  std::pair<frame, code_column> build() {
    check_sizes();
    frame f;
    std::size_t units_above = 1;
    bool reached = true;  // does the variance of this stage count?
    for (std::size_t s = 0; s < spec_.size(); ++s) {
      const stage& st = spec_[s];
      if (!reached && !st.sizes && !st.fractions) break;
      frame_stage out;
      code_strata(s, units_above, out);
      const bool last = !st.psu_labels;
      if (last && s + 1 < spec_.size())
        throw value_error("design: " + at_stage("psus", s) +
                          " is missing, must be given for every stage but the last");
      std::optional<nested_codes> units;
      if (!last) {
        units.emplace(*st.psu_labels, leaf_, out.cells(), n_);
        refuse_empty(units->labels(), *st.psu_labels, at_stage("psus", s));
        out.psu_labels = units->labels();
        out.psu_pairs = units->pairs();
        out.cell = out.psu_pairs->parent();
      }
      // As many units as rows: each respondent is a unit, which needs no number of its own.
      const bool rows_are_units = last || (s + 1 == spec_.size() && out.units() == n_);
      out.sampled.assign(out.cells(), 0.0);
      if (rows_are_units) {
        out.cell.clear();
        for (std::size_t i = 0; i < n_; ++i)
          out.sampled[data() == nullptr ? 0 : static_cast<std::size_t>(leaf_[i])] += 1;
      } else {
        for (const std::int32_t c : out.cell) out.sampled[static_cast<std::size_t>(c)] += 1;
      }
      fraction_reader(spec_, s, data(), n_).read(out);
      const bool any_fraction =
          std::any_of(out.fraction.begin(), out.fraction.end(), [](double x) { return x > 0; });
      if (!reached) break;  // validated, but it adds nothing
      if (!rows_are_units) std::move(*units).write(leaf_);
      units_above = out.units();
      f.rows_are_units = rows_are_units;
      f.stages.push_back(std::move(out));
      reached = any_fraction;
      if (rows_are_units) break;
    }
    return {std::move(f), std::move(leaf_)};
  }

 private:
  const std::int32_t* data() const { return leaf_.empty() ? nullptr : leaf_.data(); }

  /// The labels of every stage, also of one that will add nothing to a variance.
  void check_sizes() const {
    for (std::size_t s = 0; s < spec_.size(); ++s) {
      const stage& st = spec_[s];
      if (st.strata_labels)
        check_size("design", at_stage("strata", s), st.strata_labels->size, n_);
      if (st.psu_labels) check_size("design", at_stage("psus", s), st.psu_labels->size, n_);
    }
  }

  /// A stratum or a unit without a label is a missing one. Labels are in order, '' first.
  static void refuse_empty(const level_coder& coder, const label_source& labels,
                           std::string_view argument) {
    if (coder.size() == 0 || !coder.label(0).empty()) return;
    std::size_t row = 0;
    while (labels.text(row) != "''") ++row;
    refuse("design", argument, row, std::string_view(), "must not be empty");
  }

  void code_strata(std::size_t s, std::size_t units_above, frame_stage& out) {
    const stage& st = spec_[s];
    if (!st.strata_labels) {
      out.parent.resize(units_above);
      for (std::size_t u = 0; u < units_above; ++u)
        out.parent[u] = static_cast<std::int32_t>(u);
      return;
    }
    nested_codes codes(*st.strata_labels, leaf_, units_above, n_);
    refuse_empty(codes.labels(), *st.strata_labels, at_stage("strata", s));
    out.stratum_labels = codes.labels();
    out.stratum_pairs = codes.pairs();
    out.parent = out.stratum_pairs->parent();
    std::move(codes).write(leaf_);
  }

  const std::vector<stage>& spec_;
  std::size_t n_;
  code_column leaf_;
};

}  // namespace baro::detail
