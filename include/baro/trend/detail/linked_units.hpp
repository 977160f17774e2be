// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/detail/flat_index.hpp>
#include <baro/core/error.hpp>
#include <baro/totals/detail/unit_sums.hpp>
#include <baro/trend/detail/unit_labels.hpp>
#include <baro/trend/wave.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace baro::detail {

/// The sampling units of all waves: who is whom, and the cells (stratum at each wave ×
/// presence pattern) they fall in.
class linked_units {
 public:
  /// The units of one wave.
  struct of_wave {
    first_stage stage;
    std::vector<std::int32_t> unit{};     ///< unit of the wave → its number over all waves
    std::vector<std::int32_t> stratum{};  ///< unit of the wave → its stratum there
    std::vector<double> in_stratum{};     ///< stratum → units of the wave in it
  };
  /// Units met in the same waves, in the same stratum each time.
  struct cell {
    std::size_t pattern{};  ///< which
    double units{};
    std::size_t first{};  ///< place of its first wave among all places (cell, wave)
  };
  /// Units met in the same waves.
  struct pattern {
    std::vector<std::size_t> waves{};
    double units{};
  };

  /// @throws value_error  a label twice in a wave whose units are respondents; a PSU whose
  ///                      respondents have several labels
  template <class Real>
  explicit linked_units(std::span<const wave<Real>> waves) {
    unit_numbers all;
    std::size_t integers = 0;
    for (const wave<Real>& w : waves)
      if (w.link() && !w.link()->labels.is_text()) integers += w.link()->labels.size();
    all.expect_integers(integers);
    for (const wave<Real>& w : waves) add(w, all);
    units_ = all.size();
    find_cells();
    find_entries();
  }

  std::size_t units() const noexcept { return units_; }
  const std::vector<of_wave>& waves() const noexcept { return waves_; }
  const std::vector<cell>& cells() const noexcept { return cells_; }
  const std::vector<pattern>& patterns() const noexcept { return patterns_; }
  /// All places (cell, wave of its pattern).
  std::size_t places() const noexcept { return places_; }
  const std::vector<std::int32_t>& cell_of_unit() const noexcept { return cell_of_unit_; }
  /// Units met more than once: `first` … of the waves' own numbers, one for each wave of the
  /// pattern, in their order.
  struct linked {
    std::int32_t cell;
    std::size_t first;
  };
  const std::vector<linked>& linked_more() const noexcept { return linked_; }
  const std::vector<std::int32_t>& entries() const noexcept { return entries_; }
  /// unit → its number in `linked_more`, or −1
  const std::vector<std::int32_t>& linked_of_unit() const noexcept { return linked_of_unit_; }

 private:
  template <class Real>
  void add(const wave<Real>& w, unit_numbers& all) {
    of_wave here{first_stage(w.design()), {}, {}, {}};
    const design& d = w.design();
    const std::size_t units = here.stage.units;
    const std::int32_t* const leaf = d.leaf();
    if (here.stage.rows_are_units) {
      here.stratum.assign(units, 0);
      if (leaf != nullptr) here.stratum.assign(leaf, leaf + units);
    } else {
      here.stratum = here.stage.stratum_of_unit;
    }
    here.in_stratum.assign(d.tree().stages.front().cells(), 0.0);
    for (const std::int32_t s : here.stratum) here.in_stratum[static_cast<std::size_t>(s)] += 1;
    here.unit.assign(units, -1);
    if (!w.link())
      for (std::int32_t& u : here.unit) u = all.another();
    else
      number_units(w, here, all);
    waves_.push_back(std::move(here));
  }

  template <class Real>
  void number_units(const wave<Real>& w, of_wave& here, unit_numbers& all) const {
    const unit_labels& labels = w.link()->labels;
    const std::size_t n = labels.size();
    std::vector<std::int32_t> number(n);
    labels.number(all, number.data());
    const std::int32_t* const leaf = w.design().leaf();
    std::vector<std::int32_t> unit_of(all.size(), -1);
    for (std::size_t row = 0; row < n; ++row) {
      const std::size_t unit =
          here.stage.unit(row, leaf == nullptr ? 0 : static_cast<std::size_t>(leaf[row]));
      std::int32_t& mine = here.unit[unit];
      std::int32_t& taken = unit_of[static_cast<std::size_t>(number[row])];
      if (mine < 0 && taken < 0) {
        mine = number[row];
        taken = static_cast<std::int32_t>(unit);
      } else if (mine != number[row] || taken != static_cast<std::int32_t>(unit)) {
        refuse_text(
            "wave", "linked_by", static_cast<std::ptrdiff_t>(row), labels.text(row),
            here.stage.rows_are_units
                ? "must be once in wave '" + w.name() + "', whose units are respondents"
            : mine != number[row] && mine >= 0
                ? "must be one label for all respondents of a PSU, in wave '" + w.name() + "'"
                : "must be the label of one PSU only, in wave '" + w.name() + "'");
      }
    }
  }

  /// Units walk through the waves: a node is a path (stratum at each wave met) so far.
  void find_cells() {
    struct node {
      std::size_t pattern;
      double units;  // whose path ends here
    };
    std::vector<node> nodes{{0, 0}};
    std::vector<std::vector<std::size_t>> waves_of{{}};               // pattern → waves
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> next;  // pattern, wave → pattern
    std::vector<std::int32_t> at(units_, 0);
    for (std::size_t t = 0; t < waves_.size(); ++t) {
      const of_wave& w = waves_[t];
      const auto strata = static_cast<std::int64_t>(w.in_stratum.size());
      flat_index<std::int64_t, std::int64_t> index;
      std::vector<std::int32_t> node_of;
      std::int64_t last_key = -1;
      std::int32_t last_node = 0;
      for (std::size_t u = 0; u < w.unit.size(); ++u) {
        std::int32_t& place = at[static_cast<std::size_t>(w.unit[u])];
        const std::int64_t key = place * strata + w.stratum[u];
        if (key != last_key) {
          const std::int32_t number = index.insert(key);
          if (static_cast<std::size_t>(number) == node_of.size()) {
            const std::size_t before = nodes[static_cast<std::size_t>(place)].pattern;
            const auto [it, is_new] = next.try_emplace({before, t}, waves_of.size());
            if (is_new) {
              waves_of.push_back(waves_of[before]);
              waves_of.back().push_back(t);
            }
            node_of.push_back(static_cast<std::int32_t>(nodes.size()));
            nodes.push_back({it->second, 0});
          }
          last_key = key;
          last_node = node_of[static_cast<std::size_t>(number)];
        }
        nodes[static_cast<std::size_t>(place)].units -= 1;
        place = last_node;
        nodes[static_cast<std::size_t>(place)].units += 1;
      }
    }
    // Nodes where a path ends are cells.
    std::vector<std::int32_t> cell_of(nodes.size(), -1);
    std::vector<std::size_t> pattern_of(waves_of.size(), waves_of.size());
    for (std::size_t k = 1; k < nodes.size(); ++k) {
      if (!(nodes[k].units > 0)) continue;
      std::size_t& p = pattern_of[nodes[k].pattern];
      if (p == waves_of.size()) {
        p = patterns_.size();
        patterns_.push_back({waves_of[nodes[k].pattern], 0});
      }
      patterns_[p].units += nodes[k].units;
      cell_of[k] = static_cast<std::int32_t>(cells_.size());
      cells_.push_back({p, nodes[k].units, places_});
      places_ += patterns_[p].waves.size();
    }
    for (std::int32_t& place : at) place = cell_of[static_cast<std::size_t>(place)];
    cell_of_unit_ = std::move(at);
  }

  void find_entries() {
    linked_of_unit_.assign(units_, -1);
    std::size_t all = 0;
    for (std::size_t u = 0; u < units_; ++u) {
      const cell& c = cells_[static_cast<std::size_t>(cell_of_unit_[u])];
      const std::size_t times = patterns_[c.pattern].waves.size();
      if (times < 2) continue;
      linked_of_unit_[u] = static_cast<std::int32_t>(linked_.size());
      linked_.push_back({cell_of_unit_[u], all});
      all += times;
    }
    entries_.resize(all);
    std::vector<std::size_t> next;
    next.reserve(linked_.size());
    for (const linked& l : linked_) next.push_back(l.first);
    for (const of_wave& w : waves_)
      for (std::size_t u = 0; u < w.unit.size(); ++u)
        if (const std::int32_t n = linked_of_unit_[static_cast<std::size_t>(w.unit[u])]; n >= 0)
          entries_[next[static_cast<std::size_t>(n)]++] = static_cast<std::int32_t>(u);
  }

  std::size_t units_ = 0, places_ = 0;
  std::vector<of_wave> waves_;
  std::vector<cell> cells_;
  std::vector<pattern> patterns_;
  std::vector<std::int32_t> cell_of_unit_;
  std::vector<linked> linked_;
  std::vector<std::int32_t> linked_of_unit_;
  std::vector<std::int32_t> entries_;
};

}  // namespace baro::detail
