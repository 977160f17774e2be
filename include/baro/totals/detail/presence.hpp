// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/single_psu.hpp>
#include <baro/totals/detail/asked_features.hpp>
#include <baro/totals/detail/tree_walk.hpp>
#include <baro/totals/reading.hpp>

#include <cstddef>
#include <vector>

namespace baro::detail {

/// How a cell counts for one form.
enum class part { ordinary, single, nothing };

/// Which cells and units of a stage hold an answer, for each variable and domain asked for (the
/// keys). A respondent of weight 0 is no answer: to this a weight of 0 and being outside the
/// domain are the same.
template <class Real>
struct presence {
  std::vector<std::vector<Real>> in_cell;    // key → cell → units with an answer
  std::vector<std::vector<char>> unit;       // key → unit → has it an answer?
  std::vector<std::vector<part>> treatment;  // key → cell
  std::vector<char> complete;                // cell → sampled entirely, or out of reach
};

/// Applies a `single_psu` policy to the cells of a stage.
template <class Real>
class presence_finder {
 public:
  presence_finder(const tree_walk<Real>& walk, single_psu policy, const reading<Real>& data)
      : walk_(walk), policy_(policy), data_(data) {}

  bool adjusts() const noexcept {
    return policy_ == single_psu::center || policy_ == single_psu::average;
  }

  presence<Real> at(std::size_t s, const std::vector<double>& reach,
                    const asked_features<Real>& asked) const {
    const frame_stage& st = walk_.tree().stages[s];
    presence<Real> p;
    for (std::size_t c = 0; c < st.cells(); ++c)
      p.complete.push_back(!(reach[c] > 0) || !(1 - walk_.fraction(s, c) > 1e-15));
    for (const auto& key : asked.keys()) {
      std::vector<Real>& in_cell = p.in_cell.emplace_back(st.cells(), Real(0));
      std::vector<char>& unit = p.unit.emplace_back();
      if (st.cell.empty()) {
        for (std::size_t c = 0; c < st.cells(); ++c)
          in_cell[c] = data_.leaf(key.variable, c, key.domain)[0];
      } else if (adjusts()) {
        unit = walk_.touched_units(key.variable, key.domain, s);
        for (std::size_t u = 0; u < st.units(); ++u)
          if (unit[u] != 0) in_cell[static_cast<std::size_t>(st.cell[u])] += Real(1);
      }
      std::vector<part>& treatment = p.treatment.emplace_back();
      for (std::size_t c = 0; c < st.cells(); ++c)
        treatment.push_back(treat(s, c, p.complete[c] != 0, in_cell[c]));
    }
    return p;
  }

  /// The same for one key that every unit holds an answer to.
  presence<Real> everybody(std::size_t s, const std::vector<double>& reach) const {
    const frame_stage& st = walk_.tree().stages[s];
    presence<Real> p;
    p.unit.emplace_back(st.units(), char{1});
    std::vector<Real>& in_cell = p.in_cell.emplace_back();
    std::vector<part>& treatment = p.treatment.emplace_back();
    for (std::size_t c = 0; c < st.cells(); ++c) {
      p.complete.push_back(!(reach[c] > 0) || !(1 - walk_.fraction(s, c) > 1e-15));
      in_cell.push_back(walk_.sampled(s, c));
      treatment.push_back(treat(s, c, p.complete[c] != 0, in_cell[c]));
    }
    return p;
  }

 private:
  /// `center` and `average` also step in where a domain is left with a single unit of a
  /// stratum; the other policies count the units without an answer as zeros, as for any domain.
  part treat(std::size_t s, std::size_t c, bool complete, const Real& in_domain) const {
    if (complete) return part::nothing;
    const bool alone = adjusts() ? in_domain == Real(1) : false;
    if (walk_.sampled(s, c) > Real(1) && !alone) return part::ordinary;
    if (policy_ == single_psu::center && alone) return part::single;
    return part::nothing;
  }

  const tree_walk<Real>& walk_;
  single_psu policy_;
  const reading<Real>& data_;
};

}  // namespace baro::detail
