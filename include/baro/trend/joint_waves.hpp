// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/estimate/estimate.hpp>
#include <baro/estimate/tally.hpp>
#include <baro/totals/detail/unit_sums.hpp>
#include <baro/trend/detail/first_stage_part.hpp>
#include <baro/trend/detail/joint_link.hpp>
#include <baro/trend/detail/linked_units.hpp>
#include <baro/trend/detail/times_of_waves.hpp>
#include <baro/trend/link_rule.hpp>
#include <baro/trend/wave.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace baro {

/// All figures of all waves in one estimate, wave after wave, each wave's in the order of
/// `tabulate`: for what holds several figures against each other over time, such as the change
/// of one population less that of another, or `decompose`.
///   V_tt  of the wave's own design, V_ts = T_t C_ts T_sᵀ, T_t C_tt T_tᵀ = V_tt (its part
///         between units of stage 1)
/// with C by the rule and T_t symmetric (`detail::carried`), so that the order of the figures
/// does not matter and V is positive semi-definite as far as C_tt knows what V_tt knows. For
/// one figure this is `follow`; with several the covariance of a figure between waves differs
/// from that of `follow` as far as C_tt and V_tt are not proportional. Memory grows with
/// respondents times figures: for tables of many questions there is `follow`.
/// @param rule  `pattern`, `stratum` or `independent`
/// @throws value_error  `berger_priam`, which says nothing of different figures; and as
/// `follow`
template <class Real>
[[nodiscard]] estimate<Real> joint_waves(std::span<const wave<Real>> waves,
                                         link_rule rule = link_rule::pattern) {
  using matrix = typename estimate<Real>::matrix;
  static_cast<void>(detail::times_of(waves));
  if (rule == link_rule::berger_priam)
    detail::refuse("joint_waves", "rule", name(rule),
                   "must be pattern, stratum or independent");
  const detail::linked_units who(waves);
  estimate<Real> all;
  std::vector<std::vector<Real>> z;
  std::vector<std::size_t> figures;
  for (std::size_t t = 0; t < waves.size(); ++t) {
    const wave<Real>& w = waves[t];
    const tally<Real> sums(w.design(), w.breaks(), w.domain(), w.how(), w.requests());
    auto [here, forms] = sums.result_with_forms();
    detail::respondents rows;
    rows.who = &w.design();
    rows.breaks = w.breaks();
    rows.domain = w.domain();
    for (const request<Real>& q : w.requests()) rows.variables.push_back(q.columns);
    z.push_back(
        detail::unit_sums<Real>(rows, sums.sums().shape(), who.waves()[t].stage, forms));
    figures.push_back(here.size());
    auto entries = here.entries();
    for (entry<Real>& e : entries) e.label.wave = w.name();
    estimate<Real> named(here.value(), here.covariance(), std::move(entries));
    all = t == 0 ? std::move(named) : concatenate(all, named);
  }
  if (rule == link_rule::independent || who.linked_more().empty()) return all;
  const matrix c = detail::joint_link<Real>(who, z, figures, rule).c();
  matrix v = all.covariance();
  std::vector<Eigen::Index> first;
  std::vector<matrix> carry;
  Eigen::Index at = 0;
  for (std::size_t t = 0; t < figures.size(); ++t) {
    const std::size_t k = figures[t];
    const auto size = static_cast<Eigen::Index>(k);
    matrix own = v.block(at, at, size, size);
    if (!detail::is_all_first_stage(waves[t].design(), who.waves()[t])) {
      const matrix first_stage =
          detail::first_stage_part(waves[t].design(), who.waves()[t], z[t], k);
      for (Eigen::Index i = 0; i < size; ++i)
        for (Eigen::Index j = 0; j < size; ++j)
          if (own(i, j) - own(i, j) == Real(0)) own(i, j) = first_stage(i, j);
    }
    for (Eigen::Index i = 0; i < size; ++i)
      if (!(own(i, i) - own(i, i) == Real(0))) {  // no figure
        own.row(i).setZero();
        own.col(i).setZero();
      }
    carry.push_back(detail::carried<Real>(c.block(at, at, size, size), own));
    first.push_back(at);
    at += size;
  }
  for (std::size_t t = 0; t < figures.size(); ++t)
    for (std::size_t s = 0; s < t; ++s) {
      const auto rows = static_cast<Eigen::Index>(figures[t]);
      const auto columns = static_cast<Eigen::Index>(figures[s]);
      const matrix between =
          carry[t] * c.block(first[t], first[s], rows, columns) * carry[s].transpose();
      for (Eigen::Index i = 0; i < rows; ++i)
        for (Eigen::Index j = 0; j < columns; ++j) {
          const Eigen::Index a = first[t] + i, b = first[s] + j;
          // What has no figure keeps its NaN.
          const bool known = v(a, a) - v(a, a) == Real(0) && v(b, b) - v(b, b) == Real(0);
          if (known) v(a, b) = v(b, a) = between(i, j);
        }
    }
  for (Eigen::Index a = 0; a < v.rows(); ++a) {
    if (v(a, a) - v(a, a) == Real(0)) continue;
    v.row(a).setConstant(v(a, a));
    v.col(a).setConstant(v(a, a));
  }
  return estimate<Real>(all.value(), std::move(v), all.entries());
}

template <class Real>
[[nodiscard]] estimate<Real> joint_waves(const std::vector<wave<Real>>& waves,
                                         link_rule rule = link_rule::pattern) {
  return joint_waves(std::span<const wave<Real>>(waves), rule);
}

}  // namespace baro
