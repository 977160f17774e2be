// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/trend/wave.hpp>
#include <baro/trend/wave_series.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace baro::detail {

/// Names and times of waves, checked.
template <class Real>
std::vector<double> times_of(std::span<const wave<Real>> waves) {
  if (waves.empty()) throw value_error("follow: no wave, must be one at least");
  std::vector<std::string> names;
  std::size_t given = 0;
  for (const wave<Real>& w : waves) {
    if (std::find(names.begin(), names.end(), w.name()) != names.end())
      refuse("follow", "waves", names.size(), w.name(), "must be the name of one wave only");
    names.push_back(w.name());
    if (w.time()) ++given;
  }
  if (given == 0) return wave_times(names);
  std::vector<double> times;
  for (const wave<Real>& w : waves) {
    if (!w.time())
      throw value_error("follow: wave '" + w.name() +
                        "' has no wave_time, must have one as others have");
    if (!times.empty() && !(w.time()->value > times.back()))
      refuse("follow", "wave_time", times.size(), w.time()->value,
             "must rise from wave to wave");
    times.push_back(w.time()->value);
  }
  return times;
}

}  // namespace baro::detail
