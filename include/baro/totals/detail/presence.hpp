// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/single_psu.hpp>
#include <baro/totals/detail/tree_walk.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/reading.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace baro::detail {

/// How a cell counts for one form.
enum class part { ordinary, single, nothing };

/// Which cells and units of a stage hold an answer, for each variable and domain asked for.
template <class Real>
struct presence {
  std::vector<std::size_t> key;              // form → variable and domain
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
                    std::span<const linear_form<Real>> forms) const {
    const frame_stage& st = walk_.tree().stages[s];
    presence<Real> p;
    for (std::size_t c = 0; c < st.cells(); ++c)
      p.complete.push_back(!(reach[c] > 0) || !(1 - walk_.fraction(s, c) > 1e-15));
    std::vector<std::pair<std::size_t, std::size_t>> keys;
    for (const linear_form<Real>& form : forms) {
      const std::pair<std::size_t, std::size_t> key{form.variable, form.domain};
      std::size_t at = 0;
      while (at < keys.size() && keys[at] != key) ++at;
      p.key.push_back(at);
      if (at < keys.size()) continue;
      keys.push_back(key);
      p.in_cell.emplace_back(st.cells(), Real(0));
      p.unit.emplace_back();
      if (st.cell.empty()) {
        for (std::size_t c = 0; c < st.cells(); ++c)
          p.in_cell[at][c] = data_.leaf(key.first, c, key.second)[0];
      } else if (adjusts()) {
        p.unit[at] = walk_.touched_units(key.first, key.second, s);
        for (std::size_t u = 0; u < st.units(); ++u)
          if (p.unit[at][u] != 0)
            p.in_cell[at][static_cast<std::size_t>(st.cell[u])] += Real(1);
      }
      p.treatment.emplace_back();
      for (std::size_t c = 0; c < st.cells(); ++c)
        p.treatment[at].push_back(treat(s, c, reach[c], p.in_cell[at][c]));
    }
    return p;
  }

 private:
  /// `center` and `average` also step in where a domain is left with a single unit of a
  /// stratum; the other policies count the units without an answer as zeros, as for any domain.
  part treat(std::size_t s, std::size_t c, double reach, const Real& in_domain) const {
    if (!(reach > 0) || !(1 - walk_.fraction(s, c) > 1e-15)) return part::nothing;  // complete
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
