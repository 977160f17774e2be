// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <baro/interval/detail/beta_limits.hpp>
#include <baro/interval/detail/counted.hpp>

#include <string_view>

namespace baro {

/// The exact binomial interval: low makes the count seen or more, high the count seen or less,
/// happen with probability α/2. Covers at least its level for a simple random sample, at the
/// price of width; with a design effect the size is n / deff and the promise is approximate.
/// deff is against p q / (n − 1), so a simple random sample stands on exactly its n people.
/// @status no_base  the number of respondents is not known
/// @see  Clopper and Pearson (1934), Biometrika 26:404
/// @checked  Newcombe (1998), Statistics in Medicine 17:857, table I
struct clopper_pearson {
  static constexpr std::string_view name() noexcept { return "clopper_pearson"; }
  static constexpr bool applies_to(statistic s) noexcept { return s == statistic::share; }

  template <class Real>
  confidence_interval<Real> operator()(const figure<Real>& f, confidence_level level) const {
    return detail::counted_interval(*this, f, level, detail::binomial_limits<Real>);
  }
};

}  // namespace baro
