// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/design/design.hpp>
#include <baro/totals/detail/form_reader.hpp>
#include <baro/totals/detail/residual_pass.hpp>
#include <baro/totals/linear_form.hpp>
#include <baro/totals/respondents.hpp>
#include <baro/totals/shape.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace baro::detail {

/// The sampling units of stage 1 of a design.
struct first_stage {
  bool rows_are_units = true;
  std::size_t units = 0;
  std::vector<std::int32_t> unit_of_leaf{};     ///< empty where each respondent is a unit
  std::vector<std::int32_t> stratum_of_unit{};  ///< the same; then the leaf is the stratum

  explicit first_stage(const design& d) {
    const frame& tree = d.tree();
    const std::size_t last = tree.stages.size() - 1;
    rows_are_units = tree.rows_are_units && last == 0;
    if (rows_are_units) {
      units = d.size();
      return;
    }
    units = tree.stages.front().units();
    stratum_of_unit = tree.stages.front().cell;
    unit_of_leaf.resize(tree.leaves());
    for (std::size_t l = 0; l < unit_of_leaf.size(); ++l) {
      auto at = static_cast<std::int32_t>(l);
      for (std::size_t s = last; s > 0; --s) {
        if (!(s == last && tree.rows_are_units))
          at = tree.stages[s].cell[static_cast<std::size_t>(at)];
        at = tree.stages[s].parent[static_cast<std::size_t>(at)];
      }
      unit_of_leaf[l] = at;
    }
  }

  /// The unit of a row.
  std::size_t unit(std::size_t row, std::size_t leaf) const {
    return rows_are_units ? row : static_cast<std::size_t>(unit_of_leaf[leaf]);
  }
};

/// What each sampling unit of stage 1 adds to k figures: units × k sums of z = w u, of
/// calibrated weights of their residuals.
/// @param forms  with respect to `reading::total`, the weights those of the design
template <class Real>
std::vector<Real> unit_sums(const respondents& rows, const totals_shape& shape,
                            const first_stage& units,
                            std::span<const linear_form<Real>> forms) {
  const design& who = *rows.who;
  const auto unit_of = [&](std::size_t row, std::size_t leaf) { return units.unit(row, leaf); };
  if (who.weight_chain() != nullptr)
    return residual_pass<Real>(rows, shape, forms).by_group(units.units, unit_of);
  const std::size_t k = forms.size(), batch = form_reader<Real>::batch;
  std::vector<std::vector<typename form_reader<Real>::one_form>> forms_of(
      shape.variables().size() * shape.domains());
  for (std::size_t i = 0; i < k; ++i)
    forms_of[forms[i].variable * shape.domains() + forms[i].domain].push_back(
        {i, forms[i].coefficients});
  form_reader<Real> reader(rows, shape, forms_of, k);
  std::vector<Real> z(units.units * k, Real(0)), e(batch * k), weight(batch, Real(1));
  const std::int32_t* const leaf = who.leaf();
  for (std::size_t first = 0; first < who.size(); first += batch) {
    const std::size_t count = std::min(batch, who.size() - first);
    std::fill(e.begin(), e.end(), Real(0));
    reader.read(first, count, e.data());
    const Real* const w = who.is_weighted()
                              ? who.weights_column().read(first, count, weight.data())
                              : weight.data();
    for (std::size_t r = 0; r < count; ++r) {
      const std::size_t at =
          unit_of(first + r, leaf == nullptr ? 0 : static_cast<std::size_t>(leaf[first + r]));
      for (std::size_t i = 0; i < k; ++i) z[at * k + i] += w[r] * e[r * k + i];
    }
  }
  return z;
}

}  // namespace baro::detail
