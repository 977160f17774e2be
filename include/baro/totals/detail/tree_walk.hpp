// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/frame.hpp>
#include <baro/totals/reading.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace baro::detail {

/// Sums groups of k numbers by `group`.
template <class Real>
std::vector<Real> fold(const std::vector<Real>& z, const std::vector<std::int32_t>& group,
                       std::size_t groups, std::size_t k) {
  std::vector<Real> out(groups * k, Real(0));
  for (std::size_t u = 0; u < group.size(); ++u)
    for (std::size_t i = 0; i < k; ++i)
      out[static_cast<std::size_t>(group[u]) * k + i] += z[u * k + i];
  return out;
}

/// The tree of a design with the respondents that a state has seen: how many units each cell
/// holds, which part of the population that is, and where a domain has somebody.
template <class Real>
class tree_walk {
 public:
  tree_walk(const frame& tree, const reading<Real>& data) : tree_(tree), data_(data) {}

  const frame& tree() const noexcept { return tree_; }
  std::size_t domains() const noexcept { return data_.shape().domains(); }

  Real sampled(std::size_t s, std::size_t c) const {
    if (tree_.rows_are_units && s + 1 == tree_.stages.size()) return data_.rows(c);
    return Real(tree_.stages[s].sampled[c]);
  }

  double fraction(std::size_t s, std::size_t c) const {
    const frame_stage& st = tree_.stages[s];
    if (st.population.empty() || !(st.population[c] > 0)) return st.fraction[c];
    return static_cast<double>(sampled(s, c)) / st.population[c];
  }

  /// Product of the sampling fractions of the stages above, by cell.
  std::vector<std::vector<double>> reach_of_stages() const {
    std::vector<std::vector<double>> reach;
    for (std::size_t s = 0; s < tree_.stages.size(); ++s) {
      const frame_stage& st = tree_.stages[s];
      std::vector<double> here(st.cells(), 1.0);
      for (std::size_t c = 0; s > 0 && c < st.cells(); ++c) {
        const auto above = static_cast<std::size_t>(
            tree_.stages[s - 1].cell[static_cast<std::size_t>(st.parent[c])]);
        here[c] = reach[s - 1][above] * fraction(s - 1, above);
      }
      reach.push_back(std::move(here));
    }
    return reach;
  }

  /// Units of stage 1 that hold an answer, by stratum.
  void count_psus(std::size_t variable, std::size_t domain, std::vector<Real>& count) const {
    if (tree_.rows_are_units && tree_.stages.size() == 1) {
      for (std::size_t c = 0; c < count.size(); ++c)
        count[c] = data_.leaf(variable, c, domain)[0];
      return;
    }
    const std::vector<char> units = touched_units(variable, domain, 0);
    for (std::size_t u = 0; u < units.size(); ++u)
      if (units[u] != 0) count[static_cast<std::size_t>(tree_.stages[0].cell[u])] += Real(1);
  }

  /// Which units of stage s hold a respondent with an answer and a positive weight.
  std::vector<char> touched_units(std::size_t variable, std::size_t domain,
                                  std::size_t s) const {
    std::size_t stage = tree_.stages.size() - 1;
    std::vector<char> at = data_.touched(variable, domain);
    if (tree_.rows_are_units) {  // leaves are cells: up to the units above them
      at = up(at, tree_.stages[stage].parent, tree_.stages[stage - 1].units());
      --stage;
    }
    for (; stage > s; --stage) {
      at = up(at, tree_.stages[stage].cell, tree_.stages[stage].cells());
      at = up(at, tree_.stages[stage].parent, tree_.stages[stage - 1].units());
    }
    return at;
  }

 private:
  static std::vector<char> up(const std::vector<char>& below,
                              const std::vector<std::int32_t>& parent, std::size_t count) {
    std::vector<char> above(count, 0);
    for (std::size_t i = 0; i < below.size(); ++i)
      if (below[i] != 0) above[static_cast<std::size_t>(parent[i])] = 1;
    return above;
  }

  const frame& tree_;
  const reading<Real>& data_;
};

}  // namespace baro::detail
