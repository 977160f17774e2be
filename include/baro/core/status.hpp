// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace baro {

/// Why a figure can, or cannot, be said. Undefined statistics are a status, never an exception:
/// one empty cell must not end a table of ten thousand.
enum class status {
  ok,
  empty_domain,      ///< nobody with an answer and a positive weight: no value
  zero_denominator,  ///< the ratio's denominator totals zero: no value
  no_degrees,        ///< a value and its standard error, but no degrees of freedom: no interval
  undefined,         ///< the function of totals has no finite value here
  no_base,           ///< a published figure without its base: a value, no interval
  open_interval,     ///< a limit lies beyond the data: that side is unbounded
  iteration_limit,   ///< an iterative method stopped before it converged
  infeasible,        ///< nothing meets what is asked: no weights the margins, no size the power
  series_break,      ///< the figures were measured in two ways, and no bridge leads across
};

constexpr std::string_view name(status s) noexcept {
  switch (s) {
    case status::ok:
      return "ok";
    case status::empty_domain:
      return "empty_domain";
    case status::zero_denominator:
      return "zero_denominator";
    case status::no_degrees:
      return "no_degrees";
    case status::undefined:
      return "undefined";
    case status::no_base:
      return "no_base";
    case status::open_interval:
      return "open_interval";
    case status::iteration_limit:
      return "iteration_limit";
    case status::infeasible:
      return "infeasible";
    case status::series_break:
      return "series_break";
  }
  return "undefined";
}

}  // namespace baro
