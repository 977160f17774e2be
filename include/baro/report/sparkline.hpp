// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/core/error.hpp>
#include <baro/trend/wave_series.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baro {

/// The values that the lowest and the highest block of a sparkline stand for.
struct sparkline_scale {
  double low{}, high{};
};

namespace detail {

/// A place of a row that its series has no wave for.
inline constexpr std::size_t no_wave = static_cast<std::size_t>(-1);

/// Has the wave a value that can be shown? A published figure without its base has one.
template <class Real>
bool has_value(const wave_series<Real>& series, std::size_t t) {
  return t != no_wave && series.value(t) - series.value(t) == Real(0);
}

/// The sparkline of the waves named, `no_wave` for a gap.
template <class Real>
std::string sparkline_of(const wave_series<Real>& series, const std::vector<std::size_t>& waves,
                         const std::optional<sparkline_scale>& scale) {
  constexpr std::array<std::string_view, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  Real low(0), high(0);
  if (scale) {
    const double span = scale->high - scale->low;
    if (!(span > 0) || !(span <= (std::numeric_limits<double>::max)()))
      refuse("sparkline", "scale.high", scale->high,
             "must be above scale.low by a finite number");
    low = Real(scale->low);
    high = Real(scale->high);
  } else {
    bool first = true;
    for (const std::size_t t : waves) {
      if (!has_value(series, t)) continue;
      const Real value = series.value(t);
      if (first || value < low) low = value;
      if (first || value > high) high = value;
      first = false;
    }
  }
  std::string out;
  std::size_t segment = 0, drawn = 0;
  for (const std::size_t t : waves) {
    if (t != no_wave && series.segment(t) != segment) {
      segment = series.segment(t);
      if (drawn > 0) out += "│";
    }
    ++drawn;
    if (!has_value(series, t)) {
      out += "·";
      continue;
    }
    std::size_t block = 3;  // where all are equal, the middle
    if (low < high) {
      // Halves first: the span of two huge numbers need not be one.
      const Real place = 8 * ((series.value(t) / 2 - low / 2) / (high / 2 - low / 2));
      block = 0;
      while (block < 7 && place >= Real(static_cast<double>(block + 1))) ++block;
    }
    out += blocks[block];
  }
  return out;
}

}  // namespace detail

/// A series as one line of text, UTF-8: "▁▃▅·▇│▂▄". One block a wave, whatever the time between
/// them; the range from the smallest to the largest value is cut into eight equal steps
///   ⌊8 (y − low) / (high − low)⌋, the largest value in the highest
/// so that a block says where a wave stands, not how large it is nor how sure: a series that
/// does nothing but noise fills all eight. Give a scale to show rows on one scale, or to keep
/// small things small. All values equal: ▄.
///   ·  a wave without a value
///   │  before the first wave that is measured in another way
/// @param scale  values beyond it get the lowest or the highest block
/// @throws value_error  a scale whose high is not above its low, or that is not finite
template <class Real>
[[nodiscard]] std::string sparkline(const wave_series<Real>& series,
                                    const std::optional<sparkline_scale>& scale = {}) {
  std::vector<std::size_t> waves(series.size());
  for (std::size_t t = 0; t < waves.size(); ++t) waves[t] = t;
  return detail::sparkline_of(series, waves, scale);
}

}  // namespace baro
