// SPDX-License-Identifier: BSL-1.0
#include "psu_counter.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace barometer {

namespace {

void make_set(std::vector<std::int32_t>& of) {
  std::sort(of.begin(), of.end());
  of.erase(std::unique(of.begin(), of.end()), of.end());
}

std::size_t in_either(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
  std::vector<std::int32_t> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all.size();
}

}  // namespace

psu_counter::psu_counter(const baro::design& design, const std::vector<std::int32_t>& domain,
                         std::size_t domains)
    : of_domain_(domains) {
  const baro::frame& tree = design.tree();
  rows_are_units_ = tree.rows_are_units && tree.stages.size() == 1;
  const baro::number_view& weights = design.weights_column();
  // Leaves first; what they belong to is looked up once for each.
  std::vector<std::vector<std::int32_t>> leaves(domains);
  for (std::size_t row = 0; row < domain.size(); ++row) {
    if (domain[row] < 0 || (design.is_weighted() && !(weights[row] > 0))) continue;
    const auto d = static_cast<std::size_t>(domain[row]);
    const std::int32_t leaf = design.leaf() == nullptr ? 0 : design.leaf()[row];
    of_domain_[d].rows += 1;
    if (leaves[d].empty() || leaves[d].back() != leaf) leaves[d].push_back(leaf);
  }
  for (std::size_t d = 0; d < domains; ++d) {
    touched& t = of_domain_[d];
    make_set(leaves[d]);
    for (const std::int32_t leaf : leaves[d]) {
      std::size_t stage = tree.stages.size() - 1;
      std::int32_t cell = leaf, unit = leaf;
      if (!tree.rows_are_units) cell = tree.stages[stage].cell[static_cast<std::size_t>(unit)];
      for (; stage > 0; --stage) {
        unit = tree.stages[stage].parent[static_cast<std::size_t>(cell)];
        cell = tree.stages[stage - 1].cell[static_cast<std::size_t>(unit)];
      }
      if (!rows_are_units_) t.units.push_back(unit);
      t.strata.push_back(cell);
    }
    make_set(t.units);
    make_set(t.strata);
  }
}

double psu_counter::degrees(std::size_t a, std::size_t b) const {
  const touched &x = of_domain_[a], &y = of_domain_[b];
  const double units =
      rows_are_units_ ? x.rows + y.rows : static_cast<double>(in_either(x.units, y.units));
  return units - static_cast<double>(in_either(x.strata, y.strata));
}

}  // namespace barometer
