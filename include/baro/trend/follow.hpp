// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/trend/detail/linked_units.hpp>
#include <baro/trend/detail/series_maker.hpp>
#include <baro/trend/link_rule.hpp>
#include <baro/trend/wave.hpp>
#include <baro/trend/wave_series.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace baro {

/// The figures of a barometer over its waves, one series for each statistic, level and domain,
/// in that order, as the waves bring them up.
///
///   const std::vector waves{wave("2011", d1, linked_by(id1), share_of(q1)),
///                           wave("2013", d2, linked_by(id2), share_of(q2))};
///   const auto series = follow(std::span(waves));
///
/// Each wave keeps the variance of its own design, V_tt, whatever it is compared with; those
/// met in several waves bring the covariance of a figure between them,
///   V_ts = C_ts √(V_tt/C_tt) √(V_ss/C_ss)
/// with C by `link_rule`; of V_tt only what is between units of stage 1 can link: what later
/// stages add, and what a policy says of a stratum with one unit, is the wave's own. A wave
/// that was not told who is in it is independent of the others. A full panel gives the paired
/// test, and no overlap independence. What links waves is taken as if drawn from large
/// populations: the finite-population factor of V_tt is in the covariance, the term −S_ts/N of
/// people who are in neither is not; where samples of a small population meet by chance,
/// `independent` is right and this is too small. Degrees of freedom of a pattern of presence
/// are the waves' own, in the measure of the units it has of theirs. Memory: some questions at
/// a time, a few numbers per respondent whatever their number; but the series are as many as
/// the questions, and where that is too much there is `follow_each`.
/// @status empty_domain where a wave has nobody in the domain, or did not ask; a level that
///         nobody gives, of a question asked, has a share of 0
/// @throws value_error  no wave; two waves of one name, or whose times do not rise; a label
///                      twice in one wave; statistics that differ from wave to wave
/// @checked Tam 1984 (American Statistician 38:288) by simulation, R survey on stacked waves
template <class Real>
[[nodiscard]] std::vector<wave_series<Real>> follow(std::span<const wave<Real>> waves,
                                                    link_rule rule = link_rule::pattern) {
  std::vector<wave_series<Real>> all;
  detail::series_maker<Real>(waves, rule).each([&](wave_series<Real>&& series) {
    all.push_back(std::move(series));
  });
  return all;
}

template <class Real>
[[nodiscard]] std::vector<wave_series<Real>> follow(const std::vector<wave<Real>>& waves,
                                                    link_rule rule = link_rule::pattern) {
  return follow(std::span<const wave<Real>>(waves), rule);
}

/// The same, handing over each series as it is made: memory does not grow with the number of
/// questions.
/// @param use  called with a `wave_series<Real>&&`, in the order of `follow`
template <class Real, class Use>
void follow_each(const std::vector<wave<Real>>& waves, Use use,
                 link_rule rule = link_rule::pattern) {
  detail::series_maker<Real>(std::span<const wave<Real>>(waves), rule).each(use);
}

}  // namespace baro
